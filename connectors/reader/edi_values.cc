// The values of a segment on their way out of the tokenizer: decoded, with their places.
#include <fmt/format.h>

#include <algorithm>

#include "connectors/reader/edi_tokenizer.h"

namespace purser::edi {
namespace {

/// The set that is really meant where ISO 8859-1 was said: nobody sends its control characters 0x80 to 0x9F.
bool is_windows(std::string_view bytes) {
  return std::ranges::any_of(bytes, [](char c) { return (static_cast<unsigned char>(c) & 0xE0U) == 0x80U; });
}

}  // namespace

std::string_view Tokenizer::decoded_text(const Value& value) {
  decoded_.clear();
  decode(value);
  return decoded_;
}

// Appends the value in UTF-8.
void Tokenizer::decode(const Value& value) {
  const std::string_view bytes(window_.data() + start_ + value.begin, value.length);
  const auto source = [&] { return fmt::format("{}.{}.{}", tag(), value.element, value.component); };
  if (charset_ == reader::Charset::us_ascii) {
    const bool utf_8 = reader::valid_utf8_prefix(bytes) == bytes.size();
    if (!utf_8 || codes_.utf_8_is_told)
      report(codes_.not_ascii, at(value), source(), "a value has bytes that are not ASCII");
    const auto single = is_windows(bytes) ? reader::Charset::windows_1252 : reader::Charset::iso_8859_1;
    reader::decode(utf_8 ? reader::Charset::utf_8 : single, bytes, decoded_);
    return;
  }
  reader::Charset charset = charset_;
  const bool latin = charset == reader::Charset::iso_8859_1 && !codes_.windows.empty();
  if (latin && reader::valid_utf8_prefix(bytes) == bytes.size()) {  // "Ã¼" is no text that anybody sends
    charset = reader::Charset::utf_8;
    report(codes_.windows, at(value), source(), "a value has bytes of UTF-8");
  } else if (latin && is_windows(bytes)) {
    charset = reader::Charset::windows_1252;
    report(codes_.windows, at(value), source(), "a value has bytes from 0x80 to 0x9F");
  }
  const std::size_t bad = reader::decode(charset, bytes, decoded_);
  if (bad != std::string_view::npos) {
    report(codes_.not_in_charset, at(value), source(),
           fmt::format("the byte {} is not in {}", shown_byte(static_cast<unsigned char>(bytes[bad])),
                       reader::charset_name(charset)));
  }
}

std::string Tokenizer::text(unsigned wanted_element, unsigned wanted_component) {
  for (const Value& value : values()) {
    if (value.element == wanted_element && value.component == wanted_component)
      return std::string(text(value));
  }
  return {};
}

// All values of the segment in UTF-8, one behind the other; where they stood is left in given_.
std::string_view Tokenizer::decode_values() {
  decoded_.clear();
  std::vector<std::size_t>& ends = decoded_ends_;
  ends.clear();
  for (const Value& value : values_) {
    if (value.high)
      decode(value);
    else
      decoded_.append(window_.data() + start_ + value.begin, value.length);
    ends.push_back(decoded_.size());
  }
  const std::string_view all = decoded_;
  for (std::size_t i = 0, begin = 0; i < ends.size(); begin = ends[i++])
    given_[i].text = all.substr(begin, ends[i] - begin);
  return all;
}

Outcome Tokenizer::give(map::SyntaxSink& sink) {
  if (known_ != nullptr)
    return sink.segment(
        {tag(), known_->values, {window_.data() + start_, behind_ - start_}, known_at_, known_->arrangement});
  const Position at = this->at();
  const char* bytes = window_.data() + start_;
  const bool one_line = window_.on_one_line(start_, behind_);
  bool decoded = false;
  given_.resize(values_.size());
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const Value& value = values_[i];
    map::SegmentValue& given = given_[i];
    // Part by part: what is made apart and copied waits for its parts to reach memory.
    given.where.name = {};
    given.where.element = value.element;
    given.where.component = value.component;
    given.where.repetition = value.repetition;
    given.text = {bytes + value.begin, value.length};
    if (one_line) {
      given.at.offset = at.offset + value.place;
      given.at.line = at.line;
      given.at.column = at.column + value.place;
      given.at.segment = at.segment;
      given.at.element = value.element;
      given.at.component = value.component;
      given.at.table = given.at.row = 0;
    } else {
      given.at = this->at(value);
    }
    decoded = decoded || value.high;
  }
  const std::string_view together = decoded ? decode_values() : std::string_view(bytes, behind_ - start_);
  return sink.segment({tag(), given_, together, at});
}

KeptSegment Tokenizer::keep() {
  KeptSegment kept{std::string(tag()), at(), {}};
  for (const Value& value : values()) {
    const Position where = at(value);
    kept.values.push_back(
        {{{}, value.element, value.component, value.repetition}, std::string(text(value)), where});
  }
  return kept;
}

Outcome KeptSegment::give(map::SyntaxSink& sink) const {
  if (auto done = sink.open(tag, at); !done) return done;
  for (const KeptValue& value : values) {
    if (auto done = sink.leaf(value.where, value.text, value.at); !done) return done;
  }
  return sink.close(at);
}

}  // namespace purser::edi
