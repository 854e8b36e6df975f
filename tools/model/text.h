// Quoting for the languages the generator writes.
#pragma once

#include <string>
#include <string_view>

namespace purser::model_generator {

/// A C++ string literal.
std::string quoted(std::string_view text);
/// A JSON string; the specification holds no control characters.
std::string json_quoted(std::string_view text);
/// Text within a Markdown table cell.
std::string cell(std::string_view text);

}  // namespace purser::model_generator
