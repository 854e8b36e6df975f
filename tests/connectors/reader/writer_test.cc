// XML and EDIFACT as they are written, and that reading gives back what was written.
#include <gtest/gtest.h>

#include <random>

#include "connectors/reader/edifact_writer.h"
#include "connectors/reader/xml_writer.h"
#include "tests/connectors/reader/edifact_recorder.h"
#include "tests/connectors/reader/trace.h"

namespace purser {
namespace {

using map::LeafAddress;
using reader::Findings;
using reader::StringSink;
using reader::Trace;

constexpr xml::Namespace namespaces[] = {{"", "urn:doc"}, {"cbc", "urn:cbc"}};

LeafAddress attribute(std::string_view name) {
  LeafAddress where;
  where.name = name;
  return where;
}

LeafAddress component(std::uint16_t element, std::uint16_t number = 1, std::uint16_t repetition = 1) {
  return {{}, element, number, repetition};
}

TEST(XmlWriter, WritesNamespacesIndentationAndEscapes) {
  StringSink out;
  xml::WriteOptions options;
  options.namespaces = namespaces;
  xml::Writer writer(out, options);
  ASSERT_TRUE(writer.open("Invoice", {}));
  ASSERT_TRUE(writer.open("cbc:ID", {}));
  ASSERT_TRUE(writer.leaf(attribute("schemeID"), "a\"<&\n", {}));
  ASSERT_TRUE(writer.leaf({}, "1 < 2 & \"3\" > \xC3\xA4\r", {}));
  ASSERT_TRUE(writer.close({}));
  ASSERT_TRUE(writer.open("Line", {}));
  ASSERT_TRUE(writer.open("cbc:Note", {}));
  ASSERT_TRUE(writer.close({}));
  ASSERT_TRUE(writer.close({}));
  ASSERT_TRUE(writer.close({}));
  ASSERT_TRUE(writer.finish());
  EXPECT_EQ(out.text,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<Invoice xmlns=\"urn:doc\" xmlns:cbc=\"urn:cbc\">\n"
            "  <cbc:ID schemeID=\"a&quot;&lt;&amp;&#10;\">1 &lt; 2 &amp; \"3\" &gt; \xC3\xA4&#13;</cbc:ID>\n"
            "  <Line>\n"
            "    <cbc:Note/>\n"
            "  </Line>\n"
            "</Invoice>\n");
}

TEST(XmlWriter, RefusesWhatIsNoXml) {
  const auto writes = [](std::string_view name, std::string_view text) {
    StringSink out;
    xml::WriteOptions options;
    options.namespaces = namespaces;
    xml::Writer writer(out, options);
    if (auto done = writer.open(name, {}); !done) return done.error().code;
    if (auto done = writer.leaf({}, text, {}); !done) return done.error().code;
    if (auto done = writer.leaf(attribute("late"), text, {}); !done) return done.error().code;
    return std::string();
  };
  EXPECT_EQ(writes("a b", ""), "XML-0041");
  EXPECT_EQ(writes("p:a", ""), "XML-0041");
  EXPECT_EQ(writes("{urn:x}a", ""), "XML-0041");
  EXPECT_EQ(writes("a", "x\x01"), "XML-0040");
  EXPECT_EQ(writes("a", "x\xFF"), "XML-0040");
  EXPECT_EQ(writes("a", "x"), "XML-0042");
  StringSink out;
  xml::Writer open(out);
  ASSERT_TRUE(open.open("a", {}));
  EXPECT_EQ(open.finish().error().code, "XML-0042");
}

// What a random tree gives, written and read again, is the same.
TEST(XmlWriter, ReadingGivesBackWhatWasWritten) {
  const std::string texts[] = {
      "x", " ", "\n\t", "a&b<c>\"d'", "]]>", "\xC3\xA4\xF0\x9F\x98\x80", "\r", " lead and trail "};
  const std::string names[] = {"a", "cbc:b", "C-3.x_", "cbc:\xC3\xA4"};
  for (unsigned seed = 1; seed <= 200; ++seed) {
    std::minstd_rand random(seed);
    StringSink out;
    xml::WriteOptions options;
    options.namespaces = namespaces;
    options.indent = seed % 3;
    xml::Writer writer(out, options);
    Trace wanted;
    const auto both = [&](auto call) {
      ASSERT_TRUE(call(static_cast<map::SyntaxSink&>(writer)));
      ASSERT_TRUE(call(static_cast<map::SyntaxSink&>(wanted)));
    };
    both([&](map::SyntaxSink& sink) { return sink.open("root", {}); });
    int depth = 1;
    bool after_text = false;
    for (int step = 0; step < 60; ++step) {
      const std::string& text = texts[random() % std::size(texts)];
      const unsigned what = static_cast<unsigned>(random() % 4);
      if (what == 0) {
        both([&](map::SyntaxSink& sink) { return sink.open(names[depth % 4], {}); });
        ++depth;
        after_text = false;
        if (step % 2 == 0) both([&](map::SyntaxSink& sink) { return sink.leaf(attribute("k"), text, {}); });
      } else if (what == 1 && depth > 1) {
        both([&](map::SyntaxSink& sink) { return sink.close({}); });
        --depth;
        after_text = false;
      } else if (what == 2 && !after_text) {
        both([&](map::SyntaxSink& sink) { return sink.leaf({}, text, {}); });
        after_text = true;
      }
    }
    for (; depth > 0; --depth) both([&](map::SyntaxSink& sink) { return sink.close({}); });
    ASSERT_TRUE(writer.finish());
    reader::MemorySource source(out.text);
    Trace read;
    Findings findings;
    xml::ReadOptions read_options;
    read_options.namespaces = namespaces;
    ASSERT_TRUE(xml::read(source, read, findings.handler(), read_options)) << findings.text() << out.text;
    EXPECT_EQ(read.text, wanted.text) << out.text;
  }
}

struct Written {
  std::string text;
  std::string findings;
  Outcome outcome;
};

Written write_segments(const std::vector<std::vector<std::pair<LeafAddress, std::string>>>& segments,
                       std::string_view level = "UNOC", edifact::WriteOptions options = {}) {
  StringSink out;
  Findings findings;
  edifact::Writer writer(out, findings.handler(), options);
  edifact::Interchange unb;
  unb.syntax = level;
  unb.version = options.separators.repetition != 0 ? 4 : 3;
  unb.sender.id = "S";
  unb.recipient.id = "R";
  unb.date = "261120";
  unb.time = "0930";
  unb.reference = "I'1";
  edifact::Message unh;
  unh.reference = "7";
  unh.type = "ORDERS";
  unh.version = "D";
  unh.release = "96A";
  unh.agency = "UN";
  Outcome done = writer.begin_interchange(unb);
  if (done) done = writer.begin_message(unh);
  for (const auto& segment : segments) {
    if (done) done = writer.open("FTX", {});
    for (const auto& [where, text] : segment) {
      if (done) done = writer.leaf(where, text, {});
    }
    if (done) done = writer.close({});
  }
  if (done) done = writer.finish();
  return {out.text, findings.text(), done};
}

constexpr std::string_view start = "UNA:+.? 'UNB+UNOC:3+S+R+261120:0930+I?'1'UNH+7+ORDERS:D:96A:UN'";

TEST(EdifactWriter, WritesCountsReferencesAndTrimsEmptyPlaces) {
  const Written w =
      write_segments({{{component(4, 3), "c"}, {component(1), "a"}}, {}, {{component(2, 2), "?+:'*"}}});
  ASSERT_TRUE(w.outcome);
  EXPECT_EQ(w.text, std::string(start) + "FTX+a+++::c'FTX'FTX++:???+?:?'*'UNT+5+7'UNZ+1+I?'1'");
  EXPECT_EQ(w.findings, "");
}

TEST(EdifactWriter, KnowsItsCharacterSet) {
  EXPECT_NE(write_segments({{{component(1), "M\xC3\xBCller"}}}).text.find("FTX+M\xFCller'"),
            std::string::npos);
  const Written euro = write_segments({{{component(1), "5 \xE2\x82\xAC"}}});
  EXPECT_NE(euro.text.find("FTX+5  '"), std::string::npos);
  EXPECT_EQ(euro.findings, "EDIFACT-0030 0:0");
  EXPECT_EQ(write_segments({{{component(1), "5 \xE2\x82\xAC"}}}, "UNOW").findings, "");
  const Written capitals = write_segments({{{component(1), "abc#"}}}, "UNOA");
  EXPECT_NE(capitals.text.find("FTX+ABC '"), std::string::npos) << capitals.text;
  EXPECT_NE(write_segments({{{component(1), "a\r\nb"}}}).text.find("FTX+a b'"), std::string::npos);
}

TEST(EdifactWriter, Repeats) {
  edifact::WriteOptions options;
  options.separators.repetition = '*';
  const Written w =
      write_segments({{{component(1, 1, 1), "a*"}, {component(1, 2, 3), "c"}}}, "UNOC", options);
  EXPECT_NE(w.text.find("FTX+a?***:c'"), std::string::npos) << w.text;
  EXPECT_EQ(write_segments({{{component(1, 1, 2), "a"}}}).outcome.error().code, "EDIFACT-0031");
}

TEST(EdifactWriter, RefusesTwoValuesForOnePlace) {
  EXPECT_EQ(write_segments({{{component(1), "a"}, {component(1), "b"}}}).outcome.error().code,
            "EDIFACT-0031");
  EXPECT_EQ(write_segments({{{component(0), "a"}}}).outcome.error().code, "EDIFACT-0032");
}

// Gives everything an interchange holds to a writer, service segments included.
class Copier : public edifact::Recorder {
 public:
  explicit Copier(edifact::Writer& writer) : writer_(writer) {}
  std::expected<map::SyntaxSink*, Status> begin_message(const edifact::Interchange& unb,
                                                        const edifact::Group* group,
                                                        const edifact::Message& message) override {
    static_cast<void>(Recorder::begin_message(unb, group, message));
    return &once_;
  }

 private:
  // UNB and UNG come with every message; only the first of each is written.
  class Once : public map::SyntaxSink {
   public:
    explicit Once(edifact::Writer& writer) : writer_(writer) {}
    Outcome open(std::string_view name, const Position& at) override {
      skip_ = (name == "UNB" || name == "UNG") && at.offset <= last_ && last_ != 0;
      if (name == "UNB" || name == "UNG") last_ = std::max(last_, at.offset + 1);
      return skip_ ? Outcome{} : writer_.open(name, at);
    }
    Outcome leaf(const LeafAddress& where, std::string_view text, const Position& at) override {
      return skip_ ? Outcome{} : writer_.leaf(where, text, at);
    }
    Outcome close(const Position& at) override { return skip_ ? Outcome{} : writer_.close(at); }

   private:
    edifact::Writer& writer_;
    std::uint64_t last_ = 0;
    bool skip_ = false;
  };
  edifact::Writer& writer_;
  Once once_{writer_};
};

TEST(EdifactWriter, ReadingAndWritingIsTheIdentity) {
  constexpr std::string_view text =
      "UNA:+.?*'UNB+UNOC:4+S:14+R:14+20261120:0930+1++ORDERS'UNG+INVOIC+S+R+261120:0930+G1+UN+D:96A'"
      "UNH+1+INVOIC:D:96A:UN:EAN008'BGM+380+?+?:?'??+9'FTX+a*b:c+++M\xFCller'UNT+4+1'UNH+2+INVOIC:D:96A:UN'"
      "UNT+2+2'"
      "UNE+2+G1'UNG+ORDERS+S+R+261120:0930+G2'UNH+3+ORDERS:D:96A:UN'UNT+2+3'UNE+1+G2'UNZ+2+1'";
  StringSink out;
  Findings findings;
  edifact::WriteOptions options;
  options.separators.repetition = '*';
  edifact::Writer writer(out, findings.handler(), options);
  Copier copier(writer);
  ASSERT_TRUE(edifact::read_text(text, copier));
  ASSERT_TRUE(writer.finish());
  EXPECT_EQ(out.text, text);
  EXPECT_EQ(findings.text() + copier.findings.text(), "");
}

}  // namespace
}  // namespace purser
