// Between a text of the source and a typed value, both ways, by a row's conversion.
#pragma once

#include <string>
#include <string_view>

#include "canonical/map/arena.h"
#include "canonical/map/plan.h"

namespace purser::map {

/// Without blanks and line ends around it.
inline std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

/// What became of a text.
struct Converted {
  bool good = false;
  Scalar value;
  std::string_view code;      ///< finding code if not good
  std::string_view expected;  ///< what would have been right
  DateTime end;               ///< of a period
  bool has_time = false, has_end = false;
};

/// Texts of the value live in `arena` or in `text` itself. `format` is the text of the `by` leaf. [any]
Converted read_value(const Plan& plan, const Row& row, std::string_view text, std::string_view format,
                     Arena& arena);
/// A decimal in plain notation, with either mark where `either`; false for what read_value() has to look at.
bool read_decimal(std::string_view text, char mark, bool either, Decimal& into);
/// A canonical text (a default, a call's value) as the field's type.
Converted read_plain(const FieldDescriptor& field, std::string_view text);

/// What a value is in the syntax; false if the syntax cannot say it, with `expected` set. `time` and `end`
/// are the canonical values of `and` and `until`, or null. `format` receives what goes to the `by` leaf.
struct Written {
  bool good = true;
  std::string_view expected;
  bool other = false;  ///< the code for all keys without one of their own
};
Written write_value(const Plan& plan, const Row& row, const Scalar& value, const Scalar* time,
                    const Scalar* end, char mark, std::string& out, std::string& format);
/// Characters of the text, without sign and mark where the leaf holds a number.
std::size_t counted_length(const Row& row, std::string_view text);
/// Is the text short enough for the row's leaf, and one of its only values where there are some?
bool fits(const Row& row, std::string_view text);
/// May the row's leaf hold the text as it is?
bool fits(const Row& row, std::string_view text, char mark);
/// Does the text go into one occurrence of its leaf, uncut?
bool is_one_piece(const Conversion& conversion, std::string_view text);
/// The canonical text of a value, as JSON would carry it.
void append_plain(std::string& out, const Scalar& value);

}  // namespace purser::map
