#include "connectors/reader/xml_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "connectors/reader/xml_parser.h"
#include "connectors/reader/xml_text.h"

namespace purser::xml {

Status Parser::fail(std::string_view code, std::size_t index, std::string message, std::string expected) {
  Position at = window_.place(std::min(index, window_.size()));
  at.segment = stack_.empty() ? elements_ : stack_.back().at.segment;
  Finding finding = make_finding(code, at, message);
  finding.severity = Severity::fatal;
  finding.expected = std::move(expected);
  if (!stack_.empty()) finding.source = open_name();
  findings_(std::move(finding));
  return Status{StatusClass::invalid, std::string(code), std::move(message)};
}

// The input stopped where it must not: because of bad bytes, or because it is too short.
Status Parser::broken_off() {
  const std::size_t end = window_.size();
  if (window_.fault() == reader::Window::Fault::encoding) {
    return fail("XML-0002", end, "a byte sequence is not valid in the document's encoding");
  }
  if (window_.fault() == reader::Window::Fault::character) {
    return fail("XML-0005", end, "a character is not allowed in XML");
  }
  if (!rooted_) return fail("XML-0001", end, "the input ends before a root element");
  if (stack_.empty()) return fail("XML-0025", end, "the input ends inside a section after the root element");
  return fail("XML-0025", end,
              fmt::format("the input ends inside <{}>, opened in line {}, column {}", open_name(),
                          stack_.back().at.line, stack_.back().at.column));
}

/// The document is whole, and what ends the view is no character.
bool Parser::only_waste_follows() const {
  return rooted_ && stack_.empty() && window_.fault() == reader::Window::Fault::character;
}

Parser::More Parser::refill(std::size_t keep) {
  watch_.stop();
  const bool turned = window_.turned();
  const auto more = window_.more(keep);
  at_ -= std::min(at_, keep);
  if (window_.turned() && !turned) note_turn();
  return more;
}

void Parser::note_turn() {
  findings_(make_finding("XML-0004", window_.turned_place(),
                         "the document says UTF-8, the bytes from here on show windows-1252"));
}

Parser::More Parser::need(std::size_t bytes) {
  while (window_.size() - at_ < bytes) {
    const auto more = refill(at_);
    if (!more || !*more) return more;
  }
  return true;
}

Outcome Parser::begin() {
  if (auto prepared = window_.prepare(); !prepared) return prepared;
  const std::string_view first = window_.head();
  const std::size_t blanks = std::min(first.find_first_not_of(" \t\r\n"), first.size());
  const bool late = blanks > 0 && first.substr(blanks).starts_with("<?xml");
  const Encoding encoding = find_encoding(first.substr(late ? blanks : 0), options_.charset);
  const std::string declared(encoding.declared.substr(0, Finding::max_value_shown));
  if (encoding.doubtful) window_.doubt_utf_8();
  if (auto started = window_.start(reader::Window::Check::text, encoding.charset, encoding.skip); !started)
    return started;
  if (encoding.problem == "XML-0003") {
    return std::unexpected(fail("XML-0003", 0, fmt::format("the encoding \"{}\" is not known", declared)));
  }
  if (!encoding.problem.empty()) {
    findings_(make_finding(encoding.problem, window_.place(0),
                           fmt::format("the declaration says \"{}\", the bytes show {}", declared,
                                       reader::charset_name(encoding.charset))));
  }
  if (window_.turned()) note_turn();
  if (late) {
    findings_(make_finding("XML-0031", window_.place(0), fmt::format("{} blanks stand before it", blanks)));
    at_ = blanks;
  }
  const auto there = need(6);
  if (!there) return std::unexpected(there.error());
  if (*there && part(0, 5) == "<?xml" && is_space(part(5, 6)[0])) return skip_to("?>", false);
  return {};
}

Outcome Parser::run() {
  if (auto begun = begin(); !begun) return begun;
  for (;;) {
    const More more = run_of_text();
    if (!more) return std::unexpected(more.error());
    if (!*more) return end();
    const char next = window_.data()[at_ + 1];
    Outcome done;
    if (next == '/') {
      done = end_tag();
    } else if (next == '!' || next == '?') {
      done = markup();
    } else {
      done = start_tag();
    }
    if (!done) return done;
  }
}

Outcome Parser::end() {
  if (only_waste_follows()) {
    findings_(make_finding("XML-0032", window_.place(window_.size()),
                           "a character that XML does not allow follows the root element"));
    return {};
  }
  if (window_.fault() != reader::Window::Fault::none || !rooted_ || !stack_.empty())
    return std::unexpected(broken_off());
  return {};
}

// Reads on with the text from `from` kept, for find_markup() came to the end of the window. False: the
// document ended, and ended well.
Parser::More Parser::more_text(std::size_t from, std::size_t scan) {
  if (window_.size() - from > options_.limits.max_text + reader::Window::usual_capacity) {
    return std::unexpected(
        fail("XML-0030", from, fmt::format("a text is longer than {} bytes", options_.limits.max_text)));
  }
  const bool tag = scan < window_.size() && window_.data()[scan] == '<';
  const auto more = refill(from);
  if (!more || *more) return more;
  const std::size_t end = window_.size();
  at_ = end;
  const bool faulty = window_.fault() != reader::Window::Fault::none && !only_waste_follows();
  if (tag || !stack_.empty() || faulty) return std::unexpected(broken_off());
  if (auto flushed = flush_text(0, end); !flushed) return std::unexpected(flushed.error());
  return false;
}

// Reads up to the next '<', which is then at at_ with two bytes behind it. False at the end of the input.
Parser::More Parser::run_of_text() {
  std::size_t from = at_;
  std::size_t scan = at_;
  bool decode = false;
  for (;;) {
    scan = static_cast<std::size_t>(find_markup(window_.data() + scan) - window_.data());
    if (scan + 3 > window_.size()) {
      scan = std::min(scan, window_.size());
      const More more = more_text(from, scan);
      if (!more || !*more) return more;
      scan -= from;
      from = 0;
      continue;
    }
    const char* found = window_.data() + scan;
    if (*found == '<') break;
    if (*found != ']') {
      decode = true;
    } else if (found[1] == ']' && found[2] == '>' && !stack_.empty()) {
      return std::unexpected(fail("XML-0026", scan, "a text contains \"]]>\"", "]]&gt;"));
    }
    ++scan;
  }
  at_ = scan;
  std::size_t to = scan;
  const char next = window_.data()[scan + 1];
  const bool whole = next != '!' && next != '?';
  const bool blank = std::all_of(window_.data() + from, window_.data() + to, is_space);
  if (blank && whole && text_.empty() && !text_counts_) return true;
  if (decode) {
    watch_.stop();
    text_counts_ = text_counts_ || std::string_view(window_.data() + from, to - from).contains('&');
    const Decoded decoded = decode_in_place(window_.data() + from, to - from, false);
    if (!decoded.error_code.empty()) {
      return std::unexpected(fail(decoded.error_code, from + decoded.error_at, "a reference is not valid"));
    }
    to = from + decoded.length;
  }
  const Outcome done = whole ? flush_text(from, to) : keep_text(from, to);
  if (!done) return std::unexpected(done.error());
  return true;
}

Outcome Parser::keep_text(std::size_t from, std::size_t to) {
  if (from == to) return {};
  if (text_.empty()) text_at_ = window_.place(from);
  if (text_.size() + (to - from) > options_.limits.max_text) {
    return std::unexpected(
        fail("XML-0030", from, fmt::format("a text is longer than {} bytes", options_.limits.max_text)));
  }
  text_.append(window_.data() + from, to - from);
  return {};
}

// Gives the text that ends here, unless it is only white space.
Outcome Parser::flush_text(std::size_t from, std::size_t to) {
  std::string_view text(window_.data() + from, to - from);
  const bool pieces = !text_.empty();
  if (pieces) {
    if (auto kept = keep_text(from, to); !kept) return kept;
    text = text_;
  }
  const bool counts = std::exchange(text_counts_, false) || !std::ranges::all_of(text, is_space);
  if (!counts || text.empty()) {
    text_.clear();
    return {};
  }
  if (stack_.empty()) {
    return std::unexpected(
        fail(rooted_ ? "XML-0024" : "XML-0001", from, "there is text outside the root element"));
  }
  if (text.size() > options_.limits.max_text) {
    return std::unexpected(
        fail("XML-0030", from, fmt::format("a text is longer than {} bytes", options_.limits.max_text)));
  }
  document_text_ += text.size();
  if (document_text_ > options_.limits.max_document_text) {
    return std::unexpected(
        fail("XML-0030", from,
             fmt::format("all texts are longer than {} bytes", options_.limits.max_document_text)));
  }
  Position at = pieces ? text_at_ : window_.place(from);
  at.segment = stack_.back().at.segment;
  if (watch_.on()) watch_.leaf(from, to, at.segment);
  const Outcome done = sink_.leaf({}, text, at);
  text_.clear();
  return done;
}

Outcome Parser::markup() {
  watch_.stop();
  const auto whole = need(9);
  if (!whole) return std::unexpected(whole.error());
  const std::string_view head = part(0, std::min<std::size_t>(9, window_.size() - at_));
  if (head.starts_with("<!--")) return comment();
  if (head.starts_with("<?")) return instruction();
  if (head.starts_with("<![CDATA[") && !stack_.empty()) return cdata();
  if (head.starts_with("<!DOCTYPE")) return doctype();
  if (!*whole) return std::unexpected(broken_off());
  return std::unexpected(fail("XML-0020", at_, "\"<!\" begins nothing that may stand here"));
}

// Moves at_ behind the mark. What is passed goes to the text, if it is to be kept.
Outcome Parser::skip_to(std::string_view mark, bool keep) {
  for (;;) {
    const std::string_view rest(window_.data() + at_, window_.size() - at_);
    const std::size_t found = rest.find(mark);
    const bool whole = found != std::string_view::npos;
    const std::size_t passed = whole ? found : rest.size() - std::min(rest.size(), mark.size() - 1);
    if (keep) {
      if (auto kept = keep_text(at_, at_ + passed); !kept) return kept;
    }
    at_ += passed + (whole ? mark.size() : 0);
    if (whole) return {};
    const auto more = refill(at_);
    if (!more) return std::unexpected(more.error());
    if (!*more) return std::unexpected(broken_off());
  }
}

Outcome Parser::comment() {
  at_ += 4;
  if (auto skipped = skip_to("--", false); !skipped) return skipped;
  const auto there = need(1);
  if (!there) return std::unexpected(there.error());
  if (!*there) return std::unexpected(broken_off());
  if (window_.data()[at_] != '>')
    return std::unexpected(fail("XML-0026", at_ - 2, "a comment contains \"--\"", "-->"));
  ++at_;
  return {};
}

Outcome Parser::instruction() {
  const std::string_view head = part(2, std::min<std::size_t>(6, window_.size() - at_));
  if (head.size() > 0 && (class_of(head[0]) & name_start) == 0) {
    return std::unexpected(fail("XML-0026", at_, "a processing instruction has no name"));
  }
  const bool reserved = head.size() == 4 && (head[0] | 0x20) == 'x' && (head[1] | 0x20) == 'm' &&
                        (head[2] | 0x20) == 'l' && (class_of(head[3]) & name_char) == 0;
  if (reserved) {
    return std::unexpected(
        fail("XML-0026", at_, "an XML declaration stands elsewhere than at the very beginning"));
  }
  at_ += 2;
  return skip_to("?>", false);
}

Outcome Parser::cdata() {
  at_ += 9;
  text_counts_ = true;
  const std::size_t before = text_.size();
  if (auto skipped = skip_to("]]>", true); !skipped) return skipped;
  if (std::string_view(text_).substr(before).contains('\r')) {
    // Only line ends change: there are no references in a CDATA section.
    std::size_t out = before;
    for (std::size_t i = before; i < text_.size(); ++i) {
      if (text_[i] == '\r' && i + 1 < text_.size() && text_[i + 1] == '\n') continue;
      text_[out++] = text_[i] == '\r' ? '\n' : text_[i];
    }
    text_.resize(out);
  }
  return {};
}

// Passed over up to its '>', quoted identifiers respected; nothing of it is ever loaded.
Outcome Parser::doctype() {
  if (!options_.skip_doctype) return std::unexpected(fail("XML-0010", at_, "the document has a DOCTYPE"));
  if (rooted_ || doctype_seen_)
    return std::unexpected(fail("XML-0020", at_, "a DOCTYPE stands where none may stand"));
  doctype_seen_ = true;
  at_ += 9;
  char quote = 0;
  bool subset = false;
  for (;;) {
    const auto there = need(1);
    if (!there) return std::unexpected(there.error());
    if (!*there) return std::unexpected(broken_off());
    const char c = window_.data()[at_];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (options_.skip_subset && (c == '[' || c == ']')) {
      subset = c == '[';
    } else if (subset) {
      // declarations: nothing of them is understood
    } else if (c == '[') {
      return std::unexpected(fail("XML-0011", at_, "the DOCTYPE has an internal subset"));
    } else if (c == '>') {
      ++at_;
      return {};
    }
    ++at_;
  }
}

Outcome read(reader::ByteSource& source, map::SyntaxSink& sink, const reader::FindingHandler& findings,
             const ReadOptions& options) {
  return Parser(source, sink, findings, options).run();
}

namespace {

// Stops at the first element.
class RootSink : public map::SyntaxSink {
 public:
  Outcome open(std::string_view name, const Position&) override {
    Root found;
    if (name.starts_with('{')) {
      const std::size_t end = name.find('}');
      found.uri = name.substr(1, end - 1);
      name.remove_prefix(end + 1);
    }
    found.local = name;
    root = std::move(found);
    return std::unexpected(Status{StatusClass::invalid, {}, "enough"});
  }
  Outcome leaf(const map::LeafAddress&, std::string_view, const Position&) override { return {}; }
  Outcome close(const Position&) override { return {}; }

  std::optional<Root> root;
};

}  // namespace

std::optional<Root> peek(std::string_view head) {
  reader::MemorySource source(head);
  RootSink sink;
  ReadOptions options;
  options.skip_doctype = options.skip_subset = true;
  // How it ends does not matter: the head is cut anywhere.
  static_cast<void>(read(
      source, sink, [](const Finding&) {}, options));
  return sink.root;
}

}  // namespace purser::xml
