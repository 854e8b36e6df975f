// Parked work over HTTP: found, looked at ahead, released, resubmitted as an edited copy.
#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

#include "gateway/access/hmac.h"
#include "gateway/api/attention_json.h"
#include "gateway/api/body_schema.h"
#include "gateway/api/calls.h"
#include "gateway/api/json.h"
#include "gateway/api/page.h"
#include "gateway/api/problem.h"
#include "gateway/attention/chosen.h"
#include "gateway/attention/copy.h"
#include "gateway/attention/moment.h"

namespace purser::gateway {
namespace {

constexpr std::uint64_t most_at_once = 10'000;  // released by one call: it answers within seconds
constexpr std::size_t most_forecast = 1'000;    // shown by a dry run; the rest is counted

Response bad(std::string_view name, std::string_view expected) {
  return problem(400, "INTAKE-0010",
                 "the parameter " + std::string(name) + " is not " + std::string(expected));
}

// "m….d…", the last entry of the page before.
bool read_cursor(std::string_view text, ParkedQuery& query) {
  const auto dot = text.find('.');
  const auto message = parse_message_id(text.substr(0, dot));
  if (!message) return false;
  query.after = *message;
  if (dot == std::string_view::npos) return true;
  const auto delivery = parse_delivery_id(text.substr(dot + 1));
  if (delivery) query.after_delivery = *delivery;
  return delivery.has_value();
}

std::string cursor_of(const ParkedItem& last) {
  return text(last.message) + (last.delivery.is_set() ? "." + text(last.delivery) : "");
}

/// `limit` 0: limit and cursor are not the query's, but those of the page that it is answered with.
std::expected<ParkedQuery, Response> read_query(const Api& api, const Call& call, std::uint32_t limit) {
  ParkedQuery query;
  const bool of_page = limit == 0;
  query.limit = of_page ? ParkedQuery::max_limit : limit;
  struct Text {
    std::string_view name;
    std::string& into;
  };
  const Text texts[] = {{"code", query.code},     {"target", query.target}, {"partner", query.partner},
                        {"source", query.source}, {"key", query.key},       {"kind", query.key_kind}};
  for (const auto& [name, value] : call.target.query) {
    const auto known = std::ranges::find(texts, name, &Text::name);
    if (known != std::end(texts)) {
      known->into = value;
    } else if (name == "since" || name == "until") {
      const auto moment = parse_moment(value, api.parts().clock.now());
      if (!moment) return std::unexpected(bad(name, moment_forms));
      (name == "since" ? query.since : query.until) = *moment;
    } else if (of_page && (name == "limit" || name == "cursor")) {
      continue;
    } else if (name == "limit") {
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), query.limit);
      if (error != std::errc() || end != value.data() + value.size() || query.limit < 1 ||
          query.limit > limit)
        return std::unexpected(bad(name, "a number from 1 to " + std::to_string(limit)));
    } else if (name == "cursor") {
      if (!read_cursor(value, query)) return std::unexpected(bad(name, "a cursor that a list gave"));
    } else if (name != "why" && name != "dry_run") {
      return std::unexpected(
          problem(400, "INTAKE-0010",
                  "a parameter is not known; there are code, target, partner, source, key, "
                  "kind, since, until, limit, cursor, why and dry_run"));
    }
  }
  // Names are the tenant's own; one of another's is nobody's.
  for (std::string* own : {&query.target, &query.partner, &query.source})
    *own = own_name(*own, call.tenant()).value_or(std::string(1, tenant_mark));
  if (!call.partner().empty()) query.partner = call.partner();
  query.tenant = call.tenant();
  return query;
}

bool is_dry(const Call& call) {
  const auto dry = call.query("dry_run");
  return dry == "yes" || dry == "true" || dry == "1";
}

Foresight foresight(Api& api, const Call& call) {
  return {api.parts().journal, api.parts().bodies, &api.parts().translator,
          *call.configuration->settings->table, api.parts().clock.now()};
}

// What one item would become. A message that cannot be looked at ahead says why.
void add_forecast(const Foresight& with, const ParkedItem& item, Json& would_send, Json& stopped) {
  if (item.delivery.is_set()) {
    would_send.push_back(to_json(foresee_delivery(with.table, item)));
    return;
  }
  const auto forecast = foresee_message(with, item.message);
  Json json;
  json["message"] = text(item.message);
  if (!forecast) {
    json["code"] = forecast.error().code;
    json["message_text"] = forecast.error().message;
    stopped.push_back(std::move(json));
    return;
  }
  for (const Outgoing& one : forecast->deliveries) would_send.push_back(to_json(one));
  if (forecast->state == MessageState::delivering) return;
  json["would_be"] = name(forecast->state);
  json["findings"] = to_json(std::span(forecast->findings));
  stopped.push_back(std::move(json));
}

Response accepted(const Json& json, bool dry) {
  auto response = json_response(dumped(json));
  if (!dry) response.status = 202;
  return response;
}

std::string read_body(const Body& body) {
  std::string bytes;
  for_each_piece(body, [&bytes](std::string_view piece) { bytes.append(piece); });
  return bytes;
}

}  // namespace

void list_parked(Api& api, Call call) {
  const auto query = read_query(api, call, 0);
  if (!query) return call.respond(query.error());
  const auto groups = api.parts().journal.parked(*query);
  if (!groups) return call.respond(problem_of(groups.error()));
  std::vector<PageEntry> entries;
  for (const ParkedGroup& group : *groups)
    entries.push_back({group.code + " " + group.target, to_json(group)});
  answer_page(call, "groups", std::move(entries), PageOrder::as_given);
}

void list_parked_items(Api& api, Call call) {
  const auto query = read_query(api, call, ParkedQuery::max_limit);
  if (!query) return call.respond(query.error());
  const auto items = api.parts().journal.parked_items(*query);
  if (!items) return call.respond(problem_of(items.error()));
  Json json;
  json["items"] = Json::array();
  for (const ParkedItem& item : *items) json["items"].push_back(to_json(item));
  if (items->size() == query->limit) json["cursor"] = cursor_of(items->back());
  call.respond(json_response(dumped(json)));
}

void release_parked(Api& api, Call call) {
  const auto query = read_query(api, call, most_at_once);
  if (!query) return call.respond(query.error());
  const bool dry = is_dry(call);
  const bool limited = !call.query("limit").empty();
  Json would_send = Json::array();
  Json stopped = Json::array();
  const Foresight with = foresight(api, call);
  std::uint64_t released = 0;
  const auto each = [&](std::span<const ParkedItem> items, std::span<const ActionResult> results) {
    for (const ActionResult& result : results) released += result.said.empty() ? 1 : 0;
    if (!dry) return;
    for (const ParkedItem& item : items) {
      if (would_send.size() + stopped.size() < most_forecast) add_forecast(with, item, would_send, stopped);
    }
  };
  const Chosen chosen{*query, ActionKind::release, call.actor(), call.query("why")};
  const auto moved =
      move_chosen(api.parts().journal, chosen, limited ? query->limit : most_at_once, dry, each);
  if (!moved) return call.respond(problem_of(moved.error()));
  if (!dry) api.parts().engine.wake();
  Json json;
  json[dry ? "would_release" : "released"] = dry ? *moved : released;
  json["more"] = *moved == (limited ? query->limit : most_at_once);
  if (dry) {
    json["would_send"] = std::move(would_send);
    json["would_park_again"] = std::move(stopped);
  }
  call.respond(accepted(json, dry));
}

void release_message(Api& api, Call call) {
  const auto view = visible_message(api, call);
  if (!view) return;
  const bool dry = is_dry(call);
  Action action;
  action.kind = ActionKind::release;
  action.message = view->summary.id;
  action.tenant = call.tenant();
  action.who = call.actor();
  action.why = call.query("why");
  const auto results = dry ? api.parts().journal.would({&action, 1}) : api.parts().journal.act({&action, 1});
  if (!results) return call.respond(problem_of(results.error()));
  const ActionResult& result = results->front();
  if (!result.said.empty()) return call.respond(problem(409, "INTAKE-0010", result.said));
  Json json;
  json["message"] = text(result.message);
  json["state"] = name(result.state);
  json["deliveries"] = Json::array();
  for (const DeliveryId id : result.deliveries) json["deliveries"].push_back(text(id));
  if (!dry) {
    api.parts().engine.wake();
  } else if (result.state == MessageState::admitted) {
    const auto forecast = foresee_message(foresight(api, call), view->summary.id);
    if (!forecast) return call.respond(problem_of(forecast.error()));
    json["forecast"] = to_json(*forecast);
  }
  call.respond(accepted(json, dry));
}

void resubmit_document(Api& api, Call call) {
  const auto view = visible_message(api, call);
  if (!view) return;
  // An edited copy is a document handed in: whoever may not do that may not do this.
  if (!call.caller->has_scope("documents:write") || !call.caller->may_post_to(view->summary.source)) {
    api.note_denial(call.tenant(), call.actor(), "AUTH-0002", "resubmit of " + text(view->summary.id));
    return call.respond(problem(403, "AUTH-0002", "this is not allowed"));
  }
  const std::string bytes = read_body(call.request->body);
  if (bytes.empty())
    return call.respond(problem(400, "INTAKE-0010", "the edited copy is missing: it is the body"));
  if (auto refusal = canonical_misfit(api, call.request->body, call.query("connector")))
    return call.respond(std::move(*refusal));
  Resubmission copy;
  copy.of = view->summary.id;
  copy.format = call.query("connector");
  const auto everywhere = call.query("everywhere");
  copy.everywhere = everywhere == "yes" || everywhere == "true";
  copy.who = call.actor();
  copy.why = call.query("why");
  if (is_dry(call)) {
    const auto forecast = foresee_copy(foresight(api, call), copy, bytes);
    if (!forecast) return call.respond(problem_of(forecast.error()));
    return call.respond(json_response(dumped(to_json(*forecast))));
  }
  const auto result = resubmit_copy(api.parts().journal, api.parts().bodies, copy, bytes);
  if (!result) return call.respond(problem_of(result.error()));
  if (!result->said.empty()) return call.respond(problem(409, "INTAKE-0010", result->said));
  api.parts().engine.wake();
  Json json;
  json["id"] = text(result->message);
  json["state"] = name(result->state);
  json["resubmits"] = text(copy.of);
  auto response = accepted(json, false);
  response.headers.emplace_back("Location", "/v1/documents/" + text(result->message));
  call.respond(std::move(response));
}

}  // namespace purser::gateway
