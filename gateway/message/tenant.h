// Names of tenants' things: "shop" of the tenant acme is "shop@acme" wherever names of all tenants meet.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace purser::gateway {

/// The tenant that is always there; its names stand alone. No other tenant may be called so.
inline constexpr std::string_view default_tenant = "default";
/// Separates a name from its tenant. Names in the configuration have none, and a URL's path may hold it.
inline constexpr char tenant_mark = '@';

/// "shop@acme" → "acme"; "shop" → "default". [any]
inline std::string_view tenant_of(std::string_view name) {
  const auto mark = name.rfind(tenant_mark);
  return mark == std::string_view::npos ? default_tenant : name.substr(mark + 1);
}

/// "shop@acme" → "shop": the name as its tenant knows it. [any]
inline std::string_view local_name(std::string_view name) { return name.substr(0, name.rfind(tenant_mark)); }

/// "shop", "acme" → "shop@acme". An empty name stays empty. [any]
inline std::string qualified(std::string_view name, std::string_view tenant) {
  std::string out(name);
  if (!name.empty() && tenant != default_tenant && !tenant.empty()) {
    out += tenant_mark;
    out += tenant;
  }
  return out;
}

/// What a caller of `tenant` means by `name`: "shop" or "shop@acme" for its own, nothing for another
/// tenant's. [any]
inline std::optional<std::string> own_name(std::string_view name, std::string_view tenant) {
  if (name.find(tenant_mark) == std::string_view::npos) return qualified(name, tenant);
  if (tenant == default_tenant || tenant_of(name) != tenant) return std::nullopt;
  return std::string(name);
}

}  // namespace purser::gateway
