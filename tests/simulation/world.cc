#include "tests/simulation/world.h"

#include <deque>
#include <utility>

namespace purser::simulation {
namespace {

// How long a task may wait for its thread: long enough that any two can change places.
constexpr microseconds longest_wait{400};

/// The queue of a pool. Tasks of one thread keep their order; with several, any may come first.
class SimulatedPool final : public gateway::Pool {
 public:
  SimulatedPool(World& world, Life life, unsigned threads)
      : world_(world), life_(life), threads_(threads), state_(std::make_shared<State>()) {}

  void run(gateway::Task task) override {
    if (state_->stopped) return;
    state_->waiting.push_back(std::move(task));
    const auto when = world_.now() + world_.between(microseconds(1), longest_wait);
    world_.at(when, life_, [this, state = state_] {
      if (!state->stopped && !state->waiting.empty()) next(*state);
    });
  }
  ~SimulatedPool() override { state_->stopped = true; }
  SimulatedPool(const SimulatedPool&) = delete;
  SimulatedPool& operator=(const SimulatedPool&) = delete;
  unsigned lend(unsigned) override { return 0; }
  void stop() override {
    if (world_.is_alive(life_)) help();
    state_->waiting.clear();
    state_->stopped = true;
  }
  void help() override {
    while (!state_->waiting.empty()) next(*state_);
  }

 private:
  struct State {  // events that are still in the world's queue outlive the pool
    std::deque<gateway::Task> waiting;
    bool stopped = false;
  };
  void next(State& state) {
    const std::size_t choices = std::min<std::size_t>(threads_, state.waiting.size());
    const auto chosen = state.waiting.begin() + static_cast<std::ptrdiff_t>(world_.below(choices));
    gateway::Task task = std::move(*chosen);
    state.waiting.erase(chosen);
    task();
  }

  World& world_;
  Life life_;
  unsigned threads_;
  std::shared_ptr<State> state_;
};

class SimulatedWatch final : public gateway::Watch {
 public:
  SimulatedWatch(World& world, Life life, milliseconds period, std::function<void()> look)
      : state_(std::make_shared<State>(world, life, period, std::move(look))) {}
  SimulatedWatch(const SimulatedWatch&) = delete;
  SimulatedWatch& operator=(const SimulatedWatch&) = delete;
  ~SimulatedWatch() override { state_->stopped = true; }

  void wake() override {
    if (std::exchange(state_->woken, true)) return;
    state_->world.after(state_->world.between(microseconds(1), longest_wait), state_->life,
                        [state = state_] { look(state); });
  }
  void wake_after(microseconds time) override {
    state_->world.after(time, state_->life, [state = state_] { look(state); });
  }
  void stop() override { state_->stopped = true; }

 private:
  struct State {
    State(World& in_world, Life of_life, milliseconds every, std::function<void()> function)
        : world(in_world), life(of_life), period(every), look(std::move(function)) {}
    World& world;
    Life life;
    milliseconds period;
    std::function<void()> look;
    bool woken = false;
    bool stopped = false;
    std::uint64_t turn = 0;
  };
  static void look(const std::shared_ptr<State>& state) {
    if (state->stopped) return;
    state->woken = false;
    state->look();
    state->world.after(state->period, state->life, [state, turn = ++state->turn] {
      if (state->turn == turn) look(state);  // else it was woken meanwhile
    });
  }
  std::shared_ptr<State> state_;
};

}  // namespace

microseconds World::between(microseconds least, microseconds most) {
  return least + microseconds(below(static_cast<std::uint64_t>((most - least).count()) + 1));
}

void World::at(microseconds when, Life life, gateway::Task task) {
  queue_.push({std::max(when, now_), ++order_, life, std::make_shared<gateway::Task>(std::move(task))});
}

Life World::begin_life() {
  alive_.insert(++last_life_);
  return last_life_;
}

void World::note(std::uint64_t what) { digest_ = (digest_ ^ what) * 1099511628211ULL; }

void World::run_until(microseconds when) {
  while (!queue_.empty() && queue_.top().when <= when) {
    Event event = queue_.top();
    queue_.pop();
    now_ = event.when;
    if (!is_alive(event.life)) continue;
    if (const auto paused = paused_.find(event.life); paused != paused_.end() && now_ < paused->second) {
      event.when = paused->second;  // the order of what waits stays
      queue_.push(std::move(event));
      continue;
    }
    note(static_cast<std::uint64_t>(event.when.count()) ^ (event.life << 48U));
    ++events_;
    const As as(*this, event.life);
    (*event.task)();
  }
  now_ = std::max(now_, when);
}

void SimulatedRandom::fill(std::span<std::uint8_t> bytes) {
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(world_.below(256));
}

std::unique_ptr<gateway::Pool> SimulatedScheduler::pool(unsigned threads) {
  return std::make_unique<SimulatedPool>(world_, life_, threads);
}

std::unique_ptr<gateway::Watch> SimulatedScheduler::watch(milliseconds period, std::function<void()> look) {
  return std::make_unique<SimulatedWatch>(world_, life_, period, std::move(look));
}

}  // namespace purser::simulation
