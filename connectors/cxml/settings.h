// What the configuration says about cXML that is written.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace purser::cxml {

/// A credential: who, in the words of some list of partners.
struct Identity {
  std::string domain;  ///< NetworkID, DUNS, PrivateID …
  std::string identity;
};

/// Settings of the connector or a route; absent ones keep what stands here. See settings_schema. The
/// SharedSecret is the connector's secret `shared_secret`, not a setting.
struct Settings {
  Identity from;  ///< empty: the document's envelope, else its buyer or supplier
  Identity to;
  Identity sender;              ///< empty: the document's envelope, else From
  std::string user_agent;       ///< empty: the document's envelope, else Purser
  std::string deployment_mode;  ///< "production", "test"; empty: what the document says
};

inline constexpr std::string_view secret_name = "shared_secret";

/// JSON Schema (2020-12) of the settings.
extern const char* const settings_schema;

/// The error is a sentence. An empty text gives the defaults. [any]
std::expected<Settings, std::string> parse_settings(std::string_view json);

}  // namespace purser::cxml
