#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "gateway/intake/folder_files.h"
#include "tests/gateway/serve/running_server.h"

namespace purser::gateway {
namespace {

namespace fs = std::filesystem;
using testing::eventually;
using testing::order;
using testing::RunningServer;

class FolderTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::string in(const std::string& name = {}) const { return server_.data() + "/in/" + name; }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(in(name), std::ios::binary) << text;
  }
  void drop(const std::string& name, const std::string& text) const {
    write(name + ".tmp", text);
    fs::rename(in(name + ".tmp"), in(name));
  }
  [[nodiscard]] std::vector<std::string> names(const std::string& folder) const {
    std::vector<std::string> result;
    std::error_code ignored;
    for (const auto& file : fs::directory_iterator(in(folder), ignored)) {
      if (file.is_regular_file()) result.push_back(file.path().filename());
    }
    std::sort(result.begin(), result.end());
    return result;
  }
  [[nodiscard]] std::size_t booked() const {
    return nlohmann::json::parse(server_.get("/v1/documents").body)["documents"].size();
  }
  RunningServer server_;
};

TEST_F(FolderTest, ArchivesWhatItTookAndKnowsItAgain) {
  server_.start();
  ASSERT_TRUE(eventually([&] { return fs::exists(in("error")); }));
  drop("a.json", order("F-1"));
  ASSERT_TRUE(eventually([&] { return names("archive").size() == 1; }));
  EXPECT_TRUE(names("archive")[0].ends_with("-a.json"));
  drop("a.json", order("F-1"));
  ASSERT_TRUE(eventually([&] { return names("archive").size() == 2; }));
  EXPECT_TRUE(names("archive")[1].ends_with("-a.json.known"));
  EXPECT_EQ(booked(), 1U);
  drop("a.json", order("F-2"));
  ASSERT_TRUE(eventually([&] { return names("archive").size() == 3; }));
  EXPECT_EQ(booked(), 2U);
  EXPECT_TRUE(names("").empty());
  EXPECT_TRUE(names("work").empty());
}

TEST_F(FolderTest, RefusesWithTheFindingsBeside) {
  server_.start();
  ASSERT_TRUE(eventually([&] { return fs::exists(in("error")); }));
  drop("empty.json", "");
  drop("broken.json", "{\"document\":\"purchase_order\",\n\"number\":");
  ASSERT_TRUE(eventually([&] {
    return fs::exists(in("error/broken.json.error")) && fs::exists(in("error/empty.json.error"));
  }));
  EXPECT_EQ(names("error"),
            (std::vector<std::string>{"broken.json", "broken.json.error", "empty.json", "empty.json.error"}));
  std::stringstream text;
  text << std::ifstream(in("error/broken.json.error")).rdbuf();
  EXPECT_NE(text.str().find("broken.json:2:"), std::string::npos) << text.str();
  auto json = nlohmann::json::parse(text.str().substr(text.str().find("\n{")));
  EXPECT_FALSE(json["findings"].empty());
  const std::string id = json["message"];
  EXPECT_NE(text.str().find("purser resubmit " + id + " FILE"), std::string::npos) << text.str();
  EXPECT_NE(text.str().find("purser cancel " + id), std::string::npos) << text.str();
}

TEST_F(FolderTest, LeavesUnfinishedFilesAlone) {
  server_.start();
  ASSERT_TRUE(eventually([&] { return fs::exists(in("error")); }));
  write("half.json.part", order("F-1"));
  write(".hidden", order("F-2"));
  write("whole.json", order("F-3"));  // in place: taken when it is quiet
  ASSERT_TRUE(eventually([&] { return names("archive").size() == 1; }));
  EXPECT_EQ(names(""), (std::vector<std::string>{".hidden", "half.json.part"}));
}

TEST_F(FolderTest, TakesUpWhatACrashLeftInWork) {
  fs::create_directories(in("work"));
  write("work/0123456789abcdef-left.json", order("F-1"));
  write("early.json", order("F-2"));
  server_.start();
  ASSERT_TRUE(eventually([&] { return names("archive").size() == 2; }));
  EXPECT_EQ(booked(), 2U);
  // The crash came after the commit and before the move: nothing new is booked.
  server_.stop();
  write("work/fedcba9876543210-left.json", order("F-1"));
  server_.start();
  ASSERT_TRUE(eventually([&] { return names("archive").size() == 3; }));
  EXPECT_EQ(booked(), 2U);
}

TEST_F(FolderTest, GoesOnWhenTheFolderWasTakenAwayAndCameBackEmpty) {
  server_.start();
  ASSERT_TRUE(eventually([&] { return fs::exists(in("error")); }));
  drop("a.json", order("F-1"));
  ASSERT_TRUE(eventually([&] { return names("archive").size() == 1; }));
  // Unmounted, renamed or removed: what comes back is a folder without work/, archive/ and error/.
  fs::rename(server_.data() + "/in", server_.data() + "/away");
  fs::create_directories(in());
  drop("b.json", order("F-2"));
  ASSERT_TRUE(eventually([&] { return names("archive").size() == 1; }));
  EXPECT_TRUE(names("archive")[0].ends_with("-b.json"));
  EXPECT_EQ(booked(), 2U);
  // Gone altogether, it is made anew.
  fs::remove_all(in());
  ASSERT_TRUE(eventually([&] { return fs::exists(in("error")); }));
  drop("c.json", order("F-3"));
  ASSERT_TRUE(eventually([&] { return booked() == 3; }));
}

TEST(FitsPattern, KnowsTheStar) {
  EXPECT_TRUE(fits_pattern("*", ""));
  EXPECT_TRUE(fits_pattern("*.xml", "a.xml"));
  EXPECT_TRUE(fits_pattern("a*b*c", "aXXbYYbZc"));
  EXPECT_FALSE(fits_pattern("*.xml", "a.xml.tmp"));
  EXPECT_FALSE(fits_pattern("", "a"));
  EXPECT_FALSE(fits_pattern("a*b", "ac"));
}

}  // namespace
}  // namespace purser::gateway
