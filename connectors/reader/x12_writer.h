// Writes X12 interchanges: delimiters, fixed header, counts, control numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "connectors/reader/edi_writer.h"
#include "connectors/reader/x12_envelope.h"

namespace purser::x12 {

enum class Characters : std::uint8_t {
  basic,     ///< X12.6 3.3.1: capital letters, digits, few signs; small letters are made capital
  extended,  ///< 3.3.2: small letters and more signs, ASCII
  utf_8      ///< anything, by agreement between the partners
};

struct WriteOptions {
  Separators separators;
  Characters characters = Characters::extended;
  bool line_breaks = false;  ///< LF after each segment
};

/// A SyntaxSink that writes segments between begin_… calls. ISA, GS, ST as nodes are passed over but for the
/// elements of ST, since the writer knows their numbers; SE, GE and IEA are written with the true counts.
/// Leaves may come in any order; trailing empty elements are trimmed. X12 has no escape: a delimiter in a
/// value, or a character that the set does not hold, becomes a blank (X12-0030). The last element of BIN and
/// BDS is base64 and written as bytes. Errors: X12-0031 two values for one place, X12-0032 a leaf without a
/// place. [serial]
class Writer : public edi::SegmentWriter {
 public:
  Writer(reader::ByteSink& out, reader::FindingHandler findings, const WriteOptions& options = {});
  ~Writer() override;
  Outcome begin_interchange(const Interchange& interchange);
  Outcome begin_group(const Group& group);
  Outcome begin_transaction(const Transaction& transaction);
  Outcome end_transaction();
  Outcome end_group();
  Outcome end_interchange();
  /// Ends what is open and hands the rest to the sink.
  Outcome finish();

 private:
  Outcome write() override;
  [[nodiscard]] bool is_ordinary(std::string_view tag) const override;
  std::size_t write_special(std::string_view text, const Leaf& leaf) override;
  Outcome write_binary();
  Outcome trailer(std::string_view tag, std::uint64_t count, std::string_view control);
  void write_fixed(std::string_view text, std::size_t length);

  reader::FindingHandler findings_;
  WriteOptions options_;
  std::string interchange_control_, group_control_, transaction_control_;
  std::uint32_t groups_ = 0, transactions_ = 0;
  bool in_interchange_ = false, in_group_ = false, in_transaction_ = false;
};

}  // namespace purser::x12
