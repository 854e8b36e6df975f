#include "canonical/value/decimal.h"

#include <gtest/gtest.h>

namespace purser {
namespace {

Decimal d(std::string_view text) { return Decimal::parse(text).value(); }

TEST(Decimal, ParsesAndWritesBackWhatItRead) {
  for (const char* text : {"0", "1", "-1", "100.00", "-0.05", "0.000000000000000001", "999999999999999999",
                           "-999999999999999999", "12345678.9012345678", "0.10"}) {
    auto value = Decimal::parse(text);
    ASSERT_TRUE(value) << text;
    EXPECT_EQ(value->text(), text);
  }
}

TEST(Decimal, NormalisesOnlyWhatHasNoMeaning) {
  EXPECT_EQ(d("+5").text(), "5");
  EXPECT_EQ(d("007").text(), "7");
  EXPECT_EQ(d(".5").text(), "0.5");
  EXPECT_EQ(d("5.").text(), "5");
  EXPECT_EQ(d("-0").text(), "0");
  EXPECT_EQ(Decimal::parse("1.234,50", ',').error(), DecimalError::not_a_number);
  EXPECT_EQ(Decimal::parse("1234,50", ',')->text(','), "1234,50");
  EXPECT_EQ(d("1.500").normalized().text(), "1.5");
  EXPECT_EQ(d("1.500").significant_scale(), 1);
}

TEST(Decimal, RefusesWhatItCannotHold) {
  EXPECT_EQ(Decimal::parse("").error(), DecimalError::empty);
  EXPECT_EQ(Decimal::parse("-").error(), DecimalError::empty);
  EXPECT_EQ(Decimal::parse(".").error(), DecimalError::empty);
  EXPECT_EQ(Decimal::parse("1000000000000000000").error(), DecimalError::too_many_digits);
  EXPECT_EQ(Decimal::parse("10.000000000000000000")->text(), "10.0000000000000000") << "zeros at the end say nothing";
  EXPECT_EQ(Decimal::parse("10.000000000000000001").error(), DecimalError::too_many_digits);
  EXPECT_EQ(Decimal::parse("0.00000000000000000000000")->text(), "0.000000000000000000");
  EXPECT_EQ(Decimal::parse("0.0000000000000000001").error(), DecimalError::too_many_digits);
  for (const char* text :
       {"1 0", "1e3", "--1", "1.2.3", "1,5", "NaN", "Infinity", "0x10", "1234567890123456789012x"})
    EXPECT_EQ(Decimal::parse(text).error(), DecimalError::not_a_number) << text;
}

TEST(Decimal, TakesExponentsThatFitExactly) {
  EXPECT_EQ(Decimal::parse_scientific("1E3")->text(), "1000");
  EXPECT_EQ(Decimal::parse_scientific("1.25e1")->text(), "12.5");
  EXPECT_EQ(Decimal::parse_scientific("-125e-2")->text(), "-1.25");
  EXPECT_EQ(Decimal::parse_scientific("10.0e-18")->text(), "0.000000000000000010");
  EXPECT_EQ(Decimal::parse_scientific("0e99999999999")->text(), "0");
  EXPECT_FALSE(Decimal::parse_scientific("1e18"));
  EXPECT_FALSE(Decimal::parse_scientific("1e-19"));
  EXPECT_FALSE(Decimal::parse_scientific("1e99999999999"));
  EXPECT_FALSE(Decimal::parse_scientific("1e"));
  EXPECT_FALSE(Decimal::parse_scientific("1e1.5"));
}

TEST(Decimal, ComparesByValue) {
  EXPECT_EQ(d("1.0"), d("1.00"));
  EXPECT_LT(d("-1"), d("0.5"));
  EXPECT_GT(d("999999999999999999"), d("0.999999999999999999"));
}

struct RoundingCase {
  const char* value;
  Rounding mode;
  const char* result;
};

TEST(Decimal, RoundsByNamedMode) {
  constexpr RoundingCase cases[] = {
      {"1.005", Rounding::half_up, "1.01"},     {"-1.005", Rounding::half_up, "-1.01"},
      {"1.005", Rounding::half_even, "1.00"},   {"1.015", Rounding::half_even, "1.02"},
      {"-1.015", Rounding::half_even, "-1.02"}, {"1.009", Rounding::down, "1.00"},
      {"-1.009", Rounding::down, "-1.00"},      {"1.001", Rounding::up, "1.01"},
      {"-1.001", Rounding::up, "-1.01"},        {"1.0049", Rounding::half_up, "1.00"},
      {"2", Rounding::half_up, "2.00"},
  };
  for (const auto& one : cases) EXPECT_EQ(d(one.value).rounded(2, one.mode)->text(), one.result) << one.value;
  EXPECT_FALSE(d("999999999999999999").rounded(1, Rounding::half_up));
}

TEST(Decimal, AddsAndMultipliesExactly) {
  EXPECT_EQ(add(d("0.1"), d("0.2"))->text(), "0.3");
  EXPECT_EQ(subtract(d("1"), d("0.01"))->text(), "0.99");
  EXPECT_EQ(multiply(d("19.99"), d("3"))->text(), "59.97");
  EXPECT_EQ(multiply(d("0.0000000001"), d("10000000000"))->text(), "1.0000000000");
  EXPECT_FALSE(add(d("999999999999999999"), d("1")));
  EXPECT_FALSE(multiply(d("999999999999"), d("999999999")));
  EXPECT_EQ(multiply(d("999999999.123456789"), d("1.123456789"), 2, Rounding::half_up)->text(),
            "1123456788.02");
}

TEST(Decimal, DividesWithNamedRounding) {
  EXPECT_EQ(divide(d("10"), d("3"), 4, Rounding::half_up)->text(), "3.3333");
  EXPECT_EQ(divide(d("-10"), d("3"), 0, Rounding::up)->text(), "-4");
  EXPECT_EQ(divide(d("1"), d("8"), 2, Rounding::half_even)->text(), "0.12");
  EXPECT_EQ(divide(d("1"), d("0.000000000000000003"), 0, Rounding::down)->text(), "333333333333333333");
  EXPECT_EQ(divide(d("0.000000000000000001"), d("999999999999999999"), 18, Rounding::up)->text(),
            "0.000000000000000001");
  EXPECT_EQ(divide(d("5"), d("0.000000000000000002"), 1, Rounding::half_even).error(),
            DecimalError::too_many_digits);
  EXPECT_EQ(divide(d("1"), d("0"), 2, Rounding::half_up).error(), DecimalError::not_a_number);
  EXPECT_EQ(divide(d("100"), d("0.000000000000000007"), 17, Rounding::up).error(),
            DecimalError::too_many_digits);
}

}  // namespace
}  // namespace purser
