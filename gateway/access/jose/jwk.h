// JSON Web Keys (RFC 7517, 7518, 8037) and PEM files: the keys one trusts.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "gateway/access/jose/crypto.h"

namespace purser::gateway {

/// A key with what its owner says about it.
struct TrustedKey {
  std::string id;         ///< kid; may be empty
  std::string algorithm;  ///< alg; empty: every algorithm of its kind
  CryptoKey key;
};

/// A set of keys. Keys that cannot be used are left out and told in `notes` ("key 2 (kid a): …"); RFC 7517
/// section 5 wants the rest to work. A set without any usable key is an error where it is read.
struct KeySet {
  std::vector<TrustedKey> keys;
  std::vector<std::string> notes;
};

/// An identity provider has two to ten keys; a set is not a database.
inline constexpr std::size_t max_keys = 100;
inline constexpr std::size_t max_key_set_bytes = 256 * 1024;

/// One JWK. Refused: a `use` other than sig, `key_ops` without verify (a key that may only sign is not for
/// us), a weak key, a member that stands twice, oct without bytes. Private members are read only to sign.
/// [any]
std::expected<TrustedKey, std::string> parse_jwk(std::string_view json);
/// A JWK Set, a single JWK or PEM (public key, certificate, private key); told apart by the first characters.
/// [any]
std::expected<KeySet, std::string> parse_keys(std::string_view text);
/// The public half as a JWK without `use`: for publishing.
nlohmann::json to_jwk(const TrustedKey& key);

/// The keys that may have made a signature: of the algorithm's kind, whose own `alg` does not speak against
/// it, whose id is `id` if one is given. A key of the set without id fits any. At most 8, so that a set
/// cannot multiply work.
std::vector<const TrustedKey*> candidates(const KeySet& set, const SignatureAlgorithm& algorithm,
                                          std::string_view id);

}  // namespace purser::gateway
