#include "tests/bench/load/posts.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "gateway/access/webhook.h"
#include "tests/bench/load/invoice.h"

namespace purser::bench {
namespace {

constexpr std::size_t digits = 10;

std::int64_t seconds_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

}  // namespace

Posts::Posts(std::string key, std::string path)
    : key_(std::move(key)), path_(std::move(path)), run_(std::to_string(seconds_now())), body_(invoice(0)) {
  for (auto at = body_.find("INV-"); at != std::string::npos; at = body_.find("INV-", at + 1))
    places_.push_back(at + 4);
}

Posts Posts::signed_with(std::string key) { return {std::move(key), "/v1/webhooks/shop"}; }
Posts Posts::plain(std::string path) { return {{}, std::move(path)}; }

std::string Posts::next() {
  ++count_;
  // Composed once: the number is replaced in place, so that the bench measures the other side.
  for (const std::size_t place : places_) body_.replace(place, digits, fmt::format("{:010}", count_));
  const std::string id = fmt::format("bench_{}_{}", run_, count_);
  std::string fields;
  if (key_.empty()) {
    fields = fmt::format("Idempotency-Key: {}\r\n", id);
  } else {
    const std::int64_t at = seconds_now();
    fields = fmt::format("webhook-id: {}\r\nwebhook-timestamp: {}\r\nwebhook-signature: {}\r\n", id, at,
                         gateway::sign_webhook(key_, id, at, body_));
  }
  return fmt::format(
      "POST {} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/xml\r\n{}Content-Length: {}\r\n\r\n{}",
      path_, fields, body_.size(), body_);
}

}  // namespace purser::bench
