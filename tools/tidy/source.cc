#include "tools/tidy/source.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace purser::tidy {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Blanks [from, to) of `text` but for newlines.
void blank(std::string& text, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < std::min(to, text.size()); ++i) {
    if (text[i] != '\n') text[i] = ' ';
  }
}

// End of a quoted literal that begins at `at` with `quote`, past the closing quote.
std::size_t literal_end(std::string_view text, std::size_t at, char quote) {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == quote || text[i] == '\n') {
      return i + 1;
    }
  }
  return text.size();
}

std::size_t raw_literal_end(std::string_view text, std::size_t quote) {
  const std::size_t open = text.find('(', quote);
  if (open == std::string_view::npos) return text.size();
  const std::string close = ")" + std::string(text.substr(quote + 1, open - quote - 1)) + "\"";
  const std::size_t end = text.find(close, open);
  return end == std::string_view::npos ? text.size() : end + close.size();
}

bool on_include_line(std::string_view text, std::size_t at) {
  const std::size_t start = text.rfind('\n', at) + 1;  // npos + 1 is 0
  const std::size_t hash = text.find_first_not_of(" \t", start);
  return hash < at && text.substr(hash, 8) == "#include";
}

}  // namespace

std::string code_only(std::string_view text) {
  std::string code(text);
  std::size_t i = 0;
  while (i < text.size()) {
    std::size_t end = i + 1;
    if (text.substr(i, 2) == "//") {
      end = std::min(text.find('\n', i), text.size());
      blank(code, i, end);
    } else if (text.substr(i, 2) == "/*") {
      const std::size_t close = text.find("*/", i + 2);
      end = close == std::string_view::npos ? text.size() : close + 2;
      blank(code, i, end);
    } else if (text[i] == '"' && i > 0 && text[i - 1] == 'R' && (i < 2 || !is_word(text[i - 2]))) {
      end = raw_literal_end(text, i);
      blank(code, i + 1, end - 1);
    } else if (text[i] == '"') {
      end = literal_end(text, i, '"');
      if (!on_include_line(text, i)) blank(code, i + 1, end - 1);
    } else if (text[i] == '\'' && (i == 0 || !is_word(text[i - 1]))) {
      end = literal_end(text, i, '\'');
      blank(code, i + 1, end - 1);
    }
    i = end;
  }
  return code;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::vector<Include> includes_of(std::string_view text) {
  constexpr std::string_view mark = "#include \"";
  std::vector<Include> found;
  std::size_t number = 0;
  for (const std::string_view line : lines_of(text)) {
    ++number;
    if (!line.starts_with(mark)) continue;
    const std::string_view rest = line.substr(mark.size());
    found.push_back({std::string(rest.substr(0, rest.find('"'))), number});
  }
  return found;
}

namespace {

// Is the '{' at `at` the start of a function body? What stands before it decides.
bool opens_function(std::string_view code, std::size_t at) {
  constexpr std::array<std::string_view, 4> qualifiers = {"const", "noexcept", "override", "final"};
  std::string_view before = code.substr(0, at);
  for (bool again = true; again;) {
    again = false;
    while (!before.empty() && std::isspace(static_cast<unsigned char>(before.back())) != 0) before.remove_suffix(1);
    for (const std::string_view word : qualifiers) {
      if (before.ends_with(word)) {
        before.remove_suffix(word.size());
        again = true;
      }
    }
  }
  return before.ends_with(')');
}

std::size_t line_number(std::string_view code, std::size_t at) {
  return 1 + static_cast<std::size_t>(std::count(code.begin(), code.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

}  // namespace

std::vector<Function> functions_of(std::string_view code) {
  std::vector<Function> found;
  std::size_t i = 0;
  while ((i = code.find('{', i)) != std::string_view::npos) {
    if (!opens_function(code, i)) {
      ++i;
      continue;
    }
    std::size_t depth = 0;
    std::size_t end = i;
    for (; end < code.size(); ++end) {
      if (code[end] == '{') ++depth;
      if (code[end] == '}' && --depth == 0) break;
    }
    const std::size_t first = line_number(code, i);
    found.push_back({first, line_number(code, std::min(end, code.size())) - first + 1});
    i = std::max(end, i + 1);
  }
  return found;
}

}  // namespace purser::tidy
