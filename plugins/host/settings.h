// A connector's settings against its own schema.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "canonical/event/document_sink.h"
#include "canonical/finding/finding.h"

namespace purser::plugin {

/// Whether `schema` is a JSON Schema this host can check with; HOST-0007. Empty is fine. [any]
Report check_schema(const std::string& schema);

/// Empty if `settings` (empty: none) fits; HOST-0009 with the path of each value that does not. [any]
Report check_settings(const std::string& schema, const std::string& settings);

/// The settings that requests to one connector bring. A route brings the same with each document, so those
/// that fit are remembered. [any]
class RequestSettings {
 public:
  /// Tells `notes` what does not fit the connector's schema; the status is then HOST-0009, invalid.
  Outcome fit(const std::string& schema, const std::string& settings, DocumentSink& notes);

 private:
  static constexpr std::size_t most_remembered = 64;  ///< more routes with settings of their own are rare
  static constexpr std::size_t longest_remembered = 4096;  ///< bytes; some carry a whole PDF
  std::mutex mutex_;
  std::vector<std::string> good_;
};

}  // namespace purser::plugin
