// The keys that tenants' documents are sealed with. All of it is the operator's.
#include "gateway/api/json_body.h"
#include "gateway/api/page.h"
#include "gateway/api/problem.h"
#include "gateway/journal/sealing.h"

namespace purser::gateway {
namespace {

/// The keys of the tenant that the path names. A tenant that is gone from the configuration is found by its
/// keys, since what it left behind may still have to be shredded.
std::optional<std::vector<DataKeyView>> keys_of(Api& api, Call& call) {
  const auto& tenant = call.parameters.front();
  auto keys = api.parts().sealing.keys(tenant);
  if (!keys) {
    call.respond(problem_of(keys.error()));
    return std::nullopt;
  }
  if (tenant.empty() || (keys->empty() && call.configuration->settings->find_tenant(tenant) == nullptr)) {
    call.respond(problem(404, "INTAKE-0011", "there is no such tenant"));
    return std::nullopt;
  }
  return std::move(*keys);
}

}  // namespace

void list_data_keys(Api& api, Call call) {
  const auto keys = keys_of(api, call);
  if (!keys) return;
  std::vector<PageEntry> entries;
  for (const DataKeyView& key : *keys) entries.push_back({std::to_string(key.id), to_json(key)});
  answer_page(call, "keys", std::move(entries), PageOrder::as_given);
}

void rotate_data_key(Api& api, Call call) {
  const auto& tenant = call.parameters.front();
  if (call.configuration->settings->find_tenant(tenant) == nullptr)
    return call.respond(problem(404, "INTAKE-0011", "there is no such tenant"));
  const auto key = api.parts().sealing.rotate(tenant, call.actor());
  if (!key) return call.respond(problem_of(key.error()));
  call.respond(json_response(dumped({{"tenant", tenant}, {"key", *key}})));
}

void shred_tenant(Api& api, Call call) {
  const auto body = json_body(api, call);
  if (!body) return call.respond(body.error());
  const auto& tenant = call.parameters.front();
  const auto keys = keys_of(api, call);
  if (!keys) return;
  if (body->value("confirm", "") != tenant)
    return call.respond(problem(422, "SEAL-0005", "confirm is not the name of the tenant in the path"));
  if (keys->empty()) return call.respond(problem(409, "SEAL-0006", "the tenant has no data key"));
  const auto done = api.parts().sealing.shred(tenant, call.actor(), body->value("why", ""));
  if (!done) return call.respond(problem_of(done.error()));
  call.respond(json_response(
      dumped({{"tenant", tenant}, {"keys", done->keys}, {"traces_gone", done->traces_gone}})));
}

}  // namespace purser::gateway
