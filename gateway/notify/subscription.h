// A subscription, and how far it has got: two records of the journal, so that a change by a person and the
// progress of the dispatcher never overwrite each other.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/journal/journal.h"

namespace purser::gateway {

inline constexpr std::string_view subscription_kind = "subscription";
inline constexpr std::string_view progress_kind = "subscription-progress";
inline constexpr std::size_t max_subscriptions = 100;  ///< of a tenant; each is looked after by itself
inline constexpr std::size_t kept_attempts = 50;       ///< of the history

/// The last entry of each chain of the trail that was dealt with.
using TrailPosition = std::map<std::int64_t, std::int64_t>;

/// Who is told of what.
struct Subscription {
  std::string tenant, name;
  std::string url;
  std::vector<std::string> events;  ///< types, `*` stands for any text; empty: all
  bool enabled = true;
  std::string why;               ///< why it was disabled
  std::uint32_t generation = 1;  ///< of its signing secret
  std::int64_t both_until = 0;   ///< until then the secret before signs, too; seconds since 1970
  std::int64_t version = 0;
  [[nodiscard]] bool wants(std::string_view type) const;
};

/// One attempt to send one event.
struct EventAttempt {
  Instant at;
  std::string event, type;
  std::uint16_t answer = 0;
  bool arrived = false;
  std::chrono::microseconds took{0};
  std::string detail;
};

/// How far a subscription has got.
struct Progress {
  TrailPosition at;
  std::int64_t failing_since = 0;      ///< microseconds since 1970; 0: the last event arrived
  std::uint32_t failures = 0;          ///< in a row
  std::int64_t due = 0;                ///< when the next attempt is
  std::vector<EventAttempt> attempts;  ///< the last ones, newest first
  std::int64_t version = 0;
};

std::string to_content(const Subscription& subscription);
std::string to_content(const Progress& progress);
std::optional<Subscription> read_subscription(const KeptRecord& record);
std::optional<Progress> read_progress(const KeptRecord& record);

std::expected<std::optional<Subscription>, Status> find_subscription(Journal& journal,
                                                                     const std::string& tenant,
                                                                     const std::string& name);
/// A new one where the record is not there yet.
std::expected<Progress, Status> progress_of(Journal& journal, const std::string& tenant,
                                            const std::string& name);
/// Stores if nobody did meanwhile; false then.
std::expected<bool, Status> store(Journal& journal, const Subscription& subscription,
                                  const Progress& progress);

/// The address may be one: https, or http where the tenant may go into the own network. Gives what is wrong.
std::string address_fault(std::string_view url, bool private_addresses);

/// The secret that signs: drawn from the installation's key, so that none is kept. 32 bytes.
std::string signing_key(std::string_view hash_key, const Subscription& subscription,
                        std::uint32_t generation);
/// As Standard Webhooks write it: whsec_ and base64.
std::string signing_secret(std::string_view hash_key, const Subscription& subscription);

}  // namespace purser::gateway
