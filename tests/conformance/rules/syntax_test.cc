// Rules whose answer is in the XML alone: a good invoice, one place of it changed at a time.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/conformance/rules/official.h"
#include "tests/connectors/table/samples.h"

namespace purser::rule::testing {
namespace {

struct Change {
  std::string_view rule;  ///< must give a finding then
  std::string_view from, to;
};

constexpr Change changes[] = {
    {"UBL-SR-22", "<cac:TaxRepresentativeParty>",
     "<cac:TaxRepresentativeParty><cac:PartyName><cbc:Name>Second</cbc:Name></cac:PartyName>"},
    {"UBL-SR-27", "<cac:PaymentMeans>", "<cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode>"},
    {"UBL-SR-43", "<cbc:ID>A-1</cbc:ID>", "<cbc:ID schemeID=\"ABZ\">A-1</cbc:ID>"},
    {"UBL-SR-43", "<cbc:ID>A-1</cbc:ID>",
     "<cbc:ID>A-1</cbc:ID><cbc:DocumentTypeCode>50</cbc:DocumentTypeCode>"},
    {"UBL-SR-53", "<cbc:CompanyID>20/123/45678</cbc:CompanyID>", ""},
    {"UBL-SR-53", "<cbc:ID>FC</cbc:ID>", ""},
    {"UBL-CR-051", "<cbc:ID>LS-3301</cbc:ID>", "<cbc:ID>LS-3301</cbc:ID><cbc:XPath>a</cbc:XPath>"},
    {"UBL-CR-630", "<cac:Price>", "<cac:Price><cbc:PriceList>7</cbc:PriceList>"},
    {"BR-CL-01", ">380</cbc:InvoiceTypeCode>", ">381</cbc:InvoiceTypeCode>"},
    {"BR-53", "<cbc:TaxCurrencyCode>SEK", "<cbc:TaxCurrencyCode>NOK"},
    // A tax that names no scheme is not VAT; a code that is blank is in no list.
    {"BR-48", R"(<cbc:Percent>25</cbc:Percent>
        <cac:TaxScheme>
          <cbc:ID>VAT</cbc:ID>)",
     R"(<cbc:Percent>25</cbc:Percent>
        <cac:TaxScheme>
          <cbc:Name>VAT</cbc:Name>)"},
    {"BR-CL-04", "<cbc:DocumentCurrencyCode>EUR<", "<cbc:DocumentCurrencyCode> <"},
    {"BR-05", "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>", ""},
    {"BR-CL-03", "<cbc:PayableAmount currencyID=\"EUR\">", "<cbc:PayableAmount>"},
    {"BR-CL-03", "<cbc:PayableAmount currencyID=\"EUR\">", "<cbc:PayableAmount currencyID=\"DEM\">"},
    {"BR-CO-15", "<cac:TaxTotal>",
     "<cac:TaxTotal><cbc:TaxAmount currencyID=\"EUR\">1.00</cbc:TaxAmount></cac:TaxTotal><cac:TaxTotal>"},
};
/// None of these rules may give a finding after such a change.
constexpr Change allowed[] = {
    {"BR-CL-01", ">380</cbc:InvoiceTypeCode>", ">471</cbc:InvoiceTypeCode>"},
    {"BR-CL-01", ">380</cbc:InvoiceTypeCode>", ">81</cbc:InvoiceTypeCode>"},
    {"BR-53", "<cbc:TaxCurrencyCode>SEK</cbc:TaxCurrencyCode>", ""},
    {"BR-CL-25", "schemeID=\"0204\"", "schemeID=\"0219\""},
    {"BR-CL-04", "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>", ""},
    {"BR-CO-15", "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>", ""},
    // Amounts that do not say their currency, or another one than the amounts before them, make no sum wrong.
    {"BR-CO-14", "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>", ""},
    {"BR-CO-18", "<cbc:DocumentCurrencyCode>EUR", "<cbc:DocumentCurrencyCode>NOK"},
    {"BR-S-01", "<cbc:DocumentCurrencyCode>EUR", "<cbc:DocumentCurrencyCode>NOK"},
    {"BR-CO-14", "<cbc:DocumentCurrencyCode>EUR", "<cbc:DocumentCurrencyCode>NOK"},
};

std::string good_invoice() {
  return table::testing::Samples("connectors/ubl/samples").xml("invoice-en16931");
}

bool gives(const std::string& text, std::string_view rule) {
  return std::ranges::count(judged(text, {"en16931"}), rule, &Finding::code) > 0;
}

std::string changed(const Change& change) {
  std::string text = good_invoice();
  const auto at = text.find(change.from);
  EXPECT_NE(at, std::string::npos) << change.from;
  return at == std::string::npos ? text : text.replace(at, change.from.size(), change.to);
}

TEST(SyntaxRules, FindWhatWasChanged) {
  for (const Change& change : changes) {
    EXPECT_FALSE(gives(good_invoice(), change.rule)) << change.rule;
    EXPECT_TRUE(gives(changed(change), change.rule)) << change.rule << ": " << change.to;
  }
}

/// CII is read by its words, too.
constexpr Change cii_changes[] = {
    {"BR-05", "<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>", ""},
    {"BR-CL-04", "<ram:InvoiceCurrencyCode>EUR<", "<ram:InvoiceCurrencyCode> <"},
    {"BR-CO-04", "<ram:TypeCode>VAT</ram:TypeCode>", ""},
    {"BR-CO-15", "currencyID=\"CHF\">24.31", "currencyID=\"EUR\">26.00"},
};

TEST(SyntaxRules, FindWhatWasChangedInCii) {
  const auto good = table::testing::Samples("connectors/cii/samples").xml("invoice");
  for (const Change& change : cii_changes) {
    EXPECT_EQ(std::ranges::count(judged_cii(good), change.rule, &Finding::code), 0) << change.rule;
    std::string text = good;
    const auto at = text.find(change.from);
    ASSERT_NE(at, std::string::npos) << change.from;
    text.replace(at, change.from.size(), change.to);
    EXPECT_GT(std::ranges::count(judged_cii(text), change.rule, &Finding::code), 0) << change.rule;
  }
}

TEST(SyntaxRules, LetPassWhatIsAllowed) {
  for (const Change& change : allowed)
    EXPECT_FALSE(gives(changed(change), change.rule)) << change.rule << ": " << change.to;
}

}  // namespace
}  // namespace purser::rule::testing
