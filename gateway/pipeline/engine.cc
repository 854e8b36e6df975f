#include "gateway/pipeline/engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <utility>

#include "gateway/pipeline/engine_state.h"

namespace purser::gateway {
namespace {

constexpr unsigned slow_workers = 2;               // large messages, and what a crash left
constexpr std::chrono::milliseconds stop_step{5};  // between two looks whether everything has ended

}  // namespace

Engine::State::State(const EngineParts& engine_parts, const EngineOptions& engine_options)
    : parts(engine_parts), options(engine_options) {}

Engine::Engine(const EngineParts& parts, const EngineOptions& options)
    : state_(std::make_unique<State>(parts, options)) {}

Engine::~Engine() { stop(); }

Outcome Engine::start() {
  State& s = *state_;
  if (auto given = s.parts.journal.give_back(s.options.node); !given) return given;
  s.fast = s.parts.scheduler.pool(s.options.workers);
  s.slow = s.parts.scheduler.pool(slow_workers);
  s.deliverer = std::make_unique<Deliverer>(s.parts, s.options, *s.fast,
                                            [&s](std::chrono::microseconds time) { s.wake_up(time); });
  s.open = true;
  s.watchman = s.parts.scheduler.watch(s.options.poll, [&s] {
    s.look_for_slow_ones();
    s.look_for_work();
  });
  s.running = true;
  s.wake_up();
  return {};
}

void Engine::stop(std::chrono::milliseconds patience) {
  State& s = *state_;
  if (!std::exchange(s.running, false)) return;
  s.open = false;
  const auto until = s.parts.clock.monotonic() + patience;
  const auto wait_while = [&](auto busy) {
    while (busy() && s.parts.clock.monotonic() < until) s.parts.scheduler.pause(stop_step);
  };
  // Those who wait for an answer get one; then no new attempt begins, and those under way are settled.
  wait_while([&] { return s.unanswered > 0 || s.pending_count() > 0; });
  s.deliverer->close();
  wait_while([&] { return s.deliverer->under_way() > 0; });
  s.watchman->stop();
  s.fast->stop();
  s.slow->stop();
  // A write completes after everything handed in before it, so that no callback comes afterwards. What could
  // not be given back here is given back by the next start.
  s.parts.transport.close();
  static_cast<void>(s.parts.journal.give_back(s.options.node));
  s.deliverer.reset();
}

void Engine::submit(Incoming incoming, std::move_only_function<void(Answer)> answer) {
  State& s = *state_;
  auto submission = std::make_shared<Submission>();
  submission->answer = std::move(answer);
  submission->since = s.parts.clock.monotonic();
  const bool room = s.unanswered.fetch_add(1) < static_cast<std::int64_t>(s.options.max_waiting);
  s.parts.metrics.waiting.add(1);
  if (!s.open || !room) {
    Answer refused;
    refused.status = {StatusClass::overloaded, "INTAKE-0007",
                      s.open ? "too many submissions are waiting" : "the gateway is stopping"};
    s.answer(submission, std::move(refused));
    return;
  }
  submission->incoming = std::move(incoming);
  {
    const std::lock_guard lock(s.active_mutex);
    s.active.push_back(submission);
    s.fresh.push_back(submission);
  }
  s.fast->run([&s] { s.understand_next(); });
}

Answer Engine::submit_and_wait(Incoming incoming) {
  std::promise<Answer> promise;
  auto future = promise.get_future();
  submit(std::move(incoming), [&promise](Answer answer) { promise.set_value(std::move(answer)); });
  return future.get();
}

std::expected<std::unique_ptr<BodyWriter>, Status> Engine::open_body(const std::string& tenant) {
  return state_->parts.bodies.open_large(tenant);
}

bool Engine::is_idle() const {
  State& s = *state_;
  return s.unanswered == 0 && s.pending_count() == 0 && s.looking == 0 &&
         (!s.deliverer || s.deliverer->held() == 0);
}

void Engine::wake() { state_->wake_up(); }

}  // namespace purser::gateway
