// What the configuration says to the mapped connector.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace purser::mapped {

/// Settings of the connector or a route. See settings_schema.
struct Settings {
  std::string table;                   ///< name behind `map delimited`; empty: by headings or document type
  std::string_view line_end = "\r\n";  ///< of written delimited text
  bool byte_order_mark = false;        ///< before written UTF-8 text: some spreadsheets ask for it
  bool strict = false;  ///< a record with another number of fields than the heading is an error
};

/// JSON Schema (2020-12) of the settings.
extern const char* const settings_schema;

/// The error is a sentence. An empty text gives the defaults. [any]
std::expected<Settings, std::string> parse_settings(std::string_view json);

}  // namespace purser::mapped
