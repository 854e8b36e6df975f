#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

#include "gateway/api/calls.h"
#include "gateway/api/json.h"
#include "gateway/api/page.h"
#include "gateway/api/problem.h"

namespace purser::gateway {
namespace {

constexpr const char* nobody = "@";       // a name that nothing has

// A key that belongs to a partner sees that partner's documents and no others.
const std::string& only_partner(const Call& call) { return call.partner(); }

Response bad_parameter(std::string_view name, std::string_view expected) {
  return problem(400, "INTAKE-0010",
                 "the parameter " + std::string(name) + " is not " + std::string(expected));
}

// Fills the query from the call's parameters, or gives the refusal.
std::expected<ListQuery, Response> list_query(const Call& call) {
  ListQuery query;
  for (const auto& [name, value] : call.target.query) {
    if (name == "source") {
      query.source = own_name(value, call.tenant()).value_or(nobody);
    } else if (name == "partner") {
      query.partner = own_name(value, call.tenant()).value_or(nobody);
    } else if (name == "state") {
      query.state = parse_message_state(value);
      if (!query.state) return std::unexpected(bad_parameter(name, "one of admitted, delivering, delivered, parked, rejected, cancelled"));
    } else if (name == "document") {
      const auto* descriptor = find_document(std::string_view(value));
      if (descriptor == nullptr) return std::unexpected(bad_parameter(name, "the name of a document"));
      query.type = descriptor->type;
    } else if (name == "limit") {
      auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), query.limit);
      if (error != std::errc() || end != value.data() + value.size() || query.limit < 1 ||
          query.limit > ListQuery::max_limit) {
        return std::unexpected(bad_parameter(name, "a number from 1 to 1000"));
      }
    } else if (name == "cursor") {
      auto id = parse_message_id(value);
      if (!id) return std::unexpected(bad_parameter(name, "a cursor that a list gave"));
      query.before = *id;
    } else {
      return std::unexpected(problem(400, "INTAKE-0010",
                                     "a parameter is not known; there are source, partner, "
                                     "state, document, limit and cursor"));
    }
  }
  if (!only_partner(call).empty()) query.partner = only_partner(call);
  query.tenant = call.tenant();
  return query;
}

/// Pages of one message go by its documents: the cursor is the ordinal of the last one.
std::expected<DocumentRange, Response> documents_wish(const Call& call) {
  const auto wish = page_wish(call);
  if (!wish) return std::unexpected(wish.error());
  DocumentRange which{0, wish->limit};
  const auto& after = wish->after;
  const auto [end, error] = std::from_chars(after.data(), after.data() + after.size(), which.after);
  if (!after.empty() && (error != std::errc() || end != after.data() + after.size()))
    return std::unexpected(bad_parameter("cursor", "a cursor that a list gave"));
  return which;
}

void put_cursor(Json& json, const MessageView& view) {
  if (view.more) json["cursor"] = cursor_after(std::to_string(view.documents.back().ordinal));
}

}  // namespace

Response json_response(std::string body) {
  Response response;
  response.content_type = "application/json";
  response.body = std::move(body);
  return response;
}

std::optional<MessageView> visible_message(Api& api, Call& call, const DocumentRange& which) {
  auto id = parse_message_id(call.parameters.front());
  if (!id) {
    call.respond(problem(404, "INTAKE-0011", "there is no such document"));
    return std::nullopt;
  }
  auto view = api.parts().journal.show(*id, which);
  if (!view && view.error().what != StatusClass::invalid) {
    call.respond(problem_of(view.error()));
    return std::nullopt;
  }
  const auto& partner = only_partner(call);
  if (!view || view->summary.tenant != call.tenant() ||
      (!partner.empty() && view->summary.partner != partner)) {
    call.respond(problem(404, "INTAKE-0011", "there is no such document"));
    return std::nullopt;
  }
  return std::move(*view);
}

void list_documents(Api& api, Call call) {
  auto query = list_query(call);
  if (!query) return call.respond(std::move(query.error()));
  auto page = api.parts().journal.list(*query);
  if (!page) return call.respond(problem_of(page.error()));
  Json json;
  json["documents"] = Json::array();
  for (const auto& summary : *page) json["documents"].push_back(to_json(summary));
  if (page->size() == query->limit) json["cursor"] = text(page->back().id);
  call.respond(json_response(dumped(json)));
}

void show_document(Api& api, Call call) {
  const auto which = documents_wish(call);
  if (!which) return call.respond(which.error());
  const auto view = visible_message(api, call, *which);
  if (!view) return;
  Json json = to_json(*view);
  put_cursor(json, *view);
  call.respond(json_response(dumped(json)));
}

void show_timeline(Api& api, Call call) {
  const auto which = documents_wish(call);
  if (!which) return call.respond(which.error());
  const auto view = visible_message(api, call, *which);
  if (!view) return;
  auto steps = api.parts().journal.timeline(view->summary.id, *which);
  if (!steps) return call.respond(problem_of(steps.error()));
  Json json;
  json["timeline"] = to_json(std::span<const Step>(*steps));
  put_cursor(json, *view);
  call.respond(json_response(dumped(json)));
}

void show_deliveries(Api& api, Call call) {
  const auto wish = page_wish(call);
  if (!wish) return call.respond(wish.error());
  const auto after = wish->after.empty() ? DeliveryId{} : parse_delivery_id(wish->after);
  if (!after) return call.respond(bad_parameter("cursor", "a cursor that a list gave"));
  const auto view = visible_message(api, call);
  if (!view) return;
  auto found = api.parts().journal.deliveries(view->summary.id, *after, wish->limit + 1);
  if (!found) return call.respond(problem_of(found.error()));
  const bool more = found->size() > wish->limit;
  if (more) found->pop_back();
  Json json;
  json["deliveries"] = Json::array();
  for (const DeliveryView& delivery : *found) json["deliveries"].push_back(to_json(delivery));
  if (more) json["cursor"] = cursor_after(text(found->back().id));
  call.respond(json_response(dumped(json)));
}

void trace_key(Api& api, Call call) {
  const auto wish = page_wish(call);
  if (!wish) return call.respond(wish.error());
  const auto after = wish->after.empty() ? std::optional(HitPlace()) : parse_hit_place(wish->after);
  if (!after) return call.respond(bad_parameter("cursor", "a cursor that a list gave"));
  const std::string kind = call.parameters[0] == "any" ? "" : call.parameters[0];
  const auto hits = api.parts().journal.find_by_key(
      {kind, call.parameters[1], {call.tenant(), only_partner(call)}, wish->limit, *after});
  if (!hits) return call.respond(problem_of(hits.error()));
  Json json;
  json["documents"] = Json::array();
  for (const KeyHit& hit : *hits) json["documents"].push_back(to_json(hit));
  if (hits->size() == wish->limit) json["cursor"] = cursor_after(text(hits->back().place()));
  call.respond(json_response(dumped(json)));
}

}  // namespace purser::gateway
