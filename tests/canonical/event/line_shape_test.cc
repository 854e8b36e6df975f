// Lines that come as the one before are checked by their values alone: the outcome is that of a document in
// which they have none before them.
#include "canonical/event/line_shape.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "canonical/event/document_checker.h"
#include "canonical/event/event_checker.h"
#include "canonical/event/json_reader.h"
#include "canonical/event/recorded_events.h"

namespace purser {
namespace {

using Events = std::vector<Event>;

/// An invoice of one line: what stands before the line, the line, and what stands behind it.
struct Invoice {
  RecordedDocument document;
  Events head, line, tail;

  explicit Invoice(std::string_view line_json) {
    const std::string json =
        R"({"document":"invoice","number":"1","issue_date":"2026-11-20","buyer":{"name":"B"},"seller":{"name":"S"},
        "currency":"EUR","lines":[)" +
        std::string(line_json) + "]}";
    EXPECT_TRUE(read_json(json, document));
    const auto events = document.events.events();
    std::size_t begin = 0, depth = 0;
    const auto lines = find_document(DocumentType::invoice)->root->find("lines")->number;
    while (events[begin].kind != EventKind::begin_group || events[begin].number != lines) ++begin;
    std::size_t end = begin;
    do {
      if (events[end].kind == EventKind::begin_group) ++depth;
      if (events[end].kind == EventKind::end_group) --depth;
      ++end;
    } while (depth > 0);
    head.assign(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(begin));
    line.assign(events.begin() + static_cast<std::ptrdiff_t>(begin),
                events.begin() + static_cast<std::ptrdiff_t>(end));
    tail.assign(events.begin() + static_cast<std::ptrdiff_t>(end), events.end());
  }
  [[nodiscard]] Events with(const std::vector<Events>& lines) const {
    Events all = head;
    for (const Events& each : lines) all.insert(all.end(), each.begin(), each.end());
    all.insert(all.end(), tail.begin(), tail.end());
    return all;
  }
};

/// A message without the number of its event.
std::string plain(std::string text) {
  const auto at = text.find(" (event ");
  if (at == std::string::npos) return text;
  const auto end = text.find_first_of(" )", at + 8);
  return text.erase(at, end - at);
}

class Nowhere : public EventSink {
 public:
  Outcome push(std::span<const Event>) override { return {}; }
};

/// All that the checkers say; elements of `lines` are counted from `first`.
std::string judged(const Events& events, std::size_t first, std::size_t batch) {
  Nowhere nowhere;
  EventChecker contract(nowhere);
  std::string said;
  for (std::size_t at = 0; at < events.size(); at += batch) {
    const auto done = contract.push(std::span(events).subspan(at, std::min(batch, events.size() - at)));
    if (!done) return done.error().code + " " + plain(done.error().message);
  }
  if (const auto done = contract.finish(); !done)
    return done.error().code + " " + plain(done.error().message);
  DocumentChecker checker([&](const Finding& finding) {
    std::string path = finding.path;
    for (std::size_t line = first; line < first + 3; ++line) {
      const std::string name = "lines[" + std::to_string(line) + "]";
      if (path.starts_with(name)) path = "lines+" + std::to_string(line - first) + path.substr(name.size());
    }
    said += finding.code + " " + path + " " + finding.message + "\n";
  });
  EXPECT_TRUE(checker.push(events));
  return said;
}

constexpr std::string_view rich_line =
    R"({"number":"1","note":[{"text":"a","subject":"AAI"},{"text":"b"}],"quantity":{"value":"2","unit":"C62"},
    "net_amount":"5.00","item":{"name":"N","classifications":[{"code":"1","list":"SRV"}],"seller_id":"X"},
    "tax":{"category":"S","rate":"19"},"price":{"amount":"2.5"}})";

TEST(LineShape, FindsWhatIsWrongInALaterLine) {
  const Invoice invoice(rich_line);
  const Invoice lacking(R"({"net_amount":"1"})");
  const Events all =
      invoice.with({invoice.line, invoice.line, lacking.line, invoice.line, lacking.line, lacking.line});
  EXPECT_EQ(judged(all, 3, 7),
            "MODEL-0001 lines+0.number 'number' has no value\n"
            "MODEL-0001 lines+2.number 'number' has no value\n"
            "MODEL-0001 lines[6].number 'number' has no value\n");
}

TEST(LineShape, ForgetsNothingBetweenDocuments) {
  // In the second document the only line has nothing in it, as the last of the first had nothing.
  const Invoice invoice(rich_line);
  Events empty{invoice.line.front(), invoice.line.back()};
  const Events first = invoice.with({invoice.line, empty}), second = invoice.with({empty, empty});
  std::string together, alone;
  DocumentChecker both([&](const Finding& finding) { together += finding.code + " " + finding.path + "\n"; });
  EXPECT_TRUE(both.push(first));
  together.clear();
  EXPECT_TRUE(both.push(second));
  DocumentChecker one([&](const Finding& finding) { alone += finding.code + " " + finding.path + "\n"; });
  EXPECT_TRUE(one.push(second));
  EXPECT_EQ(together, alone);
}

TEST(LineShape, AnyChangeOfALineIsSeenAlike) {
  const Invoice invoice(rich_line);
  std::mt19937 random(4'711);
  const auto below = [&random](std::size_t most) { return static_cast<std::size_t>(random() % most); };
  constexpr std::string_view texts[] = {"", " ", "x", "C62", "\x01", "\xFF", "QQQ"};
  std::size_t refused = 0, told = 0;
  for (int i = 0; i < 4'000; ++i) {
    Events changed = invoice.line;
    for (std::size_t changes = 1 + below(2); changes > 0 && changed.size() > 1; --changes) {
      const auto at = changed.begin() + static_cast<std::ptrdiff_t>(below(changed.size()));
      switch (below(7)) {
        case 0:
          changed.erase(at);
          break;
        case 1:
          changed.insert(at, *at);
          break;
        case 2:
          std::iter_swap(at, changed.begin() + static_cast<std::ptrdiff_t>(below(changed.size())));
          break;
        case 3:
          at->number = static_cast<std::uint16_t>(below(60));
          break;
        case 4:
          at->kind = static_cast<EventKind>(1 + below(5));
          break;
        case 5:
          at->value.type = static_cast<ScalarType>(1 + below(9));
          break;
        default:
          at->value.bytes = texts[below(std::size(texts))];
      }
    }
    const Events& good = invoice.line;
    const std::string alone = judged(invoice.with({changed, good, changed}), 1, 256);
    EXPECT_EQ(judged(invoice.with({good, good, good, changed, good, changed}), 4, 1 + below(9)), alone);
    refused += alone.starts_with("MODEL-01") ? 1U : 0U;
    told += alone.starts_with("MODEL-00") ? 1U : 0U;
  }
  EXPECT_GT(refused, 500U);
  EXPECT_GT(told, 100U);
}

}  // namespace
}  // namespace purser
