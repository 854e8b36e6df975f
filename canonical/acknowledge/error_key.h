// Under which key a finding is reported to the sender.
#pragma once

#include <string_view>

namespace purser::acknowledge {

/// The key of acknowledged_error.code for a finding's code: what is wrong, in a word that no format owns
/// ("missing", "too_long", "count_differs"). Tables turn it into UN/EDIFACT 0085, X12 715, 716, 718, 720,
/// 723 or I18. Empty where the finding is nothing the sender did wrong against the syntax. [any]
std::string_view error_key(std::string_view finding_code);

/// For findings of severity error that have no key of their own.
inline constexpr std::string_view unspecified_error = "unspecified";

}  // namespace purser::acknowledge
