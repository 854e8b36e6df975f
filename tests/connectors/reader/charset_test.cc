#include "connectors/reader/charset.h"

#include <gtest/gtest.h>

#include "connectors/reader/bytes.h"
#include "connectors/reader/window.h"
#include "tests/connectors/reader/trace.h"

namespace purser::reader {
namespace {

using namespace std::string_view_literals;

TEST(Charset, IsFoundByNameAndAlias) {
  EXPECT_EQ(find_charset("ISO-8859-1"), Charset::iso_8859_1);
  EXPECT_EQ(find_charset("iso8859_15"), Charset::iso_8859_15);
  EXPECT_EQ(find_charset("CP1252"), Charset::windows_1252);
  EXPECT_EQ(find_charset("utf-16"), Charset::utf_16be);
  EXPECT_FALSE(find_charset("EBCDIC"));
  for (unsigned i = 0; i <= static_cast<unsigned>(Charset::windows_1252); ++i) {
    const auto charset = static_cast<Charset>(i);
    EXPECT_EQ(find_charset(charset_name(charset)), charset);
  }
}

TEST(Charset, DecodesWhatItEncoded) {
  for (unsigned i = 0; i <= static_cast<unsigned>(Charset::windows_1252); ++i) {
    const auto charset = static_cast<Charset>(i);
    std::string text = "plain";
    if (is_single_byte(charset)) {
      for (const std::uint16_t unit : upper_half(charset)) {
        if (unit != 0) append_utf8(text, unit);
      }
    } else {
      text += "\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80";
    }
    std::string encoded, decoded;
    EXPECT_EQ(encode(charset, text, encoded), std::string_view::npos);
    EXPECT_EQ(decode(charset, encoded, decoded), std::string_view::npos);
    EXPECT_EQ(decoded, text) << charset_name(charset);
  }
}

struct Known {
  Charset charset;
  std::string_view bytes;
  std::string_view text;
};

TEST(Charset, KnowsItsCharacters) {
  const Known all[] = {
      {Charset::iso_8859_1, "\xA4", "\xC2\xA4"},        {Charset::iso_8859_15, "\xA4", "\xE2\x82\xAC"},
      {Charset::iso_8859_2, "\xB3", "\xC5\x82"},        {Charset::iso_8859_5, "\xB6", "\xD0\x96"},
      {Charset::iso_8859_7, "\xE1", "\xCE\xB1"},        {Charset::iso_8859_9, "\xF0", "\xC4\x9F"},
      {Charset::windows_1252, "\x93", "\xE2\x80\x9C"},  {Charset::utf_16le, "\xAC\x20"sv, "\xE2\x82\xAC"},
      {Charset::utf_16be, "\x20\xAC"sv, "\xE2\x82\xAC"}};
  for (const Known& known : all) {
    std::string text;
    decode(known.charset, known.bytes, text);
    EXPECT_EQ(text, known.text) << charset_name(known.charset);
  }
}

TEST(Charset, TellsWhereBadBytesAre) {
  std::string out;
  EXPECT_EQ(decode(Charset::utf_8, "ab\xFFz", out), 2u);
  EXPECT_EQ(out, "ab\xEF\xBF\xBDz");
  EXPECT_EQ(decode(Charset::us_ascii, "a\x80", out), 1u);
  EXPECT_EQ(decode(Charset::windows_1252, "\x81", out), 0u);
  EXPECT_EQ(encode(Charset::iso_8859_1, "a\xE2\x82\xAC", out), 1u);
}

TEST(Utf8, KnowsValidFromInvalid) {
  for (const std::string_view good :
       {"a\xC2\x80"sv, "\xE0\xA0\x80"sv, "\xED\x9F\xBF"sv, "\xF4\x8F\xBF\xBF"sv}) {
    EXPECT_EQ(valid_utf8_prefix(good), good.size());
  }
  for (const std::string_view bad :
       {"\x80"sv, "\xC1\x81"sv, "\xE0\x9F\x80"sv, "\xED\xA0\x80"sv, "\xF4\x90\x80\x80"sv, "\xC3"sv}) {
    EXPECT_EQ(valid_utf8_prefix(bad), 0u);
  }
}

TEST(Window, KnowsPlacesInDecodedInput) {
  const std::string_view text = "\xE4\xE4\n\xE4x\r\ny";
  MemorySource source(text);
  Window window(source);
  ASSERT_TRUE(window.prepare());
  ASSERT_TRUE(window.start(Window::Check::text, Charset::iso_8859_1, 0));
  const std::string_view seen(window.data(), window.size());
  const Position y = window.place(seen.find('y'));
  EXPECT_EQ(y.line, 3u);
  EXPECT_EQ(y.column, 1u);
  EXPECT_EQ(y.offset, 7u);
  const Position x = window.place(seen.find('x'));
  EXPECT_EQ(x.line, 2u);
  EXPECT_EQ(x.column, 2u);
  EXPECT_EQ(x.offset, 4u);
}

// Offsets, lines and faults hold over many refills, for every charset.
TEST(Window, KnowsPlacesInLongInput) {
  for (const Charset charset : {Charset::utf_8, Charset::utf_16le, Charset::windows_1252}) {
    std::string text;
    while (text.size() < 900'000) text += "line with \xC3\xA4 and \xE2\x82\xAC\r\n";
    std::string bytes;
    encode(charset, text, bytes);
    PieceSource source(bytes, 7'777);
    Window window(source);
    ASSERT_TRUE(window.prepare());
    ASSERT_TRUE(window.start(Window::Check::text, charset, 0));
    std::size_t at = 0;
    std::string seen;
    std::uint32_t line = 1;
    for (;;) {
      const auto more = window.more(at);
      at = 0;
      ASSERT_TRUE(more);
      while (at < window.size()) {
        if (window.data()[at] == 'l') {
          const Position place = window.place(at);
          ASSERT_EQ(place.line, line++);
          ASSERT_EQ(place.column, 1u);
        }
        seen += window.data()[at++];
      }
      if (!*more) break;
    }
    EXPECT_TRUE(seen == text) << charset_name(charset);
    EXPECT_EQ(window.place(at).offset, bytes.size());
  }
}

}  // namespace
}  // namespace purser::reader
