// A connector as the gateway and the command line use it: in this process or in workers, the same to callers.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
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

namespace purser::plugin {

/// Where a connector's code runs.
enum class Isolation : std::uint8_t {
  worker,     ///< in processes of its own, without network, files or much memory: the default
  in_process  ///< in this one: for connectors one trusts
};

/// Which connector, and how to run it.
struct ConnectorConfig {
  std::string path;    ///< of the shared library
  std::string sha256;  ///< 64 hex digits the file must have; empty only for tools that say so
  Isolation isolation = Isolation::worker;
  std::string settings;  ///< JSON object, checked against the connector's schema; empty: none
  std::vector<NamedText> tables;
  unsigned workers = 2;  ///< processes kept ready (worker isolation)
  std::string
      worker_path;  ///< the worker program; empty: purser-worker beside this program or in ../lib/purser
  CallLimits limits;
};

/// Documents that a connector was given together (Connector::hand_over). [serial]
class Handed {
 public:
  virtual ~Handed() = default;  ///< what was not asked for is dropped
  /// Reads the next of them, as Connector::decode does. Each once.
  virtual Outcome decode(DocumentSink& out) = 0;
};

/// One loaded connector. All functions are [any].
class Connector {
 public:
  virtual ~Connector() = default;
  [[nodiscard]] virtual const ConnectorInfo& info() const = 0;
  [[nodiscard]] virtual const std::string& sha256() const = 0;  ///< of what is loaded, lower case hex

  /// A guess from the first bytes of a file; 64 KiB are enough, more are cut off.
  virtual std::expected<Detection, Status> detect(std::string_view prefix) = 0;

  /// Reads one file. Every stream that reaches `out` has passed EventChecker. A failure's Status carries the
  /// code of the finding to park the document with; what reached `out` before it is incomplete.
  virtual Outcome decode(const Request& request, ByteSource& in, DocumentSink& out) = 0;

  /// Gives it several whole documents, whose bytes stay until they are read: it reads on while the caller
  /// takes what it made of the one before, and neither waits until the other has woken up. They keep one
  /// worker; who holds them must not ask this connector for anything else. Null where it is of no use: then
  /// each is for decode().
  virtual std::unique_ptr<Handed> hand_over(std::vector<WholeDocument> /*documents*/) { return nullptr; }

  /// Writes one file: `events` gives what is to be written, and is called again if a worker died. Findings
  /// and losses go to `notes`, whose push gets empty batches only.
  virtual Outcome encode(const Request& request, const EventProducer& events, ByteSink& out,
                         DocumentSink& notes) = 0;

  /// Names of its tables, by Position::table - 1, and the text of one row; empty where there is none.
  virtual std::vector<std::string> tables() = 0;
  virtual std::string table_row(std::uint16_t table, std::uint16_t row) = 0;

  /// Whether the file on disk is still the one that was loaded. Cheap: looks at it once in `look_again`, and
  /// reads it only if its times changed.
  virtual Outcome unchanged_on_disk() = 0;
  static constexpr std::chrono::milliseconds look_again{100};  ///< soon enough for whoever replaced a file
};

/// Opens, checks and starts a connector. What is wrong with library, settings or tables comes back as
/// findings (HOST-NNNN and the connector's own); the caller closes its routes. `services` outlives the
/// connector.
std::expected<std::shared_ptr<Connector>, Report> load_connector(const ConnectorConfig& config,
                                                                 HostServices& services);

/// What a contract check works on.
struct ContractCheck {
  ConnectorConfig config;
  std::vector<NamedText> samples;  ///< files it should read, for the checks that need one
  bool threads = false;  ///< also in process, from several threads: only for code one would run anyway
};
/// Whether a connector keeps the contract: its entry, its guesses, hostile and cut input, positions,
/// repeatability, stopping, writing, whether its tables compile. One finding for each difference (HOST-0024,
/// or the code of what happened). [any]
Report check_connector(const ContractCheck& check);
/// The same for a library alone: without samples, settings and tables.
Report check_connector(const std::string& path);

/// SHA-256 of a file in lower case hex, for `purser connector list` and manifests.
std::expected<std::string, Status> file_sha256(const std::string& path);

}  // namespace purser::plugin
