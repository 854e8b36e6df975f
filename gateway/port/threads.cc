#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "gateway/port/scheduler.h"

namespace purser::gateway {
namespace {

class ThreadPool final : public Pool {
 public:
  explicit ThreadPool(unsigned threads) {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { loop(false); });
  }
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;
  ~ThreadPool() override { end(); }

  void run(Task task) override {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      waiting_.push_back(std::move(task));
    }
    arrived_.notify_one();
  }

  unsigned lend(unsigned limit) override {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && !waiting_.empty() && extra_ < limit) {
      if (extra_ == 0) {
        for (std::thread& thread : lent_) thread.join();  // they have left their loop
        lent_.clear();
      }
      ++extra_;
      lent_.emplace_back([this] { loop(true); });
    }
    return extra_;
  }

  void stop() override { end(); }

 private:
  void end() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    arrived_.notify_all();
    for (std::vector<std::thread>* list : {&threads_, &lent_}) {
      for (std::thread& thread : *list) {
        if (thread.joinable()) thread.join();
      }
    }
  }

  void loop(bool extra) {
    while (true) {
      std::unique_lock lock(mutex_);
      if (!extra) arrived_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) {
        if (extra) --extra_;
        return;
      }
      Task task = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      task();
    }
  }

  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Task> waiting_;
  std::vector<std::thread> threads_;
  std::vector<std::thread> lent_;
  unsigned extra_ = 0;  ///< of them, lent and running
  bool stopping_ = false;
};

class ThreadWatch final : public Watch {
 public:
  ThreadWatch(std::chrono::milliseconds period, std::function<void()> look)
      : period_(period), look_(std::move(look)), thread_([this] { loop(); }) {}
  ThreadWatch(const ThreadWatch&) = delete;
  ThreadWatch& operator=(const ThreadWatch&) = delete;
  ~ThreadWatch() override { end(); }

  void wake() override {
    {
      const std::lock_guard lock(mutex_);
      woken_ = true;
    }
    changed_.notify_one();
  }
  void wake_after(std::chrono::microseconds time) override {
    bool earlier = false;
    {
      const std::lock_guard lock(mutex_);
      const auto when = std::chrono::ceil<std::chrono::milliseconds>(Clock::now().time_since_epoch() + time);
      const auto added = alarms_.insert(when);
      earlier = added.second && added.first == alarms_.begin();
    }
    if (earlier) changed_.notify_one();
  }
  void stop() override { end(); }

 private:
  using Clock = std::chrono::steady_clock;

  void end() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    changed_.notify_one();
    if (thread_.joinable()) thread_.join();
  }

  void loop() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return woken_ || ending_; });  // whoever made it has finished doing so
    while (!ending_) {
      wait(lock);
      if (ending_) return;
      woken_ = false;
      lock.unlock();
      look_();
      lock.lock();
    }
  }

  void wait(std::unique_lock<std::mutex>& lock) {
    const auto late = Clock::now() + period_;
    while (!woken_ && !ending_) {
      const auto until = alarms_.empty() ? late : std::min(late, Clock::time_point(*alarms_.begin()));
      if (changed_.wait_until(lock, until) == std::cv_status::timeout) break;
    }
    alarms_.erase(
        alarms_.begin(),
        alarms_.upper_bound(std::chrono::floor<std::chrono::milliseconds>(Clock::now().time_since_epoch())));
  }

  const std::chrono::milliseconds period_;
  const std::function<void()> look_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<std::chrono::milliseconds> alarms_;  // whole ones, so that there are not too many
  bool woken_ = false;
  bool ending_ = false;
  std::thread thread_;  // last: it uses everything above
};

}  // namespace

std::unique_ptr<Pool> Threads::pool(unsigned threads) { return std::make_unique<ThreadPool>(threads); }

std::unique_ptr<Watch> Threads::watch(std::chrono::milliseconds period, std::function<void()> look) {
  return std::make_unique<ThreadWatch>(period, std::move(look));
}

void Threads::pause(std::chrono::milliseconds time) { std::this_thread::sleep_for(time); }

}  // namespace purser::gateway
