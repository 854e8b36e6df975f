// Structured log lines: one event, some fields, as JSON or as text.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/port/clock.h"

namespace purser::gateway {

enum class LogLevel : std::uint8_t { debug = 1, info = 2, warning = 3, error = 4 };
enum class LogForm : std::uint8_t { text, json };

/// Writes whole lines with one write(2) each; values are escaped, so a hostile one cannot forge a line. [any]
class Log {
 public:
  using Field = std::pair<std::string_view, std::string_view>;
  Log(const Clock& clock, int descriptor, LogForm form, LogLevel least)
      : clock_(clock), descriptor_(descriptor), form_(form), least_(least) {}
  void write(LogLevel level, std::string_view event, std::initializer_list<Field> fields = {}) const;

 private:
  const Clock& clock_;
  int descriptor_;
  LogForm form_;
  LogLevel least_;
};

/// The line without its newline.
std::string log_line(Instant at, LogForm form, LogLevel level, std::string_view event,
                     std::initializer_list<Log::Field> fields);

}  // namespace purser::gateway
