// What callers may ask of a submission: to wait for its outcome, to be held against XML Schemas.
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <thread>

#include <nlohmann/json.hpp>

#include "gateway/access/jose/crypto.h"
#include "gateway/checkpoint/trail.h"
#include "tests/gateway/serve/running_server.h"

namespace purser::gateway {
namespace {

using nlohmann::json;
using testing::eventually;
using testing::order;
using testing::RunningServer;

TEST(Prefer, WaitsForTheOutcome) {
  RunningServer server;
  server.start();
  const auto waited =
      server.post("/v1/documents?source=api", order("PO-1"), {{"Prefer", "respond-async, wait=20"}});
  EXPECT_EQ(waited.status, 200) << waited.text;
  EXPECT_EQ(waited.header("Preference-Applied"), "wait=20");
  const auto outcome = json::parse(waited.body);
  EXPECT_EQ(outcome["state"], "delivered");
  EXPECT_EQ(outcome["deliveries"][0]["state"], "delivered");
  EXPECT_EQ(waited.header("Location"), "/v1/documents/" + outcome["id"].get<std::string>());
  // The same one again is at rest already.
  const auto again = server.post("/v1/documents?source=api", order("PO-1"), {{"Prefer", "wait=5"}});
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(json::parse(again.body)["id"], outcome["id"]);
  const auto parked = server.post("/v1/documents?source=api", "no format", {{"Prefer", "wait=20"}});
  EXPECT_EQ(parked.status, 200);
  EXPECT_EQ(json::parse(parked.body)["state"], "parked");
  const auto at_once = server.post("/v1/documents?source=api", order("PO-2"), {{"Prefer", "respond-async"}});
  EXPECT_EQ(at_once.status, 202);
  EXPECT_EQ(at_once.header("Preference-Applied"), "respond-async");
  for (const char* other : {"", "wait=0", "wait=x", "wait=-1", "return=minimal", ",,=;wait"}) {
    const auto reply = server.post("/v1/documents?source=api", order("PO-2"), {{"Prefer", other}});
    EXPECT_EQ(reply.status, 202) << other;
    EXPECT_EQ(reply.header("Preference-Applied"), "") << other;
  }
}

TEST(Prefer, AnswersAtTheLatestWhenTheTimeIsOver) {
  RunningServer server;
  server.write_config(
      "extra.yaml",
      "targets: {dead: {kind: http, url: \"http://127.0.0.1:9/\", allow_private_addresses: true}}\n"
      "routes: {dead: {to: dead}}\n");
  server.start();
  const auto begin = std::chrono::steady_clock::now();
  const auto late =
      server.post("/v1/documents?source=api", order("PO-1"), {{"Prefer", "respond-async, wait=1"}});
  EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(900));
  EXPECT_EQ(late.status, 202) << late.text;
  EXPECT_EQ(late.header("Preference-Applied"), "respond-async, wait=1");
  EXPECT_EQ(json::parse(late.body)["state"], "delivering");
  // Whoever still waits is answered when the gateway stops.
  testing::Reply held;
  std::thread waiting([&] {
    held = server.post("/v1/documents?source=api", order("PO-2"), {{"Prefer", "wait=30"}});
  });
  ASSERT_TRUE(
      eventually([&] { return json::parse(server.get("/v1/documents").body)["documents"].size() == 2; }));
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  server.stop();
  waiting.join();
  EXPECT_EQ(held.status, 202);
}

TEST(Documents, AnUploadedFormIsToldHowADocumentIsSent) {
  RunningServer server;
  server.start();
  const auto form = server.send(
      "POST", "/v1/documents?source=api",
      {{"Authorization", "Bearer " + server.key()}, {"Content-Type", "Multipart/Form-Data; boundary=x"}},
      "--x\r\n\r\n<Invoice/>\r\n--x--\r\n");
  EXPECT_EQ(form.status, 415) << form.text;
  EXPECT_NE(form.body.find("INTAKE-0013"), std::string::npos) << form.body;
  EXPECT_EQ(json::parse(server.get("/v1/documents").body)["documents"].size(), 0U);
}

TEST(Pages, ShortListsHaveCursorsToo) {
  RunningServer server;
  server.write_config("extra.yaml",
                      "targets: {second: {kind: folder, path: second}, third: {kind: folder, path: third}}\n"
                      "routes: {second: {to: second}, third: {to: third}}\n");
  server.start();
  const auto sent = server.post("/v1/documents?source=api", order("PO-1"), {{"Prefer", "wait=20"}});
  ASSERT_EQ(sent.status, 200) << sent.text;
  const auto list = "/v1/documents/" + json::parse(sent.body)["id"].get<std::string>() + "/deliveries";
  const auto whole = json::parse(server.get(list).body);
  ASSERT_EQ(whole["deliveries"].size(), 3U);
  EXPECT_FALSE(whole.contains("cursor"));
  std::vector<json> found;
  for (std::string cursor;;) {
    const auto page =
        json::parse(server.get(list + "?limit=1" + (cursor.empty() ? "" : "&cursor=" + cursor)).body);
    ASSERT_EQ(page["deliveries"].size(), 1U);
    found.push_back(page["deliveries"][0]);
    if (!page.contains("cursor")) break;
    cursor = page["cursor"];
    ASSERT_LE(found.size(), 3U);
  }
  EXPECT_EQ(json(found), whole["deliveries"]);
  for (const char* wrong : {"?limit=0", "?limit=1001", "?limit=x", "?cursor=%25"})
    EXPECT_EQ(server.get(list + wrong).status, 400) << wrong;
  EXPECT_EQ(server.get("/v1/parked?limit=1&cursor=Zm9v").status, 200);
}

TEST(Checkpoints, TheGatewaySignsItsTrailByItself) {
  RunningServer server;
  const auto key = CryptoKey::generate(KeyKind::ed25519);
  ASSERT_TRUE(key.has_value());
  const auto place = server.data() + "-checkpoints";
  server.write_config("secrets/checkpoints", key->private_pem());
  server.write_config("extra.yaml",
                      "audit: {checkpoints: {to: " + place +
                          ", every: 1 s, origin: test, key: \"secret://file/secrets/checkpoints\"}}\n");
  server.start();
  ASSERT_EQ(server.post("/v1/documents?source=api", order("PO-1"), {{"Prefer", "wait=20"}}).status, 200);
  SystemFiles files;
  const auto laid_down = folder_place(place, files);
  const auto signed_entries = [&] {
    const auto checkpoint = read_checkpoint(*laid_down, 0, std::span(&*key, 1));
    return checkpoint && *checkpoint ? (*checkpoint)->size : 0;
  };
  ASSERT_TRUE(eventually([&] { return signed_entries() > 0; }));
  const auto first = signed_entries();
  ASSERT_EQ(server.post("/v1/documents?source=api", order("PO-2"), {{"Prefer", "wait=20"}}).status, 200);
  EXPECT_TRUE(eventually([&] { return signed_entries() > first; })) << "and again, when it has grown";
  server.stop();
  const auto verdict = verify_against(walk_trail(server.data(), {}), *laid_down, std::span(&*key, 1));
  ASSERT_TRUE(verdict.has_value()) << verdict.error().message;
  EXPECT_EQ(verdict->first_wrong, 0);

  // Another key goes on above the one before, where the configuration says which that was; either is taken by
  // who verifies and knows both.
  const auto next = CryptoKey::generate(KeyKind::ed25519);
  server.write_config("secrets/checkpoints", next->private_pem());
  server.write_config("secrets/checkpoints-before", key->public_pem());
  server.write_config("extra.yaml", "audit: {checkpoints: {to: " + place +
                                        ", every: 1 s, origin: test, key: \"secret://file/secrets/checkpoints\","
                                        " previous: \"secret://file/secrets/checkpoints-before\"}}\n");
  const std::array both{*next, *key};
  const auto verified = [&] { return verify_against(walk_trail(server.data(), {}), *laid_down, both); };
  EXPECT_EQ(verified()->first_wrong, 0) << "signed by the one before";
  server.start();
  ASSERT_EQ(server.post("/v1/documents?source=api", order("PO-3"), {{"Prefer", "wait=20"}}).status, 200);
  EXPECT_TRUE(eventually([&] {
    const auto checkpoint = read_checkpoint(*laid_down, 0, std::span(&*next, 1));
    return checkpoint && *checkpoint;
  })) << "signed by the new one";
  server.stop();
  EXPECT_EQ(verified()->first_wrong, 0);
  std::filesystem::remove_all(place);
}

constexpr std::string_view note_xsd =
    R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:n">
  <xs:element name="Note" type="xs:integer"/></xs:schema>)";

TEST(XmlSchema, StrictRefusesAndLenientTells) {
  RunningServer server;
  std::filesystem::create_directories(server.config() + "/schemas");
  server.write_config("schemas/note.xsd", note_xsd);
  server.write_config("extra.yaml",
                      "sources:\n"
                      "  held: {kind: http, xsd: {schemas: [schemas], strict: true}}\n"
                      "  told: {kind: http, xsd: {schemas: [schemas/note.xsd]}}\n");
  server.start();
  const std::string good = "<Note xmlns=\"urn:n\">1</Note>", wrong = "<Note xmlns=\"urn:n\">\none</Note>";
  const auto refused = server.post("/v1/documents?source=held", wrong);
  EXPECT_EQ(refused.status, 422) << refused.text;
  const auto problem = json::parse(refused.body);
  EXPECT_EQ(problem["code"], "XSD-0001");
  EXPECT_EQ(problem["findings"][0]["at"]["line"], 2);
  EXPECT_TRUE(json::parse(server.get("/v1/documents").body)["documents"].empty());
  EXPECT_EQ(server.post("/v1/documents?source=held", good).status, 202);
  EXPECT_EQ(server.post("/v1/documents?source=held", "<Other/>").status, 422);
  const auto told = server.post("/v1/documents?source=told", wrong, {{"Prefer", "wait=20"}});
  ASSERT_EQ(told.status, 200) << told.text;
  bool found = false;
  const auto message = json::parse(told.body);
  for (const auto& finding : message["findings"])
    found = found || (finding["code"] == "XSD-0001" && finding["severity"] == "warning");
  EXPECT_TRUE(found) << told.body;
}

}  // namespace
}  // namespace purser::gateway
