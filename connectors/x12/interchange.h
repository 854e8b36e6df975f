// The interchange around transaction sets that are written: who sends it, to whom, under which numbers.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "canonical/event/document_sink.h"
#include "connectors/reader/x12_writer.h"
#include "connectors/x12/header_fields.h"
#include "connectors/x12/settings.h"

namespace purser::x12 {

/// What the interchange is made of beside the settings.
struct Preparation {
  std::int64_t now = 0;  ///< nanoseconds since 1970-01-01T00:00:00Z
  /// The next number of a sequence up to `last`; 0 where the host keeps none. An error ends the writing.
  std::function<std::expected<std::uint64_t, Status>(const std::string& sequence, std::uint64_t last)> next;
};

/// Stands between tables and writer: opens interchange, group and transaction set before the first segment of
/// a document. Settings come first, then what the document tells. [serial]
class InterchangeSink : public map::SyntaxSink {
 public:
  InterchangeSink(Writer& writer, const Settings& settings, Preparation preparation, DocumentSink& notes)
      : writer_(writer), settings_(settings), preparation_(std::move(preparation)), notes_(notes) {}
  /// The document to come: its transaction set, GS08, and who tells where it goes.
  void begin(std::string type, std::string version, const HeaderFields& header);
  Outcome open(std::string_view name, const Position& at) override;
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override;
  Outcome close(const Position& at) override;
  Outcome segment(const map::Segment& whole) override;
  Outcome end() { return opened_ ? writer_.end_transaction() : Outcome{}; }

 private:
  Outcome open_document(const Position& at);
  Outcome open_interchange(const Addressing& told, const Position& at);
  Outcome open_group(const Addressing& told);
  Outcome open_transaction(const Addressing& told);
  Outcome refuse(const Position& at, std::string message);
  std::expected<std::string, Status> number(const std::string& sequence, std::uint64_t last,
                                            std::string otherwise);

  Writer& writer_;
  const Settings& settings_;
  Preparation preparation_;
  DocumentSink& notes_;
  const HeaderFields* header_ = nullptr;
  std::string type_, version_;
  Outcome close_with_rest(const Position& at);

  std::string tag_;
  std::string rest_;         ///< of a text that its element does not hold
  std::uint32_t there_ = 0;  ///< elements of the segment at hand, a bit each
  bool opened_ = false;      ///< this document's transaction set
  bool interchange_open_ = false, group_open_ = false;
  Party sender_, recipient_;
  std::string group_sender_, group_recipient_, group_type_, group_version_;
  std::uint64_t groups_ = 0, transactions_ = 0;
};

}  // namespace purser::x12
