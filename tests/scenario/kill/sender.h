// Senders that post orders until each has its 2xx, as a real sender does: the same key until it is answered.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace purser::gateway {

/// Posts the orders that have no 2xx yet over several connections at once.
class HttpSenders {
 public:
  HttpSenders(int documents, std::string key);
  /// Starts posting to a server on `port`; ends by itself when the server is gone or everything is answered.
  void start(std::uint16_t port, int connections);
  void join();
  [[nodiscard]] std::size_t open();
  [[nodiscard]] std::size_t unexpected() const { return unexpected_; }  ///< answers other than 2xx and 503

 private:
  void post_all(std::uint16_t port);
  bool take(int& number);

  std::string key_;
  std::atomic<std::size_t> unexpected_{0};
  std::mutex mutex_;
  std::set<int> open_;
  std::set<int> taken_;
  std::vector<std::thread> threads_;
};

}  // namespace purser::gateway
