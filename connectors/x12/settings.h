// What the configuration says about interchanges that are read and written.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "connectors/reader/x12_envelope.h"
#include "connectors/reader/x12_writer.h"

namespace purser::x12 {

/// Settings of the connector or a route; absent ones keep what stands here. See settings_schema.
struct Settings {
  Party sender;                            ///< ISA05, ISA06; empty id: from the document's envelope
  Party recipient;                         ///< ISA07, ISA08
  std::string group_sender;                ///< GS02; empty: the sender's id
  std::string group_recipient;             ///< GS03
  std::string version = "004010";          ///< GS08, with the convention's name where there is one
  std::string control_number;              ///< ISA13 where the host has no sequence
  bool acknowledgement_requested = false;  ///< ISA14: ask for a TA1
  bool acknowledge = false;                ///< reading: each interchange ends with documents that answer it
  bool test = false;                       ///< ISA15
  WriteOptions write;
};

/// JSON Schema (2020-12) of the settings.
extern const char* const settings_schema;

/// The error is a sentence. An empty text gives the defaults. [any]
std::expected<Settings, std::string> parse_settings(std::string_view json);

}  // namespace purser::x12
