// Roots, envelopes and prefixes, with a small format of the test's own.
#include "connectors/table/xml_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "canonical/event/json_reader.h"
#include "tests/connectors/table/trial.h"

namespace purser::table::testing {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// One root, `shop`, for two messages; a document of another namespace whose prefix the layout knows.
constexpr std::string_view layout = R"(layout xml shop 1.0
namespace a urn:example:parts
namespace sbdh http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader
root Order : Shop
root Receipt : Shop
root Bill urn:example:parts
type Shop
  Head              1
  Body              1   : Body
  @id               ?
type Body
  Order             ?   : Content
  Receipt           ?   : Content
type Content
  Number            1
  Date              1
type Bill
  sbdh:StandardBusinessDocumentHeader ? : Header
  a:Number          1
  a:Date            1
  @lang             ?
type Header
  sbdh:HeaderVersion 1
  sbdh:Sender       1
)";
constexpr std::string_view order = R"(map xml Order 1.0 <-> ship_notice
@id                 extension "shop id"
Head                note.text
Body/Order/Number   number
Body/Order/Date     issue_date
)";
constexpr std::string_view receipt = R"(map xml Receipt 1.0 <-> receipt
@id                   extension "shop id"
Head                  note.text
Body/Receipt/Number   number
Body/Receipt/Date     issue_date
)";
constexpr std::string_view bill = R"(map xml Bill 1.0 <-> requisition
group sbdh:StandardBusinessDocumentHeader  envelope
  sbdh:HeaderVersion  -> ignore "there is one version"
  sbdh:HeaderVersion  <- "1.0"
  sbdh:Sender         sender.id
@lang               extension "language"
a:Number            number
a:Date              issue_date
)";
const sdk::EmbeddedFile files[] = {{"layout/shop.layout", layout},
                                   {"tables/order.map", order},
                                   {"tables/receipt.map", receipt},
                                   {"tables/bill.map", bill}};
constexpr XmlDocument documents[] = {{"Order", "1.0", "shop", "", DocumentType::ship_notice, "Body/Order"},
                                     {"Receipt", "1.0", "shop", "", DocumentType::receipt, "Body/Receipt"},
                                     {"Bill", "1.0", "Bill", "urn:example:parts", DocumentType::requisition}};

XmlEnvelope kept_envelope() {
  XmlEnvelope envelope = standard_business_document;
  envelope.kept = true;
  return envelope;
}
const XmlEnvelope envelope = kept_envelope();
const XmlFormat format = {.name = "shop",
                          .title = "Shop",
                          .documents = documents,
                          .files = files,
                          .envelope = &envelope,
                          .doctype = true,
                          .written_doctype = "<!DOCTYPE shop SYSTEM \"shop.dtd\">"};

constexpr std::string_view an_order =
    R"(<shop id="7"><Head>B-1</Head><Body><Order><Number>12</Number><Date>2026-11-02</Date></Order></Body></shop>)";
constexpr std::string_view an_enveloped_bill =
    R"(<S:StandardBusinessDocument xmlns:S="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader">
<S:StandardBusinessDocumentHeader><S:HeaderVersion>1.0</S:HeaderVersion><S:Sender>me</S:Sender></S:StandardBusinessDocumentHeader>
<x:Bill xmlns:x="urn:example:parts" lang="de"><x:Number>4</x:Number><x:Date>2026-11-02</x:Date></x:Bill></S:StandardBusinessDocument>)";

class Xml : public ::testing::Test {
 protected:
  XmlTables tables{format};
  std::vector<std::string> lines(std::string_view xml) {
    trial = read_text(tables, xml);
    EXPECT_TRUE(trial.outcome) << trial.outcome.error().code << trial.outcome.error().message;
    return describe(trial.document.events.events());
  }
  Trial trial;
};

TEST_F(Xml, TellsByAnElementBelowTheRoot) {
  EXPECT_EQ(tables.detect(an_order).document->message, "Order");
  const auto all = lines(an_order);
  EXPECT_THAT(all, Contains("note[1].text = B-1"));
  EXPECT_THAT(all, Contains("number = 12"));
  EXPECT_THAT(trial.document.losses.losses(), IsEmpty());
  EXPECT_THAT(
      lines(
          R"(<!DOCTYPE shop><shop id="7"><Head>B</Head><Body><Receipt><Number>3</Number><Date>2026-11-02</Date></Receipt></Body></shop>)"),
      Contains("number = 3"));
}

TEST_F(Xml, IsToldByItsNamesInUtf16Too) {
  for (const bool big : {false, true}) {
    std::string wide = big ? "\xFE\xFF" : "\xFF\xFE";
    for (const char c : std::string(an_order)) wide += big ? std::string{'\0', c} : std::string{c, '\0'};
    ASSERT_NE(tables.detect(wide).document, nullptr);
    EXPECT_EQ(tables.detect(wide).document->message, "Order");
  }
}

TEST_F(Xml, RefusesARootThatHoldsNoKnownMessage) {
  const auto found = tables.detect("<shop><Head>B</Head><Body><Refund/></Body></shop>");
  EXPECT_EQ(found.document, nullptr);
  ASSERT_NE(found.nearly, nullptr);
  EXPECT_EQ(found.nearly->root, "shop");
  trial = read_text(tables, "<shop><Head>B</Head><Body><Refund/></Body></shop>");
  ASSERT_FALSE(trial.outcome);
  EXPECT_EQ(trial.outcome.error().code, "TABLE-0010");
  EXPECT_EQ(trial.document.report.findings().front().expected, "Order, Receipt, Bill");
}

TEST_F(Xml, BoundsWhatStandsBeforeTheMessage) {
  std::string text = "<shop><Head>";
  for (int i = 0; i < 30'000; ++i) text += "<x/>";
  trial = read_text(tables, text + "</Head><Body><Order/></Body></shop>");
  ASSERT_FALSE(trial.outcome);
  EXPECT_EQ(trial.outcome.error().code, "TABLE-0015");
  EXPECT_THAT(trial.document.report.findings(), Contains(Field(&Finding::code, "TABLE-0015")));
}

TEST_F(Xml, ReadsTheHeaderOfAnEnvelope) {
  const auto found = tables.detect(an_enveloped_bill);
  ASSERT_NE(found.document, nullptr);
  EXPECT_TRUE(found.enveloped);
  const auto all = lines(an_enveloped_bill);
  EXPECT_THAT(all, Contains("envelope.sender.id = me"));
  EXPECT_THAT(all, Contains("number = 4"));
  EXPECT_THAT(trial.document.report.findings(), IsEmpty());
}

TEST_F(Xml, WritesRootsUnderTheirNames) {
  lines(an_order);
  RecordedDocument notes;
  const auto text = write_text(tables, trial.document.events.events(), notes);
  ASSERT_TRUE(text);
  EXPECT_THAT(*text, HasSubstr("<!DOCTYPE shop SYSTEM \"shop.dtd\">"));
  EXPECT_THAT(*text, HasSubstr("<shop xmlns:a=\"urn:example:parts\" id=\"7\">"));
  EXPECT_EQ(round_trip_difference(tables, trial.document), "");
}

TEST_F(Xml, WritesTheEnvelopeAroundTheRoot) {
  lines(an_enveloped_bill);
  RecordedDocument notes;
  const auto text = write_text(tables, trial.document.events.events(), notes);
  ASSERT_TRUE(text);
  EXPECT_THAT(*text, HasSubstr("<sbdh:StandardBusinessDocument xmlns:a=\"urn:example:parts\" xmlns:sbdh="));
  EXPECT_THAT(*text, HasSubstr("<a:Bill lang=\"de\">"));
  EXPECT_EQ(round_trip_difference(tables, trial.document), "");
}

TEST_F(Xml, WritesNoEnvelopeWhereNoneCame) {
  lines(R"(<Bill xmlns="urn:example:parts"><Number>4</Number><Date>2026-11-02</Date></Bill>)");
  RecordedDocument notes;
  const auto text = write_text(tables, trial.document.events.events(), notes);
  ASSERT_TRUE(text);
  EXPECT_THAT(*text, HasSubstr("\n<a:Bill xmlns:a=\"urn:example:parts\">"));
}

TEST_F(Xml, RefusesRootsOfAnotherNamespace) {
  for (const char* root :
       {"<Bill/>", "<Bill xmlns='urn:example:others'/>", "<shop xmlns='urn:example:parts'/>"}) {
    EXPECT_EQ(tables.detect(root).document, nullptr) << root;
    trial = read_text(tables, root);
    ASSERT_FALSE(trial.outcome) << root;
    EXPECT_EQ(trial.outcome.error().code, "TABLE-0010");
  }
}

}  // namespace
}  // namespace purser::table::testing
