// Writes down everything an X12 interchange gives.
#pragma once

#include <vector>

#include "connectors/reader/x12_reader.h"
#include "tests/connectors/reader/trace.h"

namespace purser::x12 {

class Recorder : public InterchangeHandler {
 public:
  explicit Recorder(bool with_places = false) : trace(with_places) {}
  Outcome begin_interchange(const Interchange& interchange) override {
    interchanges.push_back(interchange);
    return {};
  }
  Outcome begin_group(const Interchange&, const Group& group) override {
    groups.push_back(group);
    return {};
  }
  std::expected<map::SyntaxSink*, Status> begin_transaction(const Interchange&, const Group*,
                                                            const Transaction& transaction) override {
    transactions.push_back(transaction);
    return &trace;
  }
  Outcome end_transaction(const Transaction&, const TransactionEnd& end) override {
    ends.push_back(end);
    return {};
  }
  Outcome end_group(const Group&, const GroupEnd& end) override {
    group_ends.push_back(end);
    return {};
  }
  Outcome end_interchange(const Interchange&, const InterchangeEnd& end) override {
    totals.push_back(end);
    return {};
  }
  void finding(Finding finding) override { findings.all.push_back(std::move(finding)); }

  reader::Trace trace;
  reader::Findings findings;
  std::vector<Interchange> interchanges;
  std::vector<Group> groups;
  std::vector<Transaction> transactions;
  std::vector<TransactionEnd> ends;
  std::vector<GroupEnd> group_ends;
  std::vector<InterchangeEnd> totals;
};

inline Outcome read_text(std::string_view text, Recorder& recorder, const ReadOptions& options = {}) {
  reader::MemorySource source(text);
  return read(source, recorder, options);
}

}  // namespace purser::x12
