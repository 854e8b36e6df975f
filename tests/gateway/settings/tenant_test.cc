// Entries of tenants: own names, own files, and nothing of anybody else's.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "gateway/settings/settings.h"

namespace purser::gateway {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view operators = R"(server: {listen: "127.0.0.1:0"}
access: {hash_key: secret://file/secrets/hash}
tenants:
  acme: {title: Acme, calls: {requests: 5}, daily: 100, retention: {delivered: 30 d}}
  globex: {private_addresses: true}
sources: {api: {kind: http}}
targets: {out: {kind: folder, path: out}}
routes: {all: {to: out}}
)";
constexpr std::string_view acmes = R"(
partners: {nord: {}}
roles: {clerk: [documents:read]}
sources: {api: {kind: http, partner: nord}, drop: {kind: folder, path: in}, shop: {kind: webhook, secrets: [secret://file/secrets/shop]}}
targets: {out: {kind: folder, path: out}}
routes: {all: {from: "*", match: {partner: nord}, to: out}}
keys: {front: {id: "aaaaaaaaaa", hash: "0000000000000000000000000000000000000000000000000000000000000000", roles: [clerk], sources: [api]}}
)";

class TenantSettings : public ::testing::Test {
 protected:
  TenantSettings() {
    std::string name = fs::temp_directory_path() / "purser-tenants-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    write("secrets/hash", "pepper");
    write("purser.yaml", operators);
    write("tenants/acme/secrets/shop", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    write("tenants/acme/all.yaml", acmes);
  }
  ~TenantSettings() override { fs::remove_all(folder_); }
  void write(const std::string& name, std::string_view text) const {
    fs::create_directories(fs::path(folder_ + "/" + name).parent_path());
    std::ofstream(folder_ + "/" + name, std::ios::binary) << text;
  }
  // What is wrong when the tenant's folder holds one more file.
  std::string with(std::string_view text, const std::string& tenant = "acme") const {
    write("tenants/" + tenant + "/more.yaml", text);
    std::string all;
    const auto loaded = load_settings(folder_);
    for (const auto& finding : loaded.report.findings()) {
      if (finding.severity >= Severity::error) all += settings_line(finding) + "\n";
    }
    fs::remove(folder_ + "/tenants/" + tenant + "/more.yaml");
    return all;
  }
  std::string folder_;
};

TEST_F(TenantSettings, NamesOfATenantAreItsOwn) {
  auto loaded = load_settings(folder_, "/data");
  ASSERT_NE(loaded.settings, nullptr) << with("");
  const auto& s = *loaded.settings;
  ASSERT_NE(s.find_source("api@acme"), nullptr);
  EXPECT_EQ(s.find_source("api@acme")->partner, "nord@acme");
  EXPECT_EQ(s.find_source("drop@acme")->path, "/data/tenants/acme/in");
  ASSERT_EQ(s.table->routes.size(), 2U);
  const auto& route = s.table->routes[1];
  EXPECT_EQ(route.name + " " + route.target + " " + route.match.source + " " + route.match.partner,
            "all@acme out@acme *@acme nord@acme");
  EXPECT_EQ(std::get<FolderTarget>(s.table->find_target("out@acme")->where).path, "/data/tenants/acme/out");
  ASSERT_EQ(s.keys.size(), 1U);
  EXPECT_EQ(s.keys[0].name, "front@acme");
  EXPECT_EQ(s.keys[0].sources, std::vector<std::string>{"api@acme"});
  EXPECT_EQ(s.keys[0].scopes, std::vector<std::string>{"documents:read"});
  ASSERT_EQ(s.tenants.size(), 3U) << "the default one is always there";
  EXPECT_EQ(s.find_tenant("acme")->calls.requests, 5U);
  EXPECT_EQ(s.find_tenant("acme")->retention->delivered, std::chrono::hours(24 * 30));
}

TEST_F(TenantSettings, DocumentsAreSealedAsTheOperatorSays) {
  const auto sealing = [&](std::string_view journal, std::string_view globex) {
    write("journal.yaml", journal);
    std::string text(operators);
    text.replace(text.find("{private_addresses: true}"), 25, globex);
    write("purser.yaml", text);
    return load_settings(folder_);
  };
  const auto codes = [](const LoadedSettings& loaded) {
    std::string all;
    for (const auto& finding : loaded.report.findings()) all += finding.code + " " + finding.path + "\n";
    return all;
  };
  write("secrets/master", std::string(43, 'A') + "=\n");
  write("secrets/short", "AAAA");
  constexpr std::string_view all = "journal: {seal: {master: secret://file/secrets/master}}";
  const auto on = sealing(all, "{seal: false}");
  ASSERT_NE(on.settings, nullptr) << codes(on);
  EXPECT_TRUE(on.settings->seal.seals("default"));
  EXPECT_TRUE(on.settings->seal.seals("acme"));
  EXPECT_FALSE(on.settings->seal.seals("globex"));
  const auto some =
      sealing("journal: {seal: {master: secret://file/secrets/master, default: false}}", "{seal: true}");
  ASSERT_NE(some.settings, nullptr) << codes(some);
  EXPECT_FALSE(some.settings->seal.seals("acme"));
  EXPECT_TRUE(some.settings->seal.seals("globex"));
  EXPECT_EQ(codes(sealing("", "{seal: true}")), "CONFIG-0004 tenants.globex.seal\n") << "by which key?";
  EXPECT_EQ(codes(sealing("journal: {seal: {master: secret://file/secrets/short}}", "{}")),
            "CONFIG-0006 journal.seal.master\n");
  EXPECT_EQ(codes(sealing("journal: {seal: {master: secret://file/secrets/none}}", "{}")),
            "CONFIG-0009 journal.seal.master\n");
  EXPECT_FALSE(with(all).empty()) << "a tenant has no say";
}

TEST_F(TenantSettings, NothingLeadsToAnother) {
  write("tenants/globex/all.yaml", "sources: {api: {kind: http}}\ntargets: {out: {kind: folder, path: out}}");
  write("outside", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  fs::create_symlink("../../outside", folder_ + "/tenants/acme/link");
  for (const auto& [what, text] : std::vector<std::pair<std::string, std::string>>{
           {"another's target", "routes: {x: {to: out@globex}}"},
           {"the operator's target", "routes: {x: {to: out@default}}"},
           {"another's source", "routes: {x: {from: api@globex, to: out}}"},
           {"a name with a tenant", "sources: {api@globex: {kind: http}}"},
           {"the operator's part", "access: {metrics: open}"},
           {"a tenant", "tenants: {evil: {}}"},
           {"connectors", "connectors: {x: {library: /tmp/evil.so}}"},
           {"a folder above", "sources: {x: {kind: folder, path: ../globex/in}}"},
           {"an absolute folder", "sources: {x: {kind: folder, path: /etc}}"},
           {"a target above", "targets: {x: {kind: folder, path: ../../out}}"},
           {"a file above", "signers: {x: {keys: ../../outside, scopes: [documents:write]}}"},
           {"a file by a link", "signers: {x: {keys: link, scopes: [documents:write]}}"},
           {"a secret above", "sources: {x: {kind: webhook, secrets: [secret://file/../../outside]}}"},
           {"an absolute secret", "sources: {x: {kind: webhook, secrets: [secret://file//etc/hostname]}}"},
           {"the environment", "sources: {x: {kind: webhook, secrets: [secret://env/PATH]}}"},
           {"the own network",
            "targets: {x: {kind: http, url: \"http://a.example/\", allow_private_addresses: true}}"},
           {"the operator's scope",
            "keys: {x: {id: bbbbbbbbbb, hash: "
            "\"1111111111111111111111111111111111111111111111111111111111111111\","
            " scopes: [tenants:admin]}}"}}) {
    EXPECT_NE(with(text), "") << what;
  }
  EXPECT_EQ(
      with("targets: {y: {kind: http, url: \"http://a.example/\", allow_private_addresses: true}}", "globex"),
      "")
      << "the operator lets it";
  write("tenants/nobody/x.yaml", "sources: {x: {kind: http}}");
  EXPECT_EQ(load_settings(folder_).settings, nullptr) << "no such tenant";
}

TEST_F(TenantSettings, OneHostIsOneTenants) {
  std::string text(operators);
  text.replace(text.find("title: Acme"), 11, "branding: {host: api.example}");
  write("purser.yaml", text);
  EXPECT_EQ(with(""), "");
  text.replace(text.find("private_addresses: true"), 23, "branding: {host: api.example}");
  write("purser.yaml", text);
  EXPECT_NE(with("").find("CONFIG-0012"), std::string::npos) << with("");
}

TEST_F(TenantSettings, OneTokenOpensOneDoor) {
  write("purser.yaml",
        std::string(operators) +
            "issuers: {id: {issuer: \"https://id\", audiences: [own], keys: \"https://id/k\"}}\n");
  EXPECT_NE(with("issuers: {id: {issuer: \"https://id\", audiences: [own], keys: \"https://id/k\"}}"), "");
  EXPECT_EQ(with("issuers: {id: {issuer: \"https://id\", audiences: [acme], keys: \"https://id/k\"}}"), "");
  EXPECT_NE(with("issuers: {id: {issuer: \"https://id\", keys: \"https://id/k\"}}"), "") << "any audience";
}

TEST_F(TenantSettings, AdministeredEntriesAreCheckedAlike) {
  const std::string key =
      R"({"keys":{"made":{"id":"cccccccccc","hash":"2222222222222222222222222222222222222222222222222222222222222222","scopes":["documents:read"]}}})";
  auto loaded = load_settings(folder_, {}, {{"acme", key}});
  ASSERT_NE(loaded.settings, nullptr);
  EXPECT_EQ(loaded.settings->keys.back().name, "made@acme");
  EXPECT_EQ(load_settings(folder_, {}, {{"nobody", key}}).settings, nullptr);
  loaded = load_settings(folder_, {}, {{"default", R"({"tenants":{"initech":{}}})"}, {"initech", key}});
  ASSERT_NE(loaded.settings, nullptr);
  EXPECT_TRUE(loaded.settings->is_open("initech"));
}

}  // namespace
}  // namespace purser::gateway
