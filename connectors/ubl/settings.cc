#include "connectors/ubl/settings.h"

#include <nlohmann/json.hpp>

namespace purser::ubl {

const char* const settings_schema = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "envelope": {"enum": ["none", "sbdh"], "default": "none", "description": "put a StandardBusinessDocument around it"},
    "sender": {"$ref": "#/$defs/participant", "description": "without it the document's envelope tells"},
    "recipient": {"$ref": "#/$defs/participant", "description": "without it the document's envelope tells"},
    "country": {"type": "string", "pattern": "^[A-Z]{2}$", "description": "COUNTRY_C1: where the sender is"},
    "rules": {"type": "array", "items": {"type": "string"}, "description": "packs of business rules whose syntax rules judge what is read; the gateway sets it"}
  },
  "$defs": {
    "participant": {
      "type": "object",
      "additionalProperties": false,
      "required": ["id"],
      "properties": {
        "id": {"type": "string", "minLength": 1},
        "scheme": {"type": "string", "description": "ISO 6523 ICD: 0088 for a GLN"}
      }
    }
  }
})";

std::expected<Settings, std::string> parse_settings(std::string_view text) {
  Settings settings;
  if (text.empty()) return settings;
  try {
    const auto json = nlohmann::json::parse(text);
    const auto participant = [&json](const char* name) -> Participant {
      if (!json.contains(name)) return {};
      return {json.at(name).value("id", ""), json.at(name).value("scheme", "")};
    };
    settings.enveloped = json.value("envelope", "none") == "sbdh";
    settings.sender = participant("sender");
    settings.recipient = participant("recipient");
    settings.country = json.value("country", "");
  } catch (const nlohmann::json::exception& error) {
    return std::unexpected(std::string("the settings are not as the schema says: ") + error.what());
  }
  return settings;
}

}  // namespace purser::ubl
