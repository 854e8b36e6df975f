// Reads XML 1.0 with namespaces as a stream: memory does not grow with the document.
// Source: W3C XML 1.0 (fifth edition), Namespaces in XML 1.0. Not supported on purpose: DTDs, entities other
// than the five predefined ones, XML 1.1.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "canonical/map/syntax.h"
#include "connectors/reader/bytes.h"
#include "connectors/reader/charset.h"
#include "connectors/reader/finding_handler.h"

namespace purser::xml {

/// How the caller calls a namespace, whatever prefix the document uses. An empty prefix: names without one.
struct Namespace {
  std::string_view prefix;
  std::string_view uri;
};

/// Bounds on a document; each protects memory or time against a hostile source.
struct Limits {
  std::uint32_t max_depth = 256;                ///< open elements; UBL needs 12, cXML 15
  std::uint32_t max_attributes = 256;           ///< of one element, namespace declarations included
  std::uint32_t max_name = 1'000;               ///< bytes of a name; the longest of UBL has 46
  std::uint32_t max_attribute_value = 1 << 20;  ///< bytes; a schemaLocation or a token, never a document
  std::uint32_t max_tag = 4 << 20;              ///< bytes of one start tag with all its attributes
  std::uint64_t max_text = 100'000'000;  ///< bytes of one text; attachments are base64 inside one element
  std::uint64_t max_document_text =
      4'000'000'000'000;                       ///< bytes of all texts; the intake bounds the body anyway
  std::uint64_t max_elements = 4'000'000'000;  ///< the ordinal in a Position has 32 bits
  std::uint32_t max_namespaces = 1'000;        ///< declarations in scope
};

struct ReadOptions {
  std::span<const Namespace> namespaces;  ///< borrowed during the call
  bool skip_doctype = false;  ///< true: a DOCTYPE without internal subset is passed over, never loaded (cXML)
  bool skip_subset =
      false;  ///< with skip_doctype: one with an internal subset, too; for looking at the root only
  std::optional<reader::Charset> charset;  ///< from outside (a Content-Type); beats the declaration
  Limits limits;
};

/// Reads one document into `sink`: open(name), a leaf for each attribute (xmlns declarations and
/// xsi:schemaLocation hints left out), text and child elements as they come, close. A text is passed once and
/// whole, its references decoded and CDATA sections joined; text of white space alone is left out (unless it
/// was written as references or CDATA). Names are "prefix:local" by options.namespaces, "{uri}local" for
/// an unknown namespace, "local" for none; xml:lang is "xml:lang".
/// Position: of '<' for an element, of the first byte for a text or attribute value, of "</" or "/>" for
/// close; `segment` is the element's ordinal. Errors: what is not well-formed or beyond a limit is one fatal
/// finding XML-nnnn, then the same code as Status; a Status of the source or the sink is passed up. Not
/// thread safe; never recurses.
Outcome read(reader::ByteSource& source, map::SyntaxSink& sink, const reader::FindingHandler& findings,
             const ReadOptions& options);

/// The root element, for format detection.
struct Root {
  std::string local;
  std::string uri;
};
inline constexpr std::size_t peek_bytes = 64 * 1024;  ///< comments before the root are rarely longer
/// Looks at the first bytes of a document (peek_bytes of them, or all); nothing if they are not the beginning
/// of an XML document. DOCTYPE is passed over. [any]
std::optional<Root> peek(std::string_view head);

}  // namespace purser::xml
