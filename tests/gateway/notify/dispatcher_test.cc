// Days of failure on a clock that the test moves, with a restart among them.
#include "gateway/notify/dispatcher.h"

#include <unistd.h>

#include <set>

#include <nlohmann/json.hpp>

#include "gateway/notify/position.h"
#include "tests/gateway/journal/fixture.h"

namespace purser::gateway {
namespace {

using namespace std::chrono_literals;

/// Receivers by the host they are asked as: those that fail, and what reached the others.
class Receivers final : public Transport {
 public:
  void send(std::shared_ptr<const Target> target, Shipment shipment, Done done) override {
    const auto& http = std::get<HttpTarget>(target->where);
    const auto event = nlohmann::json::parse(shipment.bytes);
    Receipt receipt;
    receipt.answer = failing.contains(http.url) ? 503 : 200;
    if (receipt.answer == 503) {
      receipt.what = StatusClass::unavailable;
      receipt.code = "DELIVER-0004";
      ++refused;
    } else {
      ids[http.url].push_back(event["id"]);
      said[http.url].push_back(event["data"].value("why", ""));
    }
    done(std::move(receipt));
  }
  void close() override {}

  std::set<std::string> failing;
  std::map<std::string, std::vector<std::string>> ids, said;
  int refused = 0;
};

class Days : public JournalTest {
 protected:
  void SetUp() override {
    Settings all;
    all.hash_key = "pepper";
    all.tenants.push_back({});
    all.tenants[0].name = default_tenant;
    settings = std::make_shared<const Settings>(std::move(all));
    restart();
    ASSERT_FALSE(HasFatalFailure());
  }
  void restart() {
    dispatcher.reset();
    open();
    dispatcher.emplace(DispatcherParts{clock, random, journal(), receivers, log, [this] { return settings; }});
  }
  void subscribe(const std::string& name, std::vector<std::string> events) {
    Subscription one;
    one.tenant = default_tenant;
    one.name = name;
    one.url = url(name);
    one.events = std::move(events);
    ASSERT_TRUE(journal().put_record({std::string(subscription_kind), one.tenant, name, 0, to_content(one)}, {}));
    Progress progress;
    progress.at = *trail_end(journal());
    ASSERT_TRUE(*store(journal(), one, progress));
  }
  /// What an operator does who has mended the receiver.
  void enable(const std::string& name) {
    auto one = subscription(name);
    one.enabled = true;
    ASSERT_TRUE(*journal().put_record({std::string(subscription_kind), one.tenant, name, one.version, to_content(one)}, {}));
    auto progress = *progress_of(journal(), one.tenant, name);
    progress.failing_since = progress.due = 0;
    progress.failures = 0;
    ASSERT_TRUE(*store(journal(), one, progress));
  }
  static std::string url(const std::string& name) { return "https://" + name + ".example/"; }
  Subscription subscription(const std::string& name) {
    return (*find_subscription(journal(), std::string(default_tenant), name)).value();
  }
  void happens(int number) {
    const AuditNote note{"test", "counted", std::to_string(number), std::string(default_tenant)};
    ASSERT_TRUE(journal().note({&note, 1}));
  }
  /// Looks as often as there is anything to do, some minutes apart.
  void pass(std::chrono::minutes time) {
    for (const Instant end = clock.now() + time; clock.now() < end; clock.advance(10min)) look();
  }
  void look() {
    do {
      dispatcher->look();
    } while (!dispatcher->is_idle());
  }

  Receivers receivers;
  SystemRandom random;
  Log log{clock, STDERR_FILENO, LogForm::text, LogLevel::error};
  std::shared_ptr<const Settings> settings;
  std::optional<Dispatcher> dispatcher;
};

TEST_F(Days, FiveOfFailureDisableASubscriptionAndNothingItMissedIsLost) {
  subscribe("erp", {"*.counted"});
  subscribe("ops", {"*.subscription_disabled"});
  happens(1);
  pass(1h);
  EXPECT_EQ(receivers.said[url("erp")], std::vector<std::string>{"1"});
  receivers.failing.insert(url("erp"));
  const Instant broken = clock.now();
  int number = 1;
  const auto some_days = [&](Instant until) {
    while (clock.now() < until && subscription("erp").enabled) {
      happens(++number);
      pass(6h);
    }
  };
  some_days(broken + 60h);
  ASSERT_TRUE(subscription("erp").enabled);
  const auto attempts = receivers.refused;
  EXPECT_GT(attempts, 10) << "from seconds to six hours apart";
  EXPECT_LT(attempts, 60);
  restart();
  some_days(broken + 119h);
  ASSERT_TRUE(subscription("erp").enabled) << "a restart does not shorten the days";
  EXPECT_GT(receivers.refused, attempts + 5);
  some_days(broken + 132h);
  const auto disabled = subscription("erp");
  ASSERT_FALSE(disabled.enabled) << "nor lengthen them beyond the next attempt";
  EXPECT_EQ(disabled.why, "nothing arrived for 5 days");
  // The notice: in the trail, and to who subscribed to it.
  ASSERT_EQ(receivers.said[url("ops")].size(), 1U);
  EXPECT_EQ(receivers.said[url("ops")][0], "erp: nothing arrived for 5 days");
  EXPECT_EQ(receivers.said[url("erp")].size(), 1U);

  // Disabled, it is left alone for weeks, over another restart; then everything comes, each once, in order.
  const auto tried = receivers.refused;
  happens(++number);
  pass(24h * 14);
  restart();
  happens(++number);
  pass(1h);
  EXPECT_EQ(receivers.refused, tried);
  receivers.failing.clear();
  enable("erp");
  happens(++number);
  pass(1h);
  std::vector<std::string> all;
  for (int i = 1; i <= number; ++i) all.push_back(std::to_string(i));
  EXPECT_EQ(receivers.said[url("erp")], all);
  const auto& ids = receivers.ids[url("erp")];
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
}

// One that arrives in between begins the days anew.
TEST_F(Days, WhatArrivesNowAndThenIsNotDisabled) {
  subscribe("erp", {"*.counted"});
  for (int day = 1; day <= 12; ++day) {
    happens(day);
    receivers.failing = day % 4 == 0 ? std::set<std::string>{} : std::set<std::string>{url("erp")};
    pass(24h);
  }
  EXPECT_TRUE(subscription("erp").enabled);
  EXPECT_EQ(receivers.said[url("erp")].size(), 12U);
}

TEST_F(Days, WhoIsSetBackIsToldAgain) {
  subscribe("erp", {"*.counted"});
  happens(1);
  pass(1h);
  ASSERT_EQ(receivers.said[url("erp")], std::vector<std::string>{"1"});
  auto progress = *progress_of(journal(), std::string(default_tenant), "erp");
  progress.at = *trail_since(journal(), Instant{});
  ASSERT_TRUE(*store(journal(), subscription("erp"), progress));
  pass(1h);
  EXPECT_EQ(receivers.said[url("erp")], (std::vector<std::string>{"1", "1"}));
}

}  // namespace
}  // namespace purser::gateway
