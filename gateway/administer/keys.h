// API keys made, rotated and taken back while the gateway runs.
#pragma once

#include <chrono>
#include <string>

#include "gateway/administer/administration.h"
#include "gateway/port/random.h"

namespace purser::gateway {

/// What a key is to be. `partner`, `sources` and `roles` are names as the tenant knows them.
struct KeyWish {
  std::string tenant, name, partner;
  std::vector<std::string> sources, scopes, roles;
  std::string expires;  ///< a day or a moment; empty: never
};

/// A key as its owner gets it: shown once, kept nowhere.
struct MadeKey {
  std::string text;
  std::int64_t version = 0;
};

/// Where a key's change is made: the configuration, its hash key, who does it.
struct KeyPlace {
  Journal& journal;
  Random& random;
  std::string folder, hash_key, who;
};

/// CONFIG-0012 if the configuration has no hash key.
std::expected<MadeKey, ChangeRefusal> make_key(const KeyPlace& place, const KeyWish& wish);
/// A second key under the old one's name; the old one goes on under NAME-old until `overlap` is over.
std::expected<MadeKey, ChangeRefusal> rotate_key(const KeyPlace& place, const std::string& tenant,
                                                 const std::string& name, std::chrono::sys_seconds until);
std::expected<std::int64_t, ChangeRefusal> remove_key(const KeyPlace& place, const std::string& tenant,
                                                      const std::string& name);

/// Noted once an hour at most, so that a busy key does not become a busy journal.
inline constexpr std::chrono::hours key_use_grain{1};
/// When a key was used last, to the hour; empty: never, or before that was noted.
std::string last_use(Journal& journal, const std::string& qualified_name);
void note_use(Journal& journal, const std::string& qualified_name, std::chrono::sys_seconds now);

}  // namespace purser::gateway
