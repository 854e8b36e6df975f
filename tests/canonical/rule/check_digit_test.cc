#include "canonical/rule/check_digit.h"

#include <gtest/gtest.h>

#include "canonical/rule/pattern.h"

namespace purser::rule {
namespace {

bool valid(std::string_view scheme, std::string_view text) {
  return has_valid_check_digit(*find_check_digit(scheme), text);
}

TEST(CheckDigit, AcceptsWhatIsRightAndNothingElse) {
  EXPECT_TRUE(valid("gln", "4000001000005"));
  EXPECT_FALSE(valid("gln", "4000001000006"));
  EXPECT_FALSE(valid("gln", "400000100000"));
  EXPECT_TRUE(valid("organisation_no", "974760673"));
  EXPECT_FALSE(valid("organisation_no", "974760674"));
  EXPECT_TRUE(valid("organisation_se", "5560360793"));
  EXPECT_FALSE(valid("organisation_se", "5560360794"));
  EXPECT_TRUE(valid("enterprise_be", "0202239951"));
  EXPECT_FALSE(valid("enterprise_be", "0202239952"));
  EXPECT_TRUE(valid("cvr_dk", "DK13585628"));
  EXPECT_FALSE(valid("cvr_dk", "13585628"));
  EXPECT_TRUE(valid("vat_it", "IT00743110157"));
  EXPECT_FALSE(valid("vat_it", "IT00743110158"));
  EXPECT_TRUE(valid("abn_au", "51824753556"));
  EXPECT_FALSE(valid("abn_au", "51824753557"));
  EXPECT_TRUE(valid("tin_gr", "090000045"));
  EXPECT_FALSE(valid("tin_gr", "090000046"));
  EXPECT_TRUE(valid("iban", "DE89 3704 0044 0532 0130 00"));
  EXPECT_FALSE(valid("iban", "DE88370400440532013000"));
  EXPECT_FALSE(valid("iban", ""));
  EXPECT_FALSE(find_check_digit("luck"));
}

TEST(CheckDigit, KnowsFormsOfText) {
  EXPECT_TRUE(valid("email", "a.b@c-d.example"));
  for (const char* wrong : {"", "a", "a@b", "a@@b.c", ".a@b.c", "a.@b.c", "a@.b.c", "a b@c.d", "a@b..c"})
    EXPECT_FALSE(valid("email", wrong)) << wrong;
  EXPECT_TRUE(
      valid("skonto_de",
            "Pay soon.\n#SKONTO#TAGE=14#PROZENT=2.00#\n#SKONTO#TAGE=7#PROZENT=3.00#BASISBETRAG=-12.50#"));
  EXPECT_TRUE(valid("skonto_de", "30 days, no. #1"));
  for (const char* wrong :
       {"#SKONTO#TAGE=14#PROZENT=2.0#", "#SKONTO#TAGE=14#PROZENT=2,00#", "#skonto#TAGE=14#PROZENT=2.00#",
        "#SKONTO#TAGE=14#PROZENT=2.00# or later", "#VERZUG#TAGE=1#PROZENT=1.00#"})
    EXPECT_FALSE(valid("skonto_de", wrong)) << wrong;
}

TEST(Pattern, MatchesTheWholeText) {
  const auto matches = [](std::string_view pattern, std::string_view text) {
    return Pattern::compile(pattern)->matches(text);
  };
  EXPECT_TRUE(matches("[0-9]{4}", "2026"));
  EXPECT_FALSE(matches("[0-9]{4}", "20266"));
  EXPECT_TRUE(matches(".+@.+", "a@b"));
  EXPECT_FALSE(matches(".+@.+", "a@"));
  EXPECT_TRUE(matches("a?b*c", "c"));
  EXPECT_TRUE(matches("[^ ]{1,3}", "abc"));
  EXPECT_FALSE(matches("[^ ]{1,3}", "a c"));
  EXPECT_TRUE(matches("\\[x\\]", "[x]"));
  EXPECT_FALSE(Pattern::compile("[a"));
  EXPECT_FALSE(Pattern::compile("a{2,1}"));
  EXPECT_FALSE(matches(".*.*.*.*x", std::string(290, 'a')));  // in linear time
}

}  // namespace
}  // namespace purser::rule
