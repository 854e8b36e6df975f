// Tenants and API keys by API.
#include <algorithm>

#include <fmt/format.h>

#include "gateway/administer/keys.h"
#include "gateway/api/json_body.h"
#include "gateway/api/page.h"
#include "gateway/api/problem.h"
#include "gateway/settings/quantity.h"

namespace purser::gateway {
namespace {

constexpr std::chrono::hours default_overlap{24};

Response refusal(const ChangeRefusal& refused) {
  const auto& code = refused.status.code;
  if (code == "CONFIG-0025") return problem(412, code, refused.status.message);
  if (code == "CONFIG-0027") return problem(404, code, refused.status.message);
  if (code.starts_with("CONFIG"))
    return problem(422, code, refused.status.message, refused.report.findings());
  return problem_of(refused.status);
}

KeyPlace place_of(Api& api, const Call& call, Random& random) {
  const auto& settings = *call.configuration->settings;
  return {api.parts().journal, random, settings.folder, settings.hash_key, call.actor()};
}

// What a key may do: nothing that its maker may not, so that a right is never had by making a key. Scopes of
// roles count, too.
std::optional<std::string> beyond(const Call& call, const KeyWish& wish, bool operators) {
  auto scopes = wish.scopes;
  for (const auto& role : wish.roles) {
    const auto own = qualified(role, wish.tenant);
    const auto& roles = call.configuration->settings->roles;
    if (const auto found = roles.find(own); found != roles.end())
      scopes.insert(scopes.end(), found->second.begin(), found->second.end());
  }
  for (const auto& scope : scopes) {
    if (operators ? is_operators_scope(scope) : !call.caller->has_scope(scope)) return scope;
  }
  return std::nullopt;
}

Json described(Api& api, const KeptRecord& record) {
  auto entry = Json::parse(record.content, nullptr, false);
  Json json;
  json["name"] = record.name;
  for (const char* member : {"id", "partner", "sources", "scopes", "roles", "expires"}) {
    if (entry.contains(member)) json[member] = entry[member];
  }
  if (auto used = last_use(api.parts().journal, qualified(record.name, record.tenant)); !used.empty())
    json["last_used"] = used;
  return json;
}

void answer_key(Api& api, Call& call, int status, const std::string& name,
                const std::expected<MadeKey, ChangeRefusal>& made) {
  if (!made) return call.respond(refusal(made.error()));
  api.reconfigure();
  auto response = json_response(dumped({{"name", name}, {"key", made->text}}));
  response.status = status;
  set_etag(response, made->version);
  call.respond(std::move(response));
}

void make(Api& api, Call call, const std::string& tenant, bool operators) {
  auto body = json_body(api, call);
  if (!body) return call.respond(std::move(body.error()));
  KeyWish wish{tenant,
               body->value("name", ""),
               body->value("partner", ""),
               texts_of(*body, "sources"),
               texts_of(*body, "scopes"),
               texts_of(*body, "roles"),
               body->value("expires", "")};
  // A partner's key makes keys for this partner only.
  if (!call.partner().empty()) wish.partner = local_name(call.partner());
  if (const auto scope = beyond(call, wish, operators)) {
    api.note_denial(call.tenant(), call.actor(), "AUTH-0002", "a key with " + *scope);
    return call.respond(problem(403, "AUTH-0002", "this is not allowed"));
  }
  SystemRandom random;
  answer_key(api, call, 201, wish.name, make_key(place_of(api, call, random), wish));
}

}  // namespace

void list_api_keys(Api& api, Call call) {
  const auto keys = api.parts().journal.records(std::string(keys_section), call.tenant());
  if (!keys) return call.respond(problem_of(keys.error()));
  std::vector<PageEntry> entries;
  for (const auto& key : *keys) entries.push_back({key.name, described(api, key)});
  // Those of files are listed, too: whoever looks for a key that must go wants all of them.
  for (const auto& key : call.configuration->settings->keys) {
    const bool made_here =
        std::ranges::any_of(*keys, [&](const KeptRecord& one) { return one.name == local_name(key.name); });
    if (tenant_of(key.name) != call.tenant() || made_here) continue;
    Json one{{"name", local_name(key.name)}, {"id", key.id}, {"scopes", key.scopes}, {"in_files", true}};
    if (auto used = last_use(api.parts().journal, key.name); !used.empty()) one["last_used"] = used;
    entries.push_back({std::string(local_name(key.name)), std::move(one)});
  }
  answer_page(call, "keys", std::move(entries));
}

void make_api_key_call(Api& api, Call call) {
  const auto tenant = call.tenant();
  make(api, std::move(call), tenant, false);
}

void rotate_api_key(Api& api, Call call) {
  const auto overlap = call.query("overlap").empty()
                           ? std::optional<std::chrono::milliseconds>(default_overlap)
                           : parse_duration(call.query("overlap"));
  if (!overlap)
    return call.respond(problem(400, "INTAKE-0010", "the parameter overlap is not a duration such as 24 h"));
  const auto until = std::chrono::floor<std::chrono::seconds>(api.parts().clock.now() + *overlap);
  SystemRandom random;
  const auto name = call.parameters.front();
  answer_key(api, call, 200, name, rotate_key(place_of(api, call, random), call.tenant(), name, until));
}

void remove_api_key(Api& api, Call call) {
  SystemRandom random;
  const auto removed = remove_key(place_of(api, call, random), call.tenant(), call.parameters.front());
  if (!removed) return call.respond(refusal(removed.error()));
  api.reconfigure();
  Response response;
  response.status = 204;
  call.respond(std::move(response));
}

void list_tenants(Api& api, Call call) {
  const auto kept = api.parts().journal.records(std::string(tenants_section), {});
  if (!kept) return call.respond(problem_of(kept.error()));
  std::vector<PageEntry> entries;
  for (const auto& tenant : call.configuration->settings->tenants) {
    Json one{{"name", tenant.name}, {"enabled", tenant.enabled}};
    if (!tenant.title.empty()) one["title"] = tenant.title;
    for (const auto& record : *kept) {
      if (record.name == tenant.name) one["version"] = record.version;
    }
    entries.push_back({tenant.name, std::move(one)});
  }
  answer_page(call, "tenants", std::move(entries));
}

void put_tenant(Api& api, Call call) {
  auto body = json_body(api, call);
  if (!body) return call.respond(std::move(body.error()));
  auto version = if_match(call);
  if (!version) return call.respond(std::move(version.error()));
  const auto put =
      administer(api.parts().journal, call.configuration->settings->folder,
                 {std::string(tenants_section), std::string(default_tenant), call.parameters.front(),
                  body->empty() ? "{\"enabled\":true}" : body->dump(), *version, call.actor()});
  if (!put) return call.respond(refusal(put.error()));
  api.reconfigure();
  auto response = json_response(dumped({{"name", call.parameters.front()}}));
  set_etag(response, *put);
  call.respond(std::move(response));
}

void make_tenants_key(Api& api, Call call) {
  const auto tenant = call.parameters.front();
  if (call.configuration->settings->find_tenant(tenant) == nullptr)
    return call.respond(problem(404, "INTAKE-0011", "there is no such tenant"));
  make(api, std::move(call), tenant, true);
}

}  // namespace purser::gateway
