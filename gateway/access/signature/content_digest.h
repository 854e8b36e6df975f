// Content-Digest (RFC 9530): what ties a body to a signed head.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace purser::gateway {

/// Hands a body's pieces in order to its argument; false if the body cannot be read.
using BodyPieces = std::function<bool(const std::function<void(std::string_view)>&)>;
BodyPieces pieces_of(std::string_view body);  ///< of a body in memory, which must outlive it

enum class DigestVerdict : std::uint8_t {
  matches,
  differs,     ///< a digest of a known algorithm is another
  unknown,     ///< no sha-256 and no sha-512 in it, or no dictionary of byte sequences
  unreadable,  ///< the body
};
/// Every sha-256 and sha-512 member must match; other algorithms are passed over, since RFC 9530 knows none
/// else that is still safe. [any]
DigestVerdict check_content_digest(std::string_view field, const BodyPieces& body);
/// "sha-256=:…:" of a body in memory.
std::string content_digest(std::string_view body);

}  // namespace purser::gateway
