// The program that makes the catalogue's table: what it takes and what stops the build.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "canonical/finding/catalogue_table.h"

namespace purser {
namespace {

class CatalogueTable : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "catalogue-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  static std::string read(const std::filesystem::path& path) {
    std::ifstream in(path);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }

  /// Exit code of the program over one file TEST.txt; messages_ has what it said.
  int run(const std::string& text) {
    std::ofstream(folder_ / "TEST.txt") << text;
    pid_t child = fork();
    if (child == 0) {
      if (freopen((folder_ / "messages").c_str(), "w", stderr) == nullptr) _exit(3);
      std::string output = (folder_ / "out.cc").string();
      std::string input = (folder_ / "TEST.txt").string();
      execl(CATALOGUE_TABLE, CATALOGUE_TABLE, output.c_str(), input.c_str(), nullptr);
      _exit(4);
    }
    int status = 0;
    waitpid(child, &status, 0);
    messages_ = read(folder_ / "messages");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  std::filesystem::path folder_;
  std::string messages_;
};

TEST_F(CatalogueTable, TakesEntriesOfItsArea) {
  EXPECT_EQ(run("# note\n\nTEST-0001 error Title here\n  What it means,\n  in two lines.\n  remedy: Do "
                "\"this\"\n    and that.\n\n"
                "TEST-0000 warning retired Old one\n  Gone.\n  remedy: None.\n"),
            0)
      << messages_;
  std::string out = read(folder_ / "out.cc");
  EXPECT_NE(out.find("{\"TEST-0001\", Severity::error, \"Title here\",\n       \"What it means, in two "
                     "lines.\",\n       "
                     "\"Do \\\"this\\\" and that.\", false}"),
            std::string::npos)
      << out;
  EXPECT_LT(out.find("TEST-0000"), out.find("TEST-0001"));
  EXPECT_NE(out.find("\"None.\", true}"), std::string::npos);
}

TEST_F(CatalogueTable, NamesFileAndLineOfWhatIsWrong) {
  const std::pair<const char*, const char*> cases[] = {
      {"OTHER-0001 error T\n  E.\n  remedy: R.\n",
       "TEST.txt:1: 'OTHER-0001' is not a code of this file's area"},
      {"\nTEST-0001 bad T\n  E.\n  remedy: R.\n", "TEST.txt:2: 'bad' is not a severity"},
      {"TEST-0001 error\n  E.\n  remedy: R.\n", "TEST.txt:1: TEST-0001 has no title"},
      {"TEST-0001 error T\n  E.\n", "TEST.txt:1: TEST-0001 has no remedy"},
      {"TEST-0001 error T\n  remedy: R.\n", "TEST.txt:1: TEST-0001 has no explanation"},
      {"  stray\n", "TEST.txt:1: indented text that belongs to no entry"},
      {"TEST-0001 error T\n  E.\n  remedy: R.\nTEST-0002 error T\n", "TEST.txt:4: an entry starts here"},
      {"TEST-0001 error T\n  E.\n  remedy: R.\n\nTEST-0001 error T\n  E.\n  remedy: R.\n",
       "TEST.txt:5: TEST-0001 is given twice, first in line 1"},
  };
  for (const auto& [text, message] : cases) {
    EXPECT_EQ(run(text), 1) << text;
    EXPECT_NE(messages_.find(message), std::string::npos) << messages_;
  }
}

TEST(Catalogue, IsSortedAndComplete) {
  auto all = catalogue();
  EXPECT_TRUE(std::ranges::is_sorted(all, {}, &CatalogueEntry::code));
  for (const CatalogueEntry& entry : all) {
    EXPECT_EQ(find_catalogue_entry(entry.code), &entry);
    EXPECT_FALSE(entry.title.empty() || entry.explanation.empty() || entry.remedy.empty()) << entry.code;
  }
}

}  // namespace
}  // namespace purser
