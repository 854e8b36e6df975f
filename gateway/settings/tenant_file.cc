// Files of tenants: their names qualified, so that no entry can name what is another's; what only the
// operator says, refused.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gateway/settings/load.h"
#include "gateway/settings/quantity.h"

namespace purser::gateway {
namespace {

constexpr std::array<std::string_view, 9> tenant_sections = {
    "partners", "sources", "targets", "routes", "roles", "issuers", "signers", "certificates", "keys"};

/// A setting that names an entry of the same tenant.
struct Naming {
  std::string_view section;
  std::vector<std::string_view> way;  ///< below the entry
};

const std::vector<Naming>& namings() {
  static const std::vector<Naming> all = {{"sources", {"partner"}},
                                          {"routes", {"from"}},
                                          {"routes", {"to"}},
                                          {"routes", {"match", "partner"}},
                                          {"keys", {"partner"}},
                                          {"keys", {"sources"}},
                                          {"keys", {"roles"}},
                                          {"issuers", {"partner"}},
                                          {"issuers", {"sources"}},
                                          {"issuers", {"roles"}},
                                          {"signers", {"partner"}},
                                          {"signers", {"sources"}},
                                          {"signers", {"roles"}},
                                          {"certificates", {"partner"}},
                                          {"certificates", {"sources"}},
                                          {"certificates", {"roles"}}};
  return all;
}

Node* below(Node& node, std::string_view name) {
  auto found = std::find_if(node.entries.begin(), node.entries.end(),
                            [&](const auto& entry) { return entry.key.text == name; });
  return found == node.entries.end() ? nullptr : &found->value;
}

void qualify_text(Node& node, const Place& place, std::string_view path, Report& report) {
  for (Node& item : node.items) qualify_text(item, place, path, report);
  if (!node.is_scalar()) return;
  if (node.text.find(tenant_mark) != std::string::npos) {
    report.add(settings_finding("CONFIG-0024", node, path,
                                fmt::format("{} names {}, another tenant's", path, node.text),
                                "a name of the same tenant, without @"));
    return;
  }
  node.text = qualified(node.text, place.tenant);
}

void qualify_entry(const Naming& naming, const std::string& name, Node& entry, const Place& place,
                   Report& report) {
  Node* node = &entry;
  for (auto step : naming.way) {
    node = below(*node, step);
    if (node == nullptr) return;
  }
  qualify_text(*node, place, fmt::format("{}.{}.{}", naming.section, name, fmt::join(naming.way, ".")),
               report);
}

}  // namespace

void qualify(Node& root, const Place& place, Report& report) {
  for (auto& [key, section] : root.entries) {
    const bool allowed = place.tenant.empty() || std::find(tenant_sections.begin(), tenant_sections.end(),
                                                           key.text) != tenant_sections.end();
    if (!allowed) {
      report.add(settings_finding(
          "CONFIG-0024", key, key.text,
          fmt::format("the tenant {} has a section {}, which is the operator's", place.tenant, key.text),
          fmt::format("one of {}", fmt::join(tenant_sections, ", "))));
    }
    for (auto& [name, entry] : section.entries) {
      for (const Naming& naming : namings()) {
        if (naming.section == key.text) qualify_entry(naming, name.text, entry, place, report);
      }
      if (allowed) name.text = qualified(name.text, place.tenant);
    }
  }
}

namespace {

void read_seal(const EntryReader& in, Tenant& tenant, SealRules& rules) {
  tenant.seal = in.flag("seal", false);
  rules.tenants[tenant.name] = *tenant.seal;
  if (*tenant.seal && !rules.master) {
    in.complain("CONFIG-0004", "seal", in.path() + ".seal is true, and there is no master key",
                "journal.seal.master, said by the operator");
  }
}

void read_branding(const EntryReader& in, Branding& branding, const Settings& others) {
  branding = {in.text("name"), in.text("support"), in.text("logo"), in.text("host")};
  for (const Tenant& other : others.tenants) {
    if (!branding.host.empty() && other.branding.host == branding.host)
      in.complain("CONFIG-0012", "host", fmt::format("{} is the host of {} already", branding.host, other.name),
                  "a host of its own");
  }
}

}  // namespace

void read_tenants(const SettingsFiles& files, Settings& into, Report& report) {
  into.tenants.push_back({std::string(default_tenant), {}, true, false, {}, 0, {}, {}, {}});
  for (const auto& entry : files.section("tenants")) {
    EntryReader in(*entry.value, "tenants." + entry.name(), *entry.place, report);
    Tenant tenant;
    tenant.name = entry.name();
    tenant.title = in.text("title");
    tenant.enabled = in.flag("enabled", true);
    tenant.private_addresses = in.flag("private_addresses", false);
    read_rate(in.below("calls"), tenant.calls);
    tenant.daily = in.number("daily", 0);
    if (in.find("retention") != nullptr) tenant.retention = read_retention(in.below("retention"));
    if (in.find("seal") != nullptr) read_seal(in, tenant, into.seal);
    read_branding(in.below("branding"), tenant.branding, into);
    if (tenant.name == default_tenant) {
      into.tenants.front() = std::move(tenant);  // always there, always first
    } else {
      into.tenants.push_back(std::move(tenant));
    }
  }
  for (const auto& file : files.files) {
    if (file.place->tenant.empty() || into.find_tenant(file.place->tenant) != nullptr) continue;
    std::vector<std::string> names;
    for (const auto& tenant : into.tenants) names.push_back(tenant.name);
    report.add(settings_finding("CONFIG-0008", file.root, "tenants",
                                fmt::format("there is no tenant {}", file.place->tenant),
                                nearest_name(file.place->tenant, names)));
  }
}

const Tenant* Settings::find_tenant(std::string_view name) const {
  auto found = std::find_if(tenants.begin(), tenants.end(), [&](const Tenant& t) { return t.name == name; });
  return found == tenants.end() ? nullptr : &*found;
}

bool Settings::is_open(std::string_view tenant) const {
  const Tenant* found = find_tenant(tenant);
  return found != nullptr && found->enabled;
}

}  // namespace purser::gateway
