// What the configuration says about UBL that is written.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace purser::ubl {

/// A participant as the network knows it: 7300010000001 of scheme 0088.
struct Participant {
  std::string id;
  std::string scheme;
};

/// Settings of the connector or a route; absent ones keep what stands here. See settings_schema.
struct Settings {
  bool enveloped = false;  ///< `envelope: sbdh`
  Participant sender;      ///< empty: the document's envelope
  Participant recipient;
  std::string country;  ///< COUNTRY_C1; empty: the document's envelope
};

/// JSON Schema (2020-12) of the settings.
extern const char* const settings_schema;

/// The error is a sentence. An empty text gives the defaults. [any]
std::expected<Settings, std::string> parse_settings(std::string_view json);

}  // namespace purser::ubl
