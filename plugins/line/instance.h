// One instance of a loaded connector, driven through its C functions: in the gateway or in a worker.
#pragma once

#include <expected>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/bytes.h"
#include "canonical/event/document_sink.h"
#include "plugins/abi/explain.h"
#include "plugins/abi/purser.h"
#include "plugins/line/host_table.h"
#include "plugins/line/producer.h"
#include "plugins/line/request.h"

namespace purser::plugin {

class AbiEvents;

/// [any]; calls of connectors that ask for it (PURSER_SERIAL) are put one after the other.
class Instance {
 public:
  /// Runs create(). What the connector found wrong comes back as its own findings and HOST-0010 or HOST-0011.
  static std::expected<std::unique_ptr<Instance>, Report> create(const purser_connector& entry,
                                                                 const std::string& name,
                                                                 std::string settings,
                                                                 std::vector<NamedText> tables,
                                                                 HostServices& services);
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  std::expected<Detection, Status> detect(std::string_view prefix);
  /// With `as_they_are` the events go there instead, for whoever gives them on to one who checks them.
  Outcome decode(const Request& request, ByteSource& in, DocumentSink& out, AbiEvents* as_they_are = nullptr);
  Outcome encode(const Request& request, const EventProducer& events, ByteSink& out, DocumentSink& notes);
  [[nodiscard]] std::vector<std::string> tables() const;
  [[nodiscard]] std::string table_row(std::size_t table, std::uint32_t row) const;

 private:
  Instance(const purser_connector& entry, std::unique_ptr<HostTable> host);
  [[nodiscard]] std::unique_lock<std::mutex> turn();
  [[nodiscard]] const purser_explain* explain() const;

  const purser_connector& entry_;
  std::unique_ptr<HostTable> host_;
  purser_instance* instance_ = nullptr;
  std::mutex one_at_a_time_;
};

}  // namespace purser::plugin
