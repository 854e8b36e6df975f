#include "canonical/rule/number.h"

#include <gtest/gtest.h>

namespace purser::rule {
namespace {

Number n(std::string_view text) { return Number(*Decimal::parse(text)); }

TEST(Number, RoundsTiesUpward) {
  EXPECT_EQ(n("2.345").rounded(2)->text(), "2.35");
  EXPECT_EQ(n("-2.345").rounded(2)->text(), "-2.34");  // towards plus infinity, as fn:round
  EXPECT_EQ(n("-2.346").rounded(2)->text(), "-2.35");
  EXPECT_EQ(n("-0.5").rounded(0)->text(), "0");
  EXPECT_EQ(n("0.49").rounded(0)->text(), "0");
  EXPECT_EQ(n("7").rounded(2)->text(), "7.00");
}

TEST(Number, ComputesExactly) {
  EXPECT_EQ(add(n("0.1"), n("0.22"))->text(), "0.32");
  EXPECT_EQ(multiply(n("145.00"), n("19"))->text(), "2755");
  EXPECT_EQ(divide(n("2755"), n("100"))->text(), "27.55");
  EXPECT_EQ(divide(n("1"), n("3"))->text(), "0.333333333333");
  EXPECT_FALSE(divide(n("1"), n("0")));
  EXPECT_TRUE(compare(n("1.0"), n("1.00")) == 0);
  EXPECT_TRUE(compare(n("-1.01"), n("-1.1")) > 0);
}

TEST(Number, GivesNothingInsteadOfAWrongResult) {
  Number large = n("999999999999999999");
  std::optional<Number> product = multiply(large, large);
  ASSERT_TRUE(product);  // 36 digits
  EXPECT_FALSE(multiply(*product, n("100.1")));
  Number sum = *product;
  std::optional<Number> more = sum;
  for (int i = 0; i < 20 && more; ++i) more = add(*more, *product);
  EXPECT_FALSE(more);
  EXPECT_TRUE(compare(*product, Number(1, 30)) > 0);
}

}  // namespace
}  // namespace purser::rule
