// What a person does to one document or delivery: replay, park, cancel, release.
#include <nlohmann/json.hpp>

#include "gateway/api/calls.h"
#include "gateway/api/json.h"
#include "gateway/api/problem.h"

namespace purser::gateway {
namespace {

void act(Api& api, Call call, ActionKind kind, MessageId message, DeliveryId delivery) {
  const std::string_view what = delivery.is_set() ? "delivery" : "document";
  const auto nothing = [&] {
    call.respond(problem(404, "INTAKE-0011", "there is no such " + std::string(what)));
  };
  if (!message.is_set() && !delivery.is_set()) return nothing();
  Action action{kind, message, delivery, call.actor(), call.query("why")};
  action.tenant = call.tenant();
  action.partner = call.partner();
  auto results = api.parts().journal.act({&action, 1});
  if (!results) return call.respond(problem_of(results.error()));
  if (results->empty() || !results->front().message.is_set()) return nothing();
  const auto& result = results->front();
  if (!result.said.empty()) return call.respond(problem(409, "INTAKE-0010", result.said));
  api.parts().engine.wake();
  Json json;
  json["message"] = text(result.message);
  json["state"] = name(result.state);
  json["deliveries"] = Json::array();
  for (const auto id : result.deliveries) json["deliveries"].push_back(text(id));
  auto response = json_response(dumped(json));
  response.status = 202;
  call.respond(std::move(response));
}

template <ActionKind kind>
void act_on_document(Api& api, Call call) {
  const auto id = parse_message_id(call.parameters.front()).value_or(MessageId{});
  act(api, std::move(call), kind, id, {});
}

}  // namespace

void replay_document(Api& api, Call call) { act_on_document<ActionKind::replay>(api, std::move(call)); }
void park_document(Api& api, Call call) { act_on_document<ActionKind::park>(api, std::move(call)); }
void cancel_document(Api& api, Call call) { act_on_document<ActionKind::cancel>(api, std::move(call)); }

void release_delivery(Api& api, Call call) {
  const auto id = parse_delivery_id(call.parameters.front()).value_or(DeliveryId{});
  act(api, std::move(call), ActionKind::release, {}, id);
}

}  // namespace purser::gateway
