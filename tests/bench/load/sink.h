// The receiving end: answers deliveries and counts their ids.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
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

 private:
  std::mutex mutex_;
  std::unordered_set<std::string> ids_;
  std::uint64_t repeated_ = 0;
  std::unique_ptr<gateway::HttpFront> front_;
};

}  // namespace purser::bench
