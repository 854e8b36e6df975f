#include "connectors/reader/edifact_reader.h"

#include <fmt/format.h>

#include "connectors/reader/edifact_interchange.h"

namespace purser::edifact {
namespace {

// References of one interchange that are compared for duplicates; later ones are not, so that memory stays
// bounded.
constexpr std::size_t max_remembered_references = 500'000;

bool is_tag(std::string_view tag) {
  if (tag.size() != 3) return false;
  for (const char c : tag) {
    if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9')) return false;
  }
  return true;
}

}  // namespace

Outcome InterchangeReader::run() {
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
      case Tokenizer::Next::service: {
        if (auto ended = end_of_input(); !ended) return ended;
        una_ = anything_ = true;
        break;
      }
      case Tokenizer::Next::segment:
        if (auto done = segment(); !done) return done;
    }
  }
}

Outcome InterchangeReader::segment() {
  const std::string_view tag = tokens_.tag();
  if (!anything_ && tag != "UNB" && tag != "UNH" && tag != "UNG" && tag != "UIB") {
    return std::unexpected(
        tokens_.fail("EDIFACT-0001", tokens_.at(), "the input does not begin with UNA or UNB"));
  }
  anything_ = true;
  if (tag.starts_with('U')) {
    if (tag == "UNB") return begin_interchange();
    if (tag == "UNG") return begin_group();
    if (tag == "UNH") return begin_message();
    if (tag == "UNZ") return end_interchange(true);
    if (tag == "UNE") return end_group(true);
    if (tag == "UNT" && in_message_) return end_message(true);
    if (tag == "UIB" || tag == "UIH" || tag == "UNO") {
      tokens_.report("EDIFACT-0006", tokens_.at(), std::string(tag),
                     fmt::format("{} begins a part that is not read", tag));
      return {};
    }
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

Party InterchangeReader::party(unsigned element) {
  return {tokens_.text(element, 1), tokens_.text(element, 2), tokens_.text(element, 3),
          tokens_.text(element, 4)};
}

Outcome InterchangeReader::begin_interchange() {
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
  unb_ = tokens_.keep();
  tokens_.use(separators);
  una_ = false;
  in_interchange_ = true;
  implied_ = false;
  totals_ = {};
  references_.clear();
  return handler_.begin_interchange(interchange_);
}

Outcome InterchangeReader::imply_interchange() {
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

Outcome InterchangeReader::begin_group() {
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
  ung_ = tokens_.keep();
  in_group_ = true;
  group_messages_ = 0;
  ++totals_.groups;
  return {};
}

void InterchangeReader::check_duplicate() {
  if (references_.size() >= max_remembered_references) return;
  if (references_.insert(message_.reference).second) return;
  tokens_.report("EDIFACT-0019", tokens_.at(), "UNH.0062",
                 fmt::format("the message reference \"{}\" was used before", message_.reference));
}

Outcome InterchangeReader::begin_message() {
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

Outcome InterchangeReader::give_header(map::SyntaxSink& sink) {
  if (!unb_.tag.empty()) {
    if (auto done = unb_.give(sink); !done) return done;
  }
  if (in_group_) {
    if (auto done = ung_.give(sink); !done) return done;
  }
  return tokens_.give(sink);
}

// What a refusal of the message's sink means: an invalid document ends alone, anything else ends the reading.
Outcome InterchangeReader::stopped(Outcome outcome) {
  if (outcome || outcome.error().what != StatusClass::invalid) return outcome;
  end_.stopped = outcome.error();
  sink_ = nullptr;
  return {};
}

Outcome InterchangeReader::message_segment() {
  if (++end_.segments > options_.limits.max_message_segments) {
    return std::unexpected(tokens_.fail(
        "EDIFACT-0012", tokens_.at(),
        fmt::format("a message has more than {} segments", options_.limits.max_message_segments)));
  }
  if (sink_ == nullptr) return {};
  Outcome done = tokens_.give(*sink_);
  return done ? done : stopped(std::move(done));
}

Outcome read(reader::ByteSource& source, InterchangeHandler& handler, const ReadOptions& options) {
  return InterchangeReader(source, handler, options).run();
}

}  // namespace purser::edifact
