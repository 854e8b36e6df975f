#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "connectors/ubl/format.h"
#include "tests/connectors/table/samples.h"
#include "tests/connectors/table/trial.h"

namespace purser::ubl::testing {
namespace {

using table::testing::read_text;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view order = R"(<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"
  xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
  xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  ><b:ID>7</b:ID><b:IssueDate>2026-10-01</b:IssueDate><a:BuyerCustomerParty><a:Party/></a:BuyerCustomerParty
  ><a:SellerSupplierParty><a:Party/></a:SellerSupplierParty></Order>)";

std::string enveloped(std::string_view inside) {
  return R"(<S:StandardBusinessDocument xmlns:S="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader">
<S:StandardBusinessDocumentHeader><S:HeaderVersion>1.0</S:HeaderVersion></S:StandardBusinessDocumentHeader>)" +
         std::string(inside) + "</S:StandardBusinessDocument>";
}

TEST(Detect, KnowsTheDocumentsByTheirNamespace) {
  const table::XmlTables tables(format());
  const auto found = tables.detect(order);
  ASSERT_NE(found.document, nullptr);
  EXPECT_EQ(found.document->root, "Order");
  EXPECT_FALSE(found.enveloped);
  EXPECT_EQ(tables.detect("<Order><ID>1</ID></Order>").document, nullptr);
  EXPECT_EQ(tables.detect("UNB+UNOC:3'").document, nullptr);
}

TEST(Detect, LooksIntoAnEnvelope) {
  const table::XmlTables tables(format());
  const auto found = tables.detect(enveloped(order));
  ASSERT_NE(found.document, nullptr);
  EXPECT_EQ(found.document->root, "Order");
  EXPECT_TRUE(found.enveloped);
}

TEST(Read, TakesAnyPrefixes) {
  table::XmlTables tables(format());
  const auto trial = read_text(tables, order);
  ASSERT_TRUE(trial.outcome);
  EXPECT_THAT(describe(trial.document.events.events()), Contains("number = 7"));
  EXPECT_THAT(trial.document.losses.losses(), IsEmpty());
}

/// A header as Peppol has it: a GLN with its code in front, document type and process as scopes.
std::string peppol_envelope(std::string_view inside) {
  return R"(<StandardBusinessDocument xmlns="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader">
<StandardBusinessDocumentHeader><HeaderVersion>1.0</HeaderVersion>
<Sender><Identifier Authority="iso6523-actorid-upis">0088:7300010000001</Identifier></Sender>
<Receiver><Identifier Authority="iso6523-actorid-upis">0192:987654325</Identifier></Receiver>
<DocumentIdentification><Standard>urn:oasis:names:specification:ubl:schema:xsd:Order-2</Standard>
<TypeVersion>2.1</TypeVersion><InstanceIdentifier>c1f6a2b0-1</InstanceIdentifier><Type>Order</Type>
<CreationDateAndTime>2026-11-20T12:30:05Z</CreationDateAndTime></DocumentIdentification>
<BusinessScope><Scope><Type>DOCUMENTID</Type><InstanceIdentifier>order::2.1</InstanceIdentifier>
<Identifier>busdox-docid-qns</Identifier></Scope><Scope><Type>PROCESSID</Type>
<InstanceIdentifier>ordering:3</InstanceIdentifier><Identifier>cenbii-procid-ubl</Identifier></Scope>
<Scope><Type>COUNTRY_C1</Type><InstanceIdentifier>NO</InstanceIdentifier></Scope>
<Scope><Type>LEGAL</Type><InstanceIdentifier>x</InstanceIdentifier></Scope></BusinessScope>
</StandardBusinessDocumentHeader>)" +
         std::string(inside) + "</StandardBusinessDocument>";
}

TEST(Read, KeepsTheHeaderOfAnEnvelope) {
  table::XmlTables tables(format());
  const auto trial = read_text(tables, peppol_envelope(order));
  ASSERT_TRUE(trial.outcome) << trial.outcome.error().message;
  const auto values = describe(trial.document.events.events());
  for (const char* value :
       {"number = 7", "envelope.sender.id = 7300010000001", "envelope.sender.scheme = 0088",
        "envelope.sender.name = iso6523-actorid-upis", "envelope.recipient.id = 987654325",
        "envelope.recipient.scheme = 0192", "envelope.reference = c1f6a2b0-1",
        "envelope.message_type = Order", "envelope.message_version = 2.1",
        "envelope.prepared = 2026-11-20T12:30:05Z", "envelope.document_type.id = order::2.1",
        "envelope.document_type.scheme = busdox-docid-qns", "envelope.process.id = ordering:3",
        "envelope.sender_country = NO"}) {
    EXPECT_THAT(values, Contains(value));
  }
  EXPECT_THAT(trial.document.losses.losses(), IsEmpty());
  EXPECT_EQ(table::testing::round_trip_difference(tables, trial.document), "");
}

TEST(Read, TellsWhatAnApplicationResponseIsAbout) {
  const auto response = [](std::string_view customization, std::string_view type) {
    return R"(<ApplicationResponse xmlns="urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2"
  xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
  xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"><b:CustomizationID>)" +
           std::string(customization) +
           R"(</b:CustomizationID><b:ID>7</b:ID><b:IssueDate>2026-10-01</b:IssueDate>
<a:SenderParty/><a:ReceiverParty/><a:DocumentResponse><a:Response><b:ResponseCode>AP</b:ResponseCode></a:Response>
<a:DocumentReference><b:ID>I1</b:ID>)" +
           std::string(type) + "</a:DocumentReference></a:DocumentResponse></ApplicationResponse>";
  };
  const std::string of_invoice = "<b:DocumentTypeCode>380</b:DocumentTypeCode>";
  const std::string of_order = "<b:DocumentTypeCode>220</b:DocumentTypeCode>";
  const auto type_of = [](const std::string& text) {
    table::XmlTables tables(format());
    const auto trial = read_text(tables, text);
    EXPECT_TRUE(trial.outcome) << trial.outcome.error().message;
    EXPECT_THAT(trial.document.losses.losses(), IsEmpty());
    return static_cast<DocumentType>(trial.document.events.events().front().number);
  };
  EXPECT_EQ(type_of(response("x", of_invoice)), DocumentType::invoice_response);
  EXPECT_EQ(type_of(response("x", of_order)), DocumentType::acknowledgement);
  EXPECT_EQ(type_of(response("x", "")), DocumentType::acknowledgement);
  EXPECT_EQ(type_of(response("urn:fdc:peppol.eu:poacc:trns:mlr:3", of_invoice)),
            DocumentType::acknowledgement);
  EXPECT_EQ(type_of(response("urn:fdc:peppol.eu:poacc:trns:invoice_response:3", "")),
            DocumentType::invoice_response);
}

TEST(Read, TakesTheEncodingsThatPartnersSend) {
  table::XmlTables tables(format());
  const auto with_note = [](std::string_view note) {
    std::string text(order);
    text.insert(text.find("<a:BuyerCustomerParty>"), "<b:Note>" + std::string(note) + "</b:Note>");
    return text;
  };
  const auto wide = [&](bool big, bool marked) {
    std::string text;
    if (marked) text += big ? "\xFE\xFF" : "\xFF\xFE";
    for (const char c : with_note("M\xFCller")) {
      if (big) text += '\0';
      text += c;
      if (!big) text += '\0';
    }
    return text;
  };
  const auto expect_read = [&](const std::string& text, bool told) {
    const auto trial = read_text(tables, text);
    ASSERT_TRUE(trial.outcome) << trial.outcome.error().message;
    EXPECT_THAT(describe(trial.document.events.events()), Contains("note[1].text = M\xC3\xBCller"));
    const bool found = std::ranges::any_of(trial.document.report.findings(),
                                           [](const Finding& finding) { return finding.code == "XML-0004"; });
    EXPECT_EQ(found, told);
  };
  expect_read(wide(false, true), false);
  expect_read(wide(true, true), false);
  expect_read(wide(false, false), false);
  expect_read(wide(true, false), false);
  expect_read("\xEF\xBB\xBF" + with_note("M\xC3\xBCller"), false);
  expect_read("<?xml version='1.0' encoding='windows-1252'?>" + with_note("M\xFCller"), false);
  expect_read("<?xml version='1.0' encoding='UTF-8'?>" + with_note("M\xFCller"), true);
  expect_read("<?xml version='1.0' encoding='utf-16'?>" + with_note("M\xC3\xBCller"), true);
}

TEST(Read, RefusesAnEnvelopeWithoutDocument) {
  table::XmlTables tables(format());
  const auto trial = read_text(tables, enveloped(""));
  ASSERT_FALSE(trial.outcome);
  EXPECT_EQ(trial.outcome.error().code, "TABLE-0014");
}

TEST(Read, RefusesOtherDocuments) {
  table::XmlTables tables(format());
  const auto trial =
      read_text(tables, R"(<Waybill xmlns="urn:oasis:names:specification:ubl:schema:xsd:Waybill-2"/>)");
  ASSERT_FALSE(trial.outcome);
  EXPECT_EQ(trial.outcome.error().code, "TABLE-0010");
  EXPECT_THAT(trial.outcome.error().message, HasSubstr("Waybill"));
}

TEST(Read, NamesALeafThatNoRowReads) {
  table::XmlTables tables(format());
  std::string text(order);
  text.replace(text.find("<b:IssueDate>"), 0, "<b:Colour>red</b:Colour>");
  const auto trial = read_text(tables, text);
  ASSERT_TRUE(trial.outcome);
  ASSERT_EQ(trial.document.losses.losses().size(), 1u);
  EXPECT_EQ(trial.document.losses.losses()[0].value, "red");
  EXPECT_EQ(trial.document.losses.losses()[0].at.line, 4u);
}

TEST(Tables, TellAMissingOverlay) {
  table::XmlTables tables(format());
  const std::vector<std::string> overlays = {"acme.overlay"};
  const auto program = tables.library().find("Invoice", "2.4", overlays);
  ASSERT_FALSE(program);
  EXPECT_EQ(program.error().findings()[0].code, "TABLE-0001");
}

TEST(Tables, AllCompile) {
  table::XmlTables tables(format());
  for (const auto& document : format().documents) {
    const auto program = tables.library().find(document.message, document.version);
    if (program) continue;
    for (const auto& finding : program.error().findings()) ADD_FAILURE() << to_line(finding, finding.source);
  }
}

// Blanks around a code say nothing, where it chooses the table either.
TEST(Read, ChoosesTheResponseByItsTypeWithBlanksAroundIt) {
  table::XmlTables tables(format());
  std::string text = table::testing::Samples("connectors/ubl/samples").xml("invoice-response");
  for (const std::string_view tag : {"<cbc:CustomizationID>", "<cbc:DocumentTypeCode>"}) {
    const auto at = text.find(tag);
    ASSERT_NE(at, std::string::npos) << tag;
    text.insert(at + tag.size(), "\n    ");
  }
  ASSERT_NE(tables.detect(text).document, nullptr);
  EXPECT_EQ(tables.detect(text).document->message, "InvoiceResponse");
  const auto trial = table::testing::read_text(tables, text);
  ASSERT_TRUE(trial.outcome);
  EXPECT_EQ(static_cast<DocumentType>(trial.document.events.events().front().number),
            DocumentType::invoice_response);
}

}  // namespace
}  // namespace purser::ubl::testing
