// The StandardBusinessDocument around what is written.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "canonical/event/document_sink.h"
#include "canonical/map/syntax.h"

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

/// What an envelope says that neither document nor settings do.
struct EnvelopeFacts {
  Settings settings;
  std::string now;       ///< "2026-11-20T12:30:05Z", where the document has no time
  std::string instance;  ///< where the document has no reference
};

/// Stands between a table and the writer. With `enveloped` it completes the header that the table wrote as
/// the root's first child, or makes one: kind of document, process (from CustomizationID and ProfileID), time
/// and reference (Peppol Business Message Envelope 1.2). A side nobody knows is finding UBL-0007. Without,
/// the header is left out and that is told once (UBL-0008).
std::unique_ptr<map::SyntaxSink> write_envelope(map::SyntaxSink& next, DocumentSink& notes,
                                                EnvelopeFacts facts);

}  // namespace purser::ubl
