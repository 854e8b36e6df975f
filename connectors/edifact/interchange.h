// The interchange around messages that are written: who sends it, to whom, under which references.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "canonical/event/document_sink.h"
#include "connectors/edifact/settings.h"
#include "connectors/reader/edifact_writer.h"

namespace purser::edifact {

/// What the interchange is made of beside the settings.
struct Preparation {
  std::int64_t now = 0;  ///< nanoseconds since 1970-01-01T00:00:00Z
  /// A fresh control reference for this recipient; empty where the host keeps no sequence. An error ends the
  /// writing.
  std::function<std::expected<std::string, Status>(const Party& recipient)> next_reference;
};

/// Stands between table and writer: takes the UNB that a table gives, completes it from settings (which come
/// first), the table's values (the document's envelope) and the parties, and opens an interchange when there
/// is none for this pair. Sees that message references are unique. [serial]
class InterchangeSink : public map::SyntaxSink {
 public:
  InterchangeSink(Writer& writer, const Settings& settings, Preparation preparation, DocumentSink& notes)
      : writer_(writer), settings_(settings), preparation_(std::move(preparation)), notes_(notes) {}
  /// The parties of the document to come, used where nothing else names sender and recipient.
  void parties(Party sender, Party recipient);
  Outcome open(std::string_view name, const Position& at) override;
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override;
  Outcome close(const Position& at) override;

 private:
  enum class Segment : std::uint8_t { other, interchange, message };
  Outcome begin_interchange(const Position& at);
  Outcome refuse(const Position& at, std::string message);
  std::string message_reference();

  Writer& writer_;
  const Settings& settings_;
  Preparation preparation_;
  DocumentSink& notes_;
  Party sender_, recipient_;
  Segment segment_ = Segment::other;
  Interchange given_;  ///< what the table says of the document's envelope
  std::string given_message_;
  bool open_ = false;
  Party open_sender_, open_recipient_;
  std::set<std::string> references_;
  std::uint32_t messages_ = 0;
};

}  // namespace purser::edifact
