#include "tests/bench/load/posts.h"

#include <fmt/format.h>

#include <chrono>
#include <iterator>
#include <utility>

#include "gateway/access/webhook.h"
#include "tests/bench/load/invoice.h"

namespace purser::bench {
namespace {

constexpr std::size_t digits = 10;
constexpr std::size_t head_room = 512;

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

// Composed once: the number is replaced in place, so that the bench measures the other side.
void Posts::number(std::uint64_t count) {
  const std::string text = fmt::format("{:010}", count);
  for (const std::size_t place : places_) body_.replace(place, digits, text);
}

std::string Posts::fields(std::uint64_t count) const {
  const std::string id = fmt::format("bench_{}_{}", run_, count);
  if (key_.empty()) return fmt::format("Idempotency-Key: {}\r\n", id);
  const std::int64_t at = seconds_now();
  return fmt::format("webhook-id: {}\r\nwebhook-timestamp: {}\r\nwebhook-signature: {}\r\n", id, at,
                     gateway::sign_webhook(key_, id, at, body_));
}

void Posts::sign_ahead(std::uint64_t count) {
  ahead_.clear();
  for (std::uint64_t i = 1; i <= count; ++i) {
    number(count_ + i);
    ahead_.push_back(fields(count_ + i));
  }
}

std::string Posts::next() {
  number(++count_);
  std::string own;
  if (ahead_.empty()) {
    own = fields(count_);
  } else {
    own = std::move(ahead_.front());
    ahead_.pop_front();
  }
  std::string request;
  request.reserve(head_room + body_.size());
  fmt::format_to(
      std::back_inserter(request),
      "POST {} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/xml\r\n{}Content-Length: {}\r\n\r\n",
      path_, own, body_.size());
  return request += body_;
}

}  // namespace purser::bench
