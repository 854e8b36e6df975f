// What PostgreSQL takes as text.
#pragma once

#include <string>
#include <string_view>

namespace purser::gateway {

/// True if `text` is UTF-8 without a zero byte, as PostgreSQL wants it. [any]
bool is_clean_text(std::string_view text);
/// `text` with U+FFFD in place of each byte that does not belong there. [any]
std::string cleaned_text(std::string_view text);

}  // namespace purser::gateway
