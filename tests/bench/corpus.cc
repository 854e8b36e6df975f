#include "tests/bench/corpus.h"

#include <fmt/format.h>

#include <iterator>

namespace purser::bench {

std::string ubl_invoice(std::size_t bytes) {
  std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\"\n"
      "  xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2\"\n"
      "  xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2\">\n"
      "  <cbc:ID>R-1001</cbc:ID>\n  <cbc:IssueDate>2026-11-20</cbc:IssueDate>\n"
      "  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>\n";
  for (unsigned line = 1; text.size() < bytes; ++line) {
    fmt::format_to(
        std::back_inserter(text),
        "  <cac:InvoiceLine>\n    <cbc:ID>{0}</cbc:ID>\n"
        "    <cbc:InvoicedQuantity unitCode=\"C62\">{1}</cbc:InvoicedQuantity>\n"
        "    <cbc:LineExtensionAmount currencyID=\"EUR\">{2}.50</cbc:LineExtensionAmount>\n"
        "    <cac:Item>\n      <cbc:Description>Schraube M8 \xC3\x97 {1} &amp; Mutter, "
        "verzinkt</cbc:Description>\n"
        "      <cbc:Name>Schraube</cbc:Name>\n"
        "      <cac:SellersItemIdentification>\n        <cbc:ID>A-{2}</cbc:ID>\n"
        "      </cac:SellersItemIdentification>\n      <cac:ClassifiedTaxCategory>\n        "
        "<cbc:ID>S</cbc:ID>\n"
        "        <cbc:Percent>19</cbc:Percent>\n        <cac:TaxScheme>\n          <cbc:ID>VAT</cbc:ID>\n"
        "        </cac:TaxScheme>\n      </cac:ClassifiedTaxCategory>\n    </cac:Item>\n    <cac:Price>\n"
        "      <cbc:PriceAmount currencyID=\"EUR\">0.455</cbc:PriceAmount>\n    </cac:Price>\n"
        "  </cac:InvoiceLine>\n",
        line, line % 97 + 1, line % 1009);
  }
  return text + "</Invoice>\n";
}

std::string edifact_invoice(std::size_t bytes) {
  std::string text =
      "UNA:+.? '\nUNB+UNOC:3+4012345000009:14+5012345000008:14+261120:0930+REF42'\n"
      "UNH+1+INVOIC:D:96A:UN:EAN008'\nBGM+380+R-1001+9'\nDTM+137:20261120:102'\n"
      "NAD+SU+4012345000009::9++M\xFCller ?+ S\xF6hne GmbH+Hauptstra\xDF"
      "e 1+Berlin++10115+DE'\n";
  unsigned segments = 4;
  for (unsigned line = 1; text.size() < bytes; ++line) {
    fmt::format_to(std::back_inserter(text),
                   "LIN+{0}++4012345{1:06}:EN'\nPIA+5+A-{1}:SA'\nIMD+F++:::Schraube M8 x {2}, verzinkt'\n"
                   "QTY+47:{2}:PCE'\nMOA+203:{1}.50'\nPRI+AAA:0.455'\nTAX+7+VAT+++:::19+S'\n",
                   line, line % 1009, line % 97 + 1);
    segments += 7;
  }
  fmt::format_to(std::back_inserter(text), "UNS+S'\nUNT+{}+1'\nUNZ+1+REF42'\n", segments + 2);
  return text;
}

std::string x12_invoice(std::size_t bytes) {
  std::string text =
      "ISA*00*          *00*          *ZZ*SELLER         *ZZ*BUYER          "
      "*261120*0930*U*00401*000000042*0*P*>~\n"
      "GS*IN*SELLER*BUYER*20261120*0930*42*X*004010~\nST*810*0001~\nBIG*20261120*R-1001*20261101*PO-77~\n"
      "N1*SE*Mueller and Sons*1*123456789~\nN3*Main Street 1~\nN4*Berlin**10115*DE~\n";
  unsigned segments = 5;
  for (unsigned line = 1; text.size() < bytes; ++line) {
    fmt::format_to(std::back_inserter(text),
                   "IT1*{0}*{2}*EA*0.455**UP*4012345{1:06}*VP*A-{1}~\nTXI*VA*{1}.5*19~\n"
                   "PID*F****Bolt M8 x {2}, zinc plated~\nREF*ON*PO-77~\nDTM*011*20261119~\n",
                   line, line % 1009, line % 97 + 1);
    segments += 5;
  }
  fmt::format_to(std::back_inserter(text), "TDS*10000~\nSE*{}*0001~\nGE*1*42~\nIEA*1*000000042~\n",
                 segments + 2);
  return text;
}

std::string delimited_invoice(std::size_t bytes) {
  std::string text = "Invoice No;Date;Supplier;Line;Article;Description;Quantity;Unit;Price;Net\r\n";
  for (unsigned line = 1; text.size() < bytes; ++line) {
    fmt::format_to(std::back_inserter(text),
                   "R-{0};20.11.2026;M\xC3\xBCller GmbH;{1};A-{2};\"Schraube M8 x {1}; "
                   "verzinkt\";{1};C62;0,455;{2},50\r\n",
                   line / 10, line % 97 + 1, line % 1009);
  }
  return text;
}

}  // namespace purser::bench
