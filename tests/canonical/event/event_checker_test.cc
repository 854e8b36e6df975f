#include "canonical/event/event_checker.h"

#include <gtest/gtest.h>

#include "tests/canonical/event/random_document.h"

namespace purser {
namespace {

constexpr auto invoice = static_cast<std::uint16_t>(DocumentType::invoice);

std::uint16_t number(std::string_view path) {
  return resolve(*find_document(DocumentType::invoice)->root, path)->number;
}

Event event(EventKind kind, std::uint16_t number = 0) {
  Event made;
  made.kind = kind;
  made.number = number;
  return made;
}

Event text_field(std::string_view path, std::string_view text) {
  Event made = event(EventKind::field, number(path));
  made.value.type = resolve(*find_document(DocumentType::invoice)->root, path)->type;
  made.value.bytes = text;
  return made;
}

/// The code the checker stops with, "" if it does not.
std::string verdict(const std::vector<Event>& events, const EventLimits& limits = {}) {
  RecordedEvents out;
  EventChecker checker(out, limits);
  if (Outcome good = checker.push(events); !good) return good.error().code;
  if (Outcome good = checker.finish(); !good) return good.error().code;
  return "";
}

const Event begin = event(EventKind::begin_document, invoice);
const Event end = event(EventKind::end_document);
const Event close = event(EventKind::end_group);

TEST(EventChecker, PassesEveryKindOfDocument) {
  for (const DocumentDescriptor& document : documents()) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      RecordedEvents made = test::random_document(document, seed);
      RecordedEvents out;
      EventChecker checker(out);
      Outcome good = replay(made.events(), checker, 7);
      ASSERT_TRUE(good) << document.name << ": " << good.error().message;
      EXPECT_TRUE(checker.finish());
      EXPECT_EQ(describe(out.events()), describe(made.events()));
      EXPECT_EQ(checker.documents(), 1U);
    }
  }
}

TEST(EventChecker, StopsBrokenStreams) {
  Event group = event(EventKind::begin_group, number("buyer"));
  Event line = event(EventKind::begin_group, number("lines"));
  Event unknown = event(EventKind::field, 126);
  Event far = event(EventKind::field, 60000);
  Event strange = event(static_cast<EventKind>(9), 1);
  Event value_as_group = event(EventKind::begin_group, number("number"));
  Event group_as_value = event(EventKind::field, number("buyer"));
  Event mistyped = text_field("number", "1");
  mistyped.value.type = ScalarType::decimal;
  Event bad_date = event(EventKind::field, number("issue_date"));
  bad_date.value.type = ScalarType::date;
  bad_date.value.when = {{2026, 2, 30}, {}};
  Event bad_decimal = event(EventKind::field, number("amounts.amount"));
  bad_decimal.value.type = ScalarType::decimal;
  bad_decimal.value.decimal = Decimal(INT64_MIN, 2);
  Event amount = event(EventKind::begin_group, number("amounts"));
  Event text = text_field("number", "1");
  const std::pair<std::vector<Event>, const char*> cases[] = {
      {{begin, text, end}, ""},
      {{begin, line, close, line, close, end}, ""},
      {{begin, text, end, begin, end}, ""},
      {{end}, "MODEL-0101"},
      {{text}, "MODEL-0101"},
      {{group}, "MODEL-0101"},
      {{begin, begin}, "MODEL-0101"},
      {{begin, close}, "MODEL-0101"},
      {{begin, group, end}, "MODEL-0101"},
      {{begin, text}, "MODEL-0101"},
      {{begin, strange}, "MODEL-0101"},
      {{event(EventKind::begin_document, 99)}, "MODEL-0102"},
      {{begin, unknown}, "MODEL-0102"},
      {{begin, far}, "MODEL-0102"},
      {{begin, value_as_group}, "MODEL-0103"},
      {{begin, group_as_value}, "MODEL-0103"},
      {{begin, mistyped}, "MODEL-0103"},
      {{begin, text, text}, "MODEL-0104"},
      {{begin, group, close, group}, "MODEL-0104"},
      {{begin, line, close, text, line}, "MODEL-0104"},
      {{begin, text_field("number", "caf\xE9")}, "MODEL-0105"},
      {{begin, text_field("number", std::string_view("a\0b", 3))}, "MODEL-0105"},
      {{begin, bad_date}, "MODEL-0105"},
      {{begin, amount, bad_decimal}, "MODEL-0105"},
  };
  int index = 0;
  for (const auto& [events, code] : cases) EXPECT_EQ(verdict(events), code) << "case " << index++;
}

TEST(EventChecker, KeepsToItsLimits) {
  std::vector<Event> deep{begin};
  deep.push_back(event(EventKind::begin_group, number("lines")));
  for (int i = 0; i < 40; ++i) deep.push_back(event(EventKind::begin_group, number("lines.lines")));
  EXPECT_EQ(verdict(deep), "MODEL-0106");
  EXPECT_EQ(verdict({begin, text_field("number", "12345"), end}, {.max_bytes = 4}), "MODEL-0106");
  EXPECT_EQ(verdict({begin, text_field("number", "1"), end}, {.max_events = 2}), "MODEL-0106");
}

TEST(EventChecker, PassesNothingOfABrokenBatch) {
  RecordedEvents out;
  EventChecker checker(out);
  std::vector<Event> batch{begin, event(EventKind::field, 126)};
  EXPECT_FALSE(checker.push(batch));
  EXPECT_TRUE(out.events().empty());
}

}  // namespace
}  // namespace purser
