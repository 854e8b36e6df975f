// Acknowledgements that are awaited, over HTTP.
#include <charconv>

#include <nlohmann/json.hpp>

#include "gateway/api/attention_json.h"
#include "gateway/api/calls.h"
#include "gateway/api/json.h"
#include "gateway/api/problem.h"
#include "gateway/message/tenant.h"

namespace purser::gateway {
namespace {

Response bad(std::string_view name, std::string_view expected) {
  return problem(400, "INTAKE-0010", "the parameter " + std::string(name) + " is not " + std::string(expected));
}

std::expected<ExpectationQuery, Response> read_query(const Call& call) {
  ExpectationQuery query;
  for (const auto& [name, value] : call.target.query) {
    if (name == "state") {
      query.open = value == "open";
      query.state = parse_expectation_state(value);
      if (!query.open && !query.state) {
        return std::unexpected(bad(name, "waiting, answered, overdue, refused, waived or open"));
      }
    } else if (name == "target") {
      query.target = own_name(value, call.tenant()).value_or(std::string(1, tenant_mark));
    } else if (name == "limit") {
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), query.limit);
      if (error != std::errc() || end != value.data() + value.size() || query.limit < 1 ||
          query.limit > ExpectationQuery::max_limit) {
        return std::unexpected(bad(name, "a number from 1 to 1000"));
      }
    } else if (name == "cursor") {
      const auto id = parse_delivery_id(value);
      if (!id) return std::unexpected(bad(name, "a cursor that a list gave"));
      query.after = *id;
    } else {
      return std::unexpected(
          problem(400, "INTAKE-0010", "a parameter is not known; there are state, target, limit and cursor"));
    }
  }
  query.tenant = call.tenant();
  return query;
}

}  // namespace

void list_expectations(Api& api, Call call) {
  // What others await of whom is no partner's business.
  if (!call.partner().empty()) return call.respond(problem(403, "AUTH-0002", "this is not allowed"));
  const auto query = read_query(call);
  if (!query) return call.respond(query.error());
  const auto found = api.parts().journal.expectations(*query);
  if (!found) return call.respond(problem_of(found.error()));
  Json json;
  json["expectations"] = Json::array();
  for (const ExpectationView& one : *found) json["expectations"].push_back(to_json(one));
  if (found->size() >= query->limit) json["cursor"] = text(found->back().delivery);
  call.respond(json_response(dumped(json)));
}

void waive_expectation(Api& api, Call call) {
  const auto id = parse_delivery_id(call.parameters.front());
  if (!id || !call.partner().empty()) {
    return call.respond(problem(404, "INTAKE-0011", "there is no such delivery"));
  }
  const auto waived = api.parts().journal.waive(*id, call.tenant(), call.actor(), call.query("why"));
  if (!waived) return call.respond(problem_of(waived.error()));
  if (!*waived) return call.respond(problem(404, "INTAKE-0011", "nothing is awaited for this delivery"));
  Json json;
  json["delivery"] = text(*id);
  json["state"] = name(ExpectationState::waived);
  auto response = json_response(dumped(json));
  response.status = 202;
  call.respond(std::move(response));
}

}  // namespace purser::gateway
