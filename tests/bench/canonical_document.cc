#include "tests/bench/canonical_document.h"

#include <fmt/format.h>

#include <iterator>

namespace purser::bench {
namespace {

constexpr std::string_view parties = R"("currency":"EUR",
"buyer":{"name":"Nieuwe Winkel NV","identifiers":[{"id":"5412345000013","scheme":"0088"}],"vat_id":"BE0123456749",
 "endpoint":{"id":"5412345000013","scheme":"0088"},
 "address":{"line1":"Kerkstraat 12","city":"Gent","post_code":"9000","country":"BE"},
 "contact":{"name":"An Peeters","telephone":"+32 9 555 0100","email":"an.peeters@winkel.example"}},
"seller":{"name":"Muster Werke GmbH","identifiers":[{"id":"4012345000009","scheme":"0088"}],"vat_id":"DE123456789",
 "endpoint":{"id":"4012345000009","scheme":"0088"},
 "address":{"line1":"Industriestr. 7","city":"Köln","post_code":"50667","country":"DE"},
 "contact":{"name":"Erika Mustermann","telephone":"+49 221 555 0100","email":"erika@muster.example"}},
"contract_reference":{"number":"FRAME-2025-17"})";

std::string invoice(std::size_t lines) {
  std::string json = R"({"document":"invoice","number":"RE-2026-3301","issue_date":"2026-11-30","kind":"380",
"due_date":"2026-12-30","note":[{"text":"Goods remain our property until paid in full."}],"buyer_reference":"4000-17",
"order_reference":{"number":"PO-2026-0815"},"payment_means":[{"type":"58","remittance_information":"RE-2026-3301",
 "account":{"id":"DE89370400440532013000"}}],"payment_terms":[{"note":"30 days net"}],)";
  json += parties;
  json += R"(,"totals":{"line_net":"234.75","net":"234.75","tax":"44.60","gross":"279.35","payable":"279.35"},
"tax_subtotals":[{"taxable_amount":"234.75","tax_amount":"44.60","category":"S","rate":"19","type":"VAT"}],"lines":[)";
  for (std::size_t line = 1; line <= lines; ++line) {
    fmt::format_to(std::back_inserter(json),
                   R"({}{{"number":"{}","quantity":{{"value":"{}","unit":"H87"}},"net_amount":"{}.50",
"order_reference":{{"line_number":"{}"}},"price":{{"amount":"0.455"}},"tax":{{"category":"S","rate":"19","type":"VAT"}},
"item":{{"name":"Hexagon head screw M8 x {}","seller_id":"HB-{:04}",
"standard_id":{{"id":"4012345{:06}","scheme":"0160"}}}}}})",
                   line == 1 ? "" : ",", line, line % 97 + 1, line % 1009, line, line % 97 + 20, line % 1009,
                   line % 1009);
  }
  return json + "]}";
}

std::string order(std::size_t lines) {
  std::string json = R"({"document":"purchase_order","number":"PO-2026-0815","issue_date":"2026-11-20",
"note":[{"text":"Please deliver to gate 3."}],)";
  json += parties;
  json += R"(,"lines":[)";
  for (std::size_t line = 1; line <= lines; ++line) {
    fmt::format_to(std::back_inserter(json),
                   R"({}{{"number":"{}","quantity":{{"value":"{}","unit":"H87"}},"net_amount":"{}.50",
"price":{{"amount":"0.455"}},"item":{{"name":"Hexagon head screw M8 x {}","seller_id":"HB-{:04}","buyer_id":"W-{:05}",
"standard_id":{{"id":"4012345{:06}","scheme":"0160"}}}}}})",
                   line == 1 ? "" : ",", line, line % 97 + 1, line % 1009, line % 97 + 20, line % 1009,
                   line % 7919, line % 1009);
  }
  return json + "]}";
}

}  // namespace

std::string canonical_json(std::string_view document, std::size_t lines) {
  return document == "invoice" ? invoice(lines) : order(lines);
}

}  // namespace purser::bench
