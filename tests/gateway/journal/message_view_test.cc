// A message of many documents, looked at by parts.
#include "tests/gateway/journal/each_journal.h"

namespace purser::gateway {
namespace {

class InterchangeTest : public EachJournalTest {
 protected:
  // Documents 1 to 5, each for the ERP and the archive.
  void SetUp() override {
    EachJournalTest::SetUp();
    if (IsSkipped()) return;
    Admission whole = admission("k1", "F-1", {});
    for (std::uint32_t i = 2; i <= 5; ++i)
      whole.understanding->documents.push_back(document(i, "F-" + std::to_string(i)));
    for (std::uint32_t i = 1; i <= 5; ++i) {
      whole.understanding->deliveries.push_back(planned(i, "erp"));
      whole.understanding->deliveries.push_back(planned(i, "archive"));
    }
    id = admit(std::move(whole)).message;
    for (const ClaimedDelivery& one : claim("erp")) record(one, DeliveryState::delivered);
  }
  static std::vector<std::uint32_t> ordinals(const MessageView& view) {
    std::vector<std::uint32_t> out;
    for (const auto& one : view.documents) out.push_back(one.ordinal);
    return out;
  }
  static std::vector<std::uint32_t> delivered(const MessageView& view) {
    std::vector<std::uint32_t> out;
    for (const auto& one : view.deliveries) out.push_back(one.document);
    return out;
  }
  using Ordinals = std::vector<std::uint32_t>;
  MessageId id;
};

INSTANTIATE_TEST_SUITE_P(Of, InterchangeTest, ::testing::Values(Store::sqlite, Store::postgres),
                         [](const auto& of) { return of.param == Store::sqlite ? "Sqlite" : "Postgres"; });

TEST_P(InterchangeTest, IsShownByPartsThatLeaveNothingOut) {
  EXPECT_EQ(ordinals(*journal().show(id)), (Ordinals{1, 2, 3, 4, 5}));
  const auto first = journal().show(id, {.limit = 2});
  EXPECT_EQ(ordinals(*first), (Ordinals{1, 2}));
  EXPECT_EQ(delivered(*first), (Ordinals{1, 1, 2, 2}));
  const auto next = journal().show(id, {.after = 2, .limit = 2});
  EXPECT_EQ(ordinals(*next), (Ordinals{3, 4}));
  EXPECT_EQ(delivered(*next), (Ordinals{3, 3, 4, 4}));
  const auto last = journal().show(id, {.after = 4, .limit = 2});
  EXPECT_EQ(ordinals(*last), (Ordinals{5}));
  EXPECT_EQ(delivered(*last), (Ordinals{5, 5}));
  EXPECT_EQ(last->summary.documents, 5U);
  EXPECT_TRUE(first->more && next->more);
  EXPECT_FALSE(last->more);
  EXPECT_FALSE(journal().show(id, {.limit = 5})->more);
  EXPECT_TRUE(journal().show(id, {.after = 5})->deliveries.empty());
}

TEST_P(InterchangeTest, IsKnownWithoutItsDocuments) {
  const auto alone = journal().show(id, no_documents);
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->hash, sha256("body of F-1"));
  EXPECT_TRUE(alone->documents.empty());
  EXPECT_TRUE(alone->deliveries.empty());
}

TEST_P(InterchangeTest, HasStepsByPartsThatLeaveNothingOut) {
  const auto whole = journal().timeline(id);
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->size(), 6U);  // admitted, and five delivered to the ERP
  std::vector<std::string> parts;
  for (std::uint32_t after = 0; after < 6; after += 2) {
    const auto part = journal().timeline(id, {after, 2});
    ASSERT_TRUE(part);
    EXPECT_EQ(part->size(), after == 0 ? 3U : after == 2 ? 2U : 1U);
    for (const Step& step : *part) parts.push_back(step.what);
  }
  EXPECT_EQ(parts.size(), whole->size());
  EXPECT_EQ(parts.front(), "admitted");
}

TEST_P(InterchangeTest, HasADeliveryThatIsShownAlone) {
  const auto all = journal().show(id);
  const DeliveryView& third = all->deliveries.at(4);
  const auto view = journal().show(third.id);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->summary.id, id);
  EXPECT_EQ(ordinals(*view), (Ordinals{3}));
  ASSERT_EQ(view->deliveries.size(), 1U);
  EXPECT_EQ(view->deliveries.front().target, third.target);
  EXPECT_EQ(view->deliveries.front().attempts.size(), third.attempts.size());
  const auto none = journal().show(DeliveryId{1});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, "JOURNAL-0003");
}

TEST_P(InterchangeTest, HasDeliveriesInPages) {
  std::vector<std::uint32_t> documents;
  DeliveryId after;
  for (auto page = journal().deliveries(id, after, 4); !page->empty();
       page = journal().deliveries(id, after, 4)) {
    EXPECT_LE(page->size(), 4U);
    for (const auto& one : *page) documents.push_back(one.document);
    after = page->back().id;
  }
  EXPECT_EQ(documents, (Ordinals{1, 1, 2, 2, 3, 3, 4, 4, 5, 5}));
}

}  // namespace
}  // namespace purser::gateway
