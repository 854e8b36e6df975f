#include "connectors/reader/x12_reader.h"

#include <gtest/gtest.h>

#include "connectors/reader/x12_writer.h"
#include "tests/connectors/reader/x12_recorder.h"

namespace purser::x12 {
namespace {

constexpr std::string_view isa =
    "ISA*00*          *00*          *ZZ*BUYER          *01*123456789      "
    "*261120*0930*U*00401*000000042*1*T*>~\n";
constexpr std::string_view gs = "GS*PO*BUYER*SELLER*20261120*0930*7*X*004010~\n";
constexpr std::string_view body =
    "ST*850*0001~\n"
    "BEG*00*SA*PO-1**20261120~\n"
    "REF*ZZ*A**IT>B>IV>C~\n"
    "SE*4*0001~\n";
constexpr std::string_view tail = "GE*1*7~\nIEA*1*000000042~\n";

std::string whole() { return std::string(isa) + std::string(gs) + std::string(body) + std::string(tail); }

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

TEST(X12Reader, GivesServiceSegmentsAsStructs) {
  Recorder r;
  ASSERT_TRUE(read_text(whole(), r));
  EXPECT_EQ(r.findings.text(), "");
  ASSERT_EQ(r.interchanges.size(), 1u);
  const Interchange& header = r.interchanges[0];
  EXPECT_EQ(header.sender.id, "BUYER");
  EXPECT_EQ(header.sender.qualifier, "ZZ");
  EXPECT_EQ(header.recipient.id, "123456789");
  EXPECT_EQ(header.date + header.time, "2611200930");
  EXPECT_EQ(header.version, "00401");
  EXPECT_EQ(header.control, "000000042");
  EXPECT_TRUE(header.acknowledgement);
  EXPECT_EQ(header.usage, "T");
  EXPECT_EQ(header.separators.component, '>');
  EXPECT_EQ(header.separators.repetition, 0);
  ASSERT_EQ(r.groups.size(), 1u);
  EXPECT_EQ(r.groups[0].type + r.groups[0].version, "PO004010");
  ASSERT_EQ(r.transactions.size(), 1u);
  EXPECT_EQ(r.transactions[0].type + r.transactions[0].control, "8500001");
  EXPECT_EQ(r.ends[0].segments, 4u);
  EXPECT_TRUE(r.ends[0].complete);
  EXPECT_EQ(r.group_ends[0].stated, 1u);
  EXPECT_EQ(r.totals[0].groups, 1u);
}

TEST(X12Reader, GivesSegmentsWithExactPlaces) {
  Recorder r(true);
  ASSERT_TRUE(read_text(whole(), r));
  EXPECT_NE(r.trace.text.find("<REF 5:1+191\n  1.1=ZZ 5:5+195\n  2.1=A 5:8+198\n  4.1=IT 5:11+201\n"
                              "  4.2=B 5:14+204\n  4.3=IV 5:16+206\n"),
            std::string::npos)
      << r.trace.text;
}

TEST(X12Reader, SameResultWhereverTheInputIsCut) {
  Recorder one(true);
  ASSERT_TRUE(read_text(whole(), one));
  for (const std::size_t piece : {1, 2, 3, 7, 100}) {
    Recorder pieces(true);
    const std::string text = whole();
    reader::PieceSource source(text, piece);
    ASSERT_TRUE(read(source, pieces));
    EXPECT_EQ(pieces.trace.text, one.trace.text) << piece;
  }
}

TEST(X12Reader, TerminatorsOfAllKinds) {
  Recorder plain;
  ASSERT_TRUE(read_text(whole(), plain));
  for (const std::string_view end :
       {"~", "~\r\n", "\n", "\r\n", "\r", "'", "\x1D", "\xE2\x80\xA6\n", "\xC2\xA6"}) {
    Recorder r;
    ASSERT_TRUE(read_text(replaced(whole(), "~\n", end), r)) << end;
    EXPECT_EQ(r.trace.text, plain.trace.text) << end;
    EXPECT_EQ(r.findings.text(), "") << end;
  }
  Recorder other;  // another character that begins like the terminator is a value's
  ASSERT_TRUE(read_text(replaced(replaced(whole(), "~\n", "\xE2\x80\xA6"), "PO-1",
                                 "PO\xE2\x82\xAC"
                                 "1"),
                        other));
  EXPECT_NE(other.trace.text.find("3.1=PO\xE2\x82\xAC"
                                  "1\n"),
            std::string::npos)
      << other.trace.text;
}

TEST(X12Reader, WrappedAtEightyColumns) {
  const std::string flat = replaced(whole(), "\n", "");
  std::string wrapped;
  for (std::size_t at = 0; at < flat.size(); at += 80) wrapped += flat.substr(at, 80) + "\n";
  Recorder plain, r;
  ASSERT_TRUE(read_text(flat, plain));
  ASSERT_TRUE(read_text(wrapped, r));
  EXPECT_EQ(r.trace.text, plain.trace.text);
  EXPECT_EQ(r.findings.text(), "");
}

TEST(X12Reader, HeaderWithoutPaddingIsReadWithAFinding) {
  Recorder r;
  std::string text = whole();
  text.replace(0, isa.size(), "ISA*00* *00* *ZZ*BUYER*01*123456789*261120*0930*U*00401*42*0*P*>~\n");
  ASSERT_TRUE(read_text(text, r));
  EXPECT_EQ(r.findings.text(), "X12-0004 1:1");
  EXPECT_EQ(r.interchanges[0].sender.id, "BUYER");
  EXPECT_EQ(r.ends.size(), 1u);
}

TEST(X12Reader, RepetitionSeparatorFrom00402On) {
  Recorder old;
  ASSERT_TRUE(read_text(replaced(replaced(whole(), "*U*", "*^*"), "*ZZ*A*", "*ZZ*A^B*"), old));
  EXPECT_NE(old.trace.text.find("2.1=A^B\n"), std::string::npos);
  Recorder young;
  ASSERT_TRUE(read_text(replaced(replaced(replaced(whole(), "*U*", "*^*"), "00401", "00501"), "*A*", "*A^B*"),
                        young));
  EXPECT_NE(young.trace.text.find("2.1=A\n  2.1#2=B\n"), std::string::npos) << young.trace.text;
}

TEST(X12Reader, WrongCountsAndNumbersAreFindings) {
  Recorder r;
  ASSERT_TRUE(read_text(replaced(replaced(replaced(whole(), "SE*4*0001", "SE*5*0002"), "GE*1*7", "GE*2*8"),
                                 "IEA*1*000000042", "IEA*3*000000041"),
                        r));
  EXPECT_EQ(r.findings.text(),
            "X12-0013 6:4, X12-0014 6:6, X12-0017 7:4, X12-0018 7:6, X12-0015 8:5, X12-0016 8:7");
  EXPECT_EQ(r.findings.all[0].severity, Severity::warning);
  EXPECT_EQ(r.findings.all[0].expected, "4");
  Recorder strict;
  ReadOptions options;
  options.strict = true;
  ASSERT_TRUE(read_text(replaced(whole(), "SE*4", "SE*5"), strict, options));
  EXPECT_EQ(strict.findings.all[0].severity, Severity::error);
}

TEST(X12Reader, LeadingZerosOfControlNumbersDoNotCount) {
  Recorder r;
  ASSERT_TRUE(read_text(replaced(replaced(whole(), "IEA*1*000000042", "IEA*1*42"), "GE*1*7", "GE*1*007"), r));
  EXPECT_EQ(r.findings.text(), "");
}

TEST(X12Reader, MissingTrailers) {
  Recorder r;
  std::string text =
      std::string(isa) + std::string(gs) + "ST*850*0001~\nBEG*00~\n" + std::string(gs) + "ST*850*0001~\n";
  ASSERT_TRUE(read_text(text, r));
  EXPECT_EQ(r.findings.text(),
            "X12-0020 5:1, X12-0022 5:1, X12-0019 5:34, X12-0020 7:1, X12-0022 7:1, X12-0021 7:1");
  EXPECT_EQ(r.ends.size(), 2u);
  EXPECT_EQ(r.group_ends.size(), 2u);
}

TEST(X12Reader, InterchangeAcknowledgementIsATransactionOfItsOwn) {
  Recorder r;
  ASSERT_TRUE(read_text(std::string(isa) + "TA1*000000009*261119*1200*R*005~\nIEA*0*000000042~\n", r));
  EXPECT_EQ(r.findings.text(), "");
  ASSERT_EQ(r.transactions.size(), 1u);
  EXPECT_EQ(r.transactions[0].type, "TA1");
  EXPECT_NE(r.trace.text.find("<TA1\n  1.1=000000009\n"), std::string::npos) << r.trace.text;
}

TEST(X12Reader, BinarySegments) {
  const auto with = [](std::string_view segments) {
    return std::string(isa) + "GS*PI*A*B*20261120*0930*7*X*004010~\nST*275*0001~\n" + std::string(segments) +
           "SE*3*0001~\n" + std::string(tail);
  };
  Recorder r;
  ASSERT_TRUE(read_text(with("BIN*5*a~*\n\xFF~\n"), r));
  EXPECT_EQ(r.findings.text(), "");
  EXPECT_NE(r.trace.text.find("<BIN\n  1.1=5\n  2.1=YX4qCv8=\n"), std::string::npos) << r.trace.text;
  Recorder filtered;
  ASSERT_TRUE(read_text(with("BDS*ASC*3*x~z~\n"), filtered));
  EXPECT_NE(filtered.trace.text.find("<BDS\n  1.1=ASC\n  2.1=3\n  3.1=eH56\n"), std::string::npos)
      << filtered.trace.text;
  Recorder wrong;
  ASSERT_TRUE(read_text(with("BIN*11a*BINARY DATA~\n"), wrong));
  EXPECT_EQ(wrong.findings.text(), "X12-0025 4:1");
  EXPECT_NE(wrong.trace.text.find("2.1=BINARY DATA\n"), std::string::npos);
  Recorder longer;
  ASSERT_TRUE(read_text(with("BIN*99999*BINARY DATA~\n"), longer));
  EXPECT_EQ(longer.findings.text(), "X12-0025 4:1");
}

TEST(X12Reader, CharactersBeyondAscii) {
  Recorder utf_8, latin_1;
  ASSERT_TRUE(read_text(replaced(whole(), "PO-1", "M\xC3\xBCller"), utf_8));
  EXPECT_EQ(utf_8.findings.text(), "");
  ASSERT_TRUE(read_text(replaced(whole(), "PO-1", "M\xFCller"), latin_1));
  EXPECT_EQ(latin_1.findings.text(), "X12-0008 4:11");
  EXPECT_EQ(latin_1.trace.text, utf_8.trace.text);
}

TEST(X12Reader, ByteOrderMarkIsPassedOver) {
  Recorder r;
  ASSERT_TRUE(read_text("\xEF\xBB\xBF" + whole(), r));
  EXPECT_EQ(r.findings.text(), "X12-0029 1:1");
}

TEST(X12Reader, Utf16IsReadAndTold) {
  std::string wide = "\xFF\xFE";
  for (const char c : whole()) wide += {c, '\0'};
  for (const std::size_t mark : {std::size_t{0}, std::size_t{2}}) {  // with a byte order mark and without
    Recorder r, plain;
    ASSERT_TRUE(read_text(wide.substr(mark), r));
    ASSERT_TRUE(read_text(whole(), plain));
    EXPECT_EQ(r.findings.text(), "X12-0029 1:1");
    EXPECT_EQ(r.trace.text, plain.trace.text);
    EXPECT_TRUE(peek(wide.substr(mark)));
  }
}

TEST(X12Reader, SeveralInterchangesWithTheirOwnDelimiters) {
  Recorder r;
  const std::string second = replaced(replaced(replaced(whole(), "*", "|"), "~\n", "\n"), ">", ":");
  ASSERT_TRUE(read_text(whole() + second, r));
  EXPECT_EQ(r.findings.text(), "");
  EXPECT_EQ(r.interchanges.size(), 2u);
  EXPECT_EQ(r.ends.size(), 2u);
}

TEST(X12Reader, RefusesWhatIsNoInterchange) {
  for (const std::string_view text : {"", "UNB+UNOC:3'", "ISA*00*", "ISA*00*x*y*z*a*b*c*d*e*f*g*h*i*j*k*l"}) {
    Recorder r;
    const auto done = read_text(text, r);
    ASSERT_FALSE(done) << text;
    ASSERT_EQ(r.findings.all.size(), 1u) << text;
    EXPECT_EQ(r.findings.all[0].severity, Severity::fatal);
    EXPECT_EQ(done.error().code, r.findings.all[0].code);
  }
}

TEST(X12Reader, HeaderElementsThatAreNoDates) {
  Recorder r;
  ASSERT_TRUE(
      read_text(replaced(replaced(whole(), "*20261120*0930*7*", "*BAD_DATE*2933*7*"), "*P*", "*X*"), r));
  EXPECT_EQ(r.findings.text(), "X12-0028 2:20, X12-0028 2:29");
}

TEST(X12Reader, PeeksAtTheFirstHeaders) {
  const auto seen = peek(whole().substr(0, 220));
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->transaction.type, "850");
  EXPECT_EQ(seen->group.version, "004010");
  EXPECT_FALSE(peek("UNB+UNOC:3'"));
}

/// Copies what is read into a writer.
class Copy : public Recorder, public map::SyntaxSink {
 public:
  explicit Copy(Writer& writer) : writer_(writer) {}
  Outcome begin_interchange(const Interchange& it) override { return writer_.begin_interchange(it); }
  Outcome begin_group(const Interchange&, const Group& it) override { return writer_.begin_group(it); }
  std::expected<map::SyntaxSink*, Status> begin_transaction(const Interchange&, const Group*,
                                                            const Transaction& it) override {
    if (auto begun = writer_.begin_transaction(it); !begun) return std::unexpected(begun.error());
    return this;
  }
  Outcome open(std::string_view name, const Position& at) override { return writer_.open(name, at); }
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override {
    return writer_.leaf(where, text, at);
  }
  Outcome close(const Position& at) override { return writer_.close(at); }

 private:
  Writer& writer_;
};

TEST(X12Writer, WritesBackWhatWasRead) {
  reader::StringSink out;
  WriteOptions options;
  options.line_breaks = true;
  Writer writer(
      out, [](const Finding& finding) { ADD_FAILURE() << finding.code; }, options);
  Copy copy(writer);
  const std::string text = replaced(whole(), "SE*4", "SE*3");
  reader::MemorySource source(text);
  ASSERT_TRUE(read(source, copy));
  ASSERT_TRUE(writer.finish());
  EXPECT_EQ(out.text, whole());
}

TEST(X12Writer, DelimitersInValuesBecomeBlanks) {
  reader::StringSink out;
  reader::Findings findings;
  Writer writer(out, findings.handler());
  ASSERT_TRUE(writer.begin_transaction({"850", "0001", {}, 1, {}}));
  ASSERT_TRUE(writer.open("MSG", {}));
  ASSERT_TRUE(writer.leaf({{}, 1, 1, 1}, "a*b~c\xC3\xA9\nd", {}));
  ASSERT_TRUE(writer.close({}));
  ASSERT_TRUE(writer.finish());
  EXPECT_EQ(out.text, "ST*850*0001~MSG*a b c d~SE*3*0001~");
  EXPECT_EQ(findings.all.size(), 3u);
  EXPECT_EQ(findings.all[0].source, "MSG.01");
}

}  // namespace
}  // namespace purser::x12
