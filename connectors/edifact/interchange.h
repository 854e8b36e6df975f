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

/// Stands between tables and writer: opens an interchange when there is none for the sender and recipient of
/// the message to come. Settings come first, then what the document tells. [serial]
class InterchangeSink : public map::SyntaxSink {
 public:
  InterchangeSink(Writer& writer, const Settings& settings, Preparation preparation, DocumentSink& notes)
      : writer_(writer), settings_(settings), preparation_(std::move(preparation)), notes_(notes) {}
  /// What the document to come tells of its interchange.
  void told(Interchange interchange) { told_ = std::move(interchange); }
  /// UNH 0062 for the document to come: its own where that is new in the interchange, else a count.
  std::string message_reference(const std::string& own);
  Outcome open(std::string_view name, const Position& at) override;
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override;
  Outcome close(const Position& at) override;
  Outcome segment(const map::Segment& whole) override {
    return whole.tag == "UNH" ? SyntaxSink::segment(whole) : writer_.segment(whole);
  }

 private:
  Outcome begin_interchange(const Position& at);
  Outcome refuse(const Position& at, std::string message);

  Writer& writer_;
  const Settings& settings_;
  Preparation preparation_;
  DocumentSink& notes_;
  Interchange told_;
  bool in_header_ = false;  ///< inside UNH
  bool subset_ = true;      ///< of a message that the settings' association holds for
  bool open_ = false;
  Party open_sender_, open_recipient_;
  std::set<std::string> references_;
  std::uint32_t messages_ = 0;
};

}  // namespace purser::edifact
