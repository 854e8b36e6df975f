// Writes EDIFACT interchanges: separators, counts, references, character set.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "connectors/reader/edi_writer.h"
#include "connectors/reader/edifact_envelope.h"

namespace purser::edifact {

struct WriteOptions {
  Separators separators;
  bool una = true;           ///< write the UNA segment
  bool line_breaks = false;  ///< LF after each segment
};

/// A SyntaxSink that writes segments. Service segments may come as nodes (open("UNB") …), as begin_… calls,
/// or mixed. UNT, UNE and UNZ are written by the writer with the true counts and references, whether their
/// nodes come or not: an open message ends before the next UNH, an open interchange in finish(). Leaves of a
/// segment may come in any order; trailing empty components and elements are trimmed. A character that the
/// interchange's set cannot hold is a finding EDIFACT-0030 and written as '?' (released) or a blank. Errors:
/// EDIFACT-0031 two values for one place, EDIFACT-0032 a leaf outside a segment or without a number. Not
/// thread safe.
class Writer : public edi::SegmentWriter {
 public:
  Writer(reader::ByteSink& out, reader::FindingHandler findings, const WriteOptions& options = {});
  ~Writer() override;
  Outcome begin_interchange(const Interchange& interchange);
  Outcome begin_message(const Message& message);
  Outcome end_message();
  Outcome end_interchange();
  /// Ends what is open and hands the rest to the sink.
  Outcome finish();

 private:
  Outcome write() override;
  [[nodiscard]] bool is_ordinary(std::string_view tag) const override {
    return !tag.starts_with("UN") || tag == "UNS";
  }
  std::size_t write_special(std::string_view text, const Leaf& leaf) override;
  Outcome open_interchange();
  Outcome open_group();
  Outcome open_message();
  Outcome end_group();
  Outcome trailer(std::string_view tag, std::uint64_t count, std::string_view reference);
  void use_syntax(std::string_view identifier);
  void add_party(std::uint16_t element, const Party& party);

  reader::FindingHandler findings_;
  WriteOptions options_;
  std::string syntax_ = "UNOC";
  reader::Charset charset_ = reader::Charset::iso_8859_1;
  std::string interchange_reference_, group_reference_, message_reference_;
  std::string encoded_;
  std::uint32_t messages_ = 0;  ///< of the open group or interchange
  std::uint32_t groups_ = 0;
  bool in_interchange_ = false, in_group_ = false, in_message_ = false;
};

}  // namespace purser::edifact
