// HTTP as text: what the front checks itself, and how targets are taken apart. No sockets, no Boost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/intake/http_front.h"

namespace purser::gateway {

/// Why a request's head is refused before a parser that forgives may see it: RFC 9112 sections 2.2, 3.2, 5.1,
/// 5.2, 6.1, 6.3 and 11.2 (request smuggling). Null if nothing is wrong. `head` goes from the request line to
/// the blank line, both included. [any]
const char* head_fault(std::string_view head);

/// "400 Bad Request" for 400.
std::string_view reason_phrase(int status);

/// Status line and fields of a response, with the security fields every response carries, to the blank
/// line. `length` is the body's.
std::string response_head(const Response& response, std::uint64_t length, bool keep_alive, bool secure);

/// Percent-decodes; nothing if an escape is broken or the result is not UTF-8 free of control characters.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space = false);
/// Escapes everything but RFC 3986 unreserved characters.
std::string percent_encoded(std::string_view text);

/// A request target taken apart.
struct RequestTarget {
  std::vector<std::string> segments;                       ///< decoded path segments, without empty ones
  std::vector<std::pair<std::string, std::string>> query;  ///< decoded, in order
  /// The parameter's value, nothing if absent.
  [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
};
/// Origin form only ("/path?query"). Nothing if it is malformed or has a "." or ".." segment.
std::optional<RequestTarget> parse_target(std::string_view target);

}  // namespace purser::gateway
