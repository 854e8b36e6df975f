// What a person sees: aligned tables, JSON, and errors on standard error.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace purser::cli {

/// Rows of text under headings, printed with columns aligned and trailing blanks trimmed.
class Table {
 public:
  explicit Table(std::vector<std::string> headings) : headings_(std::move(headings)) {}
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  /// Widths count code points, so that names with accents line up.
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::string> headings_;
  std::vector<std::vector<std::string>> rows_;
};

/// `text` as a JSON string, quoted and escaped.
std::string json_string(std::string_view text);

void print(std::string_view text);             ///< to standard output, as it is
void print_line(std::string_view text);        ///< with a line end
/// "purser: message" on standard error; returns `code` so that a command can end with it.
int fail(int code, std::string_view message);

}  // namespace purser::cli
