// Reads and writes the documents of an XML format by its tables.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "canonical/event/bytes.h"
#include "connectors/reader/xml_reader.h"
#include "connectors/table/library.h"
#include "connectors/table/xml_format.h"

namespace purser::table {

/// A format with its tables and those of the configuration. [any]
class XmlTables {
 public:
  explicit XmlTables(const XmlFormat& format, std::vector<sdk::TableText> configured = {});

  struct Found {
    const XmlDocument* document = nullptr;
    const XmlRefusal* refused = nullptr;  ///< known, but not read
    bool enveloped = false;
    /// Its root, but in another namespace or in none, or without one of the messages it serves among the first
    /// bytes: reading says more.
    const XmlDocument* nearly = nullptr;
  };
  /// What a file seems to be, by its first bytes (xml::peek_bytes of them are enough).
  [[nodiscard]] Found detect(std::string_view prefix) const;

  /// Reads a file of one document. Findings TABLE-nnnn, XML-nnnn and those of the table go to `out`; a Status
  /// is returned where reading could not go on.
  Outcome read(const sdk::Request& request, ByteSource& in, DocumentSink& out);

  /// Writes one canonical document, streamed lists last. `request.message` chooses among the format's; empty:
  /// the document's type does, and its kind where messages differ by that. `filter` stands between the table
  /// and the writer. All named outlive the result.
  std::unique_ptr<sdk::Encoder> write(const sdk::Request& request, ByteSink& out, DocumentSink& notes,
                                      map::Encoder::Variables variables = {}, SyntaxFilter filter = {});

  [[nodiscard]] const XmlFormat& format() const { return format_; }
  [[nodiscard]] Library& library() { return library_; }
  [[nodiscard]] const Library& library() const { return library_; }
  /// What the layouts call namespaces by.
  [[nodiscard]] std::span<const xml::Namespace> namespaces() const { return namespaces_; }
  /// The layouts' prefix of a namespace; nothing if they have none for it.
  [[nodiscard]] std::optional<std::string_view> prefix_of(std::string_view space) const;

 private:
  const XmlFormat& format_;
  Library library_;
  std::vector<xml::Namespace> namespaces_;
};

}  // namespace purser::table
