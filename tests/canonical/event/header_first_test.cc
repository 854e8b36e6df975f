#include "canonical/event/header_first.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "canonical/event/event_checker.h"
#include "tests/canonical/event/random_document.h"

namespace purser {
namespace {

/// The lines of a description that belong to streamed lists or not, in order.
std::vector<std::string> part(const std::vector<std::string>& lines, bool streamed) {
  std::vector<std::string> out;
  for (const std::string& line : lines)
    if (line.starts_with("lines[") == streamed) out.push_back(line);
  return out;
}

/// A document whose lines stand in front of its head.
RecordedEvents lines_in_front(std::uint64_t seed) {
  RecordedEvents made = test::random_document(*find_document(DocumentType::invoice), seed);
  std::span<const Event> events = made.events();
  std::uint16_t number = find_document(DocumentType::invoice)->root->find("lines")->number;
  std::vector<Event> head, lines;
  int depth = 0;
  bool inside = false;
  for (const Event& event : events.subspan(1, events.size() - 2)) {
    if (event.kind == EventKind::begin_group && depth++ == 0) inside = event.number == number;
    (inside ? lines : head).push_back(event);
    if (event.kind == EventKind::end_group && --depth == 0) inside = false;
  }
  RecordedEvents out;
  EXPECT_TRUE(out.push(events.first(1)));
  EXPECT_TRUE(out.push(lines));
  EXPECT_TRUE(out.push(head));
  EXPECT_TRUE(out.push(events.last(1)));
  return out;
}

TEST(HeaderFirst, PutsLinesLastInMemoryAndInAFile) {
  for (std::size_t memory : {std::size_t{1} << 20, std::size_t{1}, std::size_t{3000}}) {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
      RecordedEvents made = lines_in_front(seed);
      RecordedEvents out;
      EventChecker checker(out);
      HeaderFirst order(checker, memory);
      ASSERT_TRUE(replay(made.events(), order, 3));
      ASSERT_TRUE(checker.finish());
      auto before = describe(made.events());
      auto after = describe(out.events());
      EXPECT_EQ(part(after, false), part(before, false));
      EXPECT_EQ(part(after, true), part(before, true));
      auto first_line =
          std::ranges::find_if(after, [](const std::string& line) { return line.starts_with("lines["); });
      for (auto at = first_line; at != after.end(); ++at) EXPECT_TRUE(at->starts_with("lines[")) << *at;
      if (memory == 1 && first_line != after.end()) {
        EXPECT_GT(order.spilled(), 0U);
      }
      if (memory == std::size_t{1} << 20) {
        EXPECT_EQ(order.spilled(), 0U);
      }
    }
  }
}

TEST(HeaderFirst, KeepsSeveralDocumentsApart) {
  RecordedEvents first = lines_in_front(1);
  RecordedEvents second = lines_in_front(2);
  RecordedEvents out;
  HeaderFirst order(out, 100);
  ASSERT_TRUE(order.push(first.events()));
  ASSERT_TRUE(order.push(second.events()));
  EXPECT_EQ(out.events().size(), first.events().size() + second.events().size());
  EXPECT_EQ(out.events()[first.events().size() - 1].kind, EventKind::end_document);
}

TEST(HeaderFirst, SaysWhenThereIsNoRoom) {
  std::uint64_t seed = 0;
  auto has_lines = [](const RecordedEvents& made) { return !part(describe(made.events()), true).empty(); };
  while (!has_lines(lines_in_front(seed))) ++seed;
  RecordedEvents made = lines_in_front(seed);
  RecordedEvents out;
  HeaderFirst order(out, 1, "/nonexistent-folder");
  Outcome good = order.push(made.events());
  ASSERT_FALSE(good);
  EXPECT_EQ(good.error().what, StatusClass::unavailable);
}

}  // namespace
}  // namespace purser
