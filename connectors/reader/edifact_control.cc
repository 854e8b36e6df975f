#include <fmt/format.h>

#include <charconv>

#include "connectors/reader/edifact_interchange.h"

namespace purser::edifact {

void InterchangeReader::check_count(std::string_view code, std::string_view place, std::uint64_t counted) {
  const std::string text = tokens_.text(1);
  std::uint64_t said = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), said);
  if (error == std::errc{} && end == text.data() + text.size() && said == counted) return;
  tokens_.report(code, tokens_.place_of(1), std::string(place), fmt::format("the count is \"{}\"", text),
                 fmt::format("{}", counted), control_severity());
}

void InterchangeReader::check_reference(std::string_view code, std::string_view place,
                                        const std::string& wanted) {
  const std::string text = tokens_.text(2);
  if (text == wanted) return;
  tokens_.report(code, tokens_.place_of(2), std::string(place), fmt::format("the reference is \"{}\"", text),
                 fmt::format("\"{}\"", wanted), control_severity());
}

Outcome InterchangeReader::end_message(bool complete) {
  if (!in_message_) return {};
  in_message_ = false;
  end_.complete = complete;
  if (complete) {
    ++end_.segments;
    check_count("EDIFACT-0013", "UNT.0074", end_.segments);
    check_reference("EDIFACT-0014", "UNT.0062", message_.reference);
    if (sink_ != nullptr) {
      if (auto done = stopped(tokens_.give(*sink_)); !done) return done;
    }
  } else {
    tokens_.report(
        "EDIFACT-0020", tokens_.at(), "UNT",
        fmt::format("the message \"{}\" of line {} has no trailer", message_.reference, message_.at.line));
  }
  sink_ = nullptr;
  return handler_.end_message(message_, end_);
}

Outcome InterchangeReader::end_group(bool complete) {
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

Outcome InterchangeReader::end_interchange(bool complete) {
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

Outcome InterchangeReader::end_of_input() { return end_interchange(false); }

Outcome InterchangeReader::broken() {
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

}  // namespace purser::edifact
