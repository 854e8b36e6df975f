#include "gateway/access/webhook.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "gateway/access/hmac.h"
#include "gateway/settings/encoding.h"

namespace purser::gateway {
namespace {

constexpr std::size_t max_id = 256;         // becomes part of the claim in the journal
constexpr std::size_t max_signatures = 16;  // a sender in rotation sends two

bool is_plain_id(std::string_view id) {
  return !id.empty() && id.size() <= max_id && std::all_of(id.begin(), id.end(), [](char c) {
    return c > ' ' && static_cast<unsigned char>(c) < 0x7f && c != '.';
  });
}

std::vector<std::string> signatures_v1(std::string_view field) {
  std::vector<std::string> result;
  while (!field.empty() && result.size() < max_signatures) {
    auto end = std::min(field.find(' '), field.size());
    auto one = field.substr(0, end);
    field.remove_prefix(std::min(end + 1, field.size()));
    if (!one.starts_with("v1,")) continue;
    auto mac = base64_decoded(one.substr(3));
    if (mac && mac->size() == sizeof(Mac)) result.push_back(std::move(*mac));
  }
  return result;
}

}  // namespace

std::string_view name(WebhookVerdict verdict) {
  switch (verdict) {
    case WebhookVerdict::valid:
      return "valid";
    case WebhookVerdict::missing:
      return "missing";
    case WebhookVerdict::stale:
      return "stale";
    case WebhookVerdict::forged:
      return "forged";
    case WebhookVerdict::unreadable:
      return "unreadable";
  }
  return "";
}

WebhookVerdict verify_webhook(const WebhookFields& fields, const Body& body,
                              std::span<const std::string> keys, std::chrono::sys_seconds now,
                              std::chrono::seconds tolerance) {
  std::int64_t seconds = 0;
  auto* end = fields.timestamp.data() + fields.timestamp.size();
  auto [stop, error] = std::from_chars(fields.timestamp.data(), end, seconds);
  bool is_number = error == std::errc() && stop == end && seconds > 0 && seconds < (std::int64_t{1} << 40);
  auto signatures = signatures_v1(fields.signature);
  if (!is_plain_id(fields.id) || !is_number || signatures.empty()) return WebhookVerdict::missing;
  auto distance = std::chrono::abs(now - std::chrono::sys_seconds(std::chrono::seconds(seconds)));
  if (distance > tolerance) return WebhookVerdict::stale;

  std::vector<Hmac> hmacs;
  hmacs.reserve(keys.size());
  for (const auto& key : keys) {
    auto& hmac = hmacs.emplace_back(key);
    hmac.add(fields.id);
    hmac.add(".");
    hmac.add(fields.timestamp);
    hmac.add(".");
  }
  bool whole = for_each_piece(body, [&](std::string_view piece) {
    for (auto& hmac : hmacs) hmac.add(piece);
  });
  if (!whole) return WebhookVerdict::unreadable;
  bool fits = false;
  for (auto& hmac : hmacs) {
    auto mac = hmac.finish();
    for (const auto& signature : signatures) fits |= equal_in_constant_time(bytes_of(mac), signature);
  }
  return fits ? WebhookVerdict::valid : WebhookVerdict::forged;
}

std::string sign_webhook(std::string_view key, std::string_view id, std::int64_t timestamp,
                         std::string_view body) {
  Hmac hmac(key);
  hmac.add(id);
  hmac.add("." + std::to_string(timestamp) + ".");
  hmac.add(body);
  return "v1," + base64_encoded(bytes_of(hmac.finish()));
}

}  // namespace purser::gateway
