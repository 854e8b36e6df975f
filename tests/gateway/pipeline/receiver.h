// A receiver that books deliveries: a small HTTP server on a port of its own.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace purser::gateway {

/// Answers each request with what `judge` says and books it by its Purser-Delivery-Id.
class Receiver {
 public:
  struct Request {
    std::string id;
    std::string body;
    std::string content_type;
    std::string head{};  ///< request line and fields, each with its line end
    /// A field's value, by its name in lower case.
    [[nodiscard]] std::string field(const std::string& name) const;
  };
  struct Reply {
    int code = 200;
    std::string headers;  ///< whole lines with CR LF
    bool drop = false;    ///< booked, and the connection ends instead of an answer
  };
  explicit Receiver(std::function<Reply(const Request&)> judge = {});
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;
  ~Receiver();

  [[nodiscard]] std::string url() const;
  /// Body by delivery id, of those answered with 2xx.
  std::map<std::string, std::string> booked();
  /// Requests in the order in which they were booked or refused.
  std::vector<Request> requests();
  [[nodiscard]] std::uint64_t differing() const { return differing_; }  ///< a repeat with other bytes

 private:
  void accept_loop();
  void serve(int connection);
  Reply book(const Request& request);

  std::function<Reply(const Request&)> judge_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_{false};
  std::atomic<std::uint64_t> differing_{0};
  std::mutex mutex_;
  std::map<std::string, std::string> booked_;
  std::vector<Request> requests_;
  std::vector<int> connections_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace purser::gateway
