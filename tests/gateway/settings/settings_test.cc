#include "gateway/settings/settings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "gateway/settings/shown.h"

namespace purser::gateway {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view good = R"(server:
  listen: 127.0.0.1:0
access:
  hash_key: secret://file/secrets/hash
connectors:
  ubl: {isolation: in-process}
partners:
  acme: {overlays: {ubl: [acme.overlay]}, interchanges: consecutive}
sources:
  shop:
    kind: webhook
    secrets: [secret://file/secrets/shop]
    connector: ubl
    partner: acme
  api: {kind: http}
  drop: {kind: folder, path: in, quiet: 250 ms, acknowledge: [contrl, aperak]}
targets:
  erp: {kind: folder, path: out, retry: {schedule: eager, attempts: 3}}
  app: {kind: http, url: "http://127.0.0.1:9/x", headers: {X-Token: secret://file/secrets/hash}}
routes:
  orders:
    from: shop
    match: {document: purchase_order}
    to: erp
    as: {connector: ubl, message: Order}
  rest: {to: app}
)";

class SettingsTest : public ::testing::Test {
 protected:
  SettingsTest() {
    std::string name = fs::temp_directory_path() / "purser-settings-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    fs::create_directory(folder_ + "/secrets");
    write("secrets/hash", "pepper\n");
    write("secrets/shop", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
  }
  ~SettingsTest() override { fs::remove_all(folder_); }

  void write(const std::string& name, std::string_view text) const {
    std::ofstream(folder_ + "/" + name, std::ios::binary) << text;
  }
  // The good configuration with one text replaced by another.
  LoadedSettings changed(std::string_view from, std::string_view to) const {
    std::string text(good);
    auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    write("purser.yaml", text);
    return load_settings(folder_);
  }
  static std::string lines(const Report& report) {
    std::string all;
    for (const auto& finding : report.findings()) all += to_line(finding, finding.source) + "\n";
    return all;
  }
  std::string folder_;
};

TEST_F(SettingsTest, ReadsAWholeConfiguration) {
  auto loaded = changed("server:", "server:");
  ASSERT_NE(loaded.settings, nullptr) << lines(loaded.report);
  const auto& settings = *loaded.settings;
  EXPECT_EQ(settings.front.port, 0);
  EXPECT_EQ(settings.hash_key, "pepper");
  EXPECT_EQ(settings.version.size(), 12U);
  EXPECT_TRUE(settings.find_connector("ubl")->in_process);
  EXPECT_EQ(settings.find_partner("acme")->overlays.at("ubl"), std::vector<std::string>{"acme.overlay"});
  EXPECT_EQ(settings.table->references.at("acme"), References::consecutive);
  EXPECT_EQ(settings.table->acknowledging.size(), 1U);
  EXPECT_EQ(settings.table->acknowledging.at("drop").technical, "contrl");
  EXPECT_TRUE(settings.table->acknowledging.at("drop").content);
  EXPECT_EQ(settings.find_source("shop")->secrets.front().bytes.size(), 24U);
  EXPECT_EQ(settings.find_source("drop")->path, settings.data + "/in");
  EXPECT_EQ(settings.find_source("drop")->quiet, std::chrono::milliseconds(250));
  const auto& table = *settings.table;
  ASSERT_EQ(table.routes.size(), 2U);
  EXPECT_EQ(table.routes[0].name, "orders");
  EXPECT_EQ(table.routes[0].match.source, "shop");
  EXPECT_EQ(table.routes[0].format, R"({"message":"Order"})");
  EXPECT_EQ(table.find_target("erp")->retry.attempts, 3U);
  EXPECT_EQ(std::get<HttpTarget>(table.find_target("app")->where).headers[0].second, "pepper");
  EXPECT_TRUE(loaded.report.empty()) << lines(loaded.report);
}

struct Fault {
  std::string_view from, to;
  std::string_view code;
  std::uint32_t line;
  std::string_view expected;  // a part of it
};

TEST_F(SettingsTest, EachFaultIsFoundAtItsPlace) {
  const Fault faults[] = {
      {"listen: 127.0.0.1:0", "lisen: 127.0.0.1:0", "CONFIG-0003", 2, "listen"},
      {"listen: 127.0.0.1:0", "listen: somewhere", "CONFIG-0006", 2, "ADDRESS:PORT"},
      {"listen: 127.0.0.1:0", "listen: 0.0.0.0:80", "CONFIG-0012", 2, "server.tls"},
      {"  listen: 127.0.0.1:0", "  io_threads: two\n  listen: 127.0.0.1:0", "CONFIG-0005", 2, "whole number"},
      {"  listen: 127.0.0.1:0", "  io_threads: 900\n  listen: 127.0.0.1:0", "CONFIG-0006", 2, "1 to 64"},
      {"server:\n  listen: 127.0.0.1:0", "data: x", "CONFIG-0004", 0, ""},
      {"routes:", "rotues:", "CONFIG-0003", 20, "routes"},
      {"{isolation: in-process}", "{isolation: inprocess}", "CONFIG-0006", 6, "in-process"},
      {"{isolation: in-process}", "{isolation: worker, tables: nowhere}", "CONFIG-0011", 6, ""},
      {"{kind: http}", "{kind: htp}", "CONFIG-0006", 15, "http"},
      {"{kind: http}", "{}", "CONFIG-0004", 15, "kind"},
      {"  api: {kind: http}", "  shop: {kind: http}", "CONFIG-0007", 15, ""},
      {"quiet: 250 ms", "quiet: 250", "CONFIG-0006", 16, "10 s"},
      {"connector: ubl\n    partner", "connector: ulb\n    partner", "CONFIG-0008", 13, "ubl"},
      {"partner: acme", "partner: acm", "CONFIG-0008", 14, "acme"},
      {"from: shop", "from: shpo", "CONFIG-0008", 22, "shop"},
      {"to: erp", "to: epr", "CONFIG-0008", 24, "erp"},
      {"as: {connector: ubl,", "as: {connector: ubk,", "CONFIG-0008", 25, "ubl"},
      {"  rest: {to: app}", "  rest: {to: app, rules: [peppol, en16391]}", "CONFIG-0008", 26, "en16931"},
      {"purchase_order", "purchase_oder", "CONFIG-0014", 23, "purchase_order"},
      {"match: {document: purchase_order}", "match: {document: purchase_order, fields: {sellr.id: x}}",
       "CONFIG-0014", 23, "seller"},
      {"overlays: {ubl:", "overlays: {ubx:", "CONFIG-0008", 8, "ubl"},
      {"secrets/shop]", "secrets/none]", "CONFIG-0009", 12, ""},
      {"secrets/shop]", "secrets/hash]", "CONFIG-0006", 12, "whsec_"},
      {"path: out", "path: in", "CONFIG-0012", 18, "no source watches"},
      {"attempts: 3", "attempts: 0", "CONFIG-0006", 18, "1 to 1000"},
      {"attempts: 3", "first: 1 h, longest: 1 s", "CONFIG-0012", 18, ""},
      {"http://127.0.0.1:9/x", "127.0.0.1:9/x", "CONFIG-0006", 19, "http://"},
  };
  for (const auto& fault : faults) {
    auto loaded = changed(fault.from, fault.to);
    EXPECT_EQ(loaded.settings, nullptr) << fault.to;
    const auto& findings = loaded.report.findings();
    auto found = std::find_if(findings.begin(), findings.end(), [&](const Finding& finding) {
      return finding.code == fault.code && (fault.line == 0 || finding.at.line == fault.line) &&
             finding.expected.find(fault.expected) != std::string::npos && !finding.remedy.empty();
    });
    EXPECT_NE(found, findings.end()) << fault.to << "\n" << lines(loaded.report);
  }
}

TEST_F(SettingsTest, AllFaultsAreReported) {
  write("purser.yaml", "server: {listen: x, io_threads: y}\nsources: {A: {kind: z}}\nroutes: {r: {to: t}}\n");
  auto loaded = load_settings(folder_);
  EXPECT_EQ(loaded.settings, nullptr);
  std::vector<std::string> codes;
  for (const auto& finding : loaded.report.findings()) codes.push_back(finding.code);
  EXPECT_EQ(std::count(codes.begin(), codes.end(), "CONFIG-0006"), 3) << lines(loaded.report);
  EXPECT_EQ(std::count(codes.begin(), codes.end(), "CONFIG-0005"), 1) << lines(loaded.report);
  EXPECT_EQ(std::count(codes.begin(), codes.end(), "CONFIG-0008"), 1) << lines(loaded.report);
}

TEST_F(SettingsTest, SectionsMaySpreadOverFiles) {
  write("a.yaml", "server: {listen: 127.0.0.1:0}\nsources: {one: {kind: http}}\n");
  write("b.yaml",
        "sources: {two: {kind: http}}\ntargets: {t: {kind: folder, path: o}}\nroutes: {r: {to: t}}\n");
  auto loaded = load_settings(folder_);
  ASSERT_NE(loaded.settings, nullptr) << lines(loaded.report);
  EXPECT_EQ(loaded.settings->sources.size(), 2U);
  write("c.yaml", "sources: {one: {kind: http}}\n");
  auto twice = load_settings(folder_);
  EXPECT_EQ(twice.settings, nullptr);
  ASSERT_EQ(twice.report.findings().size(), 1U) << lines(twice.report);
  EXPECT_EQ(twice.report.findings()[0].code, "CONFIG-0007");
  EXPECT_EQ(twice.report.findings()[0].source, "c.yaml");
}

TEST_F(SettingsTest, AnEmptyOrMissingFolderIsAFinding) {
  auto empty = load_settings(folder_);
  ASSERT_FALSE(empty.report.empty());
  EXPECT_EQ(empty.report.findings()[0].code, "CONFIG-0001");
  auto missing = load_settings(folder_ + "/none");
  EXPECT_EQ(missing.report.findings()[0].code, "CONFIG-0001");
}

TEST_F(SettingsTest, AnSftpTargetIsPinnedAndPaced) {
  const auto loaded =
      changed("  app: {kind: http,",
              "  bank:\n    kind: sftp\n    host: sftp.example.org\n    path: /in/\n    user: purser\n"
              "    password: secret://file/secrets/hash\n"
              "    host_key: SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n    rate: 5\n"
              "    breaker: {failures: 2, rest: 1 min}\n  app: {kind: http,");
  ASSERT_NE(loaded.settings, nullptr) << lines(loaded.report);
  const Target* bank = loaded.settings->table->find_target("bank");
  ASSERT_NE(bank, nullptr);
  const auto& sftp = std::get<SftpTarget>(bank->where);
  EXPECT_EQ(sftp.server.path, "/in");
  EXPECT_EQ(sftp.server.host_key.size(), 43U);
  EXPECT_EQ(bank->rate, 5U);
  EXPECT_EQ(bank->breaker.failures, 2U);
  EXPECT_EQ(bank->breaker.rest, std::chrono::minutes(1));
}

TEST_F(SettingsTest, AnSftpTargetNeedsAKeyOfTheServerAndOneOfItsOwn) {
  const auto loaded =
      changed("  app: {kind: http,",
              "  bank: {kind: sftp, host: h, path: in, user: u, host_key: 'MD5:aa'}\n  app: {kind: http,");
  EXPECT_EQ(loaded.settings, nullptr);
  std::vector<std::string> codes;
  for (const auto& finding : loaded.report.findings()) codes.push_back(finding.code);
  EXPECT_EQ(std::count(codes.begin(), codes.end(), "CONFIG-0006"), 2) << lines(loaded.report);
}

TEST_F(SettingsTest, NoSecretAppearsInAFinding) {
  auto loaded = changed("secrets/shop]", "secrets/hash]");
  EXPECT_EQ(lines(loaded.report).find("pepper"), std::string::npos);
}

TEST_F(SettingsTest, IsShownWithoutWhatIsSecret) {
  std::string text(good);
  text.replace(text.find("[secret://file/secrets/shop]"), 28, "[secret://file/secrets/shop, whsec_AAAA]");
  text.replace(text.find("{X-Token: secret://file/secrets/hash}"), 37,
               "{X-Token: hidden-token, X-Colour: secret://env/COLOUR}");
  write("purser.yaml", text);
  write("more.yaml", R"(audit: {checkpoints: {key: "-----BEGIN hidden", url: "https://witness.example/"}}
sources: {late: {kind: folder, path: late, connector: ubl}}
)");
  fs::create_directories(folder_ + "/tenants/globex");
  write("tenants/globex/globex.yaml",
        "sources: {shop: {kind: webhook, secrets: [hidden-word], connector: ubl}}\n");
  write("more-tenants.yaml", "tenants: {globex: {}}\n");
  Report report;
  const std::string shown = show_settings(folder_, report);
  for (const char* secret : {"hidden", "whsec_", "pepper"})
    EXPECT_EQ(shown.find(secret), std::string::npos) << shown;
  for (const char* text_of_it : {"secret://file/secrets/shop", "secret://env/COLOUR", "\"late\"",
                                 "shop@globex", "https://witness.example/", "(not shown)"}) {
    EXPECT_NE(shown.find(text_of_it), std::string::npos) << text_of_it << " in " << shown;
  }
}

TEST_F(SettingsTest, UnusedEntriesAreWarnings) {
  auto loaded = changed("  rest: {to: app}", "");
  ASSERT_NE(loaded.settings, nullptr) << lines(loaded.report);
  EXPECT_TRUE(loaded.report.has(Severity::warning));
  EXPECT_NE(lines(loaded.report).find("no route delivers to app"), std::string::npos);
}

TEST_F(SettingsTest, RestartNeedsAreNamed) {
  auto first = changed("server:", "server:");
  auto second = changed("listen: 127.0.0.1:0", "listen: 127.0.0.1:1");
  Report report;
  find_restart_needs(*first.settings, *second.settings, report);
  ASSERT_EQ(report.findings().size(), 1U);
  EXPECT_EQ(report.findings()[0].path, "server.listen");
}

}  // namespace
}  // namespace purser::gateway
