#include "gateway/access/signature/structured_field.h"

#include <gtest/gtest.h>

namespace purser::gateway::structured {
namespace {

std::string item(std::string_view text) {
  auto parsed = parse_item(text);
  return parsed ? serialized(*parsed) : "refused";
}
std::string list(std::string_view text) {
  auto parsed = parse_list(text);
  return parsed ? serialized(*parsed) : "refused";
}
std::string dictionary(std::string_view text) {
  auto parsed = parse_dictionary(text);
  return parsed ? serialized(*parsed) : "refused";
}

TEST(StructuredFields, ItemsHaveOneWrittenForm) {
  const std::pair<std::string, std::string> cases[] = {
      {"5", "5"},
      {" -0 ", "0"},
      {"999999999999999", "999999999999999"},
      {"1000000000000000", "refused"},
      {"4.50", "4.5"},
      {"-0.001", "-0.001"},
      {"4.", "refused"},
      {"4.0001", "refused"},
      {"1234567890123.0", "refused"},
      {"\"a \\\"quoted\\\" \\\\ text\"", "\"a \\\"quoted\\\" \\\\ text\""},
      {"\"open", "refused"},
      {"\"\\n\"", "refused"},
      {"\"caf\xc3\xa9\"", "refused"},
      {"foo123/456", "foo123/456"},
      {"*a", "*a"},
      {":cHJldGVuZA==:", ":cHJldGVuZA==:"},
      {":cHJldGVuZA:", "refused"},
      {"?1", "?1"},
      {"?2", "refused"},
      {"1;a;b=?0;c=\"x\";a=2", "1;a=2;b=?0;c=\"x\""},
      {"1; a", "1;a"},
      {"1 ;a", "refused"},
      {"1;A", "refused"},
      {"", "refused"},
      {"1 2", "refused"},
      {"-", "refused"},
      {"(1)", "refused"}};
  for (const auto& [text, expected] : cases) EXPECT_EQ(item(text), expected) << text;
}

TEST(StructuredFields, ListsAndDictionaries) {
  EXPECT_EQ(list("sugar,tea ,\t rum"), "sugar, tea, rum");
  EXPECT_EQ(list("(\"a\"  \"b\";x);lvl=5, ()"), "(\"a\" \"b\";x);lvl=5, ()");
  EXPECT_EQ(list(""), "");
  for (const char* bad : {"a,", "a,,b", ",a", "a b", "(a", "(a,b)", "(a\tb)", "((a))"}) {
    EXPECT_EQ(list(bad), "refused") << bad;
  }
  EXPECT_EQ(dictionary("a=?0, b, c; foo=bar, d=(1 2)"), "a=?0, b, c;foo=bar, d=(1 2)");
  EXPECT_EQ(dictionary("a=1,b=2,a=3"), "a=3, b=2") << "the last value at the first place";
  for (const char* bad : {"a=", "=1", "A=1", "a=1,", "a = 1", "1=a"})
    EXPECT_EQ(dictionary(bad), "refused") << bad;
}

TEST(StructuredFields, AreBounded) {
  std::string many = "a0";
  for (int i = 1; i < 300; ++i) many += ", a" + std::to_string(i);
  EXPECT_EQ(list(many), "refused");
  EXPECT_EQ(list(std::string(max_field_bytes + 1, 'a')), "refused");
  EXPECT_EQ(list(std::string(max_field_bytes, '(')), "refused");
}

}  // namespace
}  // namespace purser::gateway::structured
