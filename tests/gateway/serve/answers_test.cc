// An interchange dropped in a folder is answered: CONTRL about its syntax, APERAK about its content, as files for
// the sender. The real connector does the reading and writing.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

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
    const char* build = std::getenv("PURSER_BUILD");
    const std::string library = std::string(build == nullptr ? "build" : build) + "/lib/purser/connectors/edifact.so";
    ASSERT_TRUE(fs::exists(library)) << library;
    server_.write_config("answers.yaml", "connectors:\n  edifact: {isolation: in-process, library: \"" +
                                             fs::absolute(library).string() + "\"}\n" + std::string(settings));
    server_.start();
    ASSERT_TRUE(eventually([&] { return fs::exists(server_.data() + "/erp/error"); }));
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
  EXPECT_NE(aperak.find("ERC+12'FTX+AAO+++MAP-0002?: "), std::string::npos) << aperak;
}

}  // namespace
}  // namespace purser::gateway
