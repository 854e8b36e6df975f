#include "connectors/edifact/settings.h"

#include <nlohmann/json.hpp>

namespace purser::edifact {

const char* const settings_schema = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "sender": {"$ref": "#/$defs/party", "description": "UNB S002; without it the document's envelope tells"},
    "recipient": {"$ref": "#/$defs/party", "description": "UNB S003; without it the document's envelope tells"},
    "syntax": {"type": "string", "pattern": "^UNO[A-LWXY]$", "default": "UNOC", "description": "names the character set"},
    "syntax_version": {"type": "integer", "minimum": 1, "maximum": 4, "default": 3},
    "directory": {"type": "string", "pattern": "^[DS][0-9]{2}[A-C]$", "default": "D96A"},
    "association": {"type": "string", "maxLength": 6, "description": "UNH 0057, such as EAN008"},
    "control_reference": {"type": "string", "minLength": 1, "maxLength": 14, "description": "UNB 0020 where no sequence is kept"},
    "application": {"type": "string", "maxLength": 14},
    "agreement": {"type": "string", "maxLength": 35},
    "acknowledgement": {"type": "boolean", "default": false},
    "test": {"type": "boolean", "default": false},
    "acknowledge": {"enum": ["none", "contrl"], "default": "none",
                    "description": "of what is read: give the acknowledgement of each interchange as a document, to be sent back"},
    "decimal_mark": {"enum": [".", ","], "default": "."},
    "una": {"type": "boolean", "default": true},
    "line_breaks": {"type": "boolean", "default": false}
  },
  "$defs": {
    "party": {
      "type": "object",
      "additionalProperties": false,
      "required": ["id"],
      "properties": {
        "id": {"type": "string", "minLength": 1, "maxLength": 35},
        "qualifier": {"type": "string", "maxLength": 4, "description": "0007: 14 for a GLN, ZZZ for mutually agreed"},
        "internal": {"type": "string", "maxLength": 35}
      }
    }
  }
})";

namespace {

Party party(const nlohmann::json& json) {
  Party party;
  party.id = json.value("id", "");
  party.qualifier = json.value("qualifier", "");
  party.internal = json.value("internal", "");
  return party;
}

}  // namespace

std::expected<Settings, std::string> parse_settings(std::string_view text) {
  Settings settings;
  if (text.empty()) return settings;
  try {
    const nlohmann::json json = nlohmann::json::parse(text);
    if (json.contains("sender")) settings.sender = party(json.at("sender"));
    if (json.contains("recipient")) settings.recipient = party(json.at("recipient"));
    settings.syntax = json.value("syntax", settings.syntax);
    settings.syntax_version = json.value("syntax_version", settings.syntax_version);
    settings.directory = json.value("directory", settings.directory);
    settings.association = json.value("association", settings.association);
    settings.control_reference = json.value("control_reference", settings.control_reference);
    settings.application = json.value("application", settings.application);
    settings.agreement = json.value("agreement", settings.agreement);
    settings.acknowledgement = json.value("acknowledgement", settings.acknowledgement);
    settings.test = json.value("test", settings.test);
    settings.acknowledge = json.value("acknowledge", std::string("none")) == "contrl";
    settings.write.separators.decimal = json.value("decimal_mark", std::string(".")) == "," ? ',' : '.';
    settings.write.una = json.value("una", settings.write.una);
    settings.write.line_breaks = json.value("line_breaks", settings.write.line_breaks);
    if (settings.syntax_version >= 4) settings.write.separators.repetition = '*';
  } catch (const nlohmann::json::exception& error) {
    return std::unexpected(std::string("the settings are not as the schema says: ") + error.what());
  }
  if (!charset_of(settings.syntax)) return std::unexpected("no character set is known for syntax " + settings.syntax);
  return settings;
}

}  // namespace purser::edifact
