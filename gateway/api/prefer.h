// Prefer (RFC 7240): whether a caller waits for what becomes of a document.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace purser::gateway {

/// No call waits longer, whatever it prefers: proxies on the way cut it after a minute.
inline constexpr std::chrono::seconds most_wait{30};

/// What of a Prefer field is heeded. Other preferences are left alone, as section 2 wants.
struct Preference {
  bool async = false;           ///< respond-async (section 4.1): answer at once, or when the wait is over
  std::chrono::seconds wait{};  ///< wait=N (section 4.3), at most most_wait; 0: not at all
  /// For Preference-Applied, when the outcome came in time or not; empty: nothing was asked for.
  [[nodiscard]] std::string applied(bool in_time) const;
};

/// Of one that stands twice the first counts; one that is malformed is none. [any]
Preference preference_of(std::string_view field);

}  // namespace purser::gateway
