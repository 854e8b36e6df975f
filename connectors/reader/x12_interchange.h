// The state of reading interchanges. Internal to the reader: x12_reader.cc has what begins and stands inside,
// x12_control.cc what ends and is checked then.
#pragma once

#include <string>
#include <unordered_set>

#include "connectors/reader/x12_reader.h"
#include "connectors/reader/x12_tokenizer.h"

namespace purser::x12 {

class InterchangeReader {
 public:
  InterchangeReader(reader::ByteSource& source, InterchangeHandler& handler, const ReadOptions& options)
      : tokens_(source, handler, options.limits), handler_(handler), options_(options) {}
  Outcome run();

 private:
  Outcome segment();
  Outcome stray(std::string_view tag);
  Outcome begin_interchange();
  Outcome begin_group();
  Outcome begin_transaction();
  Outcome interchange_acknowledgement();
  Outcome transaction_segment();
  Outcome open_sink();
  Outcome end_transaction(bool complete);
  Outcome end_group(bool complete);
  Outcome end_interchange(bool complete);
  Outcome broken();
  Outcome stopped(Outcome outcome);
  void check_header();
  void check_group();
  void check_transaction();
  std::uint32_t check_count(std::string_view code, std::string_view place, std::uint64_t counted);
  void check_control(std::string_view code, std::string_view place, std::string_view wanted);
  void check_new(std::unordered_set<std::string>& known, const std::string& control, std::string_view place);
  void odd(std::string_view place, unsigned element, std::string expected);
  [[nodiscard]] std::optional<Severity> control_severity() const {
    return options_.strict ? std::optional(Severity::error) : std::nullopt;
  }

  Tokenizer tokens_;
  InterchangeHandler& handler_;
  ReadOptions options_;
  Interchange interchange_;
  Group group_;
  Transaction transaction_;
  edi::KeptSegment isa_, gs_;
  map::SyntaxSink* sink_ = nullptr;
  TransactionEnd end_;
  InterchangeEnd totals_;
  std::uint32_t group_transactions_ = 0;
  std::unordered_set<std::string> group_controls_, transaction_controls_;
  bool in_interchange_ = false, in_group_ = false, in_transaction_ = false, anything_ = false;
};

}  // namespace purser::x12
