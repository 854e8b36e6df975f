// The gateway's end of one call to a worker.
#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/bytes.h"
#include "canonical/event/document_sink.h"
#include "plugins/line/limits.h"
#include "plugins/line/producer.h"
#include "plugins/line/request.h"
#include "plugins/line/services.h"
#include "plugins/worker/events.h"
#include "plugins/worker/process.h"

namespace purser::plugin {

/// How a call ended. If `worker_failed`, the worker must be ended with the outcome's status as the reason.
struct CallEnd {
  Outcome outcome;
  bool worker_failed = false;
};

/// Asks a worker to read these one after the other; WorkerCall::decode_sent takes what it makes of each.
Outcome send_together(Channel& channel, std::span<const WholeDocument> documents);

/// Answers a worker's `service` frame on behalf of `scope`, whatever the worker claims; empty where none is
/// due. HOST-0016 if the frame is malformed. `log_lines` counts down. [serial]
std::expected<std::string, Status> answer_service(std::string_view question, const Scope& scope,
                                                  HostServices& services, std::uint64_t& log_lines);

/// One call, over the channel of a worker whose call has begun (WorkerProcess::begin_call); make a new one
/// for the next. [serial]
class WorkerCall {
 public:
  WorkerCall(Channel& channel, Watch& watch, const Scope& scope, HostServices& services,
             const CallLimits& limits);

  CallEnd decode(const Request& request, ByteSource& in, DocumentSink& out);
  /// For the next of the documents that were sent together. It cannot be told to stop: it would read the
  /// next.
  CallEnd decode_sent(DocumentSink& out);
  CallEnd encode(const Request& request, const EventProducer& events, ByteSink& out, DocumentSink& notes);
  CallEnd detect(std::string_view prefix, Detection& found);
  CallEnd tables(std::vector<std::string>& names);
  CallEnd row(std::uint32_t table, std::uint32_t row, std::string& text);

 private:
  class EncoderInput;

  std::expected<Frame, Status> next();
  Outcome give_input(ByteSource& in, std::string& payload);
  Outcome take(const Frame& frame, ByteSink* bytes, DocumentSink& out);
  CallEnd results(ByteSource* in, DocumentSink& out);
  CallEnd ask(wire::Kind kind, std::string_view payload, std::string& result);
  CallEnd ended(std::string_view done);
  CallEnd failed(Status why);
  Outcome stop(Status why);

  Channel& channel_;
  Watch& watch_;
  Scope scope_;
  HostServices& services_;
  std::uint64_t log_lines_;
  wire::EventReader events_;
  bool together_ = false;
  Outcome stopped_;  // the caller's failure: the worker is told, its answer awaited, the failure returned
};

}  // namespace purser::plugin
