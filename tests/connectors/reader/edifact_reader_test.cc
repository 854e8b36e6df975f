#include "connectors/reader/edifact_reader.h"

#include <gtest/gtest.h>

#include "tests/connectors/reader/edifact_recorder.h"

namespace purser::edifact {
namespace {

constexpr std::string_view orders =
    "UNA:+.? '\n"
    "UNB+UNOC:3+4012345000009:14:X:Y+5012345000008:14+261120:0930+REF42++ORDERS++1+EANCOM+1'\n"
    "UNH+1+ORDERS:D:96A:UN:EAN008'\n"
    "BGM+220+PO-1+9'\n"
    "FTX+AAI+++It?'s 5?+3 ?: 8?"
    "?'\n"
    "UNT+4+1'\n"
    "UNZ+1+REF42'\n";

TEST(EdifactReader, GivesServiceSegmentsAsStructs) {
  Recorder r;
  ASSERT_TRUE(read_text(orders, r));
  EXPECT_EQ(r.findings.text(), "");
  ASSERT_EQ(r.interchanges.size(), 1u);
  const Interchange& unb = r.interchanges[0];
  EXPECT_TRUE(unb.has_una);
  EXPECT_EQ(unb.syntax, "UNOC");
  EXPECT_EQ(unb.version, 3u);
  EXPECT_EQ(unb.sender.id, "4012345000009");
  EXPECT_EQ(unb.sender.qualifier, "14");
  EXPECT_EQ(unb.sender.internal, "X");
  EXPECT_EQ(unb.sender.sub_internal, "Y");
  EXPECT_EQ(unb.recipient.id, "5012345000008");
  EXPECT_EQ(unb.date + unb.time, "2611200930");
  EXPECT_EQ(unb.reference, "REF42");
  EXPECT_EQ(unb.application, "ORDERS");
  EXPECT_EQ(unb.acknowledgement, "1");
  EXPECT_EQ(unb.agreement, "EANCOM");
  EXPECT_EQ(unb.test, "1");
  ASSERT_EQ(r.messages.size(), 1u);
  EXPECT_EQ(r.messages[0].type, "ORDERS");
  EXPECT_EQ(r.messages[0].release, "96A");
  EXPECT_EQ(r.messages[0].association, "EAN008");
  EXPECT_EQ(r.ends[0].segments, 4u);
  EXPECT_TRUE(r.ends[0].complete);
  EXPECT_TRUE(r.totals[0].complete);
}

TEST(EdifactReader, GivesSegmentsWithExactPlaces) {
  Recorder r(true);
  ASSERT_TRUE(read_text(orders, r));
  EXPECT_NE(r.trace.text.find("<BGM 4:1+128\n  1.1=220 4:5+132\n  2.1=PO-1 4:9+136\n  3.1=9 4:14+141\n"),
            std::string::npos)
      << r.trace.text;
  EXPECT_NE(r.trace.text.find("4.1=It's 5+3 : 8? 5:11+154"), std::string::npos) << r.trace.text;
}

TEST(EdifactReader, SameResultWhereverTheInputIsCut) {
  Recorder whole(true);
  ASSERT_TRUE(read_text(orders, whole));
  for (std::size_t piece = 1; piece < 8; ++piece) {
    reader::PieceSource source(orders, piece);
    Recorder r(true);
    ASSERT_TRUE(read(source, r, {}));
    EXPECT_EQ(r.trace.text, whole.trace.text);
  }
}

TEST(EdifactReader, SameResultWhereverTheWindowEnds) {
  // Segments of 7 to 130 bytes move over the window's end at 256 KiB.
  std::string text = "UNB+UNOC:3+A+B+261120:0930+1'UNH+1+X:D:1:UN'";
  std::size_t count = 2;
  while (text.size() < 800'000) {
    const std::size_t length = count++ % 120 + 1;
    text += "FTX+" + std::string(length, 'a') + "?+" + std::string(length % 3, '\n') + "z:9'";
  }
  text += "UNT+" + std::to_string(count) + "+1'UNZ+1+1'";
  Recorder r;
  ASSERT_TRUE(read_text(text, r));
  EXPECT_EQ(r.findings.text(), "");
  std::string expected;
  for (std::size_t i = 2; i < count; ++i) {
    expected += "<FTX\n  1.1=" + std::string(i % 120 + 1, 'a') + "+z\n  1.2=9\n";
  }
  EXPECT_NE(r.trace.text.find(expected), std::string::npos);
}

struct Case {
  const char* name;
  std::string_view text;
  std::string_view findings;
  std::string_view contains;  // of the trace
};

class EdifactCase : public testing::TestWithParam<Case> {};

TEST_P(EdifactCase, IsReadWithItsFindings) {
  Recorder r;
  static_cast<void>(read_text(GetParam().text, r));
  EXPECT_EQ(r.findings.text(), GetParam().findings);
  EXPECT_NE(r.trace.text.find(GetParam().contains), std::string::npos) << r.trace.text;
}

#define UNB_UNH "UNB+UNOC:3+A+B+261120:0930+1'UNH+1+X:D:1:UN'"

const Case cases[] = {
    {"empty", "", "EDIFACT-0001 1:1", ""},
    {"blank", " \r\n ", "EDIFACT-0001 2:2", ""},
    {"not_edifact", "ISA*00*'", "EDIFACT-0001 1:1", ""},
    {"byte_order_mark",
     "\xEF\xBB\xBFUNB+UNOW:4+A+B+20261120:0930+1'UNH+1+X:D:1:UN'FTX+\xC3\xA4'UNT+3+1'UNZ+1+1'", "EDIFACT-0025 1:1",
     "1.1=\xC3\xA4"},
    {"una_repetition_in_syntax_3", "UNA:+.?*'" UNB_UNH "NAD+a*b:c*d'UNT+3+1'UNZ+1+1'", "",
     "1.1=a\n  1.1#2=b\n  1.2#2=c\n  1.1#3=d\n"},
    {"asterisk_is_data_in_syntax_3", UNB_UNH "NAD+a*b'UNT+3+1'UNZ+1+1'", "", "1.1=a*b\n"},
    {"asterisk_repeats_in_syntax_4", "UNB+UNOC:4+A+B+20261120:0930+1'UNH+1+X:D:1:UN'NAD+a*b'UNT+3+1'UNZ+1+1'",
     "", "1.1=a\n  1.1#2=b\n"},
    {"other_separators", "UNA|~,! #UNB~UNOC|3~A~B~261120|0930~1#UNH~1~X|D|1|UN#FTX~a!~b!#c#UNT~3~1#UNZ~1~1#",
     "", "1.1=a~b#c\n"},
    {"line_feed_ends_segments",
     "UNA:+.? \nUNB+UNOC:3+A+B+261120:0930+1\nUNH+1+X:D:1:UN\nBGM+1\nUNT+3+1\nUNZ+1+1\n", "",
     "<BGM\n  1.1=1\n"},
    {"no_release_character", "UNA:+.  '" UNB_UNH "FTX+why?'UNT+3+1'UNZ+1+1'", "", "1.1=why?\n"},
    {"wrapped_lines",
     "UNB+UNOC:3+A+B+261120:0930+1'UNH+1+X:D:1\r\n:UN'FT\nX+lo\r\nng+?\r\n+'UNT+3+1'UNZ+1+1'", "",
     "<FTX\n  1.1=long\n  2.1=+\n"},
    {"latin_1", UNB_UNH "FTX+M\xFCller'UNT+3+1'UNZ+1+1'", "", "1.1=M\xC3\xBCller\n"},
    {"cyrillic", "UNB+UNOE:3+A+B+261120:0930+1'UNH+1+X:D:1:UN'FTX+\xB0'UNT+3+1'UNZ+1+1'", "",
     "1.1=\xD0\x90\n"},
    {"latin_1_in_unoa", "UNB+UNOA:1+A+B+261120:0930+1'UNH+1+X:D:1:UN'FTX+\xFC'UNT+3+1'UNZ+1+1'",
     "EDIFACT-0009 1:49", "1.1=\xC3\xBC\n"},
    {"broken_utf_8", "UNB+UNOW:4+A+B+261120:0930+1'UNH+1+X:D:1:UN'FTX+a\xFC'UNT+3+1'UNZ+1+1'",
     "EDIFACT-0008 1:49", "1.1=a\xEF\xBF\xBD\n"},
    {"unknown_level", "UNB+UNOQ:3+A+B+261120:0930+1'UNH+1+X:D:1:UN'UNT+2+1'UNZ+1+1'", "EDIFACT-0007 1:1", ""},
    {"control_character", UNB_UNH "FTX+a\x01z'UNT+3+1'UNZ+1+1'", "EDIFACT-0010 1:50", "1.1=az\n"},
    {"needless_release", UNB_UNH "FTX+a?z'UNT+3+1'UNZ+1+1'", "EDIFACT-0011 1:50", "1.1=az\n"},
    {"wrong_counts", UNB_UNH "UNT+7+2'UNZ+3+9'",
     "EDIFACT-0013 1:49, EDIFACT-0014 1:51, EDIFACT-0015 1:57, EDIFACT-0016 1:59", ""},
    {"groups",
     "UNB+UNOC:3+A+B+261120:0930+1'UNG+X+S+R+261120:0930+G1+UN+D:1'UNH+1+X:D:1:UN'UNT+2+1'UNE+1+G1'UNZ+1+1'",
     "", "<UNG\n  1.1=X\n"},
    {"wrong_group",
     "UNB+UNOC:3+A+B+261120:0930+1'UNG+X+S+R+261120:0930+G1'UNH+1+X:D:1:UN'UNT+2+1'UNE+2+G2'UNZ+1+1'",
     "EDIFACT-0017 1:82, EDIFACT-0018 1:84", ""},
    {"duplicate_reference", UNB_UNH "UNT+2+1'UNH+1+X:D:1:UN'UNT+2+1'UNZ+2+1'", "EDIFACT-0019 1:53", ""},
    {"no_trailers", UNB_UNH "BGM+1'", "EDIFACT-0020 1:51, EDIFACT-0021 1:51", "<BGM\n"},
    {"no_header", "UNH+1+X:D:1:UN'BGM+1'UNT+3+1'", "EDIFACT-0002 1:1", "<BGM\n"},
    {"bad_tag", UNB_UNH "it's'UNT+4+1'UNZ+1+1'", "EDIFACT-0005 1:45, EDIFACT-0005 1:48", ""},
    {"outside", "UNB+UNOC:3+A+B+261120:0930+1'BGM+1'UNZ+0+1'", "EDIFACT-0023 1:30", ""},
    {"no_type", "UNB+UNOC:3+A+B+261120:0930+1'UNH+1'UNT+2+1'UNZ+1+1'", "EDIFACT-0024 1:30", ""},
    {"bad_una", "UNA::.? 'UNB", "EDIFACT-0004 1:1", ""},
    {"short_una", "UNA:+", "EDIFACT-0004 1:1", ""},
    {"broken_off", UNB_UNH "BGM+1'FTX+ab", "EDIFACT-0003 1:51, EDIFACT-0020 1:51, EDIFACT-0021 1:51",
     "<BGM\n"},
    {"last_terminator_missing", UNB_UNH "UNT+2+1'UNZ+1+1", "EDIFACT-0003 1:53", ""},
    {"two_interchanges",
     UNB_UNH
     "UNT+2+1'UNZ+1+1'\r\nUNA:+.?*~UNB+UNOE:3+A+B+261120:0930+2~UNH+1+X:D:1:UN~FTX+\xB0~UNT+3+1~UNZ+1+2~",
     "", "1.1=\xD0\x90\n"},
    {"interactive", "UIB+UNOA:4'UIH+X'", "EDIFACT-0006 1:1, EDIFACT-0006 1:12", ""},
};

INSTANTIATE_TEST_SUITE_P(All, EdifactCase, testing::ValuesIn(cases),
                         [](const auto& found) { return std::string(found.param.name); });

TEST(EdifactReader, StrictMakesWrongControlsErrors) {
  Recorder r;
  ReadOptions options;
  options.strict = true;
  ASSERT_TRUE(read_text(UNB_UNH "UNT+7+1'UNZ+1+1'", r, options));
  ASSERT_EQ(r.findings.all.size(), 1u);
  EXPECT_EQ(r.findings.all[0].severity, Severity::error);
  EXPECT_EQ(r.findings.all[0].expected, "2");
  EXPECT_EQ(r.findings.all[0].source, "UNT.0074");
}

// Refuses every message at its second segment.
class Refusing : public Recorder, public map::SyntaxSink {
 public:
  explicit Refusing(StatusClass why) : why_(why) {}
  std::expected<map::SyntaxSink*, Status> begin_message(const Interchange&, const Group*,
                                                        const Message&) override {
    return this;
  }
  Outcome open(std::string_view name, const Position&) override {
    if (name == "BGM") return std::unexpected(Status{why_, "MAP-0001", "no"});
    return {};
  }
  Outcome leaf(const map::LeafAddress&, std::string_view, const Position&) override { return {}; }
  Outcome close(const Position&) override { return {}; }

 private:
  StatusClass why_;
};

TEST(EdifactReader, AnInvalidMessageEndsAlone) {
  constexpr std::string_view two = UNB_UNH "BGM+1'UNT+3+1'UNH+2+X:D:1:UN'BGM+1'UNT+3+2'UNZ+2+1'";
  Refusing invalid(StatusClass::invalid);
  ASSERT_TRUE(read_text(two, invalid));
  ASSERT_EQ(invalid.ends.size(), 2u);
  EXPECT_EQ(invalid.ends[1].stopped.code, "MAP-0001");
  Refusing overloaded(StatusClass::overloaded);
  EXPECT_FALSE(read_text(two, overloaded));
}

TEST(EdifactReader, LimitsHold) {
  ReadOptions options;
  options.limits.max_segment = 1'000;
  Recorder r;
  const auto done = read_text(UNB_UNH "FTX+" + std::string(1'000'000, 'a'), r, options);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "EDIFACT-0012");
  options = {};
  options.limits.max_elements = 10;
  Recorder many;
  EXPECT_FALSE(read_text(UNB_UNH "FTX+++++++++++++'", many, options));
}

TEST(EdifactReader, PeekFindsTheMessage) {
  const auto found = peek(orders.substr(0, 130));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->message.type, "ORDERS");
  EXPECT_EQ(found->interchange.reference, "REF42");
  EXPECT_TRUE(peek("UNB+UNOC:3+A+B+261120:0930+1'"));
  EXPECT_FALSE(peek("<xml/>"));
  EXPECT_FALSE(peek("UNA"));
}

}  // namespace
}  // namespace purser::edifact
