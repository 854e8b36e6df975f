// Invoices in PDF: put in, taken out, damaged, too large. The PDF itself is judged by qpdf and poppler where
// they are.
#include "connectors/cii/pdf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <set>

#include "canonical/event/header_first.h"
#include "canonical/value/text.h"
#include "connectors/cii/factur_x.h"
#include "connectors/cii/format.h"
#include "connectors/reader/bytes.h"
#include "tests/conformance/support/corpus.h"
#include "tests/connectors/table/samples.h"

namespace purser::cii {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::int64_t now = 1'795'177'800'000'000'000;  // 2026-11-20T12:30:00Z
constexpr std::string_view xml = "<rsm:CrossIndustryInvoice/>";
constexpr std::string_view pdf_a_metadata =
    R"(<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>)";

/// A PDF of one empty page, with metadata if there are any.
std::string page(std::string_view metadata = {}) {
  QPDF pdf;
  pdf.emptyPDF();
  QPDFPageDocumentHelper(pdf).addPage(pdf.makeIndirectObject(QPDFObjectHandle::parse(
                                          "<< /Type /Page /MediaBox [0 0 595 842] /Resources << >> >>")),
                                      false);
  if (!metadata.empty())
    pdf.getRoot().replaceKey("/Metadata", QPDFObjectHandle::newStream(&pdf, std::string(metadata)));
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.write();
  const auto made = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(made->getBuffer()), made->getSize()};
}

std::string filled(std::string_view specification = "urn:cen.eu:en16931:2017") {
  auto made = put_invoice(page(pdf_a_metadata), xml, profile_of(specification), now);
  EXPECT_TRUE(made) << made.error().message;
  return made ? made->pdf : std::string();
}

TEST(Pdf, GivesBackWhatWasPutIn) {
  const auto made = put_invoice(page(pdf_a_metadata), xml, profile_of("urn:cen.eu:en16931:2017"), now);
  ASSERT_TRUE(made);
  EXPECT_TRUE(made->findings.empty());
  const auto taken = take_invoice(made->pdf);
  ASSERT_TRUE(taken) << taken.error().message;
  EXPECT_EQ(taken->name, "factur-x.xml");
  EXPECT_EQ(taken->relationship, "Alternative");
  EXPECT_EQ(taken->xml, xml);
}

TEST(Pdf, ReplacesAnInvoiceThatIsThere) {
  const auto again = put_invoice(filled(), "<second/>", profile_of("urn:cen.eu:en16931:2017"), now);
  ASSERT_TRUE(again);
  EXPECT_EQ(take_invoice(again->pdf)->xml, "<second/>");
  QPDF file;
  file.processMemoryFile("again", again->pdf.data(), again->pdf.size());
  EXPECT_EQ(file.getRoot().getKey("/AF").getArrayNItems(), 1);
}

TEST(Pdf, SaysInItsMetadataWhatIsInside) {
  const std::string xmp = with_factur_x(pdf_a_metadata, profile_of("urn:factur-x.eu:1p0:minimum"));
  EXPECT_THAT(xmp,
              AllOf(HasSubstr("<pdfaid:part>3</pdfaid:part>"), HasSubstr("<fx:ConformanceLevel>MINIMUM<"),
                    HasSubstr("<fx:DocumentFileName>factur-x.xml<"), HasSubstr("<pdfaSchema:prefix>fx<")));
  const std::string twice = with_factur_x(xmp, profile_of("urn:factur-x.eu:1p0:extended"));
  EXPECT_EQ(twice.find("fx:ConformanceLevel>"), twice.find("<fx:ConformanceLevel>EXTENDED") + 1);
  EXPECT_EQ(twice.find("pdfaSchema:prefix>fx"), twice.rfind("pdfaSchema:prefix>fx"));
  EXPECT_THAT(twice, Not(HasSubstr("MINIMUM")));
}

TEST(Pdf, KnowsTheProfiles) {
  const auto level = [](std::string_view id) { return profile_of(id).level; };
  EXPECT_EQ(level("urn:factur-x.eu:1p0:basicwl"), "BASIC WL");
  EXPECT_EQ(level("urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic"), "BASIC");
  EXPECT_EQ(level("urn:cen.eu:en16931:2017"), "EN 16931");
  EXPECT_EQ(level("urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended"), "EXTENDED");
  const auto xrechnung = profile_of("urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0");
  EXPECT_EQ(xrechnung.file_name, "xrechnung.xml");
  EXPECT_EQ(xrechnung.version, "3.0");
  EXPECT_EQ(profile_of("urn:factur-x.eu:1p0:minimum").relationship, "Data");
}

TEST(Pdf, WarnsWhereTheGivenOneIsNoPdfA) {
  const auto made = put_invoice(page(), xml, profile_of(""), now);
  ASSERT_TRUE(made);
  ASSERT_EQ(made->findings.size(), 1u);
  EXPECT_EQ(made->findings[0].code, "CII-0004");
  EXPECT_THAT(made->pdf, Not(HasSubstr("pdfaid:part"))) << "no claim that was not there";
}

TEST(Pdf, RefusesWhatHasNoInvoiceOrIsNoPdf) {
  EXPECT_EQ(take_invoice(page()).error().code, "CII-0002");
  EXPECT_EQ(take_invoice("%PDF-1.7 and nothing else").error().code, "CII-0006");
}

std::string filled_as(std::string_view pdf, std::string_view content, std::string name) {
  auto made = put_invoice(pdf, content, {std::move(name), "EN 16931", "1.0", "Supplement"}, now);
  EXPECT_TRUE(made) << made.error().message;
  return made ? made->pdf : std::string();
}

TEST(Pdf, KnowsTheNamesThatWereInUse) {
  for (const char* name : {"factur-x.xml", "zugferd-invoice.xml", "ZUGFeRD-invoice.xml", "xrechnung.xml",
                           "order-x.xml", "Factur-X.xml"}) {
    const auto taken = take_invoice(filled_as(filled_as(page(), "no invoice", "a-list.xml"), xml, name));
    ASSERT_TRUE(taken) << name << taken.error().message;
    EXPECT_EQ(taken->name, name);
    EXPECT_EQ(taken->xml, xml);
  }
}

TEST(Pdf, NamesWhatElseIsEmbedded) {
  const std::string pdf = filled_as(filled_as(filled(), "twelve bytes", "time sheet.csv"), "", "plan.png");
  const auto taken = take_invoice(pdf);
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->xml, xml);
  ASSERT_EQ(taken->others.size(), 2U);
  EXPECT_EQ(taken->others[0].name, "plan.png");
  EXPECT_EQ(taken->others[1].name, "time sheet.csv");
  EXPECT_EQ(taken->others[1].size, 12U);
  table::XmlTables tables(format());
  reader::MemorySource source(pdf);
  RecordedDocument read;
  (void)read_file(tables, {}, source, read);
  ASSERT_EQ(read.losses.losses().size(), 2U);
  EXPECT_EQ(read.losses.losses()[1].source, "embedded file time sheet.csv");
  EXPECT_EQ(read.losses.losses()[1].value, "12 bytes");
}

TEST(Pdf, EndsCleanlyWhateverIsDamaged) {
  const std::string good = filled();
  for (std::size_t size = 0; size < good.size(); size += 61)
    static_cast<void>(take_invoice(good.substr(0, size)));
  for (std::size_t at = 0; at < good.size(); at += 17) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x55);
    const auto taken = take_invoice(bad);
    EXPECT_TRUE(taken || taken.error().code.starts_with("CII-"));
  }
}

TEST(Pdf, BoundsWhatIsUnpacked) {
  const auto bomb = put_invoice(page(), std::string(max_embedded_bytes + 1, ' '), profile_of(""), now);
  ASSERT_TRUE(bomb);
  ASSERT_LT(bomb->pdf.size(), 1u << 20) << "it packs well";
  EXPECT_EQ(take_invoice(bomb->pdf).error().code, "CII-0006");
}

TEST(Pdf, IsGoodForOtherPrograms) {
  const conformance::WorkFolder work("pdf");
  const auto path = (work.path() / "invoice.pdf").string(), said = (work.path() / "said.txt").string();
  std::ofstream(path, std::ios::binary) << filled();
  const int checked = conformance::run({"qpdf", "--check", path}, said);
  if (checked < 0) GTEST_SKIP() << "no qpdf";
  EXPECT_EQ(checked, 0) << table::testing::file_text(said);
  const auto detached = (work.path() / "out.xml").string();
  const int saved = conformance::run({"pdfdetach", "-save", "1", "-o", detached, path}, said);
  if (saved < 0) GTEST_SKIP() << "no pdfdetach: install poppler-utils";
  EXPECT_EQ(table::testing::file_text(detached), xml);
}

TEST(FacturX, IsReadFromAndWrittenIntoAPdf) {
  table::XmlTables tables(format());
  const table::testing::Samples samples("connectors/cii/samples");
  const auto first = table::testing::read_text(tables, samples.xml("invoice"));
  sdk::Request request;
  std::string visual;
  append_base64(visual, page(pdf_a_metadata));
  auto settings = parse_settings("{\"visual_pdf\":\"" + visual + "\"}");
  ASSERT_TRUE(settings) << settings.error();
  reader::StringSink pdf;
  RecordedDocument notes;
  const auto encoder = write_pdf(tables, request, *settings, now, pdf, notes);
  HeaderFirst header_first(*encoder);
  ASSERT_TRUE(replay(first.document.events.events(), header_first));
  ASSERT_TRUE(encoder->finish());
  reader::MemorySource source(pdf.text);
  RecordedDocument again;
  ASSERT_TRUE(read_file(tables, request, source, again));
  EXPECT_EQ(again.report.findings().front().code, "CII-0001");
  auto one = describe(first.document.events.events()), other = describe(again.events.events());
  EXPECT_EQ(std::set<std::string>(one.begin(), one.end()), std::set<std::string>(other.begin(), other.end()));
}

TEST(FacturX, NeedsAPdf) {
  table::XmlTables tables(format());
  sdk::Request request;
  reader::StringSink pdf;
  RecordedDocument notes;
  const auto encoder = write_pdf(tables, request, {}, now, pdf, notes);
  Event begin;
  begin.kind = EventKind::begin_document;
  begin.number = static_cast<std::uint16_t>(DocumentType::invoice);
  EXPECT_EQ(encoder->push({&begin, 1}).error().code, "CII-0003");
  EXPECT_FALSE(parse_settings(R"({"visual_pdf":"bm8="})"));
  EXPECT_FALSE(parse_settings(R"({"visual":""})"));
}

}  // namespace
}  // namespace purser::cii
