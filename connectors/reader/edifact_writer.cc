#include "connectors/reader/edifact_writer.h"

#include <fmt/format.h>

#include <utility>

namespace purser::edifact {
Writer::Writer(reader::ByteSink& out, reader::FindingHandler findings, const WriteOptions& options)
    : edi::SegmentWriter(out, {"EDIFACT-0031", "EDIFACT-0032"}),
      findings_(std::move(findings)),
      options_(options) {
  const Separators& s = options_.separators;
  use({s.element, s.component, s.repetition, s.release, s.segment}, options_.line_breaks);
  use_syntax(syntax_);
}

Writer::~Writer() = default;

// Marks what a value may hold as it is; everything else is escaped, encoded or replaced.
void Writer::use_syntax(std::string_view identifier) {
  syntax_ = identifier;
  charset_ = charset_of(identifier).value_or(reader::Charset::iso_8859_1);
  plain_.fill(false);
  for (unsigned c = 0x20; c < 0x7F; ++c) plain_[c] = allowed_by(syntax_, static_cast<unsigned char>(c));
  const Separators& s = options_.separators;
  for (const char c : {s.component, s.element, s.release, s.repetition, s.segment}) {
    if (c != 0) plain_[static_cast<unsigned char>(c)] = false;
  }
}

Outcome Writer::write() {
  if (is_ordinary(tag_)) return write_segment();
  if (tag_ == "UNA") return {};
  if (tag_ == "UNB") return open_interchange();
  if (tag_ == "UNG") return open_group();
  if (tag_ == "UNH") return open_message();
  if (tag_ == "UNT") return end_message();
  if (tag_ == "UNE") return end_group();
  if (tag_ == "UNZ") return end_interchange();
  return write_segment();
}

Outcome Writer::open_interchange() {
  if (auto ended = end_interchange(); !ended) return ended;
  in_interchange_ = true;
  messages_ = groups_ = 0;
  interchange_reference_ = value(5, 1);
  if (const std::string_view level = value(1, 1); !level.empty()) use_syntax(std::string(level));
  if (options_.una) {
    const Separators& s = options_.separators;
    const auto or_blank = [](char c) { return c == 0 ? ' ' : c; };
    buffer_.append("UNA").append(
        {s.component, s.element, s.decimal, or_blank(s.release), or_blank(s.repetition), s.segment});
    if (options_.line_breaks) buffer_ += '\n';
  }
  return write_segment();
}

Outcome Writer::open_group() {
  if (auto ended = end_group(); !ended) return ended;
  in_group_ = true;
  ++groups_;
  messages_ = 0;
  group_reference_ = value(5, 1);
  return write_segment();
}

Outcome Writer::open_message() {
  if (auto ended = end_message(); !ended) return ended;
  in_message_ = true;
  ++messages_;
  segments_ = 0;
  message_reference_ = value(1, 1);
  return write_segment();
}

// Written past the segment at hand, which may be the header that ends what came before.
Outcome Writer::trailer(std::string_view tag, std::uint64_t count, std::string_view reference) {
  const Separators& s = options_.separators;
  fmt::format_to(std::back_inserter(buffer_), "{}{}{}{}", tag, s.element, count, s.element);
  write_text(reference, Leaf{2, 1, 1, 0, 0, {}});
  end_segment();
  return flush();
}

Outcome Writer::end_message() {
  if (!in_message_) return {};
  in_message_ = false;
  return trailer("UNT", segments_ + 1, message_reference_);
}

Outcome Writer::end_group() {
  if (auto ended = end_message(); !ended || !in_group_) return ended;
  in_group_ = false;
  return trailer("UNE", messages_, group_reference_);
}

Outcome Writer::end_interchange() {
  if (auto ended = end_group(); !ended || !in_interchange_) return ended;
  in_interchange_ = false;
  return trailer("UNZ", groups_ != 0 ? groups_ : messages_, interchange_reference_);
}

void Writer::add_party(std::uint16_t element, const Party& party) {
  add(element, 1, party.id);
  add(element, 2, party.qualifier);
  add(element, 3, party.internal);
  add(element, 4, party.sub_internal);
}

Outcome Writer::begin_interchange(const Interchange& interchange) {
  if (auto opened = open("UNB", {}); !opened) return opened;
  add(1, 1, interchange.syntax);
  add(1, 2, fmt::format("{}", interchange.version));
  add_party(2, interchange.sender);
  add_party(3, interchange.recipient);
  add(4, 1, interchange.date);
  add(4, 2, interchange.time);
  add(5, 1, interchange.reference);
  add(6, 1, interchange.password);
  add(6, 2, interchange.password_qualifier);
  add(7, 1, interchange.application);
  add(8, 1, interchange.priority);
  add(9, 1, interchange.acknowledgement);
  add(10, 1, interchange.agreement);
  add(11, 1, interchange.test);
  return close({});
}

Outcome Writer::begin_message(const Message& message) {
  if (auto opened = open("UNH", {}); !opened) return opened;
  add(1, 1, message.reference);
  add(2, 1, message.type);
  add(2, 2, message.version);
  add(2, 3, message.release);
  add(2, 4, message.agency);
  add(2, 5, message.association);
  add(3, 1, message.access);
  return close({});
}

// Writes one character that is not plain; returns its length in the text.
std::size_t Writer::write_special(std::string_view text, const Leaf& leaf) {
  const auto c = static_cast<unsigned char>(text[0]);
  const std::size_t length = edi::character_length(text);
  if (is_delimiter(text[0]) && options_.separators.release != 0 && allowed_by(syntax_, c)) {
    buffer_ += options_.separators.release;
    buffer_ += text[0];
    return 1;
  }
  if (c >= 0x80 && reader::valid_utf8_prefix(text.substr(0, length)) == length) {
    encoded_.clear();
    if (reader::encode(charset_, text.substr(0, length), encoded_) == std::string_view::npos) {
      buffer_.append(encoded_);
      return length;
    }
  }
  // Line ends in a text are no loss: the format knows none.
  if (c == '\n' || c == '\r' || c == '\t') {
    if (buffer_.back() != ' ' || c == '\t') buffer_ += ' ';
    return 1;
  }
  const bool capital = c >= 'a' && c <= 'z' && allowed_by(syntax_, static_cast<unsigned char>(c - 'a' + 'A'));
  buffer_ += capital ? static_cast<char>(c - 'a' + 'A') : ' ';
  Finding finding = make_finding("EDIFACT-0030", leaf.at,
                                 fmt::format("{} cannot hold \"{}\"", syntax_, text.substr(0, length)));
  if (capital) finding.severity = Severity::info;
  finding.source = fmt::format("{}.{}.{}", tag_, leaf.element, leaf.component);
  findings_(std::move(finding));
  return length;
}

Outcome Writer::finish() {
  if (auto ended = end_interchange(); !ended) return ended;
  return flush(0);
}

}  // namespace purser::edifact
