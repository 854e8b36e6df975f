// Tables and layouts that a connector carries inside its shared library.
#pragma once

#include <span>
#include <string_view>

namespace purser::sdk {

/// A text file compiled into the library by purser_embed(). Static storage.
struct EmbeddedFile {
  std::string_view name;
  std::string_view text;
};

}  // namespace purser::sdk
