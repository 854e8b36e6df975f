// EDIFACT's own of cutting segments: UNA. Internal to the reader.
#pragma once

#include "connectors/reader/edi_tokenizer.h"
#include "connectors/reader/edifact_reader.h"

namespace purser::edifact {

using edi::Value;

/// [serial]
class Tokenizer : public edi::Tokenizer {
 public:
  Tokenizer(reader::ByteSource& source, InterchangeHandler& handler, const Limits& limits);
  /// The next segment; `service` if UNA was read (separators() are in force then).
  std::expected<Next, Status> next();

  using edi::Tokenizer::use;
  void use(const Separators& separators);
  [[nodiscard]] const Separators& separators() const { return separators_; }

 private:
  std::expected<Next, Status> read_una();

  Separators separators_;
};

}  // namespace purser::edifact
