// How a sealed body lies in the store.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/message/message.h"
#include "gateway/seal/keys.h"

namespace purser::gateway {

/// A salt of 32 random bytes, then chunks: ciphertext and tag. A key for the body alone is drawn from the
/// tenant's data key and the salt (HKDF-SHA256), so that no number of bodies wears a data key out: nonces are
/// counters under a key that seals nothing else (NIST SP 800-38D, 8.2.1). A nonce holds the chunk's number and
/// whether it is the last, so that chunks cannot change places and nothing can be cut off; the tenant and
/// BodyRef::seal are authenticated with each, so that no body can take another's place.
inline constexpr std::size_t body_salt_bytes = 32;  ///< random, 256 bits: they never meet
inline constexpr std::size_t body_chunk = 64 << 10;  ///< small enough to hold, large enough for tags to weigh nothing
inline constexpr std::uint64_t max_body_chunks = (1ULL << 32) - 1;  ///< as a nonce counts them: 256 TiB

std::uint64_t chunks_of(std::uint64_t plain_length);  ///< at least one: the last says that it is the last
std::uint64_t sealed_length(std::uint64_t plain_length);
std::uint64_t plain_length(std::uint64_t sealed_length);  ///< the reverse; of no less than sealed_length(0)

/// The identity of a new body under a key: the key's id, then 32 random bits. Never 0.
std::int64_t new_seal(std::int64_t key);
constexpr std::int64_t key_of_seal(std::int64_t seal) { return seal >> 32; }

/// The same place as the store below sees it: all of its bytes.
inline BodyRef as_stored(BodyRef where) {
  if (where.seal != 0) where.length = sealed_length(where.length);
  return where;
}

/// The chunks of one body. [serial]
class BodySeal {
 public:
  BodySeal(const DataKey& key, std::int64_t seal, std::string_view salt, Gcm::Use use);
  /// Appends a chunk. All but the last have body_chunk bytes. Throws std::runtime_error beyond
  /// max_body_chunks.
  void seal(std::string_view plain, std::uint64_t number, bool last, std::string& out);
  /// `out` has room for the chunk without its tag. False if it is not what was sealed.
  bool open(std::string_view sealed, std::uint64_t number, bool last, std::span<char> out);

 private:
  std::string bound_to_;
  Gcm gcm_;
};

/// A body that is whole in memory, as it lies in the store, and back: none if it is not what was sealed.
std::string seal_body(const DataKey& key, std::int64_t seal, std::string_view plain);
std::optional<std::string> open_body(const DataKey& key, std::int64_t seal, std::string_view sealed,
                                     std::uint64_t plain_length);

}  // namespace purser::gateway
