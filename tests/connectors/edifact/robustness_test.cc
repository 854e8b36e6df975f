// What senders do to bytes: each is read with a finding that says so, and means the same as the clean interchange.
#include <gtest/gtest.h>

#include <algorithm>

#include "connectors/reader/edifact_reader.h"
#include "tests/connectors/edifact/trial.h"

namespace purser::edifact {
namespace {

using testing::read_text;
using testing::Trial;

constexpr std::string_view message =
    "UNH+1+ORDERS:D:96A:UN:EAN008'BGM+220+P1+9'DTM+137:20261120:102'FTX+AAI+++Caf{E9} au lait'"
    "NAD+BY+5412345000013::9'NAD+SU+4012345000009::9'LIN+1++4012345000016:EN'QTY+21:1{.}5:KGM'UNS+S'UNT+10+1'UNZ+1+77'";

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) text.replace(at, what.size(), with);
  return text;
}

/// An interchange with its e acute as `accent` and its decimal mark as `mark`.
std::string interchange(std::string_view syntax = "UNOC:3", std::string_view accent = "\xE9", std::string_view mark = ".") {
  return "UNB+" + std::string(syntax) + "+A:14+B:14+261120:0915+77'" + replaced(replaced(std::string(message), "{E9}", accent), "{.}", mark);
}

std::string utf16(std::string_view ascii, bool big) {
  std::string out = big ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : ascii) {
    if (big) out += '\0';
    out += c;
    if (!big) out += '\0';
  }
  return out;
}

std::string values(const Trial& trial) {
  std::string all;
  for (const auto& document : trial.documents) {
    for (const std::string& line : describe(document.events.events())) {
      if (!line.starts_with("envelope.syntax")) all += line + "\n";
    }
  }
  return all;
}

std::vector<std::string> codes(const Trial& trial) {
  std::vector<std::string> all;
  for (const Finding& finding : trial.findings()) all.push_back(finding.code);
  return all;
}

class Robust : public ::testing::Test {
 protected:
  /// Reads the same as the clean interchange; says `wanted` and nothing else.
  void expect_same(std::string_view text, const std::vector<std::string>& wanted) {
    const Trial clean = read_text(tables, interchange());
    ASSERT_EQ(clean.documents.size(), 1U);
    ASSERT_TRUE(clean.findings().empty());
    const Trial trial = read_text(tables, text);
    EXPECT_TRUE(trial.outcome.has_value());
    EXPECT_EQ(values(trial), values(clean));
    EXPECT_EQ(codes(trial), wanted);
    EXPECT_TRUE(std::ranges::none_of(trial.findings(), [](const Finding& f) { return f.severity >= Severity::error; }));
  }
  Tables tables{{}};
};

TEST_F(Robust, Utf8UnderItsOwnSyntax) { expect_same(interchange("UNOY:4", "\xC3\xA9"), {}); }
TEST_F(Robust, ByteOrderMark) { expect_same("\xEF\xBB\xBF" + interchange("UNOY:4", "\xC3\xA9"), {"EDIFACT-0025"}); }
TEST_F(Robust, CommaIsADecimalMarkToo) { expect_same(interchange("UNOC:3", "\xE9", ","), {}); }
TEST_F(Robust, UnaWithADecimalComma) { expect_same("UNA:+,? '" + interchange("UNOC:3", "\xE9", ","), {}); }
TEST_F(Robust, UnaThatRepeatsUnderSyntax3) { expect_same("UNA:+.?*'" + interchange(), {}); }
TEST_F(Robust, UnaWithOtherSeparators) {
  std::string other = interchange();
  std::ranges::replace(other, '+', '|');
  std::ranges::replace(other, ':', '^');
  std::ranges::replace(other, '\'', '~');
  expect_same("UNA^|.? ~" + other, {});
}
TEST_F(Robust, UnaWithoutReleaseCharacter) { expect_same("UNA:+.  '" + interchange(), {}); }
TEST_F(Robust, UnaAndUnbOnLinesOfTheirOwn) { expect_same("UNA:+.? '\r\n" + interchange(), {}); }
TEST_F(Robust, LinesBehindEverySegment) { expect_same(replaced(interchange(), "'", "'\r\n"), {}); }
TEST_F(Robust, WrappedAnywhere) {
  for (const std::string_view end : {"\n", "\r\n"}) {
    std::string wrapped;
    const std::string whole = interchange();
    for (std::size_t at = 0; at < whole.size(); at += 40) wrapped += whole.substr(at, 40) + std::string(end);
    expect_same(wrapped, {});
  }
}
TEST_F(Robust, Utf8UnderUnoc) { expect_same(interchange("UNOC:3", "\xC3\xA9"), {"EDIFACT-0026"}); }
TEST_F(Robust, Utf8UnderUnoa) { expect_same(interchange("UNOA:1", "\xC3\xA9"), {"EDIFACT-0009"}); }
TEST_F(Robust, Latin1UnderUnoa) { expect_same(interchange("UNOA:1"), {"EDIFACT-0009"}); }
TEST_F(Robust, PaddingBehindTheEnd) { expect_same(interchange() + std::string(80, ' ') + "\r\n\x1A", {}); }
TEST_F(Robust, LastTerminatorMissing) {
  const std::string whole = interchange();
  expect_same(std::string_view(whole).substr(0, whole.size() - 1), {"EDIFACT-0003"});
}

TEST_F(Robust, Windows1252UnderUnoc) {
  // 0x80 is the euro sign, 0x93 and 0x94 quotes: controls in ISO 8859-1, which nobody means.
  const Trial trial = read_text(tables, interchange("UNOC:3", "\x93 5 \x80\x94"));
  ASSERT_EQ(trial.documents.size(), 1U);
  EXPECT_NE(values(trial).find("Caf\xE2\x80\x9C 5 \xE2\x82\xAC\xE2\x80\x9D au lait"), std::string::npos) << values(trial);
  EXPECT_EQ(codes(trial), std::vector<std::string>{"EDIFACT-0026"});
}

TEST_F(Robust, Utf16) {
  for (const bool big : {false, true}) {
    const auto seen = peek(utf16(interchange("UNOC:3", "e"), big));
    ASSERT_TRUE(seen.has_value());
    EXPECT_EQ(seen->message.type, "ORDERS");
    const Trial trial = read_text(tables, utf16(interchange("UNOC:3", "e"), big));
    ASSERT_EQ(trial.documents.size(), 1U);
    EXPECT_NE(values(trial).find("Cafe au lait"), std::string::npos);
    EXPECT_EQ(codes(trial), std::vector<std::string>{"EDIFACT-0025"});
  }
}

TEST_F(Robust, TruncatedAnywhereKeepsWhatCame) {
  const std::string whole = interchange();
  for (std::size_t size = 0; size < whole.size() - 1; ++size) {
    const Trial trial = read_text(tables, std::string_view(whole).substr(0, size));
    EXPECT_TRUE(std::ranges::any_of(trial.findings(), [](const Finding& f) { return f.severity >= Severity::warning; })) << size;
    EXPECT_LE(trial.documents.size(), 1U);
  }
}

TEST_F(Robust, EveryByteFlippedOnce) {
  const std::string whole = interchange();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const unsigned mask : {0x01U, 0x20U, 0x80U, 0xFFU}) {
      std::string broken = whole;
      broken[at] = static_cast<char>(static_cast<unsigned char>(broken[at]) ^ mask);
      const Trial trial = read_text(tables, broken);
      EXPECT_TRUE(trial.outcome || trial.outcome.error().what == StatusClass::invalid) << at;
    }
  }
}

TEST_F(Robust, AStrictRouteTakesWrongCountsAsErrors) {
  const std::string wrong = replaced(interchange(), "UNT+10", "UNT+11");
  sdk::Request strict;
  strict.strict = true;
  EXPECT_EQ(read_text(tables, wrong).findings().at(0).severity, Severity::warning);
  EXPECT_EQ(read_text(tables, wrong, strict).findings().at(0).severity, Severity::error);
}

TEST_F(Robust, WhatTheDirectoryForbidsIsToldAtItsPlace) {
  const std::string wrong = replaced(replaced(interchange(), "LIN+1+", "LIN+1234567+"), "BGM+220+P1+9", "BGM+220+P1+9+AB+X+Y");
  const Trial trial = read_text(tables, wrong);
  EXPECT_EQ(codes(trial), (std::vector<std::string>{"MAP-0016", "MAP-0018"}));
  const Finding line = trial.findings().at(1);  // copied: findings() gives them by value
  EXPECT_EQ(line.source, "LIN.1082");
  EXPECT_EQ(line.at.segment, 8U);
  EXPECT_EQ(line.at.element, 1);
  EXPECT_EQ(line.severity, Severity::warning);
  // Of another directory than ours it is not known.
  const Trial other = read_text(tables, replaced(wrong, ":96A:", ":97A:"));
  EXPECT_EQ(codes(other), std::vector<std::string>{"EDIFACT-0050"});
}

}  // namespace
}  // namespace purser::edifact
