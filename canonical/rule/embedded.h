// The rule files, compiled into the library.
#pragma once

#include <span>
#include <string_view>

namespace purser::rule {

/// Static storage.
struct EmbeddedRules {
  std::string_view name;  ///< "en16931/document.rules"
  std::string_view text;
};
std::span<const EmbeddedRules> embedded_files();

}  // namespace purser::rule
