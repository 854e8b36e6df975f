// Against a small HTTP server that answers as Vault's key-value store of version 2 does; Vault itself is no
// package of Debian.
#include "gateway/settings/vault.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "gateway/settings/secret.h"
#include "tests/gateway/settings/small_server.h"

namespace purser::gateway {
namespace {

using testing::reply;
using testing::SmallServer;

// The shapes of "Read secret version" in Vault's description of its API.
std::string vault(const std::string& head) {
  if (head.find("X-Vault-Token: hvs.good\r\n") == std::string::npos)
    return reply("403 Forbidden", R"({"errors":["permission denied"]})");
  if (head.starts_with("GET /v1/secret/data/shop/hook HTTP/1.1\r\n"))
    return reply(
        "200 OK",
        R"({"request_id":"1","lease_id":"","renewable":false,"lease_duration":0,)"
        R"("data":{"data":{"key":"whsec_x","number":7},"metadata":{"version":2,"destroyed":false}}})");
  if (head.starts_with("GET /v1/kv1/")) return reply("200 OK", R"({"data":{"key":"of version 1"}})");
  if (head.starts_with("GET /v1/secret/data/moved "))
    return "HTTP/1.1 307 x\r\nLocation: http://127.0.0.1:9/\r\nConnection: close\r\nContent-Length: "
           "0\r\n\r\n";
  if (head.starts_with("GET /v1/secret/data/deleted "))
    return reply("404 Not Found",
                 R"({"data":{"data":null,"metadata":{"deletion_time":"2026-01-01T00:00:00Z"}}})");
  return reply("404 Not Found", R"({"errors":[]})");
}

TEST(Vault, GivesTheFieldOfTheNewestVersion) {
  SmallServer server(vault);
  const VaultAccess access{server.url(), "hvs.good", "", ""};
  EXPECT_EQ(vault_secret(access, "secret/shop/hook#key"), "whsec_x");
}

TEST(Vault, SaysWhatIsNotThere) {
  SmallServer server(vault);
  const VaultAccess access{server.url(), "hvs.good", "", ""};
  const auto fault = [&](const char* place) { return vault_secret(access, place).error(); };
  EXPECT_EQ(fault("secret/shop/hook#other"), "the entry in Vault has no text other");
  EXPECT_EQ(fault("secret/shop/hook#number"), "the entry in Vault has no text number");
  EXPECT_EQ(fault("secret/none#key"), "Vault has nothing there, or its last version was deleted (404)");
  EXPECT_EQ(fault("secret/deleted#key"), "Vault has nothing there, or its last version was deleted (404)");
  EXPECT_EQ(fault("kv1/a#key"), "Vault's answer is none of a key-value store of version 2");
  EXPECT_EQ(fault("secret/moved#key"), "Vault answers 307") << "the token does not go along";
  for (const char* malformed :
       {"secret#key", "secret/shop", "secret/shop#", "secret/../sys/seal#key", "secret/a?b#c", "/a#b"})
    EXPECT_EQ(fault(malformed), "it is not secret://vault/MOUNT/PATH#FIELD") << malformed;
  const auto refused = vault_secret({server.url(), "hvs.other", "", ""}, "secret/shop/hook#key");
  EXPECT_EQ(refused.error(), "Vault refuses the token (403)");
}

TEST(Vault, TheTokenGoesOverTlsOrToThisMachine) {
  for (const char* address :
       {"http://vault.example:8200", "http://127.0.0.1.evil.example", "http://localhostile"})
    EXPECT_EQ(vault_secret({address, "t", "", ""}, "a/b#c").error(),
              "VAULT_ADDR is neither https nor on this machine");
}

TEST(Vault, IsFoundByReference) {
  SmallServer server(vault);
  ::setenv("VAULT_ADDR", server.url().c_str(), 1);
  ::unsetenv("VAULT_TOKEN");
  EXPECT_EQ(resolve_secret("secret://vault/secret/shop/hook#key", ".").error(),
            "the environment has neither VAULT_TOKEN nor VAULT_TOKEN_FILE");
  ::setenv("VAULT_TOKEN", "hvs.good", 1);
  EXPECT_EQ(resolve_secret("secret://vault/secret/shop/hook#key", "."), "whsec_x");
  ::unsetenv("VAULT_TOKEN");
  ::unsetenv("VAULT_ADDR");
}

}  // namespace
}  // namespace purser::gateway
