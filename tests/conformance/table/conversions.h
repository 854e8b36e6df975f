// Documents of the corpus written in every other format that has a message for them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "canonical/event/recorded_events.h"
#include "tests/conformance/table/validity.h"

namespace purser::conformance {

/// A document written as a message of some format.
struct Conversion {
  std::string from;      ///< the file
  std::string message;   ///< "cxml cXML.OrderRequest"
  std::string written;   ///< empty if the connector refused
  std::string why;       ///< what it refused with: an error finding that names what is missing
  std::string noticed;   ///< EDI: what reading it again finds against the format's layout
  bool refused = false;  ///< a failure or an error finding: nothing of it is sent
};

/// What became of the conversions into one message.
struct Converted {
  std::size_t documents = 0;
  std::size_t refused = 0;
  std::size_t valid = 0;  ///< of those written: by the schema or DTD; EDI: by the layout
  std::size_t invalid = 0;
};

/// Counts by message; `tell`, unless null, gets a line for each conversion that was refused or is not valid.
std::map<std::string, Converted> judge_conversions(const std::filesystem::path& corpus,
                                                   const std::vector<Conversion>& conversions,
                                                   std::string* tell);

/// The table of docs/conformance.md.
std::string conversion_table(const std::map<std::string, Converted>& rows);

}  // namespace purser::conformance
