// Writes down everything an EDIFACT interchange gives.
#pragma once

#include <vector>

#include "connectors/reader/edifact_reader.h"
#include "tests/connectors/reader/trace.h"

namespace purser::edifact {

class Recorder : public InterchangeHandler {
 public:
  explicit Recorder(bool with_places = false) : trace(with_places) {}
  Outcome begin_interchange(const Interchange& interchange) override {
    interchanges.push_back(interchange);
    return {};
  }
  std::expected<map::SyntaxSink*, Status> begin_message(const Interchange&, const Group* group,
                                                        const Message& message) override {
    messages.push_back(message);
    if (group != nullptr) groups.push_back(*group);
    return &trace;
  }
  Outcome end_message(const Message&, const MessageEnd& end) override {
    ends.push_back(end);
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
  std::vector<Message> messages;
  std::vector<MessageEnd> ends;
  std::vector<InterchangeEnd> totals;
};

inline Outcome read_text(std::string_view text, Recorder& recorder, const ReadOptions& options = {}) {
  reader::MemorySource source(text);
  return read(source, recorder, options);
}

}  // namespace purser::edifact
