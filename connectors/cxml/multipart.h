// A cXML message with attachments: a multipart of RFC 2046, whose first part is the XML (cXML guide,
// "Attachments").
#pragma once

#include <string>
#include <string_view>

#include "canonical/event/bytes.h"
#include "canonical/event/document_sink.h"
#include "connectors/table/xml_tables.h"

namespace purser::cxml {

/// Gives the bytes of the first part, then says what else there is. With or without the headers of the whole
/// message before the first boundary. Positions of the XML begin with its own first line. [serial]
class Multipart : public ByteSource {
 public:
  /// Do these first bytes begin a multipart?
  static bool is_one(std::string_view head);
  /// The first part, as far as it is in these first bytes; empty if it does not begin in them.
  static std::string_view first_part(std::string_view head);

  explicit Multipart(ByteSource& in) : in_(in) {}
  std::expected<std::size_t, Status> read(std::span<char> into) override;
  /// Passes over the other parts, each of which is a loss. Once the first is read.
  Outcome finish(DocumentSink& out);

 private:
  /// Bytes before the first part and headers of others: a few hundred in practice.
  static constexpr std::size_t most_head = 64 << 10;
  static constexpr std::size_t piece = 64 << 10;

  Outcome begin();
  std::expected<bool, Status> more();
  std::expected<std::size_t, Status> available();
  std::expected<std::string, Status> headers();

  ByteSource& in_;
  std::string delimiter_;  ///< line feed, two hyphens, boundary
  std::string buffer_;
  std::size_t at_ = 0;                     ///< what was given of it
  std::size_t found_ = std::string::npos;  ///< the next delimiter in it
  bool begun_ = false, part_ended_ = false, in_ended_ = false;
};

/// Reads a file of one message, alone or in a multipart. What is wrong with the multipart is CXML-0004.
Outcome read_message(table::XmlTables& tables, const sdk::Request& request, ByteSource& in,
                     DocumentSink& out);

}  // namespace purser::cxml
