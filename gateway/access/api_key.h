// API keys: 256 random bits, shown once, kept as a keyed hash.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/port/random.h"
#include "gateway/settings/settings.h"

namespace purser::gateway {

/// What every key begins with.
inline constexpr std::string_view api_key_prefix = "purser_";

/// A fresh key. `text` is for its owner and is nowhere kept; the entry goes into the configuration.
struct FreshKey {
  std::string text;  ///< "purser_k7m2q9x4w8_…", 43 characters of secret
  ApiKey entry;
};
FreshKey make_api_key(Random& random, std::string_view hash_key, std::string name,
                      std::vector<std::string> scopes);
/// The entry as YAML, to be appended to a file under `keys:`.
std::string to_yaml(const ApiKey& entry);

/// The hash that is kept of a key.
std::string api_key_hash(std::string_view hash_key, std::string_view text);

/// The keys of a configuration, for looking up. Immutable. [any]
class KeyRing {
 public:
  explicit KeyRing(const Settings& settings);
  /// The entry of a key sent as `Authorization: Bearer KEY` or `X-API-Key: KEY`; null if it is unknown,
  /// wrong or disabled. Takes as long for an unknown key as for a wrong one.
  [[nodiscard]] const ApiKey* find(std::string_view authorization, std::string_view x_api_key) const;

 private:
  std::string hash_key_;
  std::vector<ApiKey> keys_;
  std::unordered_map<std::string, std::size_t> by_id_;
};

}  // namespace purser::gateway
