#include "connectors/x12/settings.h"

#include <nlohmann/json.hpp>
#include <set>

namespace purser::x12 {

const char* const settings_schema = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "sender": {"$ref": "#/$defs/party", "description": "ISA05, ISA06; without it the document's envelope tells"},
    "recipient": {"$ref": "#/$defs/party", "description": "ISA07, ISA08; without it the document's envelope tells"},
    "group_sender": {"type": "string", "minLength": 2, "maxLength": 15, "description": "GS02; default the sender's id"},
    "group_recipient": {"type": "string", "minLength": 2, "maxLength": 15, "description": "GS03; default the recipient's id"},
    "version": {"type": "string", "pattern": "^00[0-9]{4}[A-Z0-9]{0,6}$", "default": "004010", "description": "GS08"},
    "control_number": {"type": "string", "pattern": "^[0-9]{1,9}$", "description": "ISA13 where no sequence is kept"},
    "acknowledgement_requested": {"type": "boolean", "default": false, "description": "ISA14: ask for a TA1"},
    "acknowledge": {"enum": ["none", "997", "999"], "default": "none",
      "description": "of what is read: give the acknowledgement of each functional group as a document, to be sent back, and one of the interchange (TA1) where it asks or is refused"},
    "test": {"type": "boolean", "default": false, "description": "ISA15"},
    "element_separator": {"$ref": "#/$defs/character", "default": "*"},
    "component_separator": {"$ref": "#/$defs/character", "default": ">"},
    "repetition_separator": {"$ref": "#/$defs/character", "default": "^", "description": "from 004020 on"},
    "segment_terminator": {"$ref": "#/$defs/character", "default": "~"},
    "characters": {"enum": ["basic", "extended", "utf-8"], "default": "extended"},
    "line_breaks": {"type": "boolean", "default": false}
  },
  "$defs": {
    "character": {"type": "string", "pattern": "^[^A-Za-z0-9 ]$"},
    "party": {
      "type": "object",
      "additionalProperties": false,
      "required": ["id"],
      "properties": {
        "id": {"type": "string", "minLength": 1, "maxLength": 15},
        "qualifier": {"type": "string", "minLength": 2, "maxLength": 2, "default": "ZZ", "description": "I05: 01 for D-U-N-S, ZZ for mutually agreed"}
      }
    }
  }
})";

namespace {

void read_party(const nlohmann::json& json, const char* name, Party& into) {
  if (!json.contains(name)) return;
  into.id = json.at(name).value("id", "");
  into.qualifier = json.at(name).value("qualifier", "ZZ");
}

void read_character(const nlohmann::json& json, const char* name, char& into) {
  const std::string text = json.value(name, std::string(1, into));
  if (text.size() == 1) into = text[0];
}

}  // namespace

std::expected<Settings, std::string> parse_settings(std::string_view text) {
  Settings settings;
  Separators& separators = settings.write.separators;
  separators.repetition = '^';
  if (text.empty()) return settings;
  try {
    const nlohmann::json json = nlohmann::json::parse(text);
    read_party(json, "sender", settings.sender);
    read_party(json, "recipient", settings.recipient);
    settings.group_sender = json.value("group_sender", "");
    settings.group_recipient = json.value("group_recipient", "");
    settings.version = json.value("version", settings.version);
    settings.control_number = json.value("control_number", "");
    settings.acknowledgement_requested = json.value("acknowledgement_requested", false);
    settings.acknowledge = json.value("acknowledge", "none") != "none";
    settings.test = json.value("test", false);
    read_character(json, "element_separator", separators.element);
    read_character(json, "component_separator", separators.component);
    read_character(json, "repetition_separator", separators.repetition);
    read_character(json, "segment_terminator", separators.segment);
    const std::string characters = json.value("characters", "extended");
    settings.write.characters = characters == "basic"   ? Characters::basic
                                : characters == "utf-8" ? Characters::utf_8
                                                        : Characters::extended;
    settings.write.line_breaks = json.value("line_breaks", false);
  } catch (const nlohmann::json::exception& error) {
    return std::unexpected(std::string("the settings are not as the schema says: ") + error.what());
  }
  const std::set<char> different{separators.element, separators.component, separators.repetition,
                                 separators.segment};
  if (different.size() != 4) return std::unexpected("two of the delimiters are the same character");
  return settings;
}

}  // namespace purser::x12
