// The receiving end: answers deliveries and counts their ids.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "gateway/intake/http_front.h"

namespace purser::bench {

class Sink : public gateway::RequestHandler {
 public:
  /// Listens on 127.0.0.1:port at once. Throws if it cannot.
  explicit Sink(std::uint16_t port);
  std::expected<std::uint64_t, gateway::Response> head(const gateway::Request& request) override;
  void handle(std::unique_ptr<gateway::Request> request, gateway::Respond respond) override;
  [[nodiscard]] std::uint64_t distinct();
  [[nodiscard]] std::uint64_t repeated();
  /// Arrivals without a delivery id: of others than Purser.
  [[nodiscard]] std::uint64_t nameless();
  /// When the first delivery of each message came, by the message's id. Starts anew.
  std::unordered_map<std::string, std::chrono::steady_clock::time_point> take_arrivals();

 private:
  std::mutex mutex_;
  std::unordered_set<std::string> ids_;
  std::unordered_map<std::string, std::chrono::steady_clock::time_point> arrivals_;
  std::uint64_t repeated_ = 0;
  std::uint64_t nameless_ = 0;
  std::unique_ptr<gateway::HttpFront> front_;
};

}  // namespace purser::bench
