#include "gateway/settings/secret_store.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "gateway/settings/encoding.h"
#include "gateway/settings/secret.h"

namespace purser::gateway {
namespace {

namespace fs = std::filesystem;
const std::string key(32, 'k');
const std::string other(32, 'o');

struct SecretStoreTest : ::testing::Test {
  SecretStoreTest() {
    std::string name = fs::temp_directory_path() / "purser-store-XXXXXX";
    folder = ::mkdtemp(name.data());
  }
  ~SecretStoreTest() override { fs::remove_all(folder); }
  [[nodiscard]] std::string text() const {
    std::ifstream file(folder + "/secrets.store", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::string folder;
};

TEST_F(SecretStoreTest, GivesBackWhatWasPutIn) {
  SecretStore store;
  store.seal("shop", "whsec_secret", key, std::string(12, '1'));
  store.seal("empty", "", key, std::string(12, '2'));
  ASSERT_TRUE(store.write(folder));
  EXPECT_EQ(text().find("whsec"), std::string::npos);
  EXPECT_EQ(fs::status(folder + "/secrets.store").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  auto again = SecretStore::read(folder);
  ASSERT_TRUE(again) << again.error();
  EXPECT_EQ(again->names(), (std::vector<std::string>{"empty", "shop"}));
  EXPECT_EQ(again->open("shop", key), "whsec_secret");
  EXPECT_EQ(again->open("empty", key), "");
  EXPECT_FALSE(again->open("shop", other));
  EXPECT_FALSE(again->open("absent", key));
  EXPECT_TRUE(again->remove("shop"));
  EXPECT_FALSE(again->remove("shop"));
}

TEST_F(SecretStoreTest, AChangedOrMovedEntryDoesNotOpen) {
  SecretStore store;
  store.seal("a", "one", key, std::string(12, '1'));
  ASSERT_TRUE(store.write(folder));
  auto line = text();
  std::ofstream(folder + "/secrets.store") << "b" << line.substr(1);
  EXPECT_FALSE(SecretStore::read(folder)->open("b", key)) << "moved to another name";
  for (std::size_t at = 2; at + 2 < line.size(); at += 3) {
    auto changed = line;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    std::ofstream(folder + "/secrets.store") << changed;
    auto read = SecretStore::read(folder);
    EXPECT_FALSE(read && read->open("a", key)) << at;
  }
  for (const char* bad : {"a\n", "a !\n", "a AAAA\n", "A B\n"}) {
    std::ofstream(folder + "/secrets.store") << bad;
    EXPECT_FALSE(SecretStore::read(folder)) << bad;
  }
  std::ofstream(folder + "/secrets.store") << line << line;
  EXPECT_FALSE(SecretStore::read(folder)) << "twice";
  fs::remove(folder + "/secrets.store");
  EXPECT_TRUE(SecretStore::read(folder)->names().empty());
}

TEST_F(SecretStoreTest, StandsBehindReferences) {
  SecretStore store;
  store.seal("shop", "s3cret", key, std::string(12, '1'));
  ASSERT_TRUE(store.write(folder));
  ::unsetenv(store_key_variable);
  ::unsetenv(store_key_file_variable);
  EXPECT_FALSE(resolve_secret("secret://store/shop", folder));
  ::setenv(store_key_variable, base64_encoded(key).c_str(), 1);
  EXPECT_EQ(resolve_secret("secret://store/shop", folder), "s3cret");
  EXPECT_FALSE(resolve_secret("secret://store/other", folder));
  ::setenv(store_key_variable, "c2hvcnQ=", 1);
  EXPECT_FALSE(resolve_secret("secret://store/shop", folder));
  ::unsetenv(store_key_variable);
  std::ofstream(folder + "/key") << base64_encoded(key) << "\n";
  ::setenv(store_key_file_variable, (folder + "/key").c_str(), 1);
  EXPECT_EQ(resolve_secret("secret://store/shop", folder), "s3cret");
  ::unsetenv(store_key_file_variable);
}

}  // namespace
}  // namespace purser::gateway
