#include "gateway/settings/node.h"

#include <gtest/gtest.h>

namespace purser::gateway {
namespace {

TEST(ParseYaml, KeepsPlacesAndOrder) {
  auto root = parse_yaml("b: 1\na:\n  - x\n  - {k: 'true'}\n", "f.yaml");
  ASSERT_TRUE(root);
  ASSERT_EQ(root->entries.size(), 2U);
  EXPECT_EQ(root->entries[0].key.text, "b");
  const auto* list = root->find("a");
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->items[0].line, 3U);
  EXPECT_EQ(list->items[0].column, 5U);
  EXPECT_EQ(list->items[0].file, "f.yaml");
  EXPECT_TRUE(list->items[1].find("k")->quoted);
}

TEST(ParseYaml, GivesTheSameNameTwice) {
  auto root = parse_yaml("a: 1\na: 2\n", "f");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->entries.size(), 2U);
}

TEST(ParseYaml, BrokenTextIsAFindingWithItsPlace) {
  for (const char* text :
       {"a: [1, 2", "a: b: c", "\ta: 1", "a: \"unclosed", "- a\nb: c", "a: *nowhere", "a: 1\n---\nb: 2\n"}) {
    auto root = parse_yaml(text, "f.yaml");
    ASSERT_FALSE(root) << text;
    EXPECT_EQ(root.error().code, "CONFIG-0002") << text;
    EXPECT_EQ(root.error().source, "f.yaml");
    EXPECT_GE(root.error().at.line, 1U);
  }
}

TEST(ParseYaml, AnAliasBombIsRefused) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    auto before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 10; ++k) text += (k > 0 ? ", " : "") + before;
    text += "]\n";
  }
  auto root = parse_yaml(text, "f");
  ASSERT_FALSE(root);
  EXPECT_EQ(root.error().code, "CONFIG-0010");
}

TEST(ParseYaml, AnAliasOfItselfIsRefused) {
  auto root = parse_yaml("a: &a [*a]", "f");
  ASSERT_FALSE(root);
}

TEST(ParseYaml, DeepNestingIsRefused) {
  auto root = parse_yaml(std::string(100'000, '['), "f");
  ASSERT_FALSE(root);
}

TEST(ParseYaml, NoiseNeverEndsInACrash) {
  std::uint32_t seed = 7;
  constexpr std::string_view letters = "ab:- \n[]{},&*'\"#|>!%@`\t?0~";
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) {
      seed = seed * 1664525 + 1013904223;
      text += letters[(seed >> 16U) % letters.size()];
    }
    auto root = parse_yaml(text, "f");
    if (!root) {
      EXPECT_FALSE(root.error().message.empty());
    } else {
      to_json(*root);
    }
  }
}

TEST(ToJson, TypesUnquotedScalars) {
  auto root = parse_yaml("{a: 1, b: true, c: '1', d: 007, e: x, f: [-2], g: }", "f");
  ASSERT_TRUE(root);
  EXPECT_EQ(to_json(*root), R"({"a":1,"b":true,"c":"1","d":"007","e":"x","f":[-2],"g":null})");
}

}  // namespace
}  // namespace purser::gateway
