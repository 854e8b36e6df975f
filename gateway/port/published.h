#pragma once

#include <memory>
#include <mutex>

namespace purser::gateway {

/// One immutable value that all read and a reload replaces whole. Readers keep the snapshot they took. [any]
/// Not std::atomic<std::shared_ptr>: the load of libstdc++ 12 gives its lock back without ordering what it
/// read, so a reader and a swap are a data race.
template <typename T>
class Published {
 public:
  explicit Published(std::shared_ptr<const T> first) : current_(std::move(first)) {}

  [[nodiscard]] std::shared_ptr<const T> get() const {
    std::scoped_lock lock(mutex_);
    return current_;
  }
  /// The value before ends with its last reader, or here, after the lock.
  void swap(std::shared_ptr<const T> next) {
    std::scoped_lock lock(mutex_);
    current_.swap(next);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const T> current_;
};

}  // namespace purser::gateway
