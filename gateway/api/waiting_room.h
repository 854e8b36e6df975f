// Callers that wait for what becomes of their message, without a thread for each.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <thread>

#include "gateway/journal/journal.h"

namespace purser::gateway {

/// Looks at the messages that are waited for, each more seldom the longer it takes. All functions are [any].
class WaitingRoom {
 public:
  /// More are answered at once: a place costs a look at the journal several times a second.
  static constexpr std::size_t places = 500;
  /// The message at rest, or nothing when the time was over (or the journal did not answer, or stop() came).
  using Done = std::move_only_function<void(std::optional<MessageView>)>;

  explicit WaitingRoom(Journal& journal);
  ~WaitingRoom() { stop(); }
  /// Calls `done` once, on another thread. False, and `done` is left alone, if there is no place.
  bool wait(MessageId message, std::chrono::seconds longest, Done& done);
  /// Lets go who still waits.
  void stop();

 private:
  using Time = std::chrono::steady_clock::time_point;
  struct Guest {
    MessageId message;
    Time until, next;
    std::chrono::milliseconds pause;
    Done done;
  };
  void run();
  /// Takes out whose time to look has come.
  std::list<Guest> due(std::unique_lock<std::mutex>& lock);
  /// Calls the guest if its message is at rest or its time is over; else it waits on.
  bool looked_at(Guest& guest);

  Journal& journal_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::list<Guest> guests_;  ///< guarded, as is the next
  bool stopped_ = false;
  std::size_t inside_ = 0;  ///< guests_ and those being looked at; guarded
  std::thread thread_;
};

}  // namespace purser::gateway
