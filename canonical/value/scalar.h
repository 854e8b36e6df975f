// One value of a canonical field, as it travels in an event.
#pragma once

#include <cstdint>
#include <string_view>

#include "canonical/value/date.h"
#include "canonical/value/decimal.h"

namespace purser {

/// The types a canonical field can have. The numbers are part of the plugin line: append, never renumber.
enum class ScalarType : std::uint8_t {
  text = 1,     ///< UTF-8, no control characters but TAB, LF, CR
  code = 2,     ///< a key out of a code list, or a code carried through
  decimal = 3,  ///< amount, quantity, price, percentage, rate
  integer = 4,  ///< counts and ordinals
  boolean = 5,
  date = 6,
  time = 7,
  date_time = 8,
  binary = 9  ///< attachment content, raw bytes (base64 in JSON)
};

/// A typed value; `type` says which member counts. Decimal, integer and date share their place, because a
/// value travels with every event; `bytes` stands apart, so that it is always a valid (perhaps empty) view.
/// `bytes` is borrowed: it lives as long as the event batch that holds it. Trivially copyable.
struct Scalar {
  constexpr Scalar() : decimal() {}

  ScalarType type = ScalarType::text;
  bool boolean = false;
  union {
    Decimal decimal;
    std::int64_t integer;
    DateTime when;  ///< date uses .date, time uses .time
  };
  std::string_view bytes;  ///< text, code, binary
};

}  // namespace purser
