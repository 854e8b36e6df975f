// A source file with its comments and literals blanked, so that checks see code only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace purser::tidy {

/// `text` with comments, string and character literals replaced by blanks; newlines stay where they were.
/// Raw strings are understood. Include lines keep their file names.
std::string code_only(std::string_view text);

std::vector<std::string_view> lines_of(std::string_view text);

/// Files named in #include "..." of `text`, in order, each with its line.
struct Include {
  std::string file;
  std::size_t line;
};
std::vector<Include> includes_of(std::string_view text);

/// Bodies at function level: the line of the opening brace and the number of lines up to the closing one.
/// A brace opens a function when it follows ')' (with qualifiers) outside any other function.
struct Function {
  std::size_t line;
  std::size_t lines;
};
std::vector<Function> functions_of(std::string_view code);

}  // namespace purser::tidy
