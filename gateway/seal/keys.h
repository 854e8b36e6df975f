// The master key and the data keys of tenants that it wraps.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/seal/cipher.h"

namespace purser::gateway {

/// Data keys that one journal may ever make. Each is wrapped under a random 96-bit nonce, and NIST SP 800-38D,
/// 8.3, allows one key 2^32 of these; a master key wraps every data key at most twice (when it is made, or
/// when the master is rotated), so that half of it leaves room. Ids fit the upper half of BodyRef::seal.
inline constexpr std::int64_t max_data_keys = (1LL << 31) - 1;

/// Wraps data keys. Its id is a digest under the key: says which one it is and nothing else about it.
struct MasterKey {
  SecretKey key;
  std::string id;  ///< 16 hexadecimal digits
};
/// From base64 of 32 bytes, as `openssl rand -base64 32` writes them. The error never holds any of it.
std::expected<MasterKey, std::string> read_master_key(std::string_view base64);

/// What a tenant's bodies are sealed with. Ids are never given twice within a journal.
struct DataKey {
  std::int64_t id = 0;
  std::string tenant;
  SecretKey key;
};

/// Nonce, ciphertext, tag: 60 bytes. Tenant and id are authenticated with it, so that no wrapped key can be
/// put in another's place.
std::string wrap(const MasterKey& master, const DataKey& key);
/// None: another master key, or it was changed.
std::optional<SecretKey> unwrap(const MasterKey& master, std::int64_t id, std::string_view tenant,
                                std::string_view wrapped);

/// Whose bodies are sealed, and with which master keys. Value type.
struct SealRules {
  bool on = false;                      ///< for tenants that `tenants` does not name
  std::map<std::string, bool> tenants;  ///< those that differ
  std::optional<MasterKey> master;      ///< wraps; there if anything is sealed
  std::optional<MasterKey> previous;    ///< opens what is not wrapped anew yet

  [[nodiscard]] bool seals(const std::string& tenant) const {
    const auto own = tenants.find(tenant);
    return own == tenants.end() ? on : own->second;
  }
  /// The one with this id; null if neither has it.
  [[nodiscard]] const MasterKey* find(std::string_view id) const {
    if (master && master->id == id) return &*master;
    return previous && previous->id == id ? &*previous : nullptr;
  }
};

}  // namespace purser::gateway
