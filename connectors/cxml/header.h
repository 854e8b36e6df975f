// The Header of cXML: who sends to whom, and how they prove it.
#pragma once

#include <memory>
#include <string>

#include "canonical/event/document_sink.h"
#include "canonical/map/syntax.h"
#include "connectors/cxml/settings.h"

namespace purser::cxml {

/// Reading: drops SharedSecret, CredentialMac and DigitalSignature, so that no secret reaches a table, a
/// canonical document or a loss report; hands From and To to `next` once more behind the Header, as children
/// of the root.
std::unique_ptr<map::SyntaxSink> read_header(map::SyntaxSink& next, DocumentSink& notes);

/// What a written Header has that no document says.
struct HeaderFacts {
  Settings settings;
  std::string shared_secret;  ///< empty: none is written
  std::string now;            ///< "2026-11-20T12:30:05Z", where the document has no time
  std::string payload_id;     ///< where the document has none
};

/// Writing: makes one Header of the settings, of what the table wrote into Header and of From and To that it
/// wrote as the root's children; fills payloadID and timestamp. A side nobody knows is finding CXML-0001 in
/// `notes`.
std::unique_ptr<map::SyntaxSink> write_header(map::SyntaxSink& next, DocumentSink& notes, HeaderFacts facts);

}  // namespace purser::cxml
