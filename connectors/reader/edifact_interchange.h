// The state of reading interchanges. Internal to the reader: edifact_reader.cc has what begins and stands
// inside, edifact_control.cc what ends and is checked then.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "connectors/reader/edifact_reader.h"
#include "connectors/reader/edifact_tokenizer.h"

namespace purser::edifact {

class InterchangeReader {
 public:
  InterchangeReader(reader::ByteSource& source, InterchangeHandler& handler, const ReadOptions& options)
      : tokens_(source, handler, options.limits), handler_(handler), options_(options) {}
  Outcome run();

 private:
  Outcome segment();
  Outcome begin_interchange();
  Outcome imply_interchange();
  Outcome begin_group();
  Outcome begin_message();
  Outcome message_segment();
  Outcome end_message(bool complete);
  Outcome end_group(bool complete);
  Outcome end_interchange(bool complete);
  Outcome end_of_input();
  Outcome broken();
  Outcome give_header(map::SyntaxSink& sink);
  Outcome stopped(Outcome outcome);
  void check_count(std::string_view code, std::string_view place, std::uint64_t counted);
  void check_reference(std::string_view code, std::string_view place, const std::string& wanted);
  void check_duplicate();
  Party party(unsigned element);
  [[nodiscard]] std::optional<Severity> control_severity() const {
    return options_.strict ? std::optional(Severity::error) : std::nullopt;
  }

  Tokenizer tokens_;
  InterchangeHandler& handler_;
  ReadOptions options_;
  Interchange interchange_;
  Group group_;
  Message message_;
  edi::KeptSegment unb_, ung_;
  map::SyntaxSink* sink_ = nullptr;
  MessageEnd end_;
  InterchangeEnd totals_;
  std::uint32_t group_messages_ = 0;
  std::unordered_set<std::string> references_;
  bool una_ = false, in_interchange_ = false, in_group_ = false, in_message_ = false, implied_ = false;
  bool anything_ = false;
};

}  // namespace purser::edifact
