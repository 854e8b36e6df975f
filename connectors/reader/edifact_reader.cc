#include "connectors/reader/edifact_reader.h"

#include <fmt/format.h>

#include <charconv>
#include <unordered_set>

#include "connectors/reader/edifact_tokenizer.h"

namespace purser::edifact {
namespace {

// References of one interchange that are compared for duplicates; later ones are not, so that memory stays
// bounded.
constexpr std::size_t max_remembered_references = 500'000;

// A service segment that is given to every message of its interchange or group.
struct KeptSegment {
  struct KeptValue {
    map::LeafAddress where;
    std::string text;
    Position at;
  };
  std::string tag;
  Position at;
  std::vector<KeptValue> values;
};

bool is_tag(std::string_view tag) {
  if (tag.size() != 3) return false;
  for (const char c : tag) {
    if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9')) return false;
  }
  return true;
}

class Reader {
 public:
  Reader(reader::ByteSource& source, InterchangeHandler& handler, const ReadOptions& options)
      : tokens_(source, handler, options.limits), handler_(handler), options_(options) {}
  Outcome run();

 private:
  Outcome segment();
  Outcome begin_interchange();
  Outcome imply_interchange();
  Outcome begin_group();
  Outcome begin_message();
  Outcome message_segment();
  Outcome end_message(bool complete);
  Outcome end_group(bool complete);
  Outcome end_interchange(bool complete);
  Outcome end_of_input();
  Outcome broken();
  Outcome give(map::SyntaxSink& sink, const KeptSegment& kept);
  Outcome give_current(map::SyntaxSink& sink);
  Outcome give_header(map::SyntaxSink& sink);
  Outcome stopped(Outcome outcome);
  KeptSegment keep();
  void check_count(std::string_view code, std::string_view place, std::uint64_t counted);
  void check_reference(std::string_view code, std::string_view place, const std::string& wanted);
  void check_duplicate();
  Party party(unsigned element);
  [[nodiscard]] std::optional<Severity> control_severity() const {
    return options_.strict ? std::optional(Severity::error) : std::nullopt;
  }

  Tokenizer tokens_;
  InterchangeHandler& handler_;
  ReadOptions options_;
  Interchange interchange_;
  Group group_;
  Message message_;
  KeptSegment unb_, ung_;
  map::SyntaxSink* sink_ = nullptr;
  MessageEnd end_;
  InterchangeEnd totals_;
  std::uint32_t group_messages_ = 0;
  std::unordered_set<std::string> references_;
  bool una_ = false, in_interchange_ = false, in_group_ = false, in_message_ = false, implied_ = false;
  bool anything_ = false;
};

Outcome Reader::run() {
  if (auto started = tokens_.start(); !started) return started;
  for (;;) {
    const auto next = tokens_.next();
    if (!next) {
      // What was begun is ended first: the handler has seen everything before the place of the error.
      const Status why = next.error();
      if (auto ended = end_of_input(); !ended) return ended;
      return std::unexpected(why);
    }
    switch (*next) {
      case Tokenizer::Next::end: {
        if (anything_) return end_of_input();
        return std::unexpected(tokens_.fail("EDIFACT-0001", tokens_.at(), "the input is empty"));
      }
      case Tokenizer::Next::broken:
        return broken();
      case Tokenizer::Next::una: {
        if (auto ended = end_of_input(); !ended) return ended;
        una_ = anything_ = true;
        break;
      }
      case Tokenizer::Next::segment:
        if (auto done = segment(); !done) return done;
    }
  }
}

Outcome Reader::segment() {
  const std::string_view tag = tokens_.tag();
  if (!anything_ && tag != "UNB" && tag != "UNH" && tag != "UNG" && tag != "UIB") {
    return std::unexpected(
        tokens_.fail("EDIFACT-0001", tokens_.at(), "the input does not begin with UNA or UNB"));
  }
  anything_ = true;
  if (tag.starts_with("UN")) {
    if (tag == "UNB") return begin_interchange();
    if (tag == "UNG") return begin_group();
    if (tag == "UNH") return begin_message();
    if (tag == "UNZ") return end_interchange(true);
    if (tag == "UNE") return end_group(true);
    if (tag == "UNT" && in_message_) return end_message(true);
  }
  if (tag == "UIB" || tag == "UIH" || tag == "UNO") {
    tokens_.report("EDIFACT-0006", tokens_.at(), std::string(tag),
                   fmt::format("{} begins a part that is not read", tag));
    return {};
  }
  if (!is_tag(tag)) {
    tokens_.report("EDIFACT-0005", tokens_.at(), {},
                   fmt::format("\"{}\" is no segment tag", tag.substr(0, Finding::max_value_shown)),
                   "three capital letters or digits");
    if (in_message_) ++end_.segments;
    return {};
  }
  if (!in_message_) {
    tokens_.report("EDIFACT-0023", tokens_.at(), std::string(tag),
                   fmt::format("{} stands outside a message", tag));
    return {};
  }
  return message_segment();
}

Party Reader::party(unsigned element) {
  return {tokens_.text(element, 1), tokens_.text(element, 2), tokens_.text(element, 3),
          tokens_.text(element, 4)};
}

Outcome Reader::begin_interchange() {
  if (auto ended = end_of_input(); !ended) return ended;
  if (!una_) tokens_.use(Separators{});
  interchange_ = Interchange{};
  interchange_.has_una = una_;
  interchange_.at = tokens_.at();
  interchange_.syntax = tokens_.text(1, 1);
  const std::string version = tokens_.text(1, 2);
  interchange_.version = version.size() == 1 && version[0] >= '1' && version[0] <= '4'
                             ? static_cast<unsigned>(version[0] - '0')
                             : 0;
  const auto charset = charset_of(interchange_.syntax);
  if (!charset) {
    tokens_.report("EDIFACT-0007", tokens_.at(), "UNB.S001.0001",
                   fmt::format("the syntax identifier is \"{}\"", interchange_.syntax),
                   "UNOA to UNOL, UNOW, UNOX, UNOY");
  }
  tokens_.use(charset.value_or(reader::Charset::iso_8859_1));
  Separators separators = tokens_.separators();
  // From syntax 4 on the asterisk repeats by default; UNA has the last word.
  if (interchange_.version >= 4 && !una_) separators.repetition = '*';
  interchange_.separators = separators;
  interchange_.sender = party(2);
  interchange_.recipient = party(3);
  interchange_.date = tokens_.text(4, 1);
  interchange_.time = tokens_.text(4, 2);
  interchange_.reference = tokens_.text(5);
  interchange_.password = tokens_.text(6, 1);
  interchange_.password_qualifier = tokens_.text(6, 2);
  interchange_.application = tokens_.text(7);
  interchange_.priority = tokens_.text(8);
  interchange_.acknowledgement = tokens_.text(9);
  interchange_.agreement = tokens_.text(10);
  interchange_.test = tokens_.text(11);
  unb_ = keep();
  tokens_.use(separators);
  una_ = false;
  in_interchange_ = true;
  implied_ = false;
  totals_ = {};
  references_.clear();
  return handler_.begin_interchange(interchange_);
}

Outcome Reader::imply_interchange() {
  tokens_.report("EDIFACT-0002", tokens_.at(), "UNB",
                 fmt::format("{} stands without an interchange header", tokens_.tag()));
  interchange_ = Interchange{};
  interchange_.separators = tokens_.separators();
  interchange_.has_una = una_;
  interchange_.at = tokens_.at();
  unb_ = {};
  una_ = false;
  in_interchange_ = implied_ = true;
  totals_ = {};
  references_.clear();
  return handler_.begin_interchange(interchange_);
}

Outcome Reader::begin_group() {
  if (auto ended = end_message(false); !ended) return ended;
  if (auto ended = end_group(false); !ended) return ended;
  if (!in_interchange_) {
    if (auto begun = imply_interchange(); !begun) return begun;
  }
  group_ = Group{};
  group_.at = tokens_.at();
  group_.type = tokens_.text(1);
  group_.sender = party(2);
  group_.recipient = party(3);
  group_.date = tokens_.text(4, 1);
  group_.time = tokens_.text(4, 2);
  group_.reference = tokens_.text(5);
  group_.agency = tokens_.text(6);
  group_.version = tokens_.text(7, 1);
  group_.release = tokens_.text(7, 2);
  group_.association = tokens_.text(7, 3);
  ung_ = keep();
  in_group_ = true;
  group_messages_ = 0;
  ++totals_.groups;
  return {};
}

void Reader::check_duplicate() {
  if (references_.size() >= max_remembered_references) return;
  if (references_.insert(message_.reference).second) return;
  tokens_.report("EDIFACT-0019", tokens_.at(), "UNH.0062",
                 fmt::format("the message reference \"{}\" was used before", message_.reference));
}

Outcome Reader::begin_message() {
  if (auto ended = end_message(false); !ended) return ended;
  if (!in_interchange_) {
    if (auto begun = imply_interchange(); !begun) return begun;
  }
  if (totals_.messages >= options_.limits.max_messages) {
    return std::unexpected(tokens_.fail("EDIFACT-0012", tokens_.at(),
                                        fmt::format("more than {} messages", options_.limits.max_messages)));
  }
  message_ = Message{};
  message_.at = tokens_.at();
  message_.reference = tokens_.text(1);
  message_.type = tokens_.text(2, 1);
  message_.version = tokens_.text(2, 2);
  message_.release = tokens_.text(2, 3);
  message_.agency = tokens_.text(2, 4);
  message_.association = tokens_.text(2, 5);
  message_.access = tokens_.text(3);
  message_.number = ++totals_.messages;
  ++group_messages_;
  in_message_ = true;
  end_ = MessageEnd{};
  end_.segments = 1;
  if (message_.type.empty()) {
    tokens_.report("EDIFACT-0024", tokens_.at(), "UNH.S009.0065", "the message header names no message type");
  }
  check_duplicate();
  const auto sink = handler_.begin_message(interchange_, in_group_ ? &group_ : nullptr, message_);
  if (!sink) return std::unexpected(sink.error());
  sink_ = *sink;
  if (sink_ == nullptr) return {};
  return stopped(give_header(*sink_));
}

Outcome Reader::give_header(map::SyntaxSink& sink) {
  if (!unb_.tag.empty()) {
    if (auto done = give(sink, unb_); !done) return done;
  }
  if (in_group_) {
    if (auto done = give(sink, ung_); !done) return done;
  }
  return give_current(sink);
}

// What a refusal of the message's sink means: an invalid document ends alone, anything else ends the reading.
Outcome Reader::stopped(Outcome outcome) {
  if (outcome || outcome.error().what != StatusClass::invalid) return outcome;
  end_.stopped = outcome.error();
  sink_ = nullptr;
  return {};
}

Outcome Reader::message_segment() {
  if (++end_.segments > options_.limits.max_message_segments) {
    return std::unexpected(tokens_.fail(
        "EDIFACT-0012", tokens_.at(),
        fmt::format("a message has more than {} segments", options_.limits.max_message_segments)));
  }
  return sink_ == nullptr ? Outcome{} : stopped(give_current(*sink_));
}

Outcome Reader::give_current(map::SyntaxSink& sink) {
  const Position at = tokens_.at();
  if (auto done = sink.open(tokens_.tag(), at); !done) return done;
  for (const Value& value : tokens_.values()) {
    const Position where = tokens_.at(value);
    const map::LeafAddress address{{}, value.element, value.component, value.repetition};
    if (auto done = sink.leaf(address, tokens_.text(value), where); !done) return done;
  }
  return sink.close(at);
}

KeptSegment Reader::keep() {
  KeptSegment kept{std::string(tokens_.tag()), tokens_.at(), {}};
  for (const Value& value : tokens_.values()) {
    const Position where = tokens_.at(value);
    kept.values.push_back(
        {{{}, value.element, value.component, value.repetition}, std::string(tokens_.text(value)), where});
  }
  return kept;
}

Outcome Reader::give(map::SyntaxSink& sink, const KeptSegment& kept) {
  if (auto done = sink.open(kept.tag, kept.at); !done) return done;
  for (const auto& value : kept.values) {
    if (auto done = sink.leaf(value.where, value.text, value.at); !done) return done;
  }
  return sink.close(kept.at);
}

void Reader::check_count(std::string_view code, std::string_view place, std::uint64_t counted) {
  const std::string text = tokens_.text(1);
  std::uint64_t said = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), said);
  if (error == std::errc{} && end == text.data() + text.size() && said == counted) return;
  tokens_.report(code, tokens_.place_of(1), std::string(place), fmt::format("the count is \"{}\"", text),
                 fmt::format("{}", counted), control_severity());
}

void Reader::check_reference(std::string_view code, std::string_view place, const std::string& wanted) {
  const std::string text = tokens_.text(2);
  if (text == wanted) return;
  tokens_.report(code, tokens_.place_of(2), std::string(place), fmt::format("the reference is \"{}\"", text),
                 fmt::format("\"{}\"", wanted), control_severity());
}

Outcome Reader::end_message(bool complete) {
  if (!in_message_) return {};
  in_message_ = false;
  end_.complete = complete;
  if (complete) {
    ++end_.segments;
    check_count("EDIFACT-0013", "UNT.0074", end_.segments);
    check_reference("EDIFACT-0014", "UNT.0062", message_.reference);
    if (sink_ != nullptr) {
      if (auto done = stopped(give_current(*sink_)); !done) return done;
    }
  } else {
    tokens_.report(
        "EDIFACT-0020", tokens_.at(), "UNT",
        fmt::format("the message \"{}\" of line {} has no trailer", message_.reference, message_.at.line));
  }
  sink_ = nullptr;
  return handler_.end_message(message_, end_);
}

Outcome Reader::end_group(bool complete) {
  if (auto ended = end_message(false); !ended) return ended;
  if (!in_group_) {
    if (complete) tokens_.report("EDIFACT-0023", tokens_.at(), "UNE", "a group trailer without a group");
    return {};
  }
  in_group_ = false;
  if (complete) {
    check_count("EDIFACT-0017", "UNE.0060", group_messages_);
    check_reference("EDIFACT-0018", "UNE.0048", group_.reference);
  } else {
    tokens_.report("EDIFACT-0022", tokens_.at(), "UNE",
                   fmt::format("the group \"{}\" has no trailer", group_.reference));
  }
  return {};
}

Outcome Reader::end_interchange(bool complete) {
  if (auto ended = end_group(false); !ended) return ended;
  if (!in_interchange_) {
    if (complete)
      tokens_.report("EDIFACT-0023", tokens_.at(), "UNZ", "an interchange trailer without an interchange");
    return {};
  }
  in_interchange_ = false;
  totals_.complete = complete;
  if (complete) {
    check_count("EDIFACT-0015", "UNZ.0036", totals_.groups != 0 ? totals_.groups : totals_.messages);
    if (!implied_) check_reference("EDIFACT-0016", "UNZ.0020", interchange_.reference);
  } else if (!implied_) {
    tokens_.report("EDIFACT-0021", tokens_.at(), "UNZ",
                   fmt::format("the interchange \"{}\" has no trailer", interchange_.reference));
  }
  return handler_.end_interchange(interchange_, totals_);
}

Outcome Reader::end_of_input() { return end_interchange(false); }

Outcome Reader::broken() {
  const Position at = tokens_.at();
  // The last terminator alone is missing: nothing else can follow UNZ.
  if (in_interchange_ && tokens_.tag() == "UNZ" && !tokens_.text(2).empty()) {
    tokens_.report("EDIFACT-0003", at, "UNZ", "the last segment has no terminator", {}, Severity::warning);
    return end_interchange(true);
  }
  if (!anything_ && tokens_.tag() != "UNB" && tokens_.tag() != "UNH" && tokens_.tag() != "UNG") {
    return std::unexpected(tokens_.fail("EDIFACT-0001", at, "the input does not begin with UNA or UNB"));
  }
  const Status why = tokens_.fail(
      "EDIFACT-0003", at, fmt::format("the input ends inside the segment {}", tokens_.tag().substr(0, 3)));
  if (auto ended = end_of_input(); !ended) return ended;
  return std::unexpected(why);
}

// Remembers the first headers and stops there.
class PeekHandler : public InterchangeHandler {
 public:
  Outcome begin_interchange(const Interchange& interchange) override {
    if (!peek) peek = Peek{interchange, {}};
    return {};
  }
  std::expected<map::SyntaxSink*, Status> begin_message(const Interchange&, const Group*,
                                                        const Message& message) override {
    if (peek) peek->message = message;
    return std::unexpected(Status{StatusClass::invalid, {}, "enough"});
  }
  Outcome end_message(const Message&, const MessageEnd&) override { return {}; }
  Outcome end_interchange(const Interchange&, const InterchangeEnd&) override {
    return std::unexpected(Status{StatusClass::invalid, {}, "enough"});
  }
  void finding(Finding) override {}

  std::optional<Peek> peek;
};

}  // namespace

Outcome read(reader::ByteSource& source, InterchangeHandler& handler, const ReadOptions& options) {
  return Reader(source, handler, options).run();
}

std::optional<Peek> peek(std::string_view head) {
  reader::MemorySource source(head);
  PeekHandler handler;
  // How it ends does not matter: the head is cut anywhere.
  static_cast<void>(read(source, handler, {}));
  return handler.peek;
}

}  // namespace purser::edifact
