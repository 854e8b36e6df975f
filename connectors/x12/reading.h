// Bytes of an interchange to canonical documents: one for each transaction set, and what answers them.
#pragma once

#include <map>
#include <memory>
#include <optional>

#include "canonical/acknowledge/receipt.h"
#include "canonical/map/program.h"
#include "canonical/map/segment_check.h"
#include "connectors/reader/x12_reader.h"
#include "connectors/table/gate.h"
#include "connectors/table/library.h"
#include "connectors/table/line_count.h"
#include "connectors/x12/annotation.h"
#include "connectors/x12/hierarchy.h"

namespace purser::x12 {

/// Tells the receipt each segment of a transaction set on its way. [serial]
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

/// What decoders give, each finding told to the receipt, too. [serial]
class NotedSink : public DocumentSink {
 public:
  NotedSink(table::DocumentGate& gate, std::optional<acknowledge::Receipt>& receipt)
      : gate_(gate), receipt_(receipt) {}
  Outcome push(std::span<const Event> batch) override;
  void finding(Finding finding) override;
  void loss(Loss loss) override { gate_.loss(std::move(loss)); }

 private:
  table::DocumentGate& gate_;
  std::optional<acknowledge::Receipt>& receipt_;
};

/// Takes an interchange from the reader and gives its transaction sets to decoders. [serial]
class Reading : public InterchangeHandler {
 public:
  /// With `acknowledge_on` each interchange ends with documents that answer it, issued on that day.
  Reading(table::Library& tables, const sdk::Request& request, DocumentSink& out,
          std::optional<Date> acknowledge_on)
      : tables_(tables),
        request_(request),
        out_(out),
        gate_(out),
        acknowledge_on_(acknowledge_on),
        noted_(gate_, receipt_) {}
  Outcome begin_interchange(const Interchange& interchange) override;
  Outcome begin_group(const Interchange& interchange, const Group& group) override;
  std::expected<map::SyntaxSink*, Status> begin_transaction(const Interchange& interchange,
                                                            const Group* group,
                                                            const Transaction& transaction) override;
  Outcome end_transaction(const Transaction& transaction, const TransactionEnd& end) override;
  Outcome end_group(const Group& group, const GroupEnd& end) override;
  Outcome end_interchange(const Interchange& interchange, const InterchangeEnd& end) override;
  void finding(Finding finding) override;

 private:
  /// A table with what its layout says of segments; interchanges carry many transaction sets of one kind.
  struct Chosen {
    std::string type, version;
    std::shared_ptr<const map::Program> program;
    std::shared_ptr<const map::SegmentForms> forms;
  };
  bool choose(const Group* group, const Transaction& transaction);
  Outcome answer(const Interchange& interchange);
  void complete(model::Acknowledgement& answer) const;

  table::Library& tables_;
  const sdk::Request& request_;
  DocumentSink& out_;
  table::DocumentGate gate_;
  std::optional<Date> acknowledge_on_;
  std::optional<acknowledge::Receipt> receipt_;
  NotedSink noted_;
  std::optional<table::LineCount> counted_;
  std::vector<Finding> early_;  ///< about an ISA that has not begun yet
  bool answered_ = false;       ///< a group came that may be answered
  Chosen chosen_;
  std::optional<map::Decoder> decoder_;
  std::optional<Annotation> annotation_;
  std::optional<HierarchyReader> hierarchy_;
  std::optional<map::SegmentCheck> check_;
  std::optional<TagSink> tags_;
};

}  // namespace purser::x12
