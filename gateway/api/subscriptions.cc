// Subscriptions to what happens: made, changed, tried, set back, ended.
#include <algorithm>

#include <fmt/format.h>

#include "gateway/api/json_body.h"
#include "gateway/api/page.h"
#include "gateway/api/problem.h"
#include "gateway/notify/position.h"
#include "gateway/notify/sending.h"
#include "gateway/settings/quantity.h"

namespace purser::gateway {
namespace {

constexpr std::chrono::hours default_overlap{24};

Response not_found() { return problem(404, "INTAKE-0011", "there is no such subscription"); }
Response changed() {
  return problem(412, "CONFIG-0025", "the subscription is there, or was changed meanwhile");
}

Json described(const Subscription& subscription, const Progress& progress) {
  Json json{{"name", subscription.name}, {"url", subscription.url}, {"enabled", subscription.enabled}};
  json["events"] = subscription.events;
  if (!subscription.why.empty()) json["why"] = subscription.why;
  if (progress.failing_since != 0) json["failing_since"] = text(to_instant(progress.failing_since));
  if (progress.failures != 0) json["failures"] = progress.failures;
  return json;
}

Json described(const EventAttempt& attempt) {
  return {{"at", text(attempt.at)},   {"event", attempt.event},
          {"type", attempt.type},     {"arrived", attempt.arrived},
          {"answer", attempt.answer}, {"took_microseconds", attempt.took.count()},
          {"detail", attempt.detail}};
}

/// A subscription of the caller's tenant with its progress; answers the call if there is none.
struct Found {
  Subscription subscription;
  Progress progress;
};
std::optional<Found> found_or_answer(Api& api, Call& call) {
  auto& journal = api.parts().journal;
  const auto subscription = find_subscription(journal, call.tenant(), call.parameters.front());
  if (!subscription) return call.respond(problem_of(subscription.error())), std::nullopt;
  if (!*subscription) return call.respond(not_found()), std::nullopt;
  const auto progress = progress_of(journal, call.tenant(), call.parameters.front());
  if (!progress) return call.respond(problem_of(progress.error())), std::nullopt;
  return Found{**subscription, *progress};
}

// What a body asks for, or the refusal. A name is made where none is given.
std::expected<Subscription, Response> wanted(const Api& api, const Call& call, std::string name) {
  auto body = json_body(api, call);
  if (!body) return std::unexpected(std::move(body.error()));
  Subscription out;
  out.tenant = call.tenant();
  out.name = name.empty() ? body->value("name", "") : std::move(name);
  out.url = body->value("url", "");
  out.events = texts_of(*body, "events");
  out.enabled = body->value("enabled", true);
  const Tenant* tenant = call.configuration->settings->find_tenant(out.tenant);
  if (const char* expected = form_expected("name", out.name))
    return std::unexpected(problem(422, "INTAKE-0010", fmt::format("a name has {}", expected)));
  if (const auto fault = address_fault(out.url, tenant != nullptr && tenant->private_addresses);
      !fault.empty())
    return std::unexpected(problem(422, "INTAKE-0010", fault));
  return out;
}

std::expected<std::int64_t, Response> put(Api& api, const Call& call, const Subscription& next,
                                          std::string_view what) {
  const AuditNote note{call.actor(), fmt::format("subscription {}", what), next.name, next.tenant};
  const auto version = api.parts().journal.put_record(
      {std::string(subscription_kind), next.tenant, next.name, next.version, to_content(next)}, note);
  if (!version) return std::unexpected(problem_of(version.error()));
  if (!*version) return std::unexpected(changed());
  return **version;
}

void answer(Call& call, int status, const Json& json, std::int64_t version) {
  auto response = json_response(dumped(json));
  response.status = status;
  set_etag(response, version);
  call.respond(std::move(response));
}

}  // namespace

void list_subscriptions(Api& api, Call call) {
  const auto records = api.parts().journal.records(std::string(subscription_kind), call.tenant());
  if (!records) return call.respond(problem_of(records.error()));
  std::vector<PageEntry> entries;
  for (const auto& record : *records) {
    if (const auto one = read_subscription(record)) entries.push_back({record.name, described(*one, {})});
  }
  answer_page(call, "subscriptions", std::move(entries));
}

void make_subscription(Api& api, Call call) {
  auto& journal = api.parts().journal;
  const auto& hash_key = call.configuration->settings->hash_key;
  if (hash_key.empty())
    return call.respond(problem(422, "CONFIG-0012", "the configuration has no access.hash_key to sign with"));
  auto next = wanted(api, call, {});
  if (!next) return call.respond(std::move(next.error()));
  const auto all = journal.records(std::string(subscription_kind), call.tenant());
  if (!all) return call.respond(problem_of(all.error()));
  if (all->size() >= max_subscriptions)
    return call.respond(problem(409, "INTAKE-0010", "there are as many subscriptions as there may be"));
  if (std::ranges::any_of(*all, [&](const KeptRecord& one) { return one.name == next->name; }))
    return call.respond(changed());
  const auto end = trail_end(journal);
  auto progress = progress_of(journal, next->tenant, next->name);
  if (!end || !progress) return call.respond(problem_of(!end ? end.error() : progress.error()));
  Progress fresh;
  fresh.version = progress->version;
  fresh.at = *end;
  if (const auto stored = store(journal, *next, fresh); !stored || !*stored) return call.respond(changed());
  auto version = put(api, call, *next, "made");
  if (!version) return call.respond(std::move(version.error()));
  auto json = described(*next, fresh);
  json["secret"] = signing_secret(hash_key, *next);
  answer(call, 201, json, *version);
}

void show_subscription(Api& api, Call call) {
  const auto found = found_or_answer(api, call);
  if (found) answer(call, 200, described(found->subscription, found->progress), found->subscription.version);
}

void put_subscription(Api& api, Call call) {
  auto found = found_or_answer(api, call);
  if (!found) return;
  auto next = wanted(api, call, found->subscription.name);
  auto match = if_match(call);
  if (!next || !match) return call.respond(std::move(!next ? next.error() : match.error()));
  if (*match && **match != found->subscription.version) return call.respond(changed());
  next->generation = found->subscription.generation;
  next->both_until = found->subscription.both_until;
  next->version = found->subscription.version;
  auto version = put(api, call, *next, "changed");
  if (!version) return call.respond(std::move(version.error()));
  // Enabled again, it goes on at once, where it stopped.
  found->progress.failing_since = found->progress.due = 0;
  found->progress.failures = 0;
  static_cast<void>(store(api.parts().journal, *next, found->progress));
  answer(call, 200, described(*next, found->progress), *version);
}

void remove_subscription(Api& api, Call call) {
  auto found = found_or_answer(api, call);
  if (!found) return;
  auto& journal = api.parts().journal;
  const auto& subscription = found->subscription;
  const AuditNote note{call.actor(), "subscription removed", subscription.name, subscription.tenant};
  const auto gone = journal.put_record(
      {std::string(subscription_kind), subscription.tenant, subscription.name, subscription.version, {}},
      note);
  if (!gone) return call.respond(problem_of(gone.error()));
  if (!*gone) return call.respond(changed());
  static_cast<void>(journal.put_record(
      {std::string(progress_kind), subscription.tenant, subscription.name, found->progress.version, {}}, {}));
  Response response;
  response.status = 204;
  call.respond(std::move(response));
}

void rotate_subscription(Api& api, Call call) {
  auto found = found_or_answer(api, call);
  if (!found) return;
  const auto overlap = call.query("overlap").empty()
                           ? std::optional<std::chrono::milliseconds>(default_overlap)
                           : parse_duration(call.query("overlap"));
  if (!overlap)
    return call.respond(problem(400, "INTAKE-0010", "the parameter overlap is not a duration such as 24 h"));
  auto& next = found->subscription;
  ++next.generation;
  next.both_until =
      std::chrono::floor<std::chrono::seconds>(api.parts().clock.now() + *overlap).time_since_epoch().count();
  auto version = put(api, call, next, "secret rotated");
  if (!version) return call.respond(std::move(version.error()));
  auto json = described(next, found->progress);
  json["secret"] = signing_secret(call.configuration->settings->hash_key, next);
  answer(call, 200, json, *version);
}

void test_subscription(Api& api, Call call) {
  const auto found = found_or_answer(api, call);
  if (!found) return;
  const auto& settings = *call.configuration->settings;
  const Tenant* tenant = settings.find_tenant(call.tenant());  // whose caller is let in, is there
  const auto now = api.parts().clock.now();
  const EventSource source = event_source(*tenant);
  const Sending sending{found->subscription, test_event(found->subscription, now, source), settings.hash_key,
                        tenant->private_addresses, source.sender};
  call.respond(json_response(dumped(described(send_event_and_wait(api.parts().notices, sending, now)))));
}

void recover_subscription(Api& api, Call call) {
  auto found = found_or_answer(api, call);
  if (!found) return;
  const auto since = parse_moment(call.query("since"));
  if (!since)
    return call.respond(problem(400, "INTAKE-0010", "the parameter since is not a day or moment in UTC"));
  const auto at = trail_since(api.parts().journal, *since);
  if (!at) return call.respond(problem_of(at.error()));
  found->progress.at = *at;
  found->progress.due = 0;
  const auto stored = store(api.parts().journal, found->subscription, found->progress);
  if (!stored) return call.respond(problem_of(stored.error()));
  if (!*stored) return call.respond(changed());
  const AuditNote note{call.actor(), "subscription set back", found->subscription.name, call.tenant()};
  static_cast<void>(api.parts().journal.note({&note, 1}));
  answer(call, 202, described(found->subscription, found->progress), found->subscription.version);
}

void show_subscription_history(Api& api, Call call) {
  const auto found = found_or_answer(api, call);
  if (!found) return;
  std::vector<PageEntry> entries;
  for (const auto& attempt : found->progress.attempts)
    entries.push_back({text(attempt.at) + " " + attempt.event, described(attempt)});
  answer_page(call, "attempts", std::move(entries), PageOrder::as_given);
}

}  // namespace purser::gateway
