#include "connectors/cxml/settings.h"

#include <nlohmann/json.hpp>

namespace purser::cxml {

const char* const settings_schema = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "from": {"$ref": "#/$defs/credential", "description": "Header/From; without it the document tells"},
    "to": {"$ref": "#/$defs/credential", "description": "Header/To; without it the document tells"},
    "sender": {"$ref": "#/$defs/credential", "description": "Header/Sender; without it From"},
    "user_agent": {"type": "string", "minLength": 1},
    "deployment_mode": {"enum": ["production", "test"]}
  },
  "$defs": {
    "credential": {
      "type": "object",
      "additionalProperties": false,
      "required": ["domain", "identity"],
      "properties": {
        "domain": {"type": "string", "minLength": 1, "description": "NetworkID, DUNS, PrivateID …"},
        "identity": {"type": "string", "minLength": 1}
      }
    }
  }
})";

namespace {

Identity identity(const nlohmann::json& all, const char* name) {
  if (!all.contains(name)) return {};
  return {all.at(name).value("domain", ""), all.at(name).value("identity", "")};
}

}  // namespace

std::expected<Settings, std::string> parse_settings(std::string_view text) {
  Settings settings;
  if (text.empty()) return settings;
  try {
    const auto json = nlohmann::json::parse(text);
    settings.from = identity(json, "from");
    settings.to = identity(json, "to");
    settings.sender = identity(json, "sender");
    settings.user_agent = json.value("user_agent", "");
    settings.deployment_mode = json.value("deployment_mode", "");
  } catch (const nlohmann::json::exception& error) {
    return std::unexpected(std::string("the settings are not as the schema says: ") + error.what());
  }
  return settings;
}

}  // namespace purser::cxml
