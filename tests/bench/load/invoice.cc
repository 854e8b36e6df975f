#include "tests/bench/load/invoice.h"

#include <fmt/format.h>

namespace purser::bench {
namespace {

// Makes it 10 KB, but no more than 10,000 characters: beyond them n8n parses in steps, and two at a time end
// in neither.
constexpr int lines = 7;

std::string party(const char* tag, const char* name, const char* vat, const char* gln) {
  return fmt::format(
      R"(  <cac:{0}><cac:Party>
    <cbc:EndpointID schemeID="0088">{3}</cbc:EndpointID>
    <cac:PartyIdentification><cbc:ID schemeID="0088">{3}</cbc:ID></cac:PartyIdentification>
    <cac:PartyName><cbc:Name>{1}</cbc:Name></cac:PartyName>
    <cac:PostalAddress><cbc:StreetName>Street 1</cbc:StreetName><cbc:CityName>Town</cbc:CityName><cbc:PostalZone>10115</cbc:PostalZone><cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
    <cac:PartyTaxScheme><cbc:CompanyID>{2}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
    <cac:PartyLegalEntity><cbc:RegistrationName>{1}</cbc:RegistrationName></cac:PartyLegalEntity>
    <cac:Contact><cbc:Name>Person</cbc:Name><cbc:Telephone>+49 30 123456</cbc:Telephone><cbc:ElectronicMail>person@example.com</cbc:ElectronicMail></cac:Contact>
  </cac:Party></cac:{0}>
)",
      tag, name, vat, gln);
}

std::string line(int number) {
  return fmt::format(
      R"(  <cac:InvoiceLine>
    <cbc:ID>{0}</cbc:ID>
    <cbc:InvoicedQuantity unitCode="C62">10</cbc:InvoicedQuantity>
    <cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount>
    <cac:OrderLineReference><cbc:LineID>{0}</cbc:LineID></cac:OrderLineReference>
    <cac:Item>
      <cbc:Description>Hexagon bolt, described at usual length {0}</cbc:Description>
      <cbc:Name>Hexagon bolt M8 x {0}0</cbc:Name>
      <cac:SellersItemIdentification><cbc:ID>ART-{0:05}</cbc:ID></cac:SellersItemIdentification>
      <cac:StandardItemIdentification><cbc:ID schemeID="0160">400000000000{0}</cbc:ID></cac:StandardItemIdentification>
      <cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory>
    </cac:Item>
    <cac:Price><cbc:PriceAmount currencyID="EUR">10.00</cbc:PriceAmount></cac:Price>
  </cac:InvoiceLine>
)",
      number);
}

std::string head(const std::string& number) {
  return fmt::format(
      R"(<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>
  <cbc:ID>{}</cbc:ID>
  <cbc:IssueDate>2026-11-20</cbc:IssueDate>
  <cbc:DueDate>2026-12-20</cbc:DueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  <cbc:BuyerReference>04011000-12345-34</cbc:BuyerReference>
  <cac:OrderReference><cbc:ID>PO-{}</cbc:ID></cac:OrderReference>
)",
      number, number);
}

constexpr const char* totals =
    R"(  <cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cac:PayeeFinancialAccount><cbc:ID>DE89370400440532013000</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
  <cac:PaymentTerms><cbc:Note>30 days net</cbc:Note></cac:PaymentTerms>
  <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">133.00</cbc:TaxAmount><cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">700.00</cbc:TaxableAmount><cbc:TaxAmount currencyID="EUR">133.00</cbc:TaxAmount><cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
  <cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">700.00</cbc:LineExtensionAmount><cbc:TaxExclusiveAmount currencyID="EUR">700.00</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount currencyID="EUR">833.00</cbc:TaxInclusiveAmount><cbc:PayableAmount currencyID="EUR">833.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
)";

}  // namespace

std::string invoice(std::uint64_t number) {
  std::string out = head(fmt::format("INV-{:010}", number));
  out += party("AccountingSupplierParty", "Muster GmbH", "DE123456789", "4012345000009");
  out += party("AccountingCustomerParty", "Nordwind AB", "SE556677889901", "5412345000013");
  out += totals;
  for (int i = 1; i <= lines; ++i) out += line(i);
  return out + "</Invoice>\n";
}

}  // namespace purser::bench
