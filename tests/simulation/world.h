// A world of its own: one queue of events, one source of chance, one time. The same seed gives the same run,
// step for step.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <queue>
#include <random>
#include <set>
#include <string_view>
#include <vector>

#include "gateway/port/clock.h"
#include "gateway/port/random.h"
#include "gateway/port/scheduler.h"

namespace purser::simulation {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// One life of one node, from start to crash; 0 is the world outside (senders, receivers).
using Life = std::uint64_t;

/// Runs events in the order of their times; equal times in the order in which they were put. Single-threaded.
class World {
 public:
  explicit World(std::uint64_t seed) : engine_(seed) {}

  std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }
  /// True in `per_mille` of a thousand cases.
  bool chance(std::uint64_t per_mille) { return below(1000) < per_mille; }
  microseconds between(microseconds least, microseconds most);

  [[nodiscard]] microseconds now() const { return now_; }
  void at(microseconds when, Life life, gateway::Task task);
  void after(microseconds delay, Life life, gateway::Task task) { at(now_ + delay, life, std::move(task)); }

  Life begin_life();
  /// Its events never happen.
  void end_life(Life life) { alive_.erase(life); }
  [[nodiscard]] bool is_alive(Life life) const { return life == 0 || alive_.contains(life); }
  /// Its events wait until then, as those of a stopped process do.
  void pause(Life life, microseconds until) { paused_[life] = until; }
  /// Whose event is running.
  [[nodiscard]] Life current() const { return current_; }
  /// For code that runs outside of events: setting up and taking down.
  class As {
   public:
    As(World& world, Life life) : world_(world), before_(world.current_) { world.current_ = life; }
    ~As() { world_.current_ = before_; }
    As(const As&) = delete;
    As& operator=(const As&) = delete;

   private:
    World& world_;
    Life before_;
  };

  /// Runs what happens until `when`.
  void run_until(microseconds when);
  /// A digest of everything that happened: equal for equal runs.
  [[nodiscard]] std::uint64_t digest() const { return digest_; }
  void note(std::uint64_t what);
  [[nodiscard]] std::uint64_t events() const { return events_; }

 private:
  struct Event {
    microseconds when;
    std::uint64_t order;
    Life life;
    std::shared_ptr<gateway::Task> task;  // a priority_queue gives no way to move out of it
    bool operator<(const Event& other) const {
      return when != other.when ? when > other.when : order > other.order;
    }
  };
  std::mt19937_64 engine_;
  std::priority_queue<Event> queue_;
  microseconds now_{0};
  std::uint64_t order_ = 0;
  std::uint64_t events_ = 0;
  std::uint64_t digest_ = 14695981039346656037ULL;  // FNV-1a
  Life last_life_ = 0;
  Life current_ = 0;
  std::set<Life> alive_;
  std::map<Life, microseconds> paused_;
};

/// A node's clock: the world's time, and a wall that may be off and jump.
class SimulatedClock final : public gateway::Clock {
 public:
  explicit SimulatedClock(World& world) : world_(world) {}
  [[nodiscard]] gateway::Instant now() const override {
    return gateway::Instant(epoch + world_.now() + off_);
  }
  [[nodiscard]] microseconds monotonic() const override { return world_.now(); }
  void jump(microseconds by) { off_ += by; }

  static constexpr microseconds epoch{1'800'000'000'000'000};  ///< of the world, in January 2027

 private:
  World& world_;
  microseconds off_{0};
};

class SimulatedRandom final : public gateway::Random {
 public:
  explicit SimulatedRandom(World& world) : world_(world) {}
  void fill(std::span<std::uint8_t> bytes) override;

 private:
  World& world_;
};

/// Pools and watches whose tasks are events of one life.
class SimulatedScheduler final : public gateway::Scheduler {
 public:
  SimulatedScheduler(World& world, Life life) : world_(world), life_(life) {}
  std::unique_ptr<gateway::Pool> pool(unsigned threads) override;
  std::unique_ptr<gateway::Watch> watch(milliseconds period, std::function<void()> look) override;
  void pause(milliseconds) override {}  // only a graceful stop waits, and a simulated node crashes

 private:
  World& world_;
  Life life_;
};

}  // namespace purser::simulation
