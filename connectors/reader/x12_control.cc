#include <fmt/format.h>

#include <charconv>

#include "connectors/reader/x12_interchange.h"

namespace purser::x12 {
namespace {

// Control numbers of one interchange that are compared for duplicates; later ones are not, so that memory
// stays bounded.
constexpr std::size_t max_remembered_controls = 500'000;

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool digits(std::string_view text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// YYMMDD or CCYYMMDD: month and day in their bounds.
bool is_date(std::string_view text, std::size_t size) {
  if (!digits(text, size, size)) return false;
  const auto month = *number(text.substr(size - 4, 2)), day = *number(text.substr(size - 2));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/// HHMM with seconds and fractions, where they stand.
bool is_time(std::string_view text, std::size_t most) {
  if (!digits(text, 4, most)) return false;
  const bool seconds = text.size() < 6 || *number(text.substr(4, 2)) < 60;
  return *number(text.substr(0, 2)) < 24 && *number(text.substr(2, 2)) < 60 && seconds;
}

/// Leading zeros do not count: "000005" and "5" are one control number.
bool same_control(std::string_view a, std::string_view b) {
  const auto x = number(a), y = number(b);
  return x && y ? *x == *y : a == b;
}

}  // namespace

void InterchangeReader::odd(std::string_view place, unsigned element, std::string expected) {
  tokens_.report("X12-0028", tokens_.place_of(element), std::string(place),
                 fmt::format("{} is \"{}\"", place, tokens_.text(element)), std::move(expected));
}

void InterchangeReader::check_header() {
  if (interchange_.sender.id.empty()) odd("ISA.06", 6, "the sender");
  if (interchange_.recipient.id.empty()) odd("ISA.08", 8, "the recipient");
  if (!is_date(interchange_.date, 6)) odd("ISA.09", 9, "a date, YYMMDD");
  if (!is_time(interchange_.time, 4)) odd("ISA.10", 10, "a time, HHMM");
  if (!digits(interchange_.version, 5, 5)) odd("ISA.12", 12, "a version, such as 00401");
  if (!digits(interchange_.control, 1, 9)) odd("ISA.13", 13, "a number of nine digits");
  const std::string asks = tokens_.text(14);
  if (asks != "0" && asks != "1") odd("ISA.14", 14, "0 or 1");
  const std::string& usage = interchange_.usage;
  if (usage != "P" && usage != "T" && usage != "I") odd("ISA.15", 15, "P, T or I");
}

void InterchangeReader::check_group() {
  const bool old = group_.version < "004";  // dates had two digits of the year before 004010
  if (group_.type.size() != 2) odd("GS.01", 1, "two letters, such as PO");
  if (!is_date(group_.date, 8) && !(old && is_date(group_.date, 6))) odd("GS.04", 4, "a date, CCYYMMDD");
  if (!is_time(group_.time, 8)) odd("GS.05", 5, "a time, HHMM");
  if (!digits(group_.control, 1, 9)) odd("GS.06", 6, "a number of nine digits at most");
  if (group_.version.size() < 6) odd("GS.08", 8, "a version, such as 004010");
}

void InterchangeReader::check_new(std::unordered_set<std::string>& known, const std::string& control,
                                  std::string_view place) {
  if (known.size() >= max_remembered_controls || known.insert(control).second) return;
  tokens_.report("X12-0019", tokens_.place_of(place == "ST.02" ? 2 : 6), std::string(place),
                 fmt::format("the control number \"{}\" was used before", control));
}

std::uint32_t InterchangeReader::check_count(std::string_view code, std::string_view place,
                                             std::uint64_t counted) {
  const std::string text = tokens_.text(1);
  const auto said = number(text);
  if (!said || *said != counted) {
    tokens_.report(code, tokens_.place_of(1), std::string(place), fmt::format("the count is \"{}\"", text),
                   fmt::format("{}", counted), control_severity());
  }
  return said && *said <= UINT32_MAX ? static_cast<std::uint32_t>(*said) : 0;
}

void InterchangeReader::check_control(std::string_view code, std::string_view place,
                                      std::string_view wanted) {
  const std::string text = tokens_.text(2);
  if (same_control(text, wanted)) return;
  tokens_.report(code, tokens_.place_of(2), std::string(place),
                 fmt::format("the control number is \"{}\"", text), fmt::format("\"{}\"", wanted),
                 control_severity());
}

Outcome InterchangeReader::end_transaction(bool complete) {
  if (!in_transaction_) return {};
  in_transaction_ = false;
  end_.complete = complete;
  if (complete) {
    ++end_.segments;
    check_count("X12-0013", "SE.01", end_.segments);
    check_control("X12-0014", "SE.02", transaction_.control);
    if (sink_ != nullptr) {
      if (auto done = stopped(tokens_.give(*sink_)); !done) return done;
    }
  } else {
    tokens_.report("X12-0020", tokens_.at(), "SE",
                   fmt::format("the transaction set \"{}\" of line {} has no trailer", transaction_.control,
                               transaction_.at.line));
  }
  sink_ = nullptr;
  return handler_.end_transaction(transaction_, end_);
}

Outcome InterchangeReader::end_group(bool complete) {
  if (auto ended = end_transaction(false); !ended) return ended;
  if (!in_group_) return complete ? stray("GE") : Outcome{};
  in_group_ = false;
  GroupEnd end{0, group_transactions_, complete};
  if (complete) {
    end.stated = check_count("X12-0017", "GE.01", group_transactions_);
    check_control("X12-0018", "GE.02", group_.control);
  } else {
    tokens_.report("X12-0022", tokens_.at(), "GE",
                   fmt::format("the group \"{}\" has no trailer", group_.control));
  }
  return handler_.end_group(group_, end);
}

Outcome InterchangeReader::end_interchange(bool complete) {
  if (auto ended = end_group(false); !ended) return ended;
  if (!in_interchange_) return complete ? stray("IEA") : Outcome{};
  in_interchange_ = false;
  totals_.complete = complete;
  if (complete) {
    check_count("X12-0015", "IEA.01", totals_.groups);
    check_control("X12-0016", "IEA.02", interchange_.control);
  } else {
    tokens_.report("X12-0021", tokens_.at(), "IEA",
                   fmt::format("the interchange \"{}\" has no trailer", interchange_.control));
  }
  return handler_.end_interchange(interchange_, totals_);
}

Outcome InterchangeReader::broken() {
  const Position at = tokens_.at();
  // The last terminator alone is missing: nothing else can follow IEA.
  if (in_interchange_ && tokens_.tag() == "IEA" && !tokens_.text(2).empty()) {
    tokens_.report("X12-0006", at, "IEA", "the last segment has no terminator", {}, Severity::warning);
    return end_interchange(true);
  }
  if (!anything_ && tokens_.tag() != "ISA") {
    return std::unexpected(tokens_.fail("X12-0001", at, "the input does not begin with ISA"));
  }
  const Status why = tokens_.fail(
      "X12-0006", at, fmt::format("the input ends inside the segment {}", tokens_.tag().substr(0, 3)));
  if (auto ended = end_interchange(false); !ended) return ended;
  return std::unexpected(why);
}

}  // namespace purser::x12
