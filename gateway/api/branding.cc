#include "gateway/api/branding.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "canonical/value/text.h"
#include "gateway/api/endpoint.h"
#include "gateway/api/json.h"

namespace purser::gateway {
namespace {

const Branding* shown_by(const Tenant* tenant) {
  if (tenant == nullptr) return nullptr;
  const Branding& own = tenant->branding;
  return own.name.empty() && own.support.empty() && own.logo.empty() ? nullptr : &own;
}

// "API.Acme.example:8443" as the settings have it.
std::string host_of(const Request& request) {
  std::string host(request.header("Host"));
  host.resize(std::min(host.size(), host.rfind(':')));
  return lowered(host);
}

}  // namespace

const Branding* branding_of(const Call& call, const Request& request) {
  if (call.configuration == nullptr) return nullptr;
  const auto& settings = *call.configuration->settings;
  const auto says_something = [](const Tenant& tenant) { return shown_by(&tenant) != nullptr; };
  if (std::ranges::none_of(settings.tenants, says_something)) return nullptr;
  if (call.caller) return shown_by(settings.find_tenant(call.tenant()));
  if (call.endpoint->door == Door::signature) return shown_by(settings.find_tenant(tenant_of(call.parameters.front())));
  if (const auto host = host_of(request); !host.empty()) {
    const auto asked =
        std::ranges::find(settings.tenants, host, [](const Tenant& one) { return one.branding.host; });
    if (asked != settings.tenants.end()) return shown_by(&*asked);
  }
  return nullptr;
}

void brand(Response& response, const Branding* branding) {
  if (branding == nullptr || response.content_type != "application/problem+json") return;
  auto json = Json::parse(response.body, nullptr, false);
  if (!json.is_object()) return;
  if (!branding->name.empty()) json["support"]["name"] = branding->name;
  if (!branding->support.empty()) json["support"]["url"] = branding->support;
  response.body = dumped(json);
}

Respond branded(const Call& call, Respond respond) {
  const Branding* branding = branding_of(call, *call.request);
  if (branding == nullptr) return respond;
  return [branding, configuration = call.configuration, respond = std::move(respond)](Response response) mutable {
    brand(response, branding);
    respond(std::move(response));
  };
}

}  // namespace purser::gateway
