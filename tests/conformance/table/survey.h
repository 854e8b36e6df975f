// What the connectors do with documents that others wrote: read, written, read again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "canonical/event/recorded_events.h"
#include "plugins/host/connector.h"
#include "plugins/line/services.h"
#include "tests/conformance/table/conversions.h"

namespace purser::conformance {

/// One file and what became of it.
struct Sighting {
  std::filesystem::path file;
  std::string format;   ///< of the connector that knew it
  std::string written;  ///< the same documents, written again; empty where they could not be
  std::size_t documents = 0;
  std::size_t losses = 0;  ///< values that no row reads, or that were not written
  std::size_t errors = 0;  ///< findings of severity error and fatal, in reading
  std::size_t warnings = 0;
  std::vector<RecordedEvents> read;  ///< the documents, each alone, header first
  std::string why;  ///< it was not read, not written, or said something else again; empty if all was well
  bool decoded = false;     ///< to its end
  bool same_again = false;  ///< what was written says the same when it is read
};

/// All connectors of a folder, in this process. [serial]
class Survey {
 public:
  explicit Survey(const std::filesystem::path& connectors);

  /// Reads, writes and reads again by the connector that is surest of the file; nothing if none knows it.
  std::optional<Sighting> look(const std::filesystem::path& file, const std::string& text);

  /// The documents of a file in every message of every other format that has one for them.
  std::vector<Conversion> convert(const Sighting& sighting, const std::string& name);

 private:
  static Conversion convert(plugin::Connector& connector, const std::string& format,
                            const std::string& message, const RecordedEvents& document,
                            const std::string& name);

  plugin::NoServices services_;
  std::vector<std::shared_ptr<plugin::Connector>> connectors_;
};

}  // namespace purser::conformance
