// What the configuration says about interchanges.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "connectors/reader/edifact_envelope.h"
#include "connectors/reader/edifact_writer.h"

namespace purser::edifact {

/// Settings of the connector or a route; absent ones keep what stands here. See settings_schema.
struct Settings {
  Party sender;                         ///< empty id: from the document's envelope
  Party recipient;                      ///< empty id: from the document's envelope
  std::string syntax = "UNOC";          ///< UNB 0001, names the character set
  unsigned syntax_version = 3;          ///< UNB 0002
  std::string directory = "D96A";       ///< of messages where the route does not name one
  std::string association;              ///< UNH 0057; empty: what the table says
  std::string control_reference;        ///< UNB 0020 where the host has no sequence
  std::string application;              ///< UNB 0026
  std::string agreement;                ///< UNB 0032
  bool acknowledgement = false;         ///< UNB 0031: ask for a CONTRL
  bool test = false;                    ///< UNB 0035
  bool acknowledge = false;             ///< reading gives the acknowledgement of each interchange, too
  WriteOptions write;                   ///< separators, UNA, line breaks
};

/// JSON Schema (2020-12) of the settings.
extern const char* const settings_schema;

/// The error is a sentence. An empty text gives the defaults. [any]
std::expected<Settings, std::string> parse_settings(std::string_view json);

}  // namespace purser::edifact
