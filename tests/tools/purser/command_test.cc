#include "tools/purser/command.h"

#include <gtest/gtest.h>

#include <array>

namespace purser::cli {
namespace {

Arguments last;  // what the command under test was called with

int remember(const Arguments& arguments) {
  last = arguments;
  return 7;
}

const std::vector<Command>& table() {
  static const std::vector<Command> rows = {
      {"read", "FILE...", 1, -1, "Read", "", {{"--as", "FORMAT", "format"}, {"--json", "", "JSON"}}, remember},
      {"connector list", "", 0, 0, "List", "", {}, remember},
      {"connector check", "FILE", 1, 1, "Check", "", {}, remember}};
  return rows;
}

int call(std::vector<std::string> words) {
  words.insert(words.begin(), "purser");
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  return run(table(), static_cast<int>(argv.size()), argv.data());
}

TEST(Run, GivesOptionsFlagsAndOperands) {
  EXPECT_EQ(call({"read", "--as", "ubl", "a.xml", "--json", "b.xml"}), 7);
  EXPECT_EQ(last.get("--as"), "ubl");
  EXPECT_TRUE(last.json());
  EXPECT_EQ(last.operands(), (std::vector<std::string>{"a.xml", "b.xml"}));
}

TEST(Run, FindsNestedCommands) {
  EXPECT_EQ(call({"connector", "check", "x.so"}), 7);
  EXPECT_EQ(last.operands(), std::vector<std::string>{"x.so"});
}

TEST(Run, AnswersMisuseWithExitUsage) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {}, {"nonsense"}, {"read"}, {"read", "--nonsense", "f"}, {"connector"}, {"connector", "check"}}) {
    EXPECT_EQ(call(words), exit_usage);
  }
}

TEST(Completion, KnowsEveryWordAndOption) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const std::string script = completion_script(table(), shell);
    for (const char* word : {"read", "connector", "check", "as"}) {
      EXPECT_NE(script.find(word), std::string::npos) << shell << " lacks " << word;
    }
  }
  EXPECT_TRUE(completion_script(table(), "tcsh").empty());
}

TEST(Manual, DescribesEachCommand) {
  const std::string page = manual(table());
  EXPECT_NE(page.find("## purser connector check FILE"), std::string::npos);
  EXPECT_NE(page.find("| `--as FORMAT` | format |"), std::string::npos);
}

}  // namespace
}  // namespace purser::cli
