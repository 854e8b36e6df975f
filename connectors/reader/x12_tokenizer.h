// X12's own of cutting segments: ISA, which says the delimiters by its fixed form, and binary segments.
// Internal to the reader.
#pragma once

#include <optional>
#include <string>

#include "connectors/reader/edi_tokenizer.h"
#include "connectors/reader/x12_reader.h"

namespace purser::x12 {

using edi::Value;

/// [serial]
class Tokenizer : public edi::Tokenizer {
 public:
  Tokenizer(reader::ByteSource& source, InterchangeHandler& handler, const Limits& limits);
  /// The next segment; ISA has been understood when it is given.
  std::expected<Next, Status> next();
  [[nodiscard]] const Separators& separators() const { return separators_; }
  /// The bytes of BIN or BDS in base64; empty for another segment.
  [[nodiscard]] const std::string& binary() const { return binary_; }
  /// Hands the segment at hand to a sink.
  Outcome give(map::SyntaxSink& sink);

 private:
  /// Where the 16th element of an ISA stands and what follows it.
  struct Header {
    edi::Delimiters delimiters;
    std::string odd;  ///< what is not as the standard says; empty if all is
  };
  std::expected<Next, Status> read_header();
  std::expected<bool, Status> find_elements(std::size_t (&starts)[17]);
  std::expected<Header, Status> understand(const std::size_t (&starts)[17]);
  std::expected<std::optional<Next>, Status> read_binary();
  std::optional<std::size_t> binary_begin(std::size_t& length) const;
  Next no_binary(std::string message);

  Limits limits_;
  Separators separators_;
  edi::Delimiters delimiters_;
  std::string binary_;
  std::uint16_t binary_element_ = 0;
};

}  // namespace purser::x12
