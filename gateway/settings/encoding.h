// Base64 and hexadecimal, strict.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace purser::gateway {

/// RFC 4648 section 4 with padding, nothing else: no line ends, no blanks, no stray bits. [any]
std::optional<std::string> base64_decoded(std::string_view text);
std::string base64_encoded(std::string_view bytes);
/// RFC 4648 section 5 without padding: fits headers, URLs and shells.
std::string base64url_encoded(std::string_view bytes);
/// The reverse, as strict: RFC 7515 section 2, no padding, no stray bits, so that no two texts give the same
/// bytes. [any]
std::optional<std::string> base64url_decoded(std::string_view text);
std::optional<std::string> hex_decoded(std::string_view text);  ///< either case; pairs of digits only
std::string hex_encoded(std::string_view bytes);                ///< lower case

}  // namespace purser::gateway
