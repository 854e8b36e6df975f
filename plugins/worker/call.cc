#include "plugins/worker/call.h"

#include <algorithm>
#include <array>
#include <utility>

namespace purser::plugin {
namespace {

using wire::Kind;
using wire::Reader;
using wire::Writer;

constexpr std::size_t input_bytes = 256 << 10;           // of one `input`: a system call for 2,500 lines
constexpr std::size_t first_bytes = 16 << 10;            // most documents, without clearing room for more
constexpr std::chrono::milliseconds time_to_stop{2000};  // for a worker that was told to stop
constexpr std::size_t max_prefix = 64 << 10;             // enough for every detector

Status broken(const char* what) { return {StatusClass::defect, "HOST-0016", what}; }

}  // namespace

Outcome send_together(Channel& channel, std::span<const WholeDocument> documents) {
  std::vector<std::string> heads(1);
  Writer(heads.front()).number(static_cast<std::uint32_t>(documents.size()));
  for (const WholeDocument& document : documents) {
    std::string request;
    Writer writer(request);
    writer.request(document.request);
    writer.flag(true);
    Writer(heads.emplace_back()).number(static_cast<std::uint32_t>(request.size() + document.bytes.size()));
    heads.back() += request;
  }
  std::vector<std::string_view> pieces{heads.front()};
  for (std::size_t i = 0; i < documents.size(); ++i) {
    pieces.emplace_back(heads[i + 1]);
    pieces.push_back(documents[i].bytes);
  }
  Outcome sent = channel.send_pieces(Kind::decode_all, pieces);
  return sent ? channel.flush() : std::move(sent);
}

WorkerCall::WorkerCall(Channel& channel, Watch& watch, const Scope& scope, HostServices& services,
                       const CallLimits& limits)
    : channel_(channel),
      watch_(watch),
      scope_(scope),
      services_(services),
      log_lines_(limits.max_log_lines) {}

// The next frame that is not for the services.
std::expected<Frame, Status> WorkerCall::next() {
  for (;;) {
    auto frame = channel_.receive();
    if (!frame) return frame;
    if (Outcome in_time = watch_.check(); !in_time) return std::unexpected(std::move(in_time.error()));
    if (frame->kind != Kind::service) return frame;
    auto answer = answer_service(frame->payload, scope_, services_, log_lines_);
    if (!answer) return std::unexpected(std::move(answer.error()));
    if (answer->empty()) continue;
    if (Outcome sent = channel_.send(Kind::answer, *answer); !sent)
      return std::unexpected(std::move(sent.error()));
  }
}

// The caller wants no more: what still comes is dropped.
Outcome WorkerCall::stop(Status why) {
  if (!stopped_) return {};
  stopped_ = std::unexpected(std::move(why));
  watch_.shorten(time_to_stop);
  if (together_) return {};
  Outcome sent = channel_.send(Kind::enough, {});
  return sent ? channel_.flush() : std::move(sent);
}

CallEnd WorkerCall::failed(Status why) {
  if (stopped_) return {std::unexpected(std::move(why)), true};
  const bool ignored_stop = why.code == "HOST-TIMEOUT";
  if (ignored_stop) services_.log(scope_, Severity::warning, "HOST-0019: went on after it was told to stop");
  return {std::move(stopped_), true};
}

CallEnd WorkerCall::ended(std::string_view done) {
  Reader reader(done);
  Outcome outcome = reader.status();
  if (!reader.complete()) return failed(broken("an end that is not whole"));
  if (!stopped_) return {std::move(stopped_), false};
  return {std::move(outcome), false};
}

// Appends `last` and the next bytes; `last` is known, because the source is read until it gives nothing.
Outcome WorkerCall::give_input(ByteSource& in, std::string& payload) {
  const std::size_t flag = payload.size();
  payload.push_back(0);
  const std::size_t start = payload.size();
  std::size_t size = 0;
  while (size < input_bytes) {
    if (start + size == payload.size())
      payload.resize(start + std::min(input_bytes, size + std::max(first_bytes, size)));
    const auto got = in.read(std::span(payload).subspan(start + size));
    if (!got) return std::unexpected(got.error());
    if (*got == 0) {
      payload[flag] = 1;
      break;
    }
    size += *got;
  }
  payload.resize(start + size);
  return {};
}

// Results that come in both directions of work. Errors are the protocol's; the caller's go to stop().
Outcome WorkerCall::take(const Frame& frame, ByteSink* bytes, DocumentSink& out) {
  Reader reader(frame.payload);
  Outcome taken;
  switch (frame.kind) {
    case Kind::events:
      if (bytes != nullptr) return std::unexpected(broken("events from an encoder"));
      if (stopped_) taken = events_.read(frame.payload, out);
      if (!taken && taken.error().code == "HOST-0016") return taken;
      break;
    case Kind::bytes:
      if (bytes == nullptr) return std::unexpected(broken("bytes from a decoder"));
      if (stopped_) taken = bytes->write(frame.payload);
      break;
    case Kind::finding: {
      Finding finding = reader.finding();
      if (!reader.complete()) return std::unexpected(broken("a finding that is not whole"));
      if (!stopped_) break;
      out.finding(std::move(finding));
      taken = out.push({});  // a finding cannot say that it was one too many; the next push can
      break;
    }
    case Kind::loss: {
      Loss loss = reader.loss();
      if (!reader.complete()) return std::unexpected(broken("a loss that is not whole"));
      if (!stopped_) break;
      out.loss(std::move(loss));
      taken = out.push({});
      break;
    }
    default:
      return std::unexpected(broken("a frame out of place"));
  }
  return taken ? Outcome() : stop(std::move(taken.error()));
}

CallEnd WorkerCall::decode(const Request& request, ByteSource& in, DocumentSink& out) {
  std::string payload;
  Writer(payload).request(request);
  if (Outcome got = give_input(in, payload); !got) return {std::move(got), false};
  if (Outcome sent = channel_.send(Kind::decode, payload); !sent) return failed(std::move(sent.error()));
  return results(&in, out);
}

CallEnd WorkerCall::decode_sent(DocumentSink& out) {
  together_ = true;
  return results(nullptr, out);
}

CallEnd WorkerCall::results(ByteSource* in, DocumentSink& out) {
  std::string payload;
  for (;;) {
    const auto frame = next();
    if (!frame) return failed(frame.error());
    if (frame->kind == Kind::done) return ended(frame->payload);
    if (frame->kind != Kind::more) {
      if (Outcome taken = take(*frame, nullptr, out); !taken) return failed(std::move(taken.error()));
      continue;
    }
    if (in == nullptr) return failed(broken("more is wanted than the whole document"));
    payload.clear();
    if (Outcome got = stopped_ ? give_input(*in, payload) : Outcome(); !got)
      static_cast<void>(stop(got.error()));
    Outcome sent = stopped_ ? channel_.send(Kind::input, payload) : channel_.send(Kind::stop, {});
    if (!sent) return failed(std::move(sent.error()));
  }
}

// Sends the first events with the request, which are all of an ordinary document's, and further ones as the
// worker asks for them.
class WorkerCall::EncoderInput : public EventSink {
 public:
  EncoderInput(WorkerCall& call, const Request& request, ByteSink& out, DocumentSink& notes)
      : call_(call), request_(request), out_(out), notes_(notes) {}

  Outcome push(std::span<const Event> batch) override {
    for (const Event& event : batch) {
      if (batch_.full())
        if (Outcome sent = send(); !sent) return sent;
      if (batch_.add(event)) continue;
      if (!batch_.empty())
        if (Outcome sent = send(); !sent) return sent;
      if (!batch_.add(event))
        return std::unexpected(Status{StatusClass::invalid, "HOST-FLOOD", "a value above 64 MiB"});
    }
    return {};
  }

  // All events are there, or the producer failed: waits for the end.
  CallEnd finish(Outcome produced) {
    if (!broken_ && !end_) return call_.failed(std::move(broken_.error()));
    if (!begun_) {
      if (!produced) return {std::move(produced), false};
      Outcome sent = begin(true);
      if (sent) sent = await(false);
      if (!sent) return call_.failed(std::move(sent.error()));
      return call_.ended(*end_);
    }
    if (!produced && !end_) static_cast<void>(call_.stop(std::move(produced.error())));
    if (!end_ && call_.stopped_ && !batch_.empty())
      if (Outcome sent = send(); !sent && !end_) return call_.failed(std::move(sent.error()));
    if (!end_)
      if (Outcome asked = await(true); !asked) return call_.failed(std::move(asked.error()));
    if (!end_) {
      Outcome sent = call_.channel_.send(call_.stopped_ ? Kind::last : Kind::stop, {});
      if (sent) sent = await(false);
      if (!sent) return call_.failed(std::move(sent.error()));
    }
    return call_.ended(*end_);
  }

 private:
  Outcome begin(bool all) {
    begun_ = true;
    payload_.clear();
    Writer writer(payload_);
    writer.request(request_);
    writer.flag(all);
    const auto [count, records, texts] = batch_.pieces();
    return keep(send(Kind::encode, std::array{std::string_view(payload_), count, records, texts}));
  }

  Outcome send() {
    if (!begun_) return begin(false);
    if (Outcome asked = await(true); !asked) return keep(std::move(asked));
    if (end_ || !call_.stopped_)
      return std::unexpected(Status{StatusClass::defect, "HOST-0012", "the encoder ended"});
    return keep(send(Kind::events, batch_.pieces()));
  }

  Outcome send(Kind kind, std::span<const std::string_view> pieces) {
    Outcome sent = call_.channel_.send_pieces(kind, pieces);
    batch_.clear();
    return sent ? call_.channel_.flush() : std::move(sent);
  }

  Outcome keep(Outcome outcome) {
    if (!outcome) broken_ = outcome;
    return outcome;
  }

  // Takes results until the worker asks for events (or ignores that, once all were sent) or has ended.
  // Nothing is sent unasked: the worker may be waiting for an answer of the services.
  Outcome await(bool until_more) {
    while (!end_) {
      const auto frame = call_.next();
      if (!frame) return std::unexpected(frame.error());
      if (frame->kind == Kind::done) {
        end_.emplace(frame->payload);
      } else if (frame->kind == Kind::more) {
        if (until_more) return {};
      } else if (Outcome taken = call_.take(*frame, &out_, notes_); !taken) {
        return taken;
      }
    }
    return {};
  }

  WorkerCall& call_;
  const Request& request_;
  bool begun_ = false;
  ByteSink& out_;
  DocumentSink& notes_;
  wire::EventWriter batch_;
  std::string payload_;
  Outcome broken_;
  std::optional<std::string> end_;
};

CallEnd WorkerCall::encode(const Request& request, const EventProducer& events, ByteSink& out,
                           DocumentSink& notes) {
  EncoderInput input(*this, request, out, notes);
  return input.finish(events(input));
}

CallEnd WorkerCall::ask(Kind kind, std::string_view payload, std::string& result) {
  if (Outcome sent = channel_.send(kind, payload); !sent) return failed(std::move(sent.error()));
  const auto frame = next();
  if (!frame) return failed(frame.error());
  if (frame->kind != Kind::done) return failed(broken("another frame than an end"));
  Reader reader(frame->payload);
  Outcome outcome = reader.status();
  if (!reader.good()) return failed(broken("an end that is not whole"));
  result = reader.rest();
  return {std::move(outcome), false};
}

CallEnd WorkerCall::detect(std::string_view prefix, Detection& found) {
  std::string result;
  CallEnd end = ask(Kind::detect, prefix.substr(0, max_prefix), result);
  if (!end.outcome) return end;
  Reader reader(result);
  found = reader.detection();
  if (!reader.complete()) return failed(broken("a guess that is not whole"));
  return end;
}

CallEnd WorkerCall::tables(std::vector<std::string>& names) {
  std::string result;
  CallEnd end = ask(Kind::tables, {}, result);
  if (!end.outcome) return end;
  Reader reader(result);
  names = reader.texts();
  if (!reader.complete()) return failed(broken("names that are not whole"));
  return end;
}

CallEnd WorkerCall::row(std::uint32_t table, std::uint32_t row, std::string& text) {
  std::string question;
  std::string result;
  Writer writer(question);
  writer.number(table);
  writer.number(row);
  CallEnd end = ask(Kind::row, question, result);
  if (!end.outcome) return end;
  Reader reader(result);
  text = reader.string();
  if (!reader.complete()) return failed(broken("a row that is not whole"));
  return end;
}

}  // namespace purser::plugin
