#include "tools/purser/page.h"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {

std::string read_limit(const Arguments& arguments, std::uint32_t most, std::uint32_t& limit) {
  const std::string text = arguments.get("--limit");
  if (text.empty()) return {};
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, limit);
  if (error == std::errc() && end == last && limit >= 1 && limit <= most) return {};
  return fmt::format("--limit is a number from 1 to {}", most);
}

void end_page(const Arguments& arguments, const std::string& cursor, nlohmann::ordered_json json) {
  if (arguments.json()) {
    if (!cursor.empty()) json["cursor"] = cursor;
    print_json(json);
  } else if (!cursor.empty()) {
    print_line(fmt::format("there is more: the same with --after {}", cursor));
  }
}

}  // namespace purser::cli
