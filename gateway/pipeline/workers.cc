#include "gateway/pipeline/workers.h"

#include "gateway/port/thread_name.h"

namespace purser::gateway {

Workers::Workers(unsigned threads) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { loop(false); });
}

Workers::~Workers() { stop(); }

void Workers::run(Task task) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    waiting_.push_back(std::move(task));
  }
  arrived_.notify_one();
}

unsigned Workers::lend(unsigned limit) {
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

void Workers::stop() {
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

void Workers::loop(bool extra) {
  name_thread("understand");
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

}  // namespace purser::gateway
