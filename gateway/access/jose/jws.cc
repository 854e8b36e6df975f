#include "gateway/access/jose/jws.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "gateway/access/jose/strict_json.h"
#include "gateway/settings/encoding.h"

namespace purser::gateway {
namespace {

using nlohmann::json;
constexpr std::size_t max_key_id = 256;

// False if the member is there and no text.
bool take_text(const json& header, const char* name, std::string& into) {
  auto member = header.find(name);
  if (member == header.end()) return true;
  if (!member->is_string()) return false;
  into = member->get<std::string>();
  return true;
}

}  // namespace

std::string_view name(TokenFault fault) {
  switch (fault) {
    case TokenFault::oversized:
      return "oversized";
    case TokenFault::malformed:
      return "malformed";
    case TokenFault::duplicate:
      return "duplicate";
    case TokenFault::algorithm:
      return "algorithm";
    case TokenFault::critical:
      return "critical";
    case TokenFault::type:
      return "type";
    case TokenFault::unknown_key:
      return "unknown-key";
    case TokenFault::signature:
      return "signature";
    case TokenFault::claim:
      return "claim";
    case TokenFault::missing:
      return "missing";
    case TokenFault::expired:
      return "expired";
    case TokenFault::early:
      return "early";
    case TokenFault::too_old:
      return "too-old";
    case TokenFault::issuer:
      return "issuer";
    case TokenFault::audience:
      return "audience";
  }
  return "";
}

std::expected<Jws, TokenFault> parse_jws(std::string_view token) {
  if (token.size() > max_token_bytes) return std::unexpected(TokenFault::oversized);
  auto first = token.find('.');
  auto last = token.rfind('.');
  if (first == std::string_view::npos || first == last || std::count(token.begin(), token.end(), '.') != 2)
    return std::unexpected(TokenFault::malformed);
  auto header_text = base64url_decoded(token.substr(0, first));
  auto payload = base64url_decoded(token.substr(first + 1, last - first - 1));
  auto signature = base64url_decoded(token.substr(last + 1));
  if (!header_text || header_text->empty() || !payload || !signature)
    return std::unexpected(TokenFault::malformed);
  if (header_text->size() > max_token_header_bytes) return std::unexpected(TokenFault::oversized);
  auto header = parse_strict_object(*header_text, max_token_header_bytes);
  if (!header) {
    return std::unexpected(json::accept(*header_text) ? TokenFault::duplicate : TokenFault::malformed);
  }
  Jws jws;
  if (!take_text(*header, "alg", jws.algorithm) || !take_text(*header, "kid", jws.key_id) ||
      !take_text(*header, "typ", jws.type) || jws.key_id.size() > max_key_id)
    return std::unexpected(TokenFault::malformed);
  if (header->contains("crit") || header->contains("b64")) return std::unexpected(TokenFault::critical);
  jws.payload = std::move(*payload);
  jws.signature = std::move(*signature);
  jws.signed_text = token.substr(0, last);
  return jws;
}

}  // namespace purser::gateway
