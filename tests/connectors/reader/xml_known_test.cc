// Elements taken whole by the form of one before come to what reading them tag by tag comes to: names, texts
// and places.
#include <gtest/gtest.h>

#include <random>

#include "canonical/map/element_form.h"
#include "connectors/reader/xml_reader.h"
#include "tests/connectors/reader/trace.h"

namespace purser::reader {
namespace {

constexpr xml::Namespace namespaces[] = {{"", "urn:doc"}, {"cbc", "urn:cbc"}};

/// Notes what is read; takes the children of the root whole and notes them as the calls they come to.
class Whole : public map::SyntaxSink, public map::ElementSink {
 public:
  Outcome open(std::string_view name, const Position& at) override {
    if (++depth_ == 2) unit_.clear();
    unit_.push_back({Call::open, std::string(name)});
    return trace.open(name, at);
  }
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override {
    unit_.push_back({Call::leaf, std::string(where.name)});
    return trace.leaf(where, text, at);
  }
  Outcome close(const Position& at) override {
    --depth_;
    unit_.push_back({Call::close, {}});
    if (forgets && depth_ == 1) {
      forms_ = {};
      calls_.clear();
    }
    return trace.close(at);
  }
  map::ElementSink* whole_elements() override { return depth_ == 1 ? this : nullptr; }
  map::ElementForms& forms() override { return forms_; }
  std::expected<bool, Status> element(const map::ElementForm& form, std::span<const map::ElementValue> values,
                                      const Position& end) override {
    ++whole;
    std::size_t item = 0;
    for (const auto& [call, name] : calls_[form.index]) {
      if (call == Call::close) {
        static_cast<void>(trace.close({}));
        continue;
      }
      EXPECT_EQ(form.items[item].leaf, call == Call::leaf);
      map::LeafAddress where;
      where.name = name;
      const auto& [text, at] = values[item++];
      static_cast<void>(call == Call::open ? trace.open(name, at) : trace.leaf(where, text, at));
    }
    EXPECT_EQ(item, values.size());
    last_end = fmt::format("{}:{}+{}", end.line, end.column, end.offset);
    return true;
  }
  void keep(std::string_view name, map::ElementForm form) override {
    const std::uint32_t index = forms_.keep(name, std::move(form));
    calls_.resize(std::max<std::size_t>(calls_.size(), index + 1));
    calls_[index] = unit_;
  }
  void begin() {
    forms_.begin();
    depth_ = 0;
    trace = Trace(true);
  }

  Trace trace{true};
  std::string last_end;  ///< of the last element that was taken whole
  std::size_t whole = 0;
  bool forgets = false;  ///< everything, whenever an element was read tag by tag

 private:
  enum class Call : std::uint8_t { open, leaf, close };
  struct Step {
    Call call;
    std::string name;
  };
  std::size_t depth_ = 0;
  std::vector<Step> unit_;
  std::vector<std::vector<Step>> calls_;  ///< by form
  map::ElementForms forms_;
};

std::string read(std::string_view text, map::SyntaxSink& sink, std::size_t piece,
                 const xml::ReadOptions& options) {
  PieceSource source(text, piece);
  Findings findings;
  const Outcome done = xml::read(source, sink, findings.handler(), options);
  return findings.text() + (done ? "" : " " + done.error().code);
}

xml::ReadOptions usual() {
  xml::ReadOptions options;
  options.namespaces = namespaces;
  return options;
}

/// Reads a document tag by tag and, with what `sink` remembers, whole.
void expect_same(Whole& sink, std::string_view text, const xml::ReadOptions& options = usual(),
                 std::size_t piece = 1 << 20) {
  Trace plain(true);
  const std::string findings = read(text, plain, piece, options);
  sink.begin();
  EXPECT_EQ(read(text, sink, piece, options), findings) << text;
  EXPECT_EQ(sink.trace.text, plain.text) << text;
}

std::string document(std::string_view inside) {
  return "<Doc xmlns='urn:doc' xmlns:cbc='urn:cbc'>\n" + std::string(inside) + "</Doc>";
}

TEST(KnownXml, LinesAreTakenWhole) {
  Whole sink;
  std::string lines;
  for (int i = 0; i < 100; ++i) {
    lines += fmt::format("  <Line no=\"{}\">\n    <cbc:ID >{}</cbc:ID>\n    <Empty/>\n  </Line>\n", i, i * i);
  }
  const std::string text = document(lines);
  expect_same(sink, text);
  EXPECT_EQ(sink.whole, 99U);
  EXPECT_EQ(sink.last_end, fmt::format("401:3+{}", text.rfind("</Line>")));
  sink.whole = 0;
  expect_same(sink, document(lines));  // another document, and its first line is known
  EXPECT_EQ(sink.whole, 100U);
}

TEST(KnownXml, WhatDiffersInMarkupIsRead) {
  const std::string_view line = "<L a=\"1\"><cbc:ID>x</cbc:ID></L>\n";
  constexpr std::string_view others[] = {
      "<L a='1'><cbc:ID>x</cbc:ID></L>",                          // quotes
      "<L a=\"1\" ><cbc:ID>x</cbc:ID></L>",                       // a blank
      "<L a=\"\"><cbc:ID>x</cbc:ID></L>",                         // no value
      "<L a=\"1\"><cbc:ID></cbc:ID></L>",                         // no text
      "<L a=\"1\"><cbc:ID> </cbc:ID></L>",                        // blanks alone
      "<L a=\"1\"><cbc:ID> x </cbc:ID></L>",                      // blanks around
      "<L a=\"1\"><cbc:ID>a&amp;b</cbc:ID></L>",                  // a reference
      "<L a=\"&#65;\"><cbc:ID>x</cbc:ID></L>",                    // in an attribute
      "<L a=\"1\t2\"><cbc:ID>x</cbc:ID></L>",                     // white space to normalize
      "<L a=\"1\"><cbc:ID>a\nb</cbc:ID></L>",                     // a text of two lines
      "<L a=\"1\"><cbc:ID>a\r\nb</cbc:ID></L>",                   //
      "<L a=\"1\"><cbc:ID>a]b]]c</cbc:ID></L>",                   // brackets
      "<L a=\"1\"><cbc:ID>x<!-- y -->z</cbc:ID></L>",             // a comment
      "<L a=\"1\"><cbc:ID><![CDATA[x]]></cbc:ID></L>",            //
      "<L a=\"1\"><cbc:ID>x</cbc:ID>y</L>",                       // mixed text
      "<L a=\"1\"><cbc:ID xmlns:cbc='urn:other'>x</cbc:ID></L>",  // another namespace
      "<L a=\"1\"><cbc:ID b=\"2\">x</cbc:ID></L>",                // one more attribute
      "<L a=\"1\">\r\n<cbc:ID>x</cbc:ID></L>",                    // another line end
      "<L a=\"1\">\r<cbc:ID>x</cbc:ID></L>",                      //
      "<L a=\"1\"><cbc:ID>\xC3\xBC</cbc:ID></L>",                 // more bytes than characters
  };
  for (const std::string_view other : others) {
    Whole sink;
    std::string lines;
    for (int i = 0; i < 4; ++i) lines.append(line).append(other).append("\n").append(line);
    expect_same(sink, document(lines));
    EXPECT_GE(sink.whole, 7U) << other;
    expect_same(sink, document(lines));
    expect_same(sink, "\xEF\xBB\xBF" + document(lines));
  }
}

TEST(KnownXml, WhatIsNotWellFormedIsTold) {
  constexpr std::string_view broken[] = {
      "<L a=\"1\"><cbc:ID>x</cbc:Id></L>",    "<L a=\"<\"><cbc:ID>x</cbc:ID></L>",
      "<L a=\"1\"><cbc:ID>]]></cbc:ID></L>",  "<L a=\"1\"><cbc:ID>&x;</cbc:ID></L>",
      "<L a=\"1\"><cbc:ID>\xFF</cbc:ID></L>", "<L a=\"1\"><cbc:ID>\x01</cbc:ID></L>",
      "<L a=\"1\"><cbc:ID>x</cbc:ID></M>",    "<L a=\"1\"><cbc:ID>x"};
  for (const std::string_view wrong : broken) {
    Whole sink;
    std::string lines;
    for (int i = 0; i < 4; ++i) lines += "<L a=\"1\"><cbc:ID>x</cbc:ID></L>\n";
    expect_same(sink, document(lines));
    expect_same(sink, document(lines + std::string(wrong)));
    expect_same(sink, document(lines + std::string(wrong) + lines));
  }
}

TEST(KnownXml, NamesMeanWhatTheDocumentDeclares) {
  const std::string line = "<L><cbc:ID>x</cbc:ID></L>\n";
  const std::string lines = line + line + line;
  Whole sink;
  expect_same(sink, document(lines));
  expect_same(sink, "<Doc xmlns='urn:doc' xmlns:cbc='urn:other'>\n" + lines + "</Doc>");
  expect_same(sink, "<d:Doc xmlns:d='urn:doc' xmlns:cbc='urn:cbc'>\n" + lines + "</d:Doc>");
  expect_same(sink, "<Doc xmlns='urn:doc'>\n" + lines + "</Doc>");  // a prefix nobody declares
  expect_same(sink, document("<Group xmlns:cbc='urn:third'>" + lines + "</Group>" + lines));
}

TEST(KnownXml, LimitsHold) {
  const std::string deep = "<L><M><N>xxxxxxxxxx</N></M></L>\n";
  const std::string lines = document(deep + deep + deep);
  Whole sink;
  expect_same(sink, lines);
  const auto with = [](auto change) {
    xml::ReadOptions options = usual();
    change(options.limits);
    return options;
  };
  expect_same(sink, lines, with([](xml::Limits& limits) { limits.max_depth = 3; }));
  expect_same(sink, lines, with([](xml::Limits& limits) { limits.max_elements = 8; }));
  expect_same(sink, lines, with([](xml::Limits& limits) { limits.max_text = 9; }));
  expect_same(sink, lines, with([](xml::Limits& limits) { limits.max_document_text = 25; }));
  expect_same(sink, lines, with([](xml::Limits& limits) { limits.max_document_text = 30; }));
  expect_same(sink, lines, with([](xml::Limits& limits) { limits.max_name = 0; }));
}

/// Random documents of few words, so that much of them comes again, nearly.
TEST(KnownXml, AnyDocumentIsReadAlike) {
  std::mt19937 random(20'261'126);
  const auto below = [&random](unsigned most) { return static_cast<unsigned>(random() % most); };
  constexpr std::string_view texts[] = {"1",
                                        "22",
                                        "Ein Text \xC3\xBC"
                                        "ber einen Block hinaus",
                                        "a&lt;b",
                                        "",
                                        " ",
                                        " x",
                                        "a\nb",
                                        "]",
                                        "5.00"};
  constexpr std::string_view blanks[] = {"", "\n", "\n  ", "\r\n  ", " "};
  constexpr std::string_view names[] = {"L", "cbc:ID", "M"};
  Whole sink;
  for (int i = 0; i < 400; ++i) {
    std::string inside;
    const std::string_view blank = blanks[below(5)];
    const auto element = [&](const auto& self, unsigned depth) -> void {
      const std::string name(names[below(3)]);
      inside += "<" + name;
      if (below(3) == 0) inside += fmt::format(" a=\"{}\"", texts[below(3)]);
      inside += ">";
      if (depth < 3 && below(2) == 0) {
        for (unsigned child = below(3); child > 0; --child) {
          inside += blank;
          self(self, depth + 1);
        }
        inside += blank;
      } else {
        inside += texts[below(8) == 0 ? below(10) : below(3)];
      }
      inside += "</" + name + ">";
    };
    for (unsigned line = below(8); line > 0; --line) {
      element(element, 0);
      inside += blanks[below(5)];
    }
    expect_same(sink, document(inside), usual(), 1 + below(200));
  }
  EXPECT_GT(sink.whole, 100U);
}

TEST(KnownXml, FormsThatWereForgottenAreNotAskedFor) {
  const std::string_view known = "<L><cbc:ID>x</cbc:ID></L>\n", other = "<L><cbc:ID>x</cbc:ID><M/></L>\n";
  std::string lines;
  for (int i = 0; i < 3; ++i) lines.append(known).append(known).append(other).append("<K/>").append(known);
  Whole sink;
  expect_same(sink, document(lines));
  sink.forgets = true;
  expect_same(sink, "<d:Doc xmlns:d='urn:doc' xmlns:cbc='urn:other'>" + lines + "<N/>" + lines + "</d:Doc>");
  sink.forgets = false;
  expect_same(sink, document(lines));
}

TEST(KnownXml, LinesAcrossTheWindowsEndAreRead) {
  Whole sink;
  std::string lines;
  for (int i = 0; lines.size() < 600'000; ++i) {
    lines += fmt::format("  <L no=\"{}\">\n    <cbc:ID>{}</cbc:ID>\n  </L>\n", i, std::string(i % 300, 'x'));
  }
  expect_same(sink, document(lines));
  EXPECT_GT(sink.whole, 1'000U);
  expect_same(sink, document(lines), usual(), 1'000);
}

}  // namespace
}  // namespace purser::reader
