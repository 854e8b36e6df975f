// What a connector says of an XML format whose documents are read and written by tables.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "canonical/event/document_sink.h"
#include "canonical/map/call.h"
#include "canonical/map/syntax.h"
#include "canonical/spec/descriptor.h"
#include "plugins/sdk/embedded.h"

namespace purser::plugin {
struct Request;
}

namespace purser::table {

/// A document of the format: how it is known, and which table serves it. Static storage.
struct XmlDocument {
  std::string_view message;  ///< of its table, `map xml MESSAGE VERSION`; a root of the layout has this name
  std::string_view version;
  std::string_view root;   ///< local name of its root element
  std::string_view space;  ///< the root's namespace; empty: none
  DocumentType type;       ///< what it becomes
  /// Where one root serves many messages: what stands below it in this one, in the layout's names. What comes
  /// before is held. PATH ("Request/OrderRequest"), PATH=VALUE,VALUE of a text or attribute
  /// ("Request/X/@type=new,late*"), PATH/. the end of an element when nothing has told before ("." the
  /// root's); alternatives are parted by |. Empty: the root tells.
  std::string_view inside = {};
  /// Canonical documents of this `type` are written as this message if their field `kind_field` is one of
  /// these; the first document of the type without kinds takes the others.
  std::span<const std::string_view> kinds = {};
  std::string_view kind_field = "kind";  ///< the same for all documents of a type
  std::string_view doctype = {};         ///< a whole line written before the root; empty: the format's
};

/// An element that stands around a document and addresses it. Its header reaches the table as the root's
/// first child, `PREFIX:HEADER`, if `kept`; a table that writes this child has the envelope written around.
struct XmlEnvelope {
  std::string_view prefix;  ///< of its namespace
  std::string_view space;
  std::string_view root;    ///< "StandardBusinessDocument"
  std::string_view header;  ///< "StandardBusinessDocumentHeader"
  bool kept = false;        ///< false: passed over with TABLE-0011
};

/// UN/CEFACT Standard Business Document Header 1.3.
inline constexpr XmlEnvelope standard_business_document = {
    "sbdh", "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader",
    "StandardBusinessDocument", "StandardBusinessDocumentHeader", false};

/// A document that is known and not read, so that its sender can be told. Static storage.
struct XmlRefusal {
  std::string_view root, space;
  std::string_view why;  ///< a sentence: what it is and what to ask for
};

/// Changes documents where a format arranges them in a way that rows cannot say (a header's value that
/// belongs into each element of a list, nested lines written one after the other). Both are called for each
/// file.
struct XmlShape {
  /// Stands between the table's decoder and `out`.
  std::unique_ptr<DocumentSink> (*reading)(DocumentSink& out) = nullptr;
  /// Stands before the table's encoder; streamed lists come last.
  std::unique_ptr<EventSink> (*writing)(EventSink& encoder) = nullptr;
};

/// Puts a sink before another: what changes a document between the reader or writer and its table. The result
/// lives as long as the reading or writing, `next` longer.
using SyntaxFilter = std::function<std::unique_ptr<map::SyntaxSink>(map::SyntaxSink& next)>;

/// The format: prefixes of names are those of the layouts (`namespace PREFIX URI`), which must not bind one
/// namespace to two prefixes. Static storage.
struct XmlFormat {
  std::string_view name;   ///< "ubl"
  std::string_view title;  ///< "OASIS UBL"
  std::span<const XmlDocument> documents;
  std::span<const sdk::EmbeddedFile> files;  ///< tables/*.map and layout/*.layout, by purser_embed
  map::CallTable (*calls)() = nullptr;       ///< functions that the tables name
  const XmlEnvelope* envelope = nullptr;     ///< that documents may come in
  XmlShape shape = {};
  std::span<const XmlRefusal> refused = {};
  bool plain = false;                     ///< what is written has no prefixes and declares none
  bool doctype = false;                   ///< a DOCTYPE is passed over when read (never loaded)
  /// Made for each document that is read, it stands before the table: may look at the syntax, give findings
  /// to `notes`, and pass it on to `next` with other names. Null, as a function or as its result: nothing
  /// stands there.
  std::unique_ptr<map::SyntaxSink> (*filter)(const XmlDocument& document, const plugin::Request& request,
                                             map::SyntaxSink& next, DocumentSink& notes) = nullptr;
  std::string_view written_doctype = {};  ///< a whole line, before the root of what is written
  SyntaxFilter (*reading)(DocumentSink& notes) = nullptr;  ///< between the reader and the choice of the table
  /// Between the table and the writer, where none is given.
  SyntaxFilter (*writing)(DocumentSink& notes) = nullptr;
};

}  // namespace purser::table
