// Hears that other nodes made work, instead of asking again and again.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace purser::gateway {

/// LISTEN on a connection and a thread of its own, made again when it is lost. [any]
class PostgresListener {
 public:
  static constexpr const char* channel = "purser_work";

  /// `own_backend`: whose notices are this node's own and tell nothing new.
  PostgresListener(std::string conninfo, std::string application, const std::atomic<int>& own_backend);
  PostgresListener(const PostgresListener&) = delete;
  PostgresListener& operator=(const PostgresListener&) = delete;
  ~PostgresListener();

  /// Replaces the function; after the call the old one is not running and not called any more.
  void tell(std::function<void()> function);

 private:
  void loop();
  void listen();
  void news();

  std::string conninfo_, application_;
  const std::atomic<int>& own_backend_;
  int wake_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::function<void()> tell_;
  std::thread thread_;
};

}  // namespace purser::gateway
