// The key sets of issuers: fetched when they are needed, kept, fetched again when keys rotate, never too
// often.
#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "gateway/access/jose/jwk.h"
#include "gateway/port/clock.h"

namespace purser::gateway {

/// Gives the content behind an https URL or a file's path. Blocks.
using KeyFetch =
    std::function<std::expected<std::string, std::string>(const std::string& where, bool private_addresses)>;

/// Where a set is, and how often it may be asked for.
struct KeySource {
  std::string where;
  bool private_addresses = false;
  std::chrono::seconds age{600};  ///< older ones are fetched again before they are used
  std::chrono::seconds floor{
      30};  ///< never two fetches within this time: made-up key ids cost the issuer nothing
};

/// Lives as long as the server, over reloads. [any]
class KeyCache {
 public:
  KeyCache(const Clock& clock, KeyFetch fetch) : clock_(clock), fetch_(std::move(fetch)) {}

  struct View {
    std::shared_ptr<const KeySet> keys;  ///< null: never fetched
    bool old = true;                     ///< beyond its age
    bool may_fetch = true;               ///< the floor allows it
  };
  /// Never blocks on the network.
  [[nodiscard]] View get(const KeySource& source);
  /// Fetches if the floor allows; callers that come meanwhile wait for the same fetch. A set that cannot be
  /// fetched or holds no key leaves the old one in place. The error says why.
  std::expected<std::shared_ptr<const KeySet>, std::string> refresh(const KeySource& source);

 private:
  struct Entry {
    std::mutex fetching;
    std::shared_ptr<const KeySet> keys;  // with the rest guarded by KeyCache::mutex_
    std::chrono::microseconds fetched{0};
    std::chrono::microseconds asked{0};
    bool was_asked = false;
    std::string error;
  };
  std::shared_ptr<Entry> entry(const KeySource& source);

  const Clock& clock_;
  KeyFetch fetch_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Entry>> entries_;
};

}  // namespace purser::gateway
