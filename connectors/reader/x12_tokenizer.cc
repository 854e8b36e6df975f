#include "connectors/reader/x12_tokenizer.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "canonical/value/text.h"

namespace purser::x12 {
namespace {

constexpr edi::Codes codes = {"X12-0008", "X12-0009", "X12-0010", {}, "X12-0012", false, "X12-0029"};
constexpr std::size_t max_header = 1024;  ///< bytes to look for ISA's elements in; the standard's are 106

bool is_line_break(char c) { return c == '\r' || c == '\n'; }

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// Nothing that a value needs.
bool is_delimiter(char c) { return c != 0 && c != ' ' && !is_alphanumeric(c); }

std::string without_line_breaks(std::string_view text) {
  std::string clean(text);
  std::erase_if(clean, is_line_break);
  return clean;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t end = text.find_last_not_of(' ');
  return text.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

}  // namespace

Tokenizer::Tokenizer(reader::ByteSource& source, InterchangeHandler& handler, const Limits& limits)
    : edi::Tokenizer(
          source, [&handler](Finding finding) { handler.finding(std::move(finding)); }, limits, codes),
      limits_(limits) {
  use(reader::Charset::us_ascii);
}

std::expected<Tokenizer::Next, Status> Tokenizer::next() {
  binary_.clear();
  // ISA changes the separators, so that it is never known; what begins with B may have to be read by its
  // length.
  if (comes_again('B')) return Next::segment;
  const auto there = begin();
  if (!there) return std::unexpected(there.error());
  if (!*there) return Next::end;
  const char first = ahead().front();
  if (first != 'I' && first != 'B') return read_segment();
  const auto four = have(4);
  if (!four) return std::unexpected(four.error());
  if (!*four) return read_segment();
  const std::string_view head = ahead().substr(0, 4);
  if (head.starts_with("ISA") && is_delimiter(head[3])) return read_header();
  if ((head.starts_with("BIN") || head.starts_with("BDS")) && head[3] == separators_.element) {
    const auto binary = read_binary();
    if (!binary) return std::unexpected(binary.error());
    if (*binary) return **binary;
  }
  return read_segment();
}

/// Where ISA01 to ISA16 begin, [16] being the byte behind the separator before ISA16; false if they do not.
std::expected<bool, Status> Tokenizer::find_elements(std::size_t (&starts)[17]) {
  const char separator = ahead()[3];
  std::size_t found = 0;
  for (std::size_t at = 3; at < max_header; ++at) {
    const auto there = have(at + 1);
    if (!there) return std::unexpected(there.error());
    if (!*there) return false;
    if (ahead()[at] != separator) continue;
    starts[found++] = at + 1;
    if (found == 16) return true;
  }
  return false;
}

std::expected<Tokenizer::Header, Status> Tokenizer::understand(const std::size_t (&starts)[17]) {
  Header header;
  edi::Delimiters& use = header.delimiters;
  use.element = ahead()[3];
  for (std::size_t i = 0; i + 1 < 16; ++i) {
    const std::string value = without_line_breaks(ahead().substr(starts[i], starts[i + 1] - starts[i] - 1));
    if (value.size() != isa_lengths[i] && header.odd.empty()) {
      header.odd = fmt::format("ISA{:02} has {} bytes", i + 1, value.size());
    }
    if (i == 10 && value.size() == 1 && is_delimiter(value[0])) use.repetition = value[0];
    if (i == 11 && !has_repetitions(trimmed(value))) use.repetition = 0;
  }
  // ISA16, the terminator and what else may belong to it: a carriage return, the rest of a UTF-8 character.
  std::size_t at = starts[15];
  const auto there = have(at + 8);
  if (!there) return std::unexpected(there.error());
  const std::string_view rest = ahead().substr(std::min(at, ahead().size()));
  if (rest.empty()) return header;
  std::size_t ending = 1;
  if (is_line_break(rest[0])) {
    ending = 0;  // ISA16 is missing
  } else {
    use.component = rest[0];
  }
  if (ending >= rest.size()) return header;
  use.segment = rest[ending];
  if (use.segment == '\r' && ending + 1 < rest.size() && rest[ending + 1] == '\n') use.segment = '\n';
  const auto lead = static_cast<unsigned char>(use.segment);
  const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0;
  const std::string_view character = rest.substr(ending, more + 1);
  if (more != 0 && reader::valid_utf8_prefix(character) == more + 1) use.segment_rest = character.substr(1);
  return header;
}

// ISA is understood by its form: the fourth byte separates, one byte stands in ISA16, the next ends the
// segment.
std::expected<Tokenizer::Next, Status> Tokenizer::read_header() {
  std::size_t starts[17] = {};
  const auto found = find_elements(starts);
  if (!found) return std::unexpected(found.error());
  if (!*found) return std::unexpected(fail("X12-0002", at(), "ISA has not its 16 elements"));
  const auto header = understand(starts);
  if (!header) return std::unexpected(header.error());
  edi::Delimiters wanted = header->delimiters;
  if (!is_delimiter(wanted.segment)) {
    return std::unexpected(fail("X12-0003", at(), "no segment terminator follows ISA16"));
  }
  if (wanted.segment == wanted.element) {
    return std::unexpected(fail("X12-0003", at(), "one character separates elements and ends segments"));
  }
  edi::Delimiters bare = wanted;
  bare.component = bare.repetition = 0;
  edi::Tokenizer::use(bare);
  const auto read = read_segment();
  if (!read || *read != Next::segment) return read;
  if (!header->odd.empty()) {
    report("X12-0004", at(), "ISA", header->odd,
           "elements of fixed length, 106 bytes from ISA to the terminator");
  }
  const auto clashes = [&](char c) { return c == wanted.element || c == wanted.segment; };
  if (!is_delimiter(wanted.component) || clashes(wanted.component)) {
    report("X12-0005", at(), "ISA.16", "ISA16 has no character that can separate components",
           "such as > or :");
    wanted.component = 0;
  }
  if (clashes(wanted.repetition) || wanted.repetition == wanted.component) wanted.repetition = 0;
  separators_ = {wanted.element, wanted.component, wanted.repetition, wanted.segment};
  edi::Tokenizer::use(wanted);
  return Next::segment;
}

/// Where the bytes of BIN*length*bytes and BDS*filter*length*bytes begin; nothing if no length says how many.
std::optional<std::size_t> Tokenizer::binary_begin(std::size_t& length) const {
  constexpr std::size_t longest_head = 64;  // identifier, filter and a length of 15 digits
  const std::string_view head = ahead().substr(0, longest_head);
  std::size_t at = 4;
  if (head[1] == 'D') at = head.find(separators_.element, at) + 1;  // npos + 1 is 0
  const std::size_t end = at < 4 ? std::string_view::npos : head.find(separators_.element, at);
  if (end == std::string_view::npos) return std::nullopt;
  const auto [stop, error] = std::from_chars(head.data() + at, head.data() + end, length);
  if (error != std::errc{} || stop != head.data() + end) return std::nullopt;
  return end + 1;
}

Tokenizer::Next Tokenizer::no_binary(std::string message) {
  report("X12-0025", at(), std::string(ahead().substr(0, 3)), std::move(message),
         "the number of bytes before the terminator");
  return Next::segment;
}

std::expected<std::optional<Tokenizer::Next>, Status> Tokenizer::read_binary() {
  constexpr std::size_t longest_head = 64;
  if (const auto there = have(longest_head); !there) return std::unexpected(there.error());
  std::size_t length = 0;
  const auto begin = binary_begin(length);
  if (!begin) {
    no_binary("the length of the bytes is no number");
    return std::nullopt;
  }
  if (length > limits_.max_binary) {
    return std::unexpected(
        fail("X12-0012", at(), fmt::format("a binary segment is longer than {} bytes", limits_.max_binary)));
  }
  const auto whole = have(*begin + length + 1);
  if (!whole) return std::unexpected(whole.error());
  if (!*whole || ahead()[*begin + length] != separators_.segment) {
    no_binary(fmt::format("{} bytes end elsewhere than the segment", length));
    return std::nullopt;
  }
  begin_own(3);
  const std::string_view head = ahead().substr(0, *begin);
  std::uint16_t place_of_bytes = 1;
  for (std::size_t at = 4; at < head.size(); ++place_of_bytes) {
    const std::size_t end = head.find(separators_.element, at);
    const auto size = static_cast<std::uint32_t>(end - at);
    const auto place = static_cast<std::uint32_t>(at);
    if (size != 0) add({place, size, place, place_of_bytes, 1, 1, true});
    at = end + 1;
  }
  append_base64(binary_, ahead().substr(*begin, length));
  binary_element_ = place_of_bytes;
  const auto place = static_cast<std::uint32_t>(*begin);
  if (length != 0) add({place, static_cast<std::uint32_t>(length), place, place_of_bytes, 1, 1, true});
  end_at(*begin + length + 1);
  return Next::segment;
}

Outcome Tokenizer::give(map::SyntaxSink& sink) {
  if (binary_.empty()) return edi::Tokenizer::give(sink);
  const Position at = this->at();
  if (auto done = sink.open(tag(), at); !done) return done;
  for (const Value& value : values()) {
    const map::LeafAddress address{{}, value.element, 1, 1};
    const std::string_view text =
        value.element == binary_element_ ? std::string_view(binary_) : this->text(value);
    if (auto done = sink.leaf(address, text, this->at(value)); !done) return done;
  }
  return sink.close(at);
}

}  // namespace purser::x12
