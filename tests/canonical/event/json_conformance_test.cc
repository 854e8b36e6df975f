// JSONTestSuite: y_ must be accepted, n_ refused, i_ is ours to choose and must do no harm.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "canonical/event/json_scanner.h"

namespace purser {
namespace {

/// True for exactly one JSON value.
bool accepts(const std::string& text, std::uint32_t max_depth) {
  TextInput input = input_from_text(text);
  JsonScanner scanner(input, {.max_depth = max_depth});
  int values = 0;
  while (true) {
    auto token = scanner.next();
    if (!token) return false;
    if (*token == JsonToken::end) return values == 1;
    bool inner =
        *token == JsonToken::begin_object || *token == JsonToken::begin_array || *token == JsonToken::key;
    if (scanner.depth() == 0 && !inner) ++values;
  }
}

TEST(JsonConformance, JsonTestSuite) {
  const char* given = std::getenv("PURSER_CORPUS");
  const char* source = std::getenv("PURSER_SOURCE");
  std::filesystem::path corpus =
      given != nullptr ? given : std::string(source == nullptr ? "." : source) + "/../shared/corpus";
  std::filesystem::path folder = corpus / "robustness";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no corpus at " << corpus << "; set PURSER_CORPUS";
  int accepted = 0;
  int refused = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".json" || name.size() < 2 || name[1] != '_') continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    bool good = accepts(text.str(), 1000);
    if (name[0] == 'y') {
      EXPECT_TRUE(good) << name;
      ++accepted;
    } else if (name[0] == 'n') {
      EXPECT_FALSE(good) << name;
      ++refused;
    }
  }
  EXPECT_EQ(accepted, 95);
  EXPECT_EQ(refused, 188);
}

TEST(JsonConformance, OneValueOnly) {
  EXPECT_TRUE(accepts(" [1, -0.5e+3, \"a\", true, null, {}] ", 10));
  for (const char* bad :
       {"",    " ",     "[1,]", "[,1]",    "{\"a\":1,}",  "[1 2]",       "{\"a\" 1}", "01",
        "1.",  ".5",    "+1",   "-",       "1e",          "[}",          "[1}",       "]",
        "nul", "truex", "1x",   "\"\\x\"", "\"\\u12g4\"", "\"\\ud800\"", "'a'",       "[1][2]"})
    EXPECT_FALSE(accepts(bad, 10)) << bad;
  EXPECT_FALSE(accepts("[[[]]]", 2));
}

}  // namespace
}  // namespace purser
