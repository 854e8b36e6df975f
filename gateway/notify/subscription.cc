#include "gateway/notify/subscription.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/access/hmac.h"
#include "gateway/settings/encoding.h"

namespace purser::gateway {
namespace {

using Json = nlohmann::ordered_json;

bool fits(std::string_view pattern, std::string_view text) {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text;
  return text.size() + 1 >= pattern.size() && text.starts_with(pattern.substr(0, star)) &&
         text.ends_with(pattern.substr(star + 1));
}

Json to_json(const EventAttempt& attempt) {
  return {{"at", to_number(attempt.at)}, {"event", attempt.event},     {"type", attempt.type},
          {"answer", attempt.answer},    {"arrived", attempt.arrived}, {"took", attempt.took.count()},
          {"detail", attempt.detail}};
}

EventAttempt attempt_of(const Json& json) {
  EventAttempt out;
  out.at = to_instant(json.value("at", std::int64_t{0}));
  out.event = json.value("event", "");
  out.type = json.value("type", "");
  out.answer = json.value("answer", std::uint16_t{0});
  out.arrived = json.value("arrived", false);
  out.took = std::chrono::microseconds(json.value("took", std::int64_t{0}));
  out.detail = json.value("detail", "");
  return out;
}

KeptRecord record_of(std::string_view kind, const Subscription& subscription, std::int64_t version,
                     std::string content) {
  return {std::string(kind), subscription.tenant, subscription.name, version, std::move(content)};
}

}  // namespace

bool Subscription::wants(std::string_view type) const {
  return events.empty() ||
         std::ranges::any_of(events, [&](const auto& pattern) { return fits(pattern, type); });
}

std::string to_content(const Subscription& s) {
  Json json{{"url", s.url}, {"events", s.events}, {"enabled", s.enabled}, {"generation", s.generation}};
  if (!s.why.empty()) json["why"] = s.why;
  if (s.both_until != 0) json["both_until"] = s.both_until;
  return json.dump();
}

std::string to_content(const Progress& progress) {
  Json json{
      {"failing_since", progress.failing_since}, {"failures", progress.failures}, {"due", progress.due}};
  json["at"] = Json::object();
  for (const auto& [chain, sequence] : progress.at) json["at"][std::to_string(chain)] = sequence;
  json["attempts"] = Json::array();
  for (const auto& attempt : progress.attempts) json["attempts"].push_back(to_json(attempt));
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<Subscription> read_subscription(const KeptRecord& record) {
  const auto json = Json::parse(record.content, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  Subscription out;
  out.tenant = record.tenant;
  out.name = record.name;
  out.version = record.version;
  out.url = json.value("url", "");
  out.events = json.value("events", std::vector<std::string>());
  out.enabled = json.value("enabled", true);
  out.why = json.value("why", "");
  out.generation = json.value("generation", 1U);
  out.both_until = json.value("both_until", std::int64_t{0});
  return out;
}

std::optional<Progress> read_progress(const KeptRecord& record) {
  const auto json = Json::parse(record.content, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  Progress out;
  out.version = record.version;
  out.failing_since = json.value("failing_since", std::int64_t{0});
  out.failures = json.value("failures", 0U);
  out.due = json.value("due", std::int64_t{0});
  const auto at = json.value("at", Json::object());
  for (const auto& [chain, sequence] : at.items()) out.at[std::stoll(chain)] = sequence.get<std::int64_t>();
  for (const auto& attempt : json.value("attempts", Json::array()))
    out.attempts.push_back(attempt_of(attempt));
  return out;
}

std::expected<std::optional<Subscription>, Status> find_subscription(Journal& journal,
                                                                     const std::string& tenant,
                                                                     const std::string& name) {
  const auto all = journal.records(std::string(subscription_kind), tenant);
  if (!all) return std::unexpected(all.error());
  const auto found = std::ranges::find(*all, name, &KeptRecord::name);
  return found == all->end() ? std::nullopt : read_subscription(*found);
}

std::expected<Progress, Status> progress_of(Journal& journal, const std::string& tenant,
                                            const std::string& name) {
  const auto all = journal.records(std::string(progress_kind), tenant);
  if (!all) return std::unexpected(all.error());
  const auto found = std::ranges::find(*all, name, &KeptRecord::name);
  return found == all->end() ? Progress{} : read_progress(*found).value_or(Progress{});
}

std::expected<bool, Status> store(Journal& journal, const Subscription& subscription,
                                  const Progress& progress) {
  const auto stored =
      journal.put_record(record_of(progress_kind, subscription, progress.version, to_content(progress)), {});
  if (!stored) return std::unexpected(stored.error());
  return stored->has_value();
}

std::string address_fault(std::string_view url, bool private_addresses) {
  const bool secure = url.starts_with("https://");
  if (!secure && !(private_addresses && url.starts_with("http://")))
    return "the address does not begin with https://";
  const auto authority =
      url.substr(url.find("//") + 2, url.find('/', url.find("//") + 2) - url.find("//") - 2);
  if (authority.empty() || authority.find('@') != std::string_view::npos)
    return "the address names a user, or no host";
  if (std::ranges::any_of(url, [](char c) { return c <= ' ' || c == 0x7f; }))
    return "the address holds a blank or a control character";
  return {};
}

std::string signing_key(std::string_view hash_key, const Subscription& subscription,
                        std::uint32_t generation) {
  // Domain separation: no other use of the key signs a text that begins so.
  const auto mac = hmac_sha256(hash_key, fmt::format("purser webhooks out 1\x1f{}\x1f{}\x1f{}",
                                                     subscription.tenant, subscription.name, generation));
  return std::string(bytes_of(mac));
}

std::string signing_secret(std::string_view hash_key, const Subscription& subscription) {
  return "whsec_" + base64_encoded(signing_key(hash_key, subscription, subscription.generation));
}

}  // namespace purser::gateway
