#include "canonical/value/text.h"

#include <gtest/gtest.h>

namespace purser {
namespace {

constexpr std::size_t good = std::string_view::npos;

TEST(Text, AcceptsUtf8AndLineEnds) {
  EXPECT_EQ(find_invalid_text(""), good);
  EXPECT_EQ(find_invalid_text("plain text longer than eight bytes\twith\r\nline ends"), good);
  EXPECT_EQ(find_invalid_text("Grüße aus 東京 \xF0\x9F\x9A\x9A \xC2\x85 \x7F"), good);
}

TEST(Text, FindsTheFirstBadByte) {
  struct Case {
    std::string_view text;
    std::size_t at;
  };
  using namespace std::string_view_literals;
  const Case cases[] = {{"abc\0def"sv, 3},
                        {"12345678\x01", 8},
                        {"1234567\x1F"
                         "9",
                         7},
                        {"\xC0\xAF", 0},
                        {"ab\xE0\x80\x80", 2},
                        {"\xED\xA0\x80", 0},
                        {"\xF4\x90\x80\x80", 0},
                        {"\xF5\x80\x80\x80", 0},
                        {"caf\xE9", 3},
                        {"cut \xE2\x82", 4},
                        {"\x80", 0},
                        {"12345678901234567\xFF", 17}};
  for (const auto& one : cases) EXPECT_EQ(find_invalid_text(one.text), one.at) << one.text;
}

TEST(Base64, KnownAnswersOfRfc4648) {
  const std::pair<const char*, const char*> cases[] = {{"", ""},
                                                       {"f", "Zg=="},
                                                       {"fo", "Zm8="},
                                                       {"foo", "Zm9v"},
                                                       {"foob", "Zm9vYg=="},
                                                       {"fooba", "Zm9vYmE="},
                                                       {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, coded] : cases) {
    std::string out;
    append_base64(out, plain);
    EXPECT_EQ(out, coded);
    std::string back;
    EXPECT_TRUE(decode_base64(coded, back));
    EXPECT_EQ(back, plain);
  }
  std::string out;
  EXPECT_TRUE(decode_base64("Zm9v\n YmFy", out));
  EXPECT_EQ(out, "foobar");
  for (const char* bad : {"Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm=v", "Z*==", "=", "===="})
    EXPECT_FALSE(decode_base64(bad, out)) << bad;
}

}  // namespace
}  // namespace purser
