// Parked work over HTTP, as an operator's tool uses it.
#include <gtest/gtest.h>

#include <filesystem>

#include <nlohmann/json.hpp>

#include "tests/gateway/serve/running_server.h"

namespace purser::gateway {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::eventually;
using testing::order;
using testing::RunningServer;

/// Everything goes to a folder, and to a receiver that is not there.
constexpr std::string_view dead_receiver = R"(---
targets:
  dead: {kind: http, url: "http://127.0.0.1:1/", allow_private_addresses: true, retry: {attempts: 1}}
routes:
  to-dead: {to: dead}
)";

std::size_t files_in(const std::string& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

class ParkedOverHttp : public ::testing::Test {
 protected:
  void SetUp() override {
    server.write_config("dead.yaml", dead_receiver);
    server.start();
    id = json::parse(server.post("/v1/documents?source=api", order("PO-1")).body).value("id", "");
    ASSERT_TRUE(eventually([&] { return state_of(id) == "parked"; })) << state_of(id);
    ASSERT_TRUE(eventually([&] { return files_in(server.data() + "/out") == 1; }));
  }
  std::string state_of(const std::string& message) {
    return json::parse(server.get("/v1/documents/" + message).body).value("state", "");
  }
  RunningServer server;
  std::string id;
};

TEST_F(ParkedOverHttp, IsGroupedListedAndFoundByKey) {
  const auto groups = json::parse(server.get("/v1/parked").body)["groups"];
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0]["code"], "DELIVER-0006");
  EXPECT_EQ(groups[0]["target"], "dead");
  EXPECT_EQ(groups[0]["count"], 1);
  EXPECT_FALSE(groups[0]["finding"].value("remedy", "").empty());
  EXPECT_EQ(json::parse(server.get("/v1/parked/items?key=PO-1&kind=order").body)["items"][0]["message"], id);
  EXPECT_TRUE(json::parse(server.get("/v1/parked/items?key=PO-2").body)["items"].empty());
  EXPECT_TRUE(json::parse(server.get("/v1/parked/items?until=1h").body)["items"].empty());
  const auto page = json::parse(server.get("/v1/parked/items?limit=1").body);
  EXPECT_TRUE(json::parse(server.get("/v1/parked/items?cursor=" + page.value("cursor", "")).body)["items"].empty());
  EXPECT_EQ(server.get("/v1/parked?colour=red").status, 400);
  EXPECT_EQ(server.get("/v1/parked?since=soon").status, 400);
  EXPECT_EQ(server.send("POST", "/v1/parked/release", {{"X-API-Key", server.reader()}}).status, 403);
}

TEST_F(ParkedOverHttp, ADryRunSaysWhatWouldBeSentWhere) {
  const auto dry = json::parse(server.post("/v1/parked/release?target=dead&dry_run=yes", "").body);
  EXPECT_EQ(dry["would_release"], 1);
  ASSERT_EQ(dry["would_send"].size(), 1U);
  EXPECT_EQ(dry["would_send"][0]["place"], "http://127.0.0.1:1/");
  EXPECT_EQ(dry["would_send"][0]["number"], "PO-1");
  EXPECT_EQ(state_of(id), "parked");
  const auto released = server.post("/v1/parked/release?target=dead&why=it+is+back", "");
  EXPECT_EQ(released.status, 202);
  EXPECT_EQ(json::parse(released.body)["released"], 1);
  const auto timeline = server.get("/v1/documents/" + id + "/timeline").body;
  EXPECT_NE(timeline.find("it is back"), std::string::npos) << timeline;
  EXPECT_NE(timeline.find("key:all"), std::string::npos) << timeline;
}

TEST_F(ParkedOverHttp, AnEditedCopyGoesOnlyWhereTheFirstOneDidNotArrive) {
  auto copy = nlohmann::ordered_json::parse(order("PO-1"));
  copy["buyer"]["name"] = "Nordwind GmbH";
  const auto dry = json::parse(server.post("/v1/documents/" + id + "/resubmit?dry_run=yes", copy.dump()).body);
  ASSERT_EQ(dry["would_send"].size(), 1U) << dry;
  EXPECT_EQ(dry["would_send"][0]["target"], "dead");
  EXPECT_EQ(server.post("/v1/documents/" + id + "/resubmit", order("PO-1")).status, 400) << "not edited";
  EXPECT_EQ(server.post("/v1/documents/" + id + "/resubmit", "").status, 400);
  const auto made = server.post("/v1/documents/" + id + "/resubmit?why=full+name", copy.dump());
  ASSERT_EQ(made.status, 202) << made.text;
  const auto next = json::parse(made.body).value("id", "");
  EXPECT_TRUE(eventually([&] { return state_of(next) == "parked"; })) << state_of(next);
  EXPECT_EQ(state_of(id), "delivered");
  EXPECT_EQ(files_in(server.data() + "/out"), 1U);
  EXPECT_EQ(json::parse(server.get("/v1/documents/" + next).body)["resubmits"], id);
  EXPECT_EQ(json::parse(server.get("/v1/documents/" + id).body)["resubmitted_as"][0], next);
}

}  // namespace
}  // namespace purser::gateway
