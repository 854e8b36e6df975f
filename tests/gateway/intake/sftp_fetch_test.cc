// Against a real sshd.
#include "gateway/intake/sftp_fetch.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/gateway/deliver/sshd.h"
#include "tests/gateway/journal/fixture.h"

namespace purser::gateway {
namespace {

using std::chrono::milliseconds;

class SftpFetchTest : public ::testing::Test {
 protected:
  SftpFetchTest() {
    std::filesystem::create_directories(there() + "/done");
    Source source;
    source.name = "erp";
    source.kind = SourceKind::folder;
    source.path = here();
    source.quiet = milliseconds(400);
    source.ignore = {"*.bak"};
    source.body_size = 5'000;
    source.fetch = Fetch{server.login(there()), milliseconds(200), "done"};
    settings.sources.push_back(source);
  }
  std::string there() { return folder.path() + "/there"; }
  std::string here() { return folder.path() + "/here"; }
  static void put(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::app | std::ios::binary) << text;
  }
  static bool wait(const std::function<bool()>& done) {
    for (int i = 0; i < 1'000 && !done(); ++i) std::this_thread::sleep_for(milliseconds(20));
    return done();
  }

  TemporaryFolder folder;
  Sshd server{folder.path()};
  Settings settings;
  SystemClock clock;
  SystemFiles files;
  Threads threads;
  Log log{clock, STDERR_FILENO, LogForm::text, LogLevel::info};
  SftpFetch fetch{threads, files, clock, log};
};

TEST_F(SftpFetchTest, WholeFilesComeAndAreArchivedThere) {
  put(there() + "/order 1.edi", "UNA:+.? 'UNB");
  put(there() + "/left.bak", "x");
  put(there() + "/.hidden", "x");
  put(there() + "/half.part", "x");
  put(there() + "/large.edi", std::string(10'000, 'x'));
  fetch.watch(settings);
  ASSERT_TRUE(wait([&] { return std::filesystem::exists(there() + "/done/order 1.edi"); })) << server.log();
  EXPECT_EQ(content(here() + "/order 1.edi"), "UNA:+.? 'UNB");
  EXPECT_FALSE(std::filesystem::exists(there() + "/order 1.edi"));
  std::this_thread::sleep_for(milliseconds(700));
  fetch.stop();
  for (const char* name : {"left.bak", ".hidden", "half.part", "large.edi"}) {
    EXPECT_FALSE(std::filesystem::exists(here() + "/" + name)) << name;
    EXPECT_TRUE(std::filesystem::exists(there() + "/" + name)) << name;
  }
}

TEST_F(SftpFetchTest, AFileThatGrowsIsLeftUntilItRests) {
  settings.sources.front().fetch->archive.clear();
  fetch.watch(settings);
  std::string whole;
  for (int i = 0; i < 12; ++i) {  // longer than the quiet time in all, never quiet for so long
    const std::string line = "line " + std::to_string(i) + "\n";
    put(there() + "/growing.csv", line);
    whole += line;
    std::this_thread::sleep_for(milliseconds(100));
    ASSERT_FALSE(std::filesystem::exists(here() + "/growing.csv")) << "after " << i;
  }
  ASSERT_TRUE(wait([&] { return !std::filesystem::exists(there() + "/growing.csv"); }));
  EXPECT_EQ(content(here() + "/growing.csv"), whole);
}

TEST_F(SftpFetchTest, NothingIsOverwrittenThatStillWaitsHere) {
  std::filesystem::create_directories(here());
  put(here() + "/a.xml", "first");
  put(there() + "/a.xml", "second");
  fetch.watch(settings);
  std::this_thread::sleep_for(milliseconds(1'200));
  EXPECT_EQ(content(here() + "/a.xml"), "first");
  ASSERT_TRUE(std::filesystem::exists(there() + "/a.xml"));
  std::filesystem::remove(here() + "/a.xml");
  ASSERT_TRUE(wait([&] { return std::filesystem::exists(here() + "/a.xml"); }));
  EXPECT_EQ(content(here() + "/a.xml"), "second");
}

}  // namespace
}  // namespace purser::gateway
