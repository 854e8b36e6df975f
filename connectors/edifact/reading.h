// Bytes of an interchange to canonical documents: one for each message.
#pragma once

#include <memory>
#include <optional>

#include "canonical/acknowledge/receipt.h"
#include "canonical/map/program.h"
#include "canonical/map/segment_check.h"
#include "connectors/edifact/packing.h"
#include "connectors/edifact/tables.h"
#include "connectors/reader/edifact_reader.h"
#include "connectors/table/line_count.h"

namespace purser::edifact {

/// Forwards what a message's decoder gives. Findings that come before the document has begun wait for it,
/// so that they belong to it and not to the one before. [serial]
class MessageSink : public DocumentSink {
 public:
  explicit MessageSink(DocumentSink& out) : out_(out) {}
  /// The next message: no document yet.
  void begin() { begun_ = false; }
  Outcome push(std::span<const Event> batch) override;
  void finding(Finding finding) override;
  void loss(Loss loss) override { out_.loss(std::move(loss)); }
  /// Tells the receipt, too, what is found; null: no more.
  void tell(acknowledge::Receipt* receipt) { receipt_ = receipt; }
  /// Hands over findings of a message that gave no document.
  void flush();
  [[nodiscard]] bool any_document() const { return any_; }

 private:
  DocumentSink& out_;
  acknowledge::Receipt* receipt_ = nullptr;
  std::vector<Finding> waiting_;
  bool begun_ = true;
  bool any_ = false;
};

/// Tells the receipt each segment of a message on its way. [serial]
class TagSink : public map::SyntaxSink {
 public:
  TagSink(acknowledge::Receipt& receipt, map::SyntaxSink& next) : receipt_(receipt), next_(next) {}
  Outcome open(std::string_view name, const Position& at) override;
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override {
    return next_.leaf(where, text, at);
  }
  Outcome close(const Position& at) override { return next_.close(at); }

 private:
  acknowledge::Receipt& receipt_;
  map::SyntaxSink& next_;
};

/// Takes an interchange from the reader and gives its messages to decoders. [serial]
class Reading : public InterchangeHandler {
 public:
  /// With `acknowledge_on` each interchange ends with a document that answers it, issued on that day.
  Reading(Tables& tables, const sdk::Request& request, DocumentSink& out, std::optional<Date> acknowledge_on = {})
      : tables_(tables), request_(request), out_(out), acknowledge_on_(acknowledge_on), sink_(out) {}
  Outcome begin_interchange(const Interchange& interchange) override;
  std::expected<map::SyntaxSink*, Status> begin_message(const Interchange& interchange, const Group* group,
                                                        const Message& message) override;
  Outcome end_message(const Message& message, const MessageEnd& end) override;
  Outcome end_interchange(const Interchange& interchange, const InterchangeEnd& end) override;
  void finding(Finding finding) override { sink_.finding(std::move(finding)); }

 private:
  std::shared_ptr<const map::Program> choose(const Message& message);
  [[nodiscard]] Finding named(Finding finding) const;
  void note(const Group* group, const Message& message);

  Tables& tables_;
  const sdk::Request& request_;
  DocumentSink& out_;
  std::optional<Date> acknowledge_on_;
  std::optional<acknowledge::Receipt> receipt_;
  std::string group_;      ///< the receipt's open group
  bool answered_ = false;  ///< something came that may be answered
  MessageSink sink_;
  std::optional<table::LineCount> counted_;
  TableKey last_key_;  ///< interchanges carry many messages of one kind
  std::shared_ptr<const map::Program> last_program_;
  std::optional<map::SegmentForms> forms_;  ///< of last_program_
  bool exact_ = false;                      ///< the message's own directory is read, not the nearest one
  std::shared_ptr<const map::Program> program_;
  std::optional<map::Decoder> decoder_;
  std::optional<PackingReader> packing_;
  std::optional<map::SegmentCheck> check_;
  std::optional<TagSink> tags_;
};

}  // namespace purser::edifact
