#include "gateway/journal/writer.h"

#include <iterator>

#include "gateway/port/thread_name.h"

namespace purser::gateway {

Writer::Writer(Scheduler* scheduler, std::uint32_t max_group) : max_group_(max_group) {
  Threads threads;
  pool_ = (scheduler == nullptr ? threads : *scheduler).pool(1);
  pool_->run([] { name_thread("journal"); });
}

void Writer::stop() { pool_->stop(); }

void Writer::hand_in(std::unique_ptr<Job> job) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = waiting_.empty();
    waiting_.push_back(std::move(job));
  }
  if (first) pool_->run([this] { step(); });
}

// One group: everything that has come while the last one was committed.
void Writer::step() {
  Group group;
  bool more = false;
  {
    const std::lock_guard lock(mutex_);
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
