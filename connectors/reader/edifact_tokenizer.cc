#include "connectors/reader/edifact_tokenizer.h"

#include <fmt/format.h>

#include <algorithm>

namespace purser::edifact {
namespace {

constexpr edi::Codes codes = {"EDIFACT-0009", "EDIFACT-0008", "EDIFACT-0010", "EDIFACT-0011",
                              "EDIFACT-0012", true,           "EDIFACT-0025", "EDIFACT-0026"};

}  // namespace

Tokenizer::Tokenizer(reader::ByteSource& source, InterchangeHandler& handler, const Limits& limits)
    : edi::Tokenizer(
          source, [&handler](Finding finding) { handler.finding(std::move(finding)); }, limits, codes) {
  use(Separators{});
}

void Tokenizer::use(const Separators& separators) {
  separators_ = separators;
  edi::Tokenizer::use(edi::Delimiters{separators.element, separators.component, separators.repetition,
                                      separators.release, separators.segment});
}

std::expected<Tokenizer::Next, Status> Tokenizer::next() {
  if (comes_again()) return Next::segment;
  const auto there = begin();
  if (!there) return std::unexpected(there.error());
  if (!*there) return Next::end;
  if (ahead().front() == 'U') {
    const auto three = have(3);
    if (!three) return std::unexpected(three.error());
    if (*three && ahead().starts_with("UNA")) return read_una();
  }
  return read_segment();
}

// UNA is cut by place, not by separators: "UNA", six characters, no more.
std::expected<Tokenizer::Next, Status> Tokenizer::read_una() {
  begin_own(3);
  const auto nine = have(9);
  if (!nine) return std::unexpected(nine.error());
  if (!*nine) return std::unexpected(fail("EDIFACT-0004", at(), "the input ends inside UNA"));
  const std::string_view c = ahead().substr(3, 6);
  Separators found{c[0], c[1], c[2], c[3], c[4], c[5]};
  if (found.release == ' ') found.release = 0;
  if (found.repetition == ' ') found.repetition = 0;
  std::string used{found.component, found.element, found.segment};
  if (found.release != 0) used += found.release;
  if (found.repetition != 0) used += found.repetition;
  std::ranges::sort(used);
  const bool twice = std::ranges::adjacent_find(used) != used.end();
  const bool letter = std::ranges::any_of(
      used, [](unsigned char x) { return x >= 0x80 || std::isalnum(x) != 0 || x == ' '; });
  if (twice || letter) {
    return std::unexpected(fail("EDIFACT-0004", at(), fmt::format("UNA declares \"{}\"", c)));
  }
  use(found);
  end_at(9);
  return Next::service;
}

}  // namespace purser::edifact
