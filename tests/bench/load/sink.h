// The receiving end: answers deliveries and counts their ids.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <unordered_set>

namespace purser::bench {

/// A receiver that costs as little as one can, since it shares the processors with who is measured: one
/// thread, HTTP/1.1 with keep-alive, 204 for each whole POST with a Content-Length; 411 for one without.
class Sink {
 public:
  /// Listens on 127.0.0.1:port at once. Throws if it cannot.
  explicit Sink(std::uint16_t port);
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  ~Sink();
  [[nodiscard]] std::uint64_t distinct();
  [[nodiscard]] std::uint64_t repeated();
  /// Arrivals without a delivery id: of others than Purser.
  [[nodiscard]] std::uint64_t nameless();
  /// When the first delivery of each message came, by the message's id. Starts anew.
  std::unordered_map<std::string, std::chrono::steady_clock::time_point> take_arrivals();

 private:
  void serve(const std::stop_token& stop);
  void accept_one();
  bool read_some(int socket, std::string& in);
  void count(std::string_view head);

  int listener_;
  int epoll_;
  std::map<int, std::string> connections_;  ///< what has come on each
  std::mutex mutex_;
  std::unordered_set<std::string> ids_;
  std::unordered_map<std::string, std::chrono::steady_clock::time_point> arrivals_;
  std::uint64_t repeated_ = 0;
  std::uint64_t nameless_ = 0;
  std::jthread thread_;
};

}  // namespace purser::bench
