#include "connectors/reader/x12_reader.h"

#include <fmt/format.h>

#include "connectors/reader/x12_interchange.h"

namespace purser::x12 {
namespace {

/// Two or three capital letters or digits, the first one a letter (X12.6, 3.5).
bool is_identifier(std::string_view tag) {
  if (tag.size() < 2 || tag.size() > 3 || tag[0] < 'A' || tag[0] > 'Z') return false;
  for (const char c : tag) {
    if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9')) return false;
  }
  return true;
}

/// Without the blanks behind it, which some pages have made no-break spaces of.
std::string unpadded(std::string value) {
  constexpr std::string_view no_break = "\xC2\xA0";
  for (;;) {
    if (value.ends_with(no_break))
      value.resize(value.size() - no_break.size());
    else if (value.ends_with(' '))
      value.pop_back();
    else
      return value;
  }
}

/// Other segments of X12.5 between ISA and IEA: optional services, security, deferred delivery.
bool is_service(std::string_view tag) {
  return tag == "ISB" || tag == "ISE" || tag == "TA3" || tag == "S1S" || tag == "S1E" || tag == "S2S" ||
         tag == "S2E" || tag == "S3S" || tag == "S3E" || tag == "S4S" || tag == "S4E" || tag == "SVA" ||
         tag == "ICM";
}

}  // namespace

Outcome InterchangeReader::run() {
  if (auto started = tokens_.start(); !started) return started;
  for (;;) {
    const auto next = tokens_.next();
    if (!next) {
      // What was begun is ended first: the handler has seen everything before the place of the error.
      const Status why = next.error();
      if (auto ended = end_interchange(false); !ended) return ended;
      return std::unexpected(why);
    }
    if (*next == Tokenizer::Next::broken) return broken();
    if (*next == Tokenizer::Next::end) {
      if (anything_) return end_interchange(false);
      return std::unexpected(tokens_.fail("X12-0001", tokens_.at(), "the input is empty"));
    }
    if (auto done = segment(); !done) return done;
  }
}

Outcome InterchangeReader::segment() {
  const std::string_view tag = tokens_.tag();
  if (!anything_ && tag != "ISA") {
    return std::unexpected(tokens_.fail("X12-0001", tokens_.at(), "the input does not begin with ISA"));
  }
  anything_ = true;
  if (tag.starts_with('S')) {
    if (tag == "ST") return begin_transaction();
    if (tag == "SE" && in_transaction_) return end_transaction(true);
  } else if (tag.starts_with('G')) {
    if (tag == "GS") return begin_group();
    if (tag == "GE") return end_group(true);
  } else if (tag.starts_with('I')) {
    if (tag == "ISA") return begin_interchange();
    if (tag == "IEA") return end_interchange(true);
  }
  if (!is_identifier(tag)) {
    tokens_.report("X12-0007", tokens_.at(), {},
                   fmt::format("\"{}\" is no segment identifier", tag.substr(0, Finding::max_value_shown)),
                   "two or three capital letters or digits");
    if (in_transaction_) ++end_.segments;
    return {};
  }
  if (in_transaction_) return transaction_segment();
  return stray(tag);
}

Outcome InterchangeReader::stray(std::string_view tag) {
  if (tag == "TA1" && in_interchange_ && !in_group_) return interchange_acknowledgement();
  const bool service = in_interchange_ && is_service(tag);
  tokens_.report(service ? "X12-0033" : "X12-0023", tokens_.at(), std::string(tag),
                 fmt::format("{} stands outside a transaction set", tag));
  return {};
}

Outcome InterchangeReader::begin_interchange() {
  if (auto ended = end_interchange(false); !ended) return ended;
  const auto text = [&](unsigned element) { return unpadded(tokens_.text(element)); };
  interchange_ = Interchange{};
  interchange_.at = tokens_.at();
  interchange_.separators = tokens_.separators();
  interchange_.authorization_qualifier = text(1);
  interchange_.authorization = text(2);
  interchange_.security_qualifier = text(3);
  interchange_.security = text(4);
  interchange_.sender = {text(6), text(5)};
  interchange_.recipient = {text(8), text(7)};
  interchange_.date = text(9);
  interchange_.time = text(10);
  interchange_.version = text(12);
  interchange_.control = text(13);
  interchange_.acknowledgement = text(14) == "1";
  interchange_.usage = text(15);
  isa_ = tokens_.keep();
  for (auto& value : isa_.values) value.text = unpadded(std::move(value.text));
  std::erase_if(isa_.values, [](const auto& value) { return value.text.empty(); });
  in_interchange_ = true;
  totals_ = {};
  group_controls_.clear();
  // What is wrong with a header is told once the handler knows whose it is.
  if (auto begun = handler_.begin_interchange(interchange_); !begun) return begun;
  check_header();
  return {};
}

Outcome InterchangeReader::begin_group() {
  if (auto ended = end_group(false); !ended) return ended;
  if (!in_interchange_) return stray("GS");
  group_ = Group{};
  group_.at = tokens_.at();
  group_.type = tokens_.text(1);
  group_.sender.id = tokens_.text(2);
  group_.recipient.id = tokens_.text(3);
  group_.date = tokens_.text(4);
  group_.time = tokens_.text(5);
  group_.control = tokens_.text(6);
  group_.agency = tokens_.text(7);
  group_.version = tokens_.text(8);
  group_.number = ++totals_.groups;
  gs_ = tokens_.keep();
  in_group_ = true;
  group_transactions_ = 0;
  transaction_controls_.clear();
  if (auto begun = handler_.begin_group(interchange_, group_); !begun) return begun;
  check_group();
  check_new(group_controls_, group_.control, "GS.06");
  return {};
}

Outcome InterchangeReader::begin_transaction() {
  if (auto ended = end_transaction(false); !ended) return ended;
  if (!in_interchange_) return stray("ST");
  if (totals_.transactions >= options_.limits.max_transactions) {
    return std::unexpected(
        tokens_.fail("X12-0012", tokens_.at(),
                     fmt::format("more than {} transaction sets", options_.limits.max_transactions)));
  }
  transaction_ = Transaction{};
  transaction_.at = tokens_.at();
  transaction_.type = tokens_.text(1);
  transaction_.control = tokens_.text(2);
  transaction_.convention = tokens_.text(3);
  ++group_transactions_;
  if (auto opened = open_sink(); !opened) return opened;
  check_transaction();
  return {};
}

void InterchangeReader::check_transaction() {
  if (transaction_.type.empty()) {
    tokens_.report("X12-0024", tokens_.at(), "ST.01", "ST names no transaction set");
  }
  const std::string_view home = group_of(transaction_.type);
  if (!in_group_) {
    tokens_.report("X12-0026", tokens_.at(), "ST", "a transaction set stands outside a functional group");
  } else if (!home.empty() && home != group_.type) {
    tokens_.report("X12-0027", tokens_.at(), "GS.01",
                   fmt::format("{} stands in a functional group \"{}\"", transaction_.type, group_.type),
                   std::string(home));
  }
  check_new(transaction_controls_, transaction_.control, "ST.02");
}

Outcome InterchangeReader::open_sink() {
  transaction_.number = ++totals_.transactions;
  in_transaction_ = true;
  end_ = TransactionEnd{};
  end_.segments = 1;
  const auto sink = handler_.begin_transaction(interchange_, in_group_ ? &group_ : nullptr, transaction_);
  if (!sink) return std::unexpected(sink.error());
  sink_ = *sink;
  if (sink_ == nullptr) return {};
  if (auto done = stopped(isa_.give(*sink_)); !done || sink_ == nullptr) return done;
  if (in_group_) {
    if (auto done = stopped(gs_.give(*sink_)); !done || sink_ == nullptr) return done;
  }
  return stopped(tokens_.give(*sink_));
}

// TA1 stands by itself, so that it is a transaction set of one segment.
Outcome InterchangeReader::interchange_acknowledgement() {
  transaction_ = Transaction{};
  transaction_.at = tokens_.at();
  transaction_.type = "TA1";
  if (auto opened = open_sink(); !opened) return opened;
  --totals_.transactions;  // IEA01 and GE01 do not count it
  in_transaction_ = false;
  end_.complete = true;
  sink_ = nullptr;
  return handler_.end_transaction(transaction_, end_);
}

// What a refusal of the sink means: an invalid document ends alone, anything else ends the reading.
Outcome InterchangeReader::stopped(Outcome outcome) {
  if (outcome || outcome.error().what != StatusClass::invalid) return outcome;
  end_.stopped = outcome.error();
  sink_ = nullptr;
  return {};
}

Outcome InterchangeReader::transaction_segment() {
  if (++end_.segments > options_.limits.max_transaction_segments) {
    return std::unexpected(tokens_.fail("X12-0012", tokens_.at(),
                                        fmt::format("a transaction set has more than {} segments",
                                                    options_.limits.max_transaction_segments)));
  }
  if (sink_ == nullptr) return {};
  Outcome done = tokens_.give(*sink_);
  return done ? done : stopped(std::move(done));
}

Outcome read(reader::ByteSource& source, InterchangeHandler& handler, const ReadOptions& options) {
  return InterchangeReader(source, handler, options).run();
}

}  // namespace purser::x12
