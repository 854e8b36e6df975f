// What an engine is made of.
#pragma once

#include <atomic>
#include <deque>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "gateway/pipeline/deliverer.h"
#include "gateway/pipeline/engine.h"
#include "gateway/port/scheduler.h"

namespace purser::gateway {

/// One message on the fast path. Whoever takes the decision admits it: the worker that understood it, or the
/// watchman when that takes too long.
struct Submission {
  Incoming incoming;
  std::move_only_function<void(Answer)> answer;
  std::chrono::microseconds since{0};
  std::atomic<bool> decided{false};
  bool decide() { return !decided.exchange(true); }
};

class Engine::State {
 public:
  State(const EngineParts& engine_parts, const EngineOptions& engine_options);

  /// Takes what waits longest, and with it some that can be read together.
  void understand_next();
  void admit(const std::shared_ptr<Submission>& submission, Incoming incoming, const Sha256& hash,
             std::optional<Understanding> understanding);
  void answer(const std::shared_ptr<Submission>& submission, Answer answer);
  struct Reading;
  std::vector<std::shared_ptr<Submission>> take_group();
  /// The hash of its body, if it is to be read now.
  std::optional<Sha256> begin(const std::shared_ptr<Submission>& submission);
  void finish(Reading& reading);
  void forget(const std::shared_ptr<Submission>& submission);
  bool may_come_again();
  bool answer_from_claim(const std::shared_ptr<Submission>& submission, const Sha256& hash);

  void look_for_slow_ones();
  void look_for_work();
  void looked();
  void understand_later(const std::shared_ptr<PendingMessage>& message);
  Outcome settle(const PendingMessage& message, Understanding part, std::vector<Claim> claims,
                 std::uint32_t after, std::uint32_t settled, bool last);
  void done_with(MessageId message);
  /// Looks for work soon, or soon after `time`.
  void wake_up(std::chrono::microseconds time = {});

  const EngineParts parts;
  const EngineOptions options;
  bool running = false;  ///< start() went well, stop() was not called
  std::atomic<bool> open{false};
  std::atomic<std::int64_t> unanswered{0};
  std::atomic<int> looking{0};          ///< claims under way
  std::atomic<bool> look_again{false};  ///< what came due meanwhile they may have missed

  std::atomic<int> questions_left{0};  ///< about claims, since something came again

  std::mutex active_mutex;  ///< of the next three
  std::list<std::shared_ptr<Submission>> active;
  std::deque<std::shared_ptr<Submission>> fresh;  ///< of them, nobody has begun with
  std::set<MessageId> pending;                    ///< being understood on the slow path
  [[nodiscard]] std::size_t pending_count();

  // Destroyed in reverse order: the pools end before what their tasks use.
  std::unique_ptr<Deliverer> deliverer;
  std::unique_ptr<Pool> slow;
  std::unique_ptr<Pool> fast;
  std::unique_ptr<Watch> watchman;
};

}  // namespace purser::gateway
