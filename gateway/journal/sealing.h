// The keys that bodies are sealed with: made, found, rotated, destroyed.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "gateway/journal/readers.h"
#include "gateway/journal/stored_body.h"
#include "gateway/port/clock.h"
#include "gateway/seal/keys.h"

namespace purser::gateway {

class Backend;

enum class KeyState : std::uint8_t {
  active = 1,    ///< new bodies are sealed with it; one of each tenant
  retired = 2,   ///< older bodies are opened with it
  destroyed = 3  ///< its bytes are gone; what it sealed is unreadable
};
std::string_view name(KeyState state);

/// A tenant's data key as the journal keeps it, without its bytes.
struct DataKeyView {
  std::int64_t id = 0;
  std::string tenant;
  KeyState state = KeyState::active;
  Instant created;
  Instant ended;       ///< when it was retired or destroyed; the epoch: neither
  std::string master;  ///< id of the master key that wraps it
};

/// What shredding came to.
struct Shredded {
  std::uint64_t keys = 0;  ///< destroyed
  bool traces_gone = true;  ///< false: somebody reads the store for long; old pages still hold the wrapped keys
  std::string why;          ///< then: what was in the way
};

/// What is sealed: what is handed in now, or what comes of what was handed in before. The latter makes no key for
/// a tenant that was shredded: what is still in hand of his documents would be readable again.
enum class SealFor : std::uint8_t { new_work, old_work };

/// Data keys of one journal. Wrapped they lie in its tables; unwrapped they are held here, and what other
/// processes did to them is seen within `look_again`. All calls are [any].
///
/// SEAL-0001 if the master key for something is not there, SEAL-0002 if a key was destroyed, SEAL-0004 if the
/// journal has no such key or it does not unwrap.
class Sealing {
 public:
  using Key = std::shared_ptr<const DataKey>;
  static constexpr std::chrono::seconds look_again{1};  ///< how long a destroyed key may still open elsewhere

  Sealing(std::function<std::unique_ptr<Database>()> connect, const Clock& clock);
  /// Where keys are made and changed. Null: nowhere any more.
  void attach(Backend* backend);

  /// From now on. Refused, and the rules stay as they were, if a key that is not destroyed is wrapped by a
  /// master key that the new rules do not have.
  Outcome use(SealRules rules);
  [[nodiscard]] bool has_master() const;

  /// The key for a new body of the tenant, made if there is none yet; null: it is not sealed. SEAL-0002 for old
  /// work of a tenant that was shredded.
  std::expected<Key, Status> to_seal(const std::string& tenant, SealFor work = SealFor::new_work);
  /// The last of the tenant's keys that were destroyed; 0: none was.
  std::expected<std::int64_t, Status> last_destroyed(const std::string& tenant);
  std::expected<Key, Status> to_open(std::int64_t key);

  /// In order of tenant and id; `tenant` empty: of all.
  std::expected<std::vector<DataKeyView>, Status> keys(const std::string& tenant);
  /// New bodies of the tenant get a new key; gives its id.
  std::expected<std::int64_t, Status> rotate(const std::string& tenant, const std::string& who);
  /// Wraps with the master key what the one before still wraps, some keys at a time, each time in one
  /// transaction: interrupted, it goes on where it was. Gives how many keys.
  std::expected<std::uint64_t, Status> rewrap(const std::string& who);
  /// Destroys all keys of the tenant.
  std::expected<Shredded, Status> shred(const std::string& tenant, const std::string& who,
                                        const std::string& why);

 private:
  [[nodiscard]] std::shared_ptr<const SealRules> rules() const;
  Outcome forget_what_changed();
  std::expected<Key, Status> unwrapped(Database& database, const SealRules& rules, std::int64_t id,
                                       const std::string& active_of);
  std::expected<std::int64_t, Status> make(const std::string& tenant, const std::string& who, bool instead);
  template <typename T, typename Work>
  std::expected<T, Status> write(Work work);

  Readers readers_;
  const Clock& clock_;
  Backend* backend_ = nullptr;
  mutable std::mutex mutex_;
  std::shared_ptr<const SealRules> rules_;
  std::chrono::microseconds looked_{-1};
  std::int64_t stamp_ = -1;
  std::map<std::int64_t, Key> by_id_;
  std::map<std::string, Key> active_;
};

/// Seals what one call hands in; the first failure is kept. [serial]
class Sealer {
 public:
  explicit Sealer(Sealing& sealing, SealFor work = SealFor::new_work) : sealing_(sealing), work_(work) {}
  StoredBody operator()(const std::string& tenant, std::string body);
  /// What says something of a document. Of a shredded tenant nothing is kept but that it was: it opens as what was
  /// sealed before does.
  StoredBody text(const std::string& tenant, std::string text);
  [[nodiscard]] const Outcome& outcome() const { return outcome_; }

 private:
  StoredBody sealed(const std::expected<Sealing::Key, Status>& key, std::string bytes);

  Sealing& sealing_;
  SealFor work_;
  Outcome outcome_;
};

}  // namespace purser::gateway
