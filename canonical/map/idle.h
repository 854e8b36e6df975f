// Working parts of Decoders and Encoders that wait for the next document.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace purser::map {

/// Keeps what a document leaves behind: memory, and the shapes of lines it knows. [any]
template <class State>
class Idle {
 public:
  static constexpr std::size_t most = 8;  ///< as many documents as pass at a time on a usual machine

  /// Null if there is none.
  std::unique_ptr<State> take() {
    const std::lock_guard lock(mutex_);
    if (states_.empty()) return nullptr;
    auto state = std::move(states_.back());
    states_.pop_back();
    return state;
  }
  void give(std::unique_ptr<State> state) {
    const std::lock_guard lock(mutex_);
    if (states_.size() < most) states_.push_back(std::move(state));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<State>> states_;
};

}  // namespace purser::map
