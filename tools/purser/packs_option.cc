#include "tools/purser/packs_option.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "canonical/rule/packs.h"

namespace purser::cli {

std::expected<std::vector<std::string>, std::string> packs_of(const Arguments& arguments) {
  std::vector<std::string> packs;
  const std::string list = arguments.get("--pack");
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    packs.push_back(list.substr(at, end - at));
    at = end + 1;
    if (rule::is_pack(packs.back())) continue;
    std::string known;
    for (const rule::Pack& pack : rule::packs())
      known += (known.empty() ? "" : ", ") + std::string(pack.name);
    return std::unexpected(fmt::format("there is no pack '{}', only {}", packs.back(), known));
  }
  return packs;
}

std::string with_packs(const std::string& settings, const std::vector<std::string>& packs,
                       const plugin::ConnectorInfo& about) {
  if (packs.empty() || about.settings_schema.find("\"rules\"") == std::string::npos) return settings;
  auto json = nlohmann::json::parse(settings.empty() ? "{}" : settings, nullptr, false);
  if (!json.is_object()) return settings;
  json["rules"] = packs;
  return json.dump();
}

}  // namespace purser::cli
