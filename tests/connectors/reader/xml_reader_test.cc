#include "connectors/reader/xml_reader.h"

#include <gtest/gtest.h>

#include "connectors/reader/window.h"
#include "tests/connectors/reader/trace.h"

namespace purser::xml {
namespace {

using reader::Findings;
using reader::MemorySource;
using reader::Trace;
using namespace std::string_view_literals;

constexpr Namespace namespaces[] = {{"cbc", "urn:cbc"}, {"cac", "urn:cac"}, {"", "urn:doc"}};

struct Result {
  std::string trace;
  std::string findings;
  Outcome outcome;
};

Result read_text(std::string_view text, bool with_places = false, ReadOptions options = {}) {
  options.namespaces = namespaces;
  MemorySource source(text);
  Trace trace(with_places);
  Findings findings;
  Outcome outcome = read(source, trace, findings.handler(), options);
  return {trace.text, findings.text(), std::move(outcome)};
}

constexpr std::string_view invoice =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
    "<!-- an invoice -->\n"
    "<x:Invoice xmlns:x=\"urn:doc\" xmlns:b='urn:cbc' xmlns:cac=\"urn:cac\"\n"
    "   xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"a b\">\n"
    "  <b:ID schemeID=\"a&amp;b\">R&#228;ksm&#xF6;rg&lt;s</b:ID>\n"
    "  <cac:Line><b:Note/><b:Note></b:Note><b:Note> </b:Note></cac:Line>\n"
    "  <b:Text>one<!-- two --> three<![CDATA[ <4> ]]>five</b:Text>\n"
    "  <o xmlns=\"urn:other\" xml:lang=\"de\">six<b:Mixed/>seven</o>\n"
    "</x:Invoice>\n";

TEST(XmlReader, GivesElementsUnderTheCallersNames) {
  const Result r = read_text(invoice);
  EXPECT_TRUE(r.outcome);
  EXPECT_EQ(r.findings, "");
  EXPECT_EQ(r.trace,
            "<Invoice\n"
            "  <cbc:ID\n"
            "    @schemeID=a&b\n"
            "    =R\xC3\xA4ksm\xC3\xB6rg<s\n"
            "  <cac:Line\n"
            "    <cbc:Note\n"
            "    <cbc:Note\n"
            "    <cbc:Note\n"
            "  <cbc:Text\n"
            "    =one three <4> five\n"
            "  <{urn:other}o\n"
            "    @xml:lang=de\n"
            "    =six\n"
            "    <cbc:Mixed\n"
            "    =seven\n");
}

TEST(XmlReader, GivesExactPlaces) {
  const Result r = read_text("<a>\n <b c=\"d\">\xC3\xA4&lt;</b>\r\n\t<e/>\r<f>g</f></a>", true);
  EXPECT_EQ(r.trace,
            "<a 1:1+0\n"
            "  <b 2:2+5\n"
            "    @c=d 2:8+11\n"
            "    =\xC3\xA4< 2:11+14\n"
            "  <e 3:2+27\n"
            "  <f 4:1+32\n"
            "    =g 4:4+35\n");
}

TEST(XmlReader, SameResultWhereverTheInputIsCut) {
  const std::string whole = read_text(invoice, true).trace;
  for (std::size_t piece = 1; piece < 8; ++piece) {
    reader::PieceSource source(invoice, piece);
    Trace trace(true);
    Findings findings;
    ReadOptions options;
    options.namespaces = namespaces;
    ASSERT_TRUE(read(source, trace, findings.handler(), options));
    EXPECT_EQ(trace.text, whole);
  }
}

TEST(XmlReader, SameResultWhereverTheWindowEnds) {
  std::string text = "<a>";
  std::string expected = "<a\n";
  for (std::size_t i = 0; text.size() < 1'200'000; ++i) {
    const std::string value(i % 97 + 1, 'v');
    text +=
        "<b c='" + value + "&amp;'>" + value + "&lt;\r\n</b><!--" + value + "--><![CDATA[" + value + "]]>";
    expected += "  <b\n    @c=" + value + "&\n    =" + value + "<\n\n  =" + value + "\n";
  }
  const Result r = read_text(text + "</a>");
  EXPECT_EQ(r.findings, "");
  EXPECT_TRUE(r.trace == expected);
}

TEST(XmlReader, GivesALongTextOnce) {
  const std::string value(3'000'000, 'v');
  const Result r = read_text("<a>" + value + "</a>");
  EXPECT_TRUE(r.trace == "<a\n  =" + value + "\n");
  ReadOptions options;
  options.limits.max_text = 2'000'000;
  EXPECT_EQ(read_text("<a>" + value + "</a>", false, options).findings, "XML-0030 1:4");
}

struct Case {
  const char* name;
  std::string_view text;
  std::string_view findings;
  std::string_view contains;  // of the trace
};

class XmlCase : public testing::TestWithParam<Case> {};

TEST_P(XmlCase, IsReadWithItsFindings) {
  const Result r = read_text(GetParam().text);
  EXPECT_EQ(r.findings, GetParam().findings);
  EXPECT_NE(r.trace.find(GetParam().contains), std::string::npos) << r.trace;
  if (r.findings.empty() && !r.outcome) ADD_FAILURE() << "refused without a finding";
}

const Case cases[] = {
    {"empty", "", "XML-0001 1:1", ""},
    {"blank", "  \n ", "XML-0001 2:2", ""},
    {"no_xml", "UNA:+.? '", "XML-0001 1:1", ""},
    {"declaration_only", "<?xml version='1.0'?>", "XML-0001 1:22", ""},
    {"byte_order_mark", "\xEF\xBB\xBF<a>x</a>", "", "=x"},
    {"utf_16_le", "\xFF\xFE<\0a\0>\0\xE4\0<\0/\0a\0>\0"sv, "", "=\xC3\xA4"},
    {"utf_16_be_unmarked", "\0<\0a\0>\0\xE4\xD8\x3D\xDE\x00\0<\0/\0a\0>"sv, "", "=\xC3\xA4\xF0\x9F\x98\x80"},
    {"utf_16_broken", "\xFF\xFE<\0a\0>\0\x3D\xD8x\0"sv, "XML-0002 1:7", ""},
    {"utf_16_declared_in_ascii", "<?xml version='1.0' encoding='utf-16'?><a>x</a>", "XML-0004 1:1", "=x"},
    {"latin_1", "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE4</a>", "", "=\xC3\xA4"},
    {"windows_1252", "<?xml version='1.0' encoding=\"windows-1252\"?><a>\x80</a>", "", "=\xE2\x82\xAC"},
    {"latin_1_undeclared", "<a>x\n \xE4</a>", "XML-0004 1:1", "=x\n \xC3\xA4"},
    {"latin_1_declared_utf_8", "<?xml version='1.0' encoding='UTF-8'?><a>\xE4\x80</a>", "XML-0002 1:42", ""},
    {"windows_declared_utf_8", "<?xml version='1.0' encoding='UTF-8'?><a>5\x80 \xE4</a>", "XML-0004 1:1",
     "=5\xE2\x82\xAC \xC3\xA4"},
    {"not_windows_either", "<a>x \x81</a>", "XML-0002 1:6", ""},
    {"overlong", "<a>\xC0\xAF</a>", "XML-0002 1:4", ""},
    {"surrogate", "<a>\xED\xA0\x80</a>", "XML-0002 1:4", ""},
    {"unknown_encoding", "<?xml version='1.0' encoding='EBCDIC'?><a/>", "XML-0003 1:1", ""},
    {"control_character", "<a>x\x01</a>", "XML-0005 1:5", ""},
    {"nul", "<a>\0</a>"sv, "XML-0005 1:4", ""},
    {"not_a_character", "<a>\xEF\xBF\xBF</a>", "XML-0005 1:4", ""},
    {"doctype", "<!DOCTYPE a><a/>", "XML-0010 1:1", ""},
    {"unknown_entity", "<a>&nbsp;</a>", "XML-0012 1:4", ""},
    {"bare_ampersand", "<a>a & b</a>", "XML-0013 1:6", ""},
    {"reference_to_control", "<a>&#1;</a>", "XML-0013 1:4", ""},
    {"reference_too_large", "<a>&#x110000;</a>", "XML-0013 1:4", ""},
    {"reference_in_attribute", "<a b=\"&foo;\"/>", "XML-0012 1:7", ""},
    {"attribute_white_space", "<a b=\"x\ty\r\nz&#10;\"/>", "", "@b=x y z\n\n"},
    {"white_space_as_reference", "<a>&#32;</a>", "", "= \n"},
    {"white_space_as_cdata", "<a><![CDATA[ ]]></a>", "", "= \n"},
    {"carriage_returns", "<a>x\r\ny\rz</a>", "", "=x\ny\nz"},
    {"cdata_carriage_returns", "<a><![CDATA[x\r\ny\rz]]></a>", "", "=x\ny\nz"},
    {"mismatched", "<a>\n <b></c>\n</a>", "XML-0021 2:5", ""},
    {"mismatched_prefix_of_name", "<ab></a>", "XML-0021 1:5", ""},
    {"longer_end_tag", "<a></ab>", "XML-0021 1:4", ""},
    {"end_without_start", "</a>", "XML-0024 1:1", ""},
    {"unclosed", "<a><b></b>", "XML-0025 1:11", ""},
    {"broken_off_in_tag", "<a><b c=\"", "XML-0025 1:10", ""},
    {"broken_off_at_less_than", "<a><", "XML-0025 1:5", ""},
    {"broken_off_in_comment", "<a/><!-- x", "XML-0025 1:11", ""},
    {"duplicate_attribute", "<a b='1' b='2'/>", "XML-0022 1:10", ""},
    {"duplicate_by_namespace", "<a xmlns:p='urn:1' xmlns:q='urn:1' p:b='1' q:b='2'/>", "XML-0022 1:44", ""},
    {"undeclared_prefix", "<p:a/>", "XML-0023 1:1", ""},
    {"undeclared_attribute_prefix", "<a p:b=''/>", "XML-0023 1:4", ""},
    {"prefix_ends_with_its_element", "<a><b xmlns:p='urn:cbc'><p:c/></b><p:d/></a>", "XML-0023 1:35",
     "<cbc:c"},
    {"two_roots", "<a/><b/>", "XML-0024 1:5", ""},
    {"text_behind_root", "<a/>x", "XML-0024 1:5", ""},
    {"space_behind_root", "<a/>\r\n", "", "<a"},
    {"comment_with_dashes", "<a><!-- -- --></a>", "XML-0026 1:9", ""},
    {"cdata_end_in_text", "<a>]]></a>", "XML-0026 1:4", ""},
    {"brackets_in_text", "<a>x]] ]]y</a>", "", "=x]] ]]y"},
    {"blanks_before_declaration", " \n<?xml version='1.0' encoding='ISO-8859-1'?><a>\xFC</a>", "XML-0031 1:1",
     "=\xC3\xBC"},
    {"zero_behind_root", std::string_view("<a/>\n\0\0", 7), "XML-0032 2:1", "<a"},
    {"zero_inside", std::string_view("<a>\0</a>", 8), "XML-0005 1:4", ""},
    {"late_declaration", "<a/><?xml version='1.0'?>", "XML-0026 1:5", ""},
    {"instruction", "<?go to?><a><?x?>y</a>", "", "=y"},
    {"empty_prefix_binding", "<a xmlns:p=''/>", "XML-0027 1:4", ""},
    {"reserved_prefix", "<a xmlns:xml='urn:x'/>", "XML-0027 1:4", ""},
    {"bad_name", "<1/>", "XML-0020 1:2", ""},
    {"two_colons", "<a:b:c/>", "XML-0020 1:2", ""},
    {"other_name", "<\xC3\xA4/>", "", "<\xC3\xA4"},
    {"times_sign_is_no_name", "<\xC3\x97/>", "XML-0020 1:2", ""},
    {"no_value", "<a b/>", "XML-0020 1:5", ""},
    {"not_quoted", "<a b=c/>", "XML-0020 1:6", ""},
    {"less_than_in_value", "<a b='<'/>", "XML-0020 1:7", ""},
    {"attributes_not_apart", "<a b='1'c='2'/>", "XML-0020 1:9", ""},
    {"slash_inside", "<a /b>", "XML-0020 1:4", ""},
    {"end_tag_with_more", "<a></a b>", "XML-0020 1:8", ""},
    {"end_tag_with_space", "<a></a\n>", "", "<a"},
};

INSTANTIATE_TEST_SUITE_P(All, XmlCase, testing::ValuesIn(cases),
                         [](const auto& found) { return std::string(found.param.name); });

// In the head, on its last bytes, and far behind it.
TEST(XmlReader, Windows1252UnderUtf8IsReadWhereverItBegins) {
  constexpr std::size_t head = reader::Window::head_size;
  for (const std::size_t size :
       {std::size_t{100}, head - 6, head - 5, head - 4, head - 3, head - 2, head, std::size_t{300'000}}) {
    const std::string pad(size, 'x');
    const std::string text = "<a>" + pad + "\xE4 5\x80</a>\n<!-- \xFC --><b/";
    const Result r = read_text(text);
    // Where the head shows it, all of the document is meant; its last three bytes may be a sequence cut
    // short.
    const std::string place = size + 6 < head ? "1:1" : "1:" + std::to_string(size + 4);
    EXPECT_EQ(r.findings, "XML-0004 " + place + ", XML-0025 2:14") << size;
    EXPECT_TRUE(r.trace == "<a\n  =" + pad + "\xC3\xA4 5\xE2\x82\xAC\n") << size;
    // What looks like UTF-8 before or behind it is damaged UTF-8.
    EXPECT_EQ(read_text("<a>\xC3\xA4" + pad + "\xE4 5</a>").findings,
              "XML-0002 1:" + std::to_string(size + 6))
        << size;
    const Result behind = read_text("<a>" + pad + "\xE4 5" + pad + "\xC3\xA4</a>");
    EXPECT_TRUE(behind.findings.find("XML-0002") != std::string::npos) << size << behind.findings;
    // Windows-1252 has no 0x81.
    EXPECT_EQ(read_text("<a>" + pad + "\x81</a>").findings, "XML-0002 1:" + std::to_string(size + 4)) << size;
  }
}

TEST(XmlReader, PassesADoctypeOverOnlyWhenAsked) {
  ReadOptions options;
  options.skip_doctype = true;
  const Result plain = read_text("<!DOCTYPE a SYSTEM \"http://x/[>.dtd\"><a>x</a>", false, options);
  EXPECT_EQ(plain.findings, "");
  EXPECT_EQ(plain.trace, "<a\n  =x\n");
  const Result subset = read_text("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", false, options);
  EXPECT_EQ(subset.findings, "XML-0011 1:13");
  EXPECT_EQ(subset.trace, "");
}

TEST(XmlReader, LimitsHold) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  EXPECT_EQ(read_text(deep).findings, "XML-0030 1:769");
  EXPECT_EQ(read_text("<" + std::string(2'000'000, 'a')).findings, "XML-0030 1:2");
  EXPECT_EQ(read_text("<a b='" + std::string(5'000'000, 'a')).findings, "XML-0030 1:1");
  EXPECT_EQ(read_text("<a " + std::string(5'000'000, ' ')).findings, "XML-0030 1:1");
  std::string attributes = "<a";
  for (int i = 0; i < 300; ++i) attributes += " b" + std::to_string(i) + "=''";
  EXPECT_EQ(read_text(attributes + "/>").findings, "XML-0030 1:1");
}

TEST(XmlReader, PassesAStatusOfTheSinkUp) {
  class Refusing : public Trace {
   public:
    Outcome leaf(const map::LeafAddress&, std::string_view, const Position&) override {
      return std::unexpected(Status{StatusClass::overloaded, "MAP-0001", "full"});
    }
  };
  MemorySource source(invoice);
  Refusing sink;
  Findings findings;
  const Outcome done = read(source, sink, findings.handler(), {});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "MAP-0001");
  EXPECT_TRUE(findings.all.empty());
}

TEST(XmlReader, PeekFindsTheRoot) {
  const auto root = peek(invoice.substr(0, 300));
  ASSERT_TRUE(root);
  EXPECT_EQ(root->local, "Invoice");
  EXPECT_EQ(root->uri, "urn:doc");
  EXPECT_EQ(peek("<!DOCTYPE cXML SYSTEM 'x'><cXML>")->local, "cXML");
  EXPECT_FALSE(peek("UNA"));
  EXPECT_FALSE(peek("<a"));
}

}  // namespace
}  // namespace purser::xml
