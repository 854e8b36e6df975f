// What is on its way when its tenant is shredded: it parks and says why, and nobody else's does.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/gateway/journal/fixture.h"
#include "tests/gateway/journal/sealing_keys.h"
#include "tests/gateway/pipeline/node.h"
#include "tests/gateway/pipeline/receiver.h"

namespace purser::gateway {
namespace {

/// Every target, and every route to one, once for the operator and once for acme.
std::shared_ptr<const RouteTable> table_of(const std::string& url, bool enabled) {
  RouteTable table;
  for (const char* tenant : {"default", "acme"}) {
    RouteTable own = table_to(url);
    own.targets[0].name = qualified("erp", tenant);
    own.targets[0].enabled = enabled;
    Route written = own.routes[0];
    written.name = qualified("written", tenant);
    written.connector = "upper";
    own.routes[0].name = qualified("as it is", tenant);
    own.routes.push_back(written);
    for (Route& route : own.routes) {
      route.target = own.targets[0].name;
      table.routes.push_back(route);
    }
    table.targets.push_back(own.targets[0]);
  }
  return std::make_shared<const RouteTable>(std::move(table));
}

class Shredding : public ::testing::Test {
 protected:
  OpenJournal open() {
    auto made = open_sqlite_journal({.folder = folder.path(), .clock = clock, .files = files});
    EXPECT_TRUE(made) << made.error().message;
    EXPECT_TRUE(made->sealing->use(sealed_by('m')));
    return std::move(*made);
  }
  static Incoming of(const std::string& tenant, const std::string& number) {
    Incoming incoming = Node::incoming(number, order_json(number));
    incoming.tenant = tenant;
    return incoming;
  }
  // As a document is admitted that is too large to be read at once.
  static MessageId admit_unread(Journal& journal, const std::string& tenant, const std::string& number) {
    Admission one;
    one.incoming = of(tenant, number);
    one.hash = sha256(one.incoming.body);
    const auto admitted = wait_for<Admitted>([&](auto done) {
      std::vector<Admission> batch;
      batch.push_back(std::move(one));
      journal.admit(std::move(batch), std::move(done));
    });
    EXPECT_TRUE(admitted) << admitted.error().message;
    return admitted->at(0).message;
  }

  TemporaryFolder folder;
  SystemClock clock;
  SystemFiles files;
};

TEST_F(Shredding, WhatWaitsAndWhatIsUnreadParksAndOthersGoOn) {
  Receiver receiver;
  std::map<std::string, MessageId> planned, unread;
  {
    Node held(open(), table_of(receiver.url(), false));
    for (const char* tenant : {"default", "acme"}) {
      const Answer answer = held.engine->submit_and_wait(of(tenant, std::string("planned-") + tenant));
      ASSERT_EQ(answer.kind, AnswerKind::accepted) << answer.status.message;
      planned[tenant] = answer.message;
    }
  }
  {
    const OpenJournal journal = open();
    for (const char* tenant : {"default", "acme"})
      unread[tenant] = admit_unread(*journal.journal, tenant, std::string("unread-") + tenant);
    ASSERT_EQ(journal.journal->show(planned["acme"])->deliveries.size(), 2U);
    ASSERT_TRUE(journal.sealing->shred("acme", "anna", {}));
  }
  Node node(open(), table_of(receiver.url(), true));
  ASSERT_TRUE(node.settle());
  const auto show = [&](MessageId id) { return *node.opened.journal->show(id); };
  EXPECT_EQ(show(planned["default"]).summary.state, MessageState::delivered);
  EXPECT_EQ(show(unread["default"]).summary.state, MessageState::delivered);
  EXPECT_EQ(receiver.booked().size(), 4U) << "both of the operator's, each by two routes";

  const MessageView waited = show(planned["acme"]);
  EXPECT_EQ(waited.summary.state, MessageState::parked);
  for (const DeliveryView& delivery : waited.deliveries) {
    EXPECT_EQ(delivery.state, DeliveryState::parked) << delivery.route;
    EXPECT_EQ(delivery.finding->code, "SEAL-0002") << delivery.route << ": " << delivery.finding->message;
  }
  const MessageView read = show(unread["acme"]);
  EXPECT_EQ(read.summary.state, MessageState::parked);
  EXPECT_EQ(read.findings.at(0).code, "SEAL-0002") << read.findings.at(0).message;
  const auto parked = node.opened.journal->parked_items({});
  ASSERT_TRUE(parked);
  for (const ParkedItem& item : *parked)
    EXPECT_EQ(item.finding.code, "SEAL-0002") << item.finding.message;

  const auto active = [&] {
    const auto keys = node.opened.sealing->keys("acme");
    return std::ranges::count(*keys, KeyState::active, &DataKeyView::state);
  };
  EXPECT_EQ(active(), 0) << "what parks makes no key that would open it";

  // The tenant itself goes on, too: what it sends from now on has another key.
  const Answer later = node.engine->submit_and_wait(of("acme", "later"));
  ASSERT_EQ(later.kind, AnswerKind::accepted) << later.status.message;
  ASSERT_TRUE(node.settle());
  EXPECT_EQ(show(later.message).summary.state, MessageState::delivered);
  EXPECT_EQ(receiver.booked().size(), 6U);
  EXPECT_EQ(active(), 1);
}

}  // namespace
}  // namespace purser::gateway
