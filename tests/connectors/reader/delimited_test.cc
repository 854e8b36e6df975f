#include <gtest/gtest.h>

#include <random>

#include "connectors/reader/delimited_reader.h"
#include "connectors/reader/delimited_writer.h"
#include "tests/connectors/reader/trace.h"

namespace purser::delimited {
namespace {

using reader::Findings;
using reader::MemorySource;
using reader::StringSink;
using reader::Trace;
using namespace std::string_view_literals;

struct Result {
  std::string trace;
  std::string findings;
};

Result read_text(std::string_view text, ReadOptions options = {}, bool with_places = false) {
  MemorySource source(text);
  Trace trace(with_places);
  Findings findings;
  const Outcome done = read(source, trace, findings.handler(), options);
  EXPECT_EQ(done.has_value(), findings.all.empty() || findings.all.back().severity != Severity::fatal);
  return {trace.text, findings.text()};
}

TEST(DelimitedReader, GivesRecordsUnderTheirHeadings) {
  constexpr std::string_view headings[] = {"Invoice No", "Total"};
  ReadOptions options;
  options.format.separator = ';';
  options.headings = headings;
  const Result r = read_text(
      "\xEF\xBB\xBF invoice no ;\"TOTAL\";Note\r\n1;\"1;5\";\"say \"\"hi\"\"\r\n there\"\r\n\r\n2;;x\r\n",
      options, true);
  EXPECT_EQ(r.findings, "");
  EXPECT_EQ(r.trace,
            "<record 2:1+30\n"
            "  @Invoice No1=1 2:1+30\n"
            "  @Total2=1;5 2:4+33\n"
            "  @Note3=say \"hi\"\r\n there 2:10+39\n"
            "<record 5:1+62\n"
            "  @Invoice No1=2 5:1+62\n"
            "  @Note3=x 5:4+65\n");
}

struct Case {
  const char* name;
  std::string_view text;
  std::string_view findings;
  std::string_view trace;
};

class DelimitedCase : public testing::TestWithParam<Case> {};

TEST_P(DelimitedCase, IsReadWithItsFindings) {
  const Result r = read_text(GetParam().text);
  EXPECT_EQ(r.findings, GetParam().findings);
  EXPECT_EQ(r.trace, GetParam().trace);
}

const Case cases[] = {
    {"empty", "", "CSV-0001 1:1", ""},
    {"only_line_ends", "\r\n\n\r", "CSV-0001 4:1", ""},
    {"only_heading", "a,b", "", ""},
    {"old_mac", "a\r1\r2\r", "", "<record\n  @a1=1\n<record\n  @a1=2\n"},
    {"no_line_end_at_the_end", "a,b\n1,2", "", "<record\n  @a1=1\n  @b2=2\n"},
    {"quoted_at_the_end", "a\n\"1\"", "", "<record\n  @a1=1\n"},
    {"empty_quoted_is_a_record", "a\n\"\"\n", "", "<record\n"},
    {"quote_inside_plain", "a\n5\" pipe\n", "", "<record\n  @a1=5\" pipe\n"},
    {"too_few", "a,b\n1\n", "CSV-0004 2:1", "<record\n  @a1=1\n"},
    {"too_many", "a\n1,2\n", "CSV-0004 2:3", "<record\n  @a1=1\n  2=2\n"},
    {"trailing_separators", "a\n1,,\n", "", "<record\n  @a1=1\n"},
    {"unclosed", "a,b\n1,\"2\n3,4\n", "CSV-0005 2:3", ""},
    {"behind_quote", "a,b\n\"1\"x,2\n", "CSV-0006 2:4", "<record\n  @a1=1x\n  @b2=2\n"},
    {"blank_behind_quote", "a,b\n\"1\" ,2\n", "", "<record\n  @a1=1\n  @b2=2\n"},
    {"same_heading", "a,A\n1,2\n", "CSV-0007 1:3", "<record\n  @a1=1\n  @A2=2\n"},
    {"no_heading", "a,\n1,2\n", "CSV-0008 1:3", "<record\n  @a1=1\n  2=2\n"},
    {"bad_byte", "a\n1\xFF\n", "CSV-0002 2:2", ""},
    {"control_character", "a\n1\x02\n", "CSV-0003 2:2", ""},
    {"utf_16", "\xFF\xFE\x61\0\n\0\xE4\0\n\0"sv, "", "<record\n  @a1=\xC3\xA4\n"},
};

INSTANTIATE_TEST_SUITE_P(All, DelimitedCase, testing::ValuesIn(cases),
                         [](const auto& found) { return std::string(found.param.name); });

TEST(DelimitedReader, NamesColumnOfAShortRecord) {
  MemorySource source("No,Total\n7\n");
  Trace trace;
  Findings findings;
  ReadOptions options;
  options.ragged_is_error = true;
  ASSERT_TRUE(read(source, trace, findings.handler(), options));
  ASSERT_EQ(findings.all.size(), 1u);
  EXPECT_EQ(findings.all[0].source, "Total");
  EXPECT_EQ(findings.all[0].expected, "2 fields");
  EXPECT_EQ(findings.all[0].severity, Severity::error);
}

TEST(DelimitedReader, KnowsOtherFormats) {
  ReadOptions tab;
  tab.format = {'\t', 0, 0, false, reader::Charset::windows_1252};
  EXPECT_EQ(read_text("\"a\t\x80\n", tab).trace, "<record\n  1=\"a\n  2=\xE2\x82\xAC\n");
  ReadOptions backslash;
  backslash.format = {',', '\'', '\\', false, reader::Charset::utf_8};
  EXPECT_EQ(read_text("'it\\'s \\\\ \\n',b\n", backslash).trace, "<record\n  1=it's \\ \\n\n  2=b\n");
}

TEST(DelimitedReader, LimitsHold) {
  ReadOptions options;
  options.limits.max_field = 1'000;
  EXPECT_EQ(read_text("a\n\"" + std::string(1'000'000, 'x'), options).findings, "CSV-0009 2:2");
  options = {};
  options.limits.max_columns = 3;
  EXPECT_EQ(read_text("a,b,c,d\n", options).findings, "CSV-0009 1:7");
}

TEST(DelimitedReader, SameResultWhereverTheWindowEnds) {
  std::string text = "a,b\n";
  std::string expected;
  for (std::size_t i = 0; text.size() < 900'000; ++i) {
    const std::string value(i % 89 + 1, 'v');
    text += "\"" + value + "\"\"\r\n\"," + value + "\r\n";
    expected += "<record\n  @a1=" + value + "\"\r\n\n  @b2=" + value + "\n";
  }
  EXPECT_TRUE(read_text(text).trace == expected);
}

TEST(DelimitedWriter, QuotesWhatMustBe) {
  StringSink out;
  Findings findings;
  WriteOptions options;
  options.columns = {"No", "a,b"};
  Writer writer(out, findings.handler(), options);
  const auto field = [](std::string_view name) {
    map::LeafAddress where;
    where.name = name;
    return where;
  };
  ASSERT_TRUE(writer.open("record", {}));
  ASSERT_TRUE(writer.leaf(field("a,b"), "say \"hi\"", {}));
  ASSERT_TRUE(writer.leaf(field("No"), " 7", {}));
  ASSERT_TRUE(writer.close({}));
  EXPECT_EQ(writer.leaf(field("c"), "", {}).error().code, "CSV-0021");
  ASSERT_TRUE(writer.finish());
  EXPECT_EQ(out.text, "No,\"a,b\"\r\n\" 7\",\"say \"\"hi\"\"\"\r\n");
}

TEST(DelimitedWriter, KnowsItsCharset) {
  StringSink out;
  Findings findings;
  WriteOptions options;
  options.format = {';', 0, 0, true, reader::Charset::iso_8859_1};
  Writer writer(out, findings.handler(), options);
  ASSERT_TRUE(writer.open("record", {}));
  ASSERT_TRUE(writer.leaf({{}, 1}, "\xC3\xA4 \xE2\x82\xAC", {}));
  ASSERT_TRUE(writer.close({}));
  ASSERT_TRUE(writer.open("record", {}));
  ASSERT_TRUE(writer.leaf({{}, 1}, "a;b", {}));
  EXPECT_EQ(writer.close({}).error().code, "CSV-0022");
  EXPECT_EQ(findings.text(), "CSV-0020 0:0");
}

TEST(DelimitedWriter, ReadingGivesBackWhatWasWritten) {
  const std::string texts[] = {"x", " ", ",", "\"", "\"\"", "a\r\nb", "\n", "\xC3\xA4", "", "0"};
  for (unsigned seed = 1; seed <= 200; ++seed) {
    std::minstd_rand random(seed);
    StringSink out;
    Findings findings;
    WriteOptions options;
    options.format.heading = false;
    options.columns = {"1", "2", "3"};
    Writer writer(out, findings.handler(), options);
    Trace wanted;
    for (int record = 0; record < 20; ++record) {
      for (map::SyntaxSink* sink :
           {static_cast<map::SyntaxSink*>(&writer), static_cast<map::SyntaxSink*>(&wanted)}) {
        ASSERT_TRUE(sink->open("record", {}));
      }
      for (std::uint16_t column = 1; column <= 3; ++column) {
        const std::string& text = texts[random() % std::size(texts)];
        if (text.empty()) continue;
        ASSERT_TRUE(writer.leaf({{}, column}, text, {}));
        ASSERT_TRUE(wanted.leaf({{}, column}, text, {}));
      }
      ASSERT_TRUE(writer.close({}));
      ASSERT_TRUE(wanted.close({}));
    }
    ASSERT_TRUE(writer.finish());
    ReadOptions read_options;
    read_options.format = options.format;
    const Result r = read_text(out.text, read_options);
    EXPECT_EQ(r.trace, wanted.text);
    EXPECT_EQ(r.findings, "");
  }
}

TEST(DelimitedDetect, FindsSeparatorHeadingAndCharset) {
  const auto semicolon = detect("No;Total\n1;1,50\n2;2,50\n");
  ASSERT_TRUE(semicolon);
  EXPECT_EQ(semicolon->separator, ';');
  EXPECT_TRUE(semicolon->heading);
  const auto comma = detect("1,\"a;b;c\",3\n2,\"d\",4\n");
  ASSERT_TRUE(comma);
  EXPECT_EQ(comma->separator, ',');
  EXPECT_FALSE(comma->heading);
  EXPECT_EQ(detect("a\tb\nM\xFCller\t1\n")->charset, reader::Charset::windows_1252);
  EXPECT_EQ(detect("a|b\nM\xC3\xBCller|1\n")->charset, reader::Charset::utf_8);
  EXPECT_FALSE(detect("Dear all,\nplease find attached, as discussed, the list\n"));
  EXPECT_FALSE(detect("<a>x,y</a>"));
  EXPECT_FALSE(detect("one\ntwo\n"));
  EXPECT_FALSE(detect(""));
}

}  // namespace
}  // namespace purser::delimited
