// Writing a connector in C++: derive from Connector, end one file with PURSER_CONNECTOR(YourClass).
//
//   class Acme : public purser::sdk::Connector {
//    public:
//     static purser::sdk::Description describe();
//     static purser::sdk::Created create(const purser::sdk::Host& host, purser::DocumentSink& notes);
//     ...
//   };
//   PURSER_CONNECTOR(Acme)
//
// Exceptions that leave your code are caught at the line and become a defect; nothing else of C++ crosses.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/bytes.h"
#include "canonical/event/document_sink.h"
#include "plugins/abi/purser.h"
#include "plugins/line/request.h"

namespace purser::sdk {

using plugin::Detection;
using plugin::Request;

/// What your connector says of itself; everything else is filled in from here.
using Description = plugin::ConnectorInfo;

/// A value of the host's key-value store and the revision a compare-and-set must name.
struct StoredValue {
  std::string value;
  std::uint64_t revision = 0;
};

/// A table that the configuration brings. Lives as long as the connector.
struct TableText {
  std::string_view name;
  std::string_view text;
};

/// The world as your connector sees it: no sockets, files or threads of its own. [any]
class Host {
 public:
  explicit Host(const purser_host* host) : host_(host) {}
  [[nodiscard]] std::string_view settings() const;  ///< JSON object; "{}" where there are none
  [[nodiscard]] std::vector<TableText> tables() const;
  [[nodiscard]] std::int64_t now() const;  ///< nanoseconds since 1970-01-01T00:00:00Z
  void log(Severity severity, std::string_view line) const;
  void count(std::string_view metric, std::uint64_t amount = 1) const;

  /// The next number of a sequence from 1; after `last` again 1 (0: never). Durable.
  [[nodiscard]] std::expected<std::uint64_t, Status> next(const Request& request, std::string_view sequence,
                                                          std::uint64_t last) const;
  [[nodiscard]] std::expected<std::optional<StoredValue>, Status> get(const Request& request,
                                                                      std::string_view key) const;
  /// The new revision, or empty if another one than `revision` (0: absent) holds.
  [[nodiscard]] std::expected<std::optional<std::uint64_t>, Status> compare_and_set(
      const Request& request, std::string_view key, std::string_view value, std::uint64_t revision) const;
  /// Hands the secret to `use` for the length of that call. False if there is none of that name.
  [[nodiscard]] bool with_secret(const Request& request, std::string_view name,
                                 const std::function<void(std::string_view)>& use) const;
  /// Empty where the host has no such list.
  [[nodiscard]] std::optional<bool> on_code_list(std::string_view list, std::string_view code) const;

 private:
  const purser_host* host_;
};

/// A file being written: takes the events of one or more documents, streamed lists last. [serial]
class Encoder : public EventSink {
 public:
  /// Writes what is left. Not called after push() failed.
  virtual Outcome finish() = 0;
};

class Connector;
using Created = std::expected<std::unique_ptr<Connector>, Status>;

/// One configured connector. Calls come from any number of threads at once, so keep what changes in the
/// call (or set Description::serial). Implement what you describe; the rest refuses.
class Connector {
 public:
  virtual ~Connector() = default;

  /// A guess from the first bytes of a file (up to 64 KiB, maybe cut anywhere).
  virtual Detection detect(std::string_view prefix);

  /// Reads one file to its end. A finding of severity error does not end the work; a status does.
  virtual Outcome decode(const Request& request, ByteSource& in, DocumentSink& out);

  /// Starts writing a file into `out`. Findings and losses go to `notes` (its push() refuses). Both live
  /// longer than the encoder, as does `request`.
  virtual std::expected<std::unique_ptr<Encoder>, Status> encode(const Request& request, ByteSink& out,
                                                                 DocumentSink& notes);

  /// The tables behind Position::table - 1, for `explain`. Lives as long as the connector.
  [[nodiscard]] virtual std::span<const TableText> tables() const { return {}; }
};

}  // namespace purser::sdk

#include "plugins/sdk/entry.h"  // PURSER_CONNECTOR
