// The gateway's HTTP interface.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "gateway/access/rate_limiter.h"
#include "gateway/api/call.h"
#include "gateway/api/configuration.h"
#include "gateway/api/waiting_room.h"
#include "gateway/api/work_pool.h"
#include "gateway/deliver/transport.h"
#include "gateway/intake/http_front.h"
#include "gateway/journal/body_store.h"
#include "gateway/journal/journal.h"
#include "gateway/observe/metrics.h"
#include "gateway/pipeline/engine.h"
#include "gateway/port/clock.h"
#include "gateway/schema/schemas.h"
#include "gateway/translate/translator.h"

namespace purser::gateway {

class Sealing;

/// What the API stands on; all of it outlives the Api.
struct ApiParts {
  Clock& clock;
  Journal& journal;
  BodyStore& bodies;
  Engine& engine;
  Translator& translator;
  Connectors& connectors;
  LiveConfiguration& live;
  Metrics& counts;
  Transport& notices;  ///< sends test events of subscriptions
  Sealing& sealing;
  std::function<void()>
      reconfigure{};  ///< brings what was administered into force; waits for it. May be empty
};

/// Takes requests from the front. All functions are [any].
class Api final : public RequestHandler {
 public:
  explicit Api(ApiParts parts);

  std::expected<std::uint64_t, Response> head(const Request& request) override;
  void handle(std::unique_ptr<Request> request, Respond respond) override;
  /// Drops waiting calls (they are answered 500 or cut) and waits for running ones.
  void stop() {
    waiting_.stop();
    pool_.stop();
  }

  /// For the functions behind the endpoints.
  [[nodiscard]] ApiParts& parts() { return parts_; }
  [[nodiscard]] const ApiParts& parts() const { return parts_; }
  /// Brings what was administered into force before the call is answered.
  void reconfigure() const {
    if (parts_.reconfigure) parts_.reconfigure();
  }
  /// For who shares its buckets with other nodes.
  [[nodiscard]] RateLimiter& limiter() { return limiter_; }
  /// The schemas of the description.
  [[nodiscard]] const Schemas& schemas() const { return schemas_; }
  /// For who waits for what becomes of a message.
  [[nodiscard]] WaitingRoom& waiting() { return waiting_; }
  /// Runs a job on the pool. False if too much waits: answer 503.
  bool later(std::move_only_function<void()> job) { return pool_.run(std::move(job)); }
  /// Counts a refusal and notes it in the tenant's audit trail without waiting for it.
  void note_denial(std::string tenant, std::string who, std::string_view code, std::string why);

 private:
  enum class Entry : std::uint8_t { admitted, pending };
  /// What the head of a request led to.
  struct Known {
    Call call;
    Entry entry = Entry::pending;
  };
  /// The same, from head() or found now.
  std::expected<Known, Response> known_of(Request& request);
  /// Lets the keys be fetched that a token waits for, while its caller is told to come again.
  void fetch_keys_for(const Request& request, const Call& call);
  /// Path and endpoint; fills `call` or gives the refusal.
  std::expected<void, Response> find(const Request& request, Call& call);
  /// The endpoint's door: who calls, and whether he may. `noted` says whether a refusal was told before.
  std::expected<Entry, Response> admit(const Request& request, Call& call, bool may_block, bool noted);
  /// Buckets and quotas of access.limits.
  std::expected<void, Response> limit_address(const Request& request, const Call& call);
  std::expected<void, Response> limit_caller(const Call& call);
  /// `respond` with what the answer says about the caller's limits; gives the place in `in_work_` back.
  Respond with_limits(const Call& call, Respond respond);
  void dispatch(Call call);
  /// Keeps when a key was used, once an hour.
  void note_key_use(const Call& call);

  ApiParts parts_;
  const Schemas& schemas_;
  RateLimiter limiter_;
  std::atomic<std::uint32_t> in_work_{0};
  std::mutex used_mutex_;
  std::unordered_map<std::string, std::chrono::sys_time<std::chrono::hours>> used_;  ///< by key; guarded
  WaitingRoom waiting_;
  WorkPool pool_;
};

}  // namespace purser::gateway
