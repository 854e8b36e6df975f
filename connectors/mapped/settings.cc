#include "connectors/mapped/settings.h"

#include <nlohmann/json.hpp>

namespace purser::mapped {

const char* const settings_schema = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "table": {"type": "string", "minLength": 1, "description": "name of the table: `map delimited NAME …`"},
    "line_end": {"enum": ["crlf", "lf"], "default": "crlf", "description": "of written delimited text"},
    "byte_order_mark": {"type": "boolean", "default": false, "description": "before written delimited text"},
    "strict": {"type": "boolean", "default": false, "description": "records must be as wide as the heading"}
  }
})";

std::expected<Settings, std::string> parse_settings(std::string_view text) {
  Settings settings;
  if (text.empty()) return settings;
  try {
    const nlohmann::json json = nlohmann::json::parse(text);
    settings.table = json.value("table", settings.table);
    if (json.value("line_end", std::string("crlf")) == "lf") settings.line_end = "\n";
    settings.byte_order_mark = json.value("byte_order_mark", settings.byte_order_mark);
    settings.strict = json.value("strict", settings.strict);
  } catch (const nlohmann::json::exception& error) {
    return std::unexpected(std::string("the settings are not as the schema says: ") + error.what());
  }
  return settings;
}

}  // namespace purser::mapped
