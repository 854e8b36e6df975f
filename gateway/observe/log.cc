#include "gateway/observe/log.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <iterator>

namespace purser::gateway {
namespace {

constexpr std::array<std::string_view, 5> level_names = {"", "debug", "info", "warning", "error"};

// JSON's escapes serve the text form, too: no value can end its line or start a second one.
void quote(std::string& out, std::string_view value) {
  out += '"';
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte);
    } else {
      out += c;
    }
  }
  out += '"';
}

bool is_plain(std::string_view value) {
  for (const char c : value) {
    if (c <= ' ' || c == '"' || c == '\\' || c == '=' || c == 0x7f) return false;
  }
  return !value.empty();
}

}  // namespace

std::string log_line(Instant at, LogForm form, LogLevel level, std::string_view event,
                     std::initializer_list<Log::Field> fields) {
  const std::string_view level_name = level_names[static_cast<std::size_t>(level)];
  std::string out;
  if (form == LogForm::json) {
    out = fmt::format(R"({{"at":"{}","level":"{}","event":)", text(at), level_name);
    quote(out, event);
    for (const auto& [name, value] : fields) {
      out += ',';
      quote(out, name);
      out += ':';
      quote(out, value);
    }
    out += '}';
    return out;
  }
  out = fmt::format("{} {:7} {}", text(at), level_name, event);
  for (const auto& [name, value] : fields) {
    out += ' ';
    out += name;
    out += '=';
    if (is_plain(value)) {
      out += value;
    } else {
      quote(out, value);
    }
  }
  return out;
}

void Log::write(LogLevel level, std::string_view event, std::initializer_list<Field> fields) const {
  if (level < least_) return;
  std::string line = log_line(clock_.now(), form_, level, event, fields);
  line += '\n';
  std::string_view rest = line;
  while (!rest.empty()) {
    const ssize_t wrote = ::write(descriptor_, rest.data(), rest.size());
    if (wrote <= 0) return;  // nobody is left to tell
    rest.remove_prefix(static_cast<std::size_t>(wrote));
  }
}

}  // namespace purser::gateway
