// JSON from outside that decides about access: what two readers might read in two ways is refused.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace purser::gateway {

/// Claims nest two or three deep; deeper is somebody's experiment.
inline constexpr std::size_t max_token_json_depth = 16;

/// An object in UTF-8. Refused, with the reason: anything else at the top, a member that stands twice in one
/// object (RFC 7515 section 4), a byte order mark, bytes after the end, numbers beyond range, more depth or
/// bytes than allowed. [any]
std::expected<nlohmann::json, std::string> parse_strict_object(std::string_view text, std::size_t max_bytes);

}  // namespace purser::gateway
