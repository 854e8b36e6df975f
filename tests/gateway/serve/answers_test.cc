// An interchange dropped in a folder is answered: CONTRL about its syntax, APERAK about its content, as files for
// the sender. The real connector does the reading and writing.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "tests/gateway/serve/running_server.h"

namespace purser::gateway {
namespace {

namespace fs = std::filesystem;
using testing::eventually;
using testing::RunningServer;

constexpr std::string_view settings = R"(
sources:
  erp: {kind: folder, path: erp, connector: edifact, partner: nordwind, quiet: 100 ms, acknowledge: [contrl, aperak]}
partners:
  nordwind: {interchanges: consecutive}
targets:
  contrl: {kind: folder, path: contrl, extension: .edi}
  aperak: {kind: folder, path: aperak, extension: .edi}
routes:
  a-contrl:
    match: {document: acknowledgement, fields: {outgoing: "true", technical: "true"}}
    to: contrl
    as: {connector: edifact, message: CONTRL}
    last: true
  b-aperak:
    match: {document: acknowledgement, fields: {outgoing: "true", technical: "false"}}
    to: aperak
    as: {connector: edifact, message: APERAK}
    last: true
)";

std::string invoice(std::string_view reference, std::string_view number, std::string_view quantity) {
  std::string text = "UNB+UNOC:3+4012345000009:14+5412345000013:14+261120:0915+" + std::string(reference) + "'";
  text += "UNH+1+INVOIC:D:96A:UN:EAN008'BGM+380+" + std::string(number) + "+9'DTM+137:20261120:102'";
  text += "NAD+BY+5412345000013::9'NAD+SU+4012345000009::9'CUX+2:EUR:4'LIN+1++4012345000016:EN'QTY+47:" +
          std::string(quantity) + ":PCE'MOA+203:10.00'PRI+AAA:10.00'UNS+S'MOA+77:10.00'UNT+13+1'UNZ+1+" +
          std::string(reference) + "'";
  return text;
}

class AnswersTest : public ::testing::Test {
 protected:
  void SetUp() override {
    configure(settings);
    server_.start();
    ASSERT_TRUE(eventually([&] { return fs::exists(server_.data() + "/erp/error"); }));
  }
  void configure(std::string_view more) const {
    const char* build = std::getenv("PURSER_BUILD");
    const std::string library = std::string(build == nullptr ? "build" : build) + "/lib/purser/connectors/edifact.so";
    ASSERT_TRUE(fs::exists(library)) << library;
    server_.write_config("answers.yaml", "connectors:\n  edifact: {isolation: in-process, library: \"" +
                                             fs::absolute(library).string() + "\"}\n" + std::string(more));
  }
  void drop(const std::string& name, const std::string& text) const {
    const std::string path = server_.data() + "/erp/" + name;
    std::ofstream(path + ".tmp", std::ios::binary) << text;
    fs::rename(path + ".tmp", path);
  }
  /// All files of a target's folder, one after the other.
  [[nodiscard]] std::string files(const std::string& target) const {
    std::stringstream all;
    std::error_code ignored;
    for (const auto& file : fs::directory_iterator(server_.data() + "/" + target, ignored)) {
      if (file.is_regular_file()) all << std::ifstream(file.path()).rdbuf() << "\n";
    }
    return all.str();
  }
  RunningServer server_;
};

TEST_F(AnswersTest, AGoodInvoiceIsAcknowledgedTwice) {
  drop("good.edi", invoice("0041", "RE-1", "1"));
  ASSERT_TRUE(eventually([&] { return !files("contrl").empty() && !files("aperak").empty(); }));
  const std::string contrl = files("contrl");
  EXPECT_NE(contrl.find("UNB+UNOC:3+5412345000013:14+4012345000009:14+"), std::string::npos) << contrl;
  EXPECT_NE(contrl.find("UCI+0041+4012345000009:14+5412345000013:14+7'UCM+1+INVOIC:D:96A:UN:EAN008+7'"),
            std::string::npos)
      << contrl;
  const std::string aperak = files("aperak");
  EXPECT_NE(aperak.find("BGM+312+RE-1++AP'"), std::string::npos) << aperak;
  EXPECT_NE(aperak.find("RFF+IV:RE-1'"), std::string::npos) << aperak;
}

TEST_F(AnswersTest, ABadOneIsRejectedWithThePlace) {
  drop("bad.edi", invoice("0042", "RE-2", "one"));
  ASSERT_TRUE(eventually([&] { return !files("contrl").empty() && !files("aperak").empty(); }));
  const std::string contrl = files("contrl");
  EXPECT_NE(contrl.find("UCM+1+INVOIC:D:96A:UN:EAN008+4'UCS+8+13'UCD+37+2:2'"), std::string::npos) << contrl;
  const std::string aperak = files("aperak");
  EXPECT_NE(aperak.find("BGM+313+RE-2++RE'"), std::string::npos) << aperak;
  EXPECT_NE(aperak.find("ERC+37'FTX+AAO+++MAP-0019?: "), std::string::npos) << aperak;
}

// An order goes out as EDIFACT; the receiver's CONTRL comes back and is held against the interchange it went in.
constexpr std::string_view expecting = R"(
sources:
  back: {kind: folder, path: back, connector: edifact, partner: nordwind, quiet: 100 ms}
targets:
  orders: {kind: folder, path: orders, extension: .edi}
  answers: {kind: folder, path: answers}
routes:
  a-order:
    match: {document: purchase_order}
    to: orders
    as: {connector: edifact, message: ORDERS, version: D96A}
    expect:
      - {kind: contrl, within: 4 h}
      - {kind: order_response, within: 1 s}
    last: true
  b-answer: {match: {document: acknowledgement}, to: answers, last: true}
)";

TEST_F(AnswersTest, TheContrlForAnOrderIsHeldAgainstItsInterchange) {
  server_.stop();
  configure("partners:\n  nordwind: {}\n" + std::string(expecting));
  server_.start();
  ASSERT_TRUE(eventually([&] { return fs::exists(server_.data() + "/back/error"); }));
  auto order = nlohmann::ordered_json::parse(testing::order("PO-1"));
  order["buyer"]["identifiers"][0] = {{"id", "5412345000013"}, {"scheme", "0088"}};
  order["seller"]["identifiers"][0] = {{"id", "4012345000009"}, {"scheme", "0088"}};
  ASSERT_EQ(server_.post("/v1/documents?source=api", order.dump()).status, 202);
  ASSERT_TRUE(eventually([&] { return !files("orders").empty(); }))
      << server_.get("/v1/documents").body << server_.get("/v1/parked/items").body;
  const std::string sent = files("orders");
  const auto state_of = [&](std::string_view awaited) {
    const auto list = nlohmann::json::parse(server_.get("/v1/expectations").body)["expectations"];
    for (const auto& one : list) {
      if (one["awaited"] == awaited) return one.value("state", "");
    }
    return std::string("none of ") + list.dump();
  };
  ASSERT_TRUE(eventually([&] { return state_of("technical_acknowledgement") == "waiting"; })) << state_of("");
  // UNB+UNOC:3+sender:q+recipient:q+date:time+reference…
  std::vector<std::string> parts;
  std::stringstream unb(sent.substr(sent.find("UNB+"), sent.find('\'', sent.find("UNB+")) - sent.find("UNB+")));
  for (std::string part; std::getline(unb, part, '+');) parts.push_back(part);
  ASSERT_GE(parts.size(), 6U) << sent;
  const auto contrl = [&](const std::string& reference, const std::string& own) {
    return "UNB+UNOC:3+" + parts[3] + "+" + parts[2] + "+261120:0915+" + own + "'UNH+1+CONTRL:D:3:UN'UCI+" + reference +
           "+" + parts[2] + "+" + parts[3] + "+7'UNT+3+1'UNZ+1+" + own + "'";
  };
  const auto put = [&](const std::string& name, const std::string& text) {
    std::ofstream(server_.data() + "/back/" + name + ".tmp", std::ios::binary) << text;
    fs::rename(server_.data() + "/back/" + name + ".tmp", server_.data() + "/back/" + name);
  };
  put("other.edi", contrl(parts[5] + "9", "71"));
  ASSERT_TRUE(eventually([&] { return !files("answers").empty(); }));
  EXPECT_EQ(state_of("technical_acknowledgement"), "waiting") << "of another interchange";
  put("this.edi", contrl(parts[5], "72"));
  EXPECT_TRUE(eventually([&] { return state_of("technical_acknowledgement") == "answered"; }))
      << state_of("technical_acknowledgement") << sent;
  EXPECT_TRUE(eventually([&] { return state_of("order_response") == "overdue"; })) << "nobody sent one";
}

}  // namespace
}  // namespace purser::gateway
