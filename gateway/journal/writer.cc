#include "gateway/journal/writer.h"

#include <chrono>
#include <iterator>

#include "gateway/port/thread_name.h"

namespace purser::gateway {
namespace {

// A commit costs nearly the same for ten jobs as for sixty. Once many come at a time, those that come within
// a moment go along: it takes a fifth of the journal's time from each of them, and no longer than they would
// have waited.
constexpr std::size_t many_jobs =
    16;  // fewer in a group: their clients wait for it, and nobody else is at work
constexpr std::size_t enough_jobs = 40;
constexpr std::chrono::microseconds moment{1'000};

}  // namespace

Writer::Writer(Scheduler* scheduler, std::uint32_t max_group)
    : max_group_(max_group), gathers_(scheduler == nullptr) {
  Threads threads;
  pool_ = (scheduler == nullptr ? threads : *scheduler).pool(1);
  pool_->run([] { name_thread("journal"); });
}

void Writer::stop() { pool_->stop(); }

void Writer::hand_in(std::unique_ptr<Job> job) {
  bool first = false;
  bool last = false;
  {
    const std::lock_guard lock(mutex_);
    first = waiting_.empty();
    waiting_.push_back(std::move(job));
    last = waiting_.size() == enough_jobs;
  }
  if (last) enough_.notify_one();
  if (first) pool_->run([this] { step(); });
}

// One group: everything that has come while the last one was committed.
void Writer::step() {
  Group group;
  bool more = false;
  {
    std::unique_lock lock(mutex_);
    if (gathers_ && before_ >= many_jobs) {
      enough_.wait_for(lock, moment, [this] { return waiting_.size() >= enough_jobs; });
    }
    before_ = waiting_.size();
    if (waiting_.size() <= max_group_) {
      group.swap(waiting_);
    } else {
      const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(max_group_);
      group.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
      waiting_.erase(waiting_.begin(), end);
      more = true;
    }
  }
  if (more) pool_->run([this] { step(); });
  store(group);
}

GroupBodies::GroupBodies(Group& group) {
  for (const auto& job : group) {
    const std::size_t before = contents.size();
    job->collect(contents);
    counts.push_back(contents.size() - before);
  }
  for (const Content& one : contents) bodies.push_back(one.bytes);
}

}  // namespace purser::gateway
