#include "connectors/reader/x12_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "canonical/value/text.h"
#include "connectors/reader/charset.h"

namespace purser::x12 {
namespace {

// X12.6: the basic character set beside capital letters and digits, and what the extended one adds.
constexpr std::string_view basic_signs = "!\"&'()*+,-./:;?= ";
constexpr std::string_view extended_signs = "%@[]_{}\\|<>~^`#$";

bool allowed(Characters characters, unsigned char c) {
  const char sign = static_cast<char>(c);
  if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || basic_signs.contains(sign)) return true;
  if (characters == Characters::basic) return false;
  return (c >= 'a' && c <= 'z') || extended_signs.contains(sign);
}

}  // namespace

Writer::Writer(reader::ByteSink& out, reader::FindingHandler findings, const WriteOptions& options)
    : edi::SegmentWriter(out, {"X12-0031", "X12-0032"}), findings_(std::move(findings)), options_(options) {
  const Separators& s = options_.separators;
  use({s.element, s.component, s.repetition, 0, s.segment}, options_.line_breaks);
  for (unsigned c = 0x20; c < 0x7F; ++c) {
    plain_[c] =
        allowed(options_.characters, static_cast<unsigned char>(c)) && !is_delimiter(static_cast<char>(c));
  }
}

Writer::~Writer() = default;

void Writer::write_fixed(std::string_view text, std::size_t length) {
  buffer_ += delimiters_.element;
  const std::size_t before = buffer_.size();
  write_text(text.substr(0, length), Leaf{0, 1, 1, 0, 0, {}});
  buffer_.resize(before + length, ' ');
}

Outcome Writer::begin_interchange(const Interchange& interchange) {
  if (auto ended = end_interchange(); !ended) return ended;
  in_interchange_ = true;
  groups_ = 0;
  interchange_control_ = fmt::format("{:0>9}", interchange.control);
  tag_ = "ISA";
  buffer_ += "ISA";
  const std::string_view fixed[] = {interchange.authorization_qualifier,
                                    interchange.authorization,
                                    interchange.security_qualifier,
                                    interchange.security,
                                    interchange.sender.qualifier,
                                    interchange.sender.id,
                                    interchange.recipient.qualifier,
                                    interchange.recipient.id,
                                    interchange.date,
                                    interchange.time};
  for (std::size_t i = 0; i < std::size(fixed); ++i) write_fixed(fixed[i], isa_lengths[i]);
  const char e = delimiters_.element;
  buffer_ += e;
  buffer_ += delimiters_.repetition != 0 ? delimiters_.repetition : 'U';
  write_fixed(interchange.version, 5);
  write_fixed(interchange_control_, 9);
  buffer_ += e;
  buffer_ += interchange.acknowledgement ? '1' : '0';
  write_fixed(interchange.usage, 1);
  buffer_ += e;
  buffer_ += delimiters_.component;
  end_segment();
  return flush();
}

Outcome Writer::begin_group(const Group& group) {
  if (auto ended = end_group(); !ended) return ended;
  if (auto opened = open("GS", {}); !opened) return opened;
  add(1, 1, group.type);
  add(2, 1, group.sender.id);
  add(3, 1, group.recipient.id);
  add(4, 1, group.date);
  add(5, 1, group.time);
  add(6, 1, group.control);
  add(7, 1, group.agency);
  add(8, 1, group.version);
  if (auto done = close({}); !done) return done;
  in_group_ = true;
  ++groups_;
  transactions_ = 0;
  group_control_ = group.control;
  return write_segment();
}

Outcome Writer::begin_transaction(const Transaction& transaction) {
  if (auto ended = end_transaction(); !ended) return ended;
  if (auto opened = open("ST", {}); !opened) return opened;
  add(1, 1, transaction.type);
  add(2, 1, transaction.control);
  add(3, 1, transaction.convention);
  if (auto done = close({}); !done) return done;
  in_transaction_ = true;
  ++transactions_;
  segments_ = 0;
  transaction_control_ = transaction.control;
  return write_segment();
}

// Service segments are written by the begin_… and end_… calls alone.
Outcome Writer::write() {
  if (is_ordinary(tag_)) return write_segment();
  return tag_ == "BIN" || tag_ == "BDS" ? write_binary() : Outcome{};
}

bool Writer::is_ordinary(std::string_view tag) const {
  const char first = tag.empty() ? '\0' : tag[0];
  if (first != 'I' && first != 'G' && first != 'S' && first != 'B') return true;
  static constexpr std::string_view others[] = {"ISA", "GS", "ST", "SE", "GE", "IEA", "BIN", "BDS"};
  return std::ranges::find(others, tag) == std::end(others);
}

Outcome Writer::write_binary() {
  const bool filtered = tag_ == "BDS";
  std::string bytes;
  if (!decode_base64(value(filtered ? 3 : 2, 1), bytes)) {
    return std::unexpected(
        Status{StatusClass::invalid, "X12-0032", "the bytes of " + tag_ + " are not base64"});
  }
  ++segments_;
  const char e = delimiters_.element;
  buffer_ += tag_;
  if (filtered) buffer_.append(1, e).append(value(1, 1));
  buffer_.append(1, e).append(std::to_string(bytes.size())).append(1, e).append(bytes);
  end_segment();
  return flush();
}

// Written past the segment at hand, which may be the header that ends what came before.
Outcome Writer::trailer(std::string_view tag, std::uint64_t count, std::string_view control) {
  const char e = delimiters_.element;
  fmt::format_to(std::back_inserter(buffer_), "{}{}{}{}{}", tag, e, count, e, control);
  end_segment();
  return flush();
}

Outcome Writer::end_transaction() {
  if (!in_transaction_) return {};
  in_transaction_ = false;
  return trailer("SE", segments_ + 1, transaction_control_);
}

Outcome Writer::end_group() {
  if (auto ended = end_transaction(); !ended || !in_group_) return ended;
  in_group_ = false;
  return trailer("GE", transactions_, group_control_);
}

Outcome Writer::end_interchange() {
  if (auto ended = end_group(); !ended || !in_interchange_) return ended;
  in_interchange_ = false;
  return trailer("IEA", groups_, interchange_control_);
}

Outcome Writer::finish() {
  if (auto ended = end_interchange(); !ended) return ended;
  return flush(0);
}

std::size_t Writer::write_special(std::string_view text, const Leaf& leaf) {
  const auto c = static_cast<unsigned char>(text[0]);
  const std::size_t length = edi::character_length(text);
  if (c >= 0x80 && options_.characters == Characters::utf_8 &&
      reader::valid_utf8_prefix(text.substr(0, length)) == length) {
    buffer_.append(text.substr(0, length));
    return length;
  }
  // Line ends in a text are no loss: the format knows none.
  if (c == '\n' || c == '\r' || c == '\t') {
    if (buffer_.back() != ' ') buffer_ += ' ';
    return 1;
  }
  const bool capital = c >= 'a' && c <= 'z';
  buffer_ += capital ? static_cast<char>(c - 'a' + 'A') : ' ';
  Finding finding =
      make_finding("X12-0030", leaf.at, fmt::format("a value cannot hold \"{}\"", text.substr(0, length)));
  if (capital) finding.severity = Severity::info;
  finding.source = leaf.element == 0 ? tag_ : fmt::format("{}.{:02}", tag_, leaf.element);
  findings_(std::move(finding));
  return length;
}

}  // namespace purser::x12
