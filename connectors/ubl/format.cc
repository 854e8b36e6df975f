#include "connectors/ubl/format.h"

#include <array>

#include "connectors/table/derived.h"
#include "connectors/ubl/calls.h"
#include "connectors/ubl/rules/invoice_filter.h"

namespace purser::ubl {

/// The files below tables/ and layout/, embedded by the build.
std::span<const sdk::EmbeddedFile> embedded_files();

namespace {

/// Kinds (UNTDID 1001) that the EN 16931 binding to UBL gives to CreditNote; all others are invoices.
constexpr std::array<std::string_view, 13> credit_note_kinds = {
    "81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"};

/// Functions (UNTDID 1225) of an order change that are an OrderCancellation.
constexpr std::array<std::string_view, 1> cancellations = {"1"};

/// An ApplicationResponse is about an invoice if it says so by its customization (Peppol Invoice Response 3)
/// or by the type of the document it answers; the Message Level Response is about the form of any document.
constexpr std::string_view about_an_invoice =
    "cbc:CustomizationID=urn:fdc:peppol.eu:poacc:trns:invoice_response:*|"
    "cac:DocumentResponse/cac:DocumentReference/cbc:DocumentTypeCode="
    "71,80,81,82,83,84,102,218,219,261,262,295,296,308,325,326,331,380,381,382,383,384,385,386,387,388,389,"
    "390,"
    "393,394,395,396,420,456,457,458,527,532,575,623,633,751,780,870,875,876,877,935,Invoice,CreditNote";
constexpr std::string_view about_a_document =
    "cbc:CustomizationID=urn:fdc:peppol.eu:poacc:trns:mlr:*|cac:DocumentResponse/.|.";

#define PURSER_UBL(root) root, "2.4", root, "urn:oasis:names:specification:ubl:schema:xsd:" root "-2"
#define PURSER_UBL_RESPONSE(message) \
  message, "2.4", "ApplicationResponse", "urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2"

constexpr table::XmlDocument documents[] = {
    {PURSER_UBL("Order"), DocumentType::purchase_order},
    {PURSER_UBL("OrderChange"), DocumentType::order_change},
    {PURSER_UBL("OrderCancellation"), DocumentType::order_change, "", cancellations, "function"},
    {PURSER_UBL("OrderResponse"), DocumentType::order_response},
    {PURSER_UBL("OrderResponseSimple"), DocumentType::order_response},
    {PURSER_UBL("DespatchAdvice"), DocumentType::ship_notice},
    {PURSER_UBL("ReceiptAdvice"), DocumentType::receipt},
    {PURSER_UBL("Invoice"), DocumentType::invoice},
    {PURSER_UBL("CreditNote"), DocumentType::invoice, "", credit_note_kinds},
    {PURSER_UBL_RESPONSE("InvoiceResponse"), DocumentType::invoice_response, about_an_invoice},
    {PURSER_UBL_RESPONSE("ApplicationResponse"), DocumentType::acknowledgement, about_a_document},
    {PURSER_UBL("Catalogue"), DocumentType::catalogue},
    {PURSER_UBL("Statement"), DocumentType::statement},
    {PURSER_UBL("RemittanceAdvice"), DocumentType::remittance},
    {PURSER_UBL("RequestForQuotation"), DocumentType::requisition},
};

#undef PURSER_UBL_RESPONSE
#undef PURSER_UBL

/// Its header is read (tables/common.map, standard_header) and written where the route says so (envelope.h).
constexpr table::XmlEnvelope envelope = [] {
  auto kept = table::standard_business_document;
  kept.kept = true;
  return kept;
}();

}  // namespace

const table::XmlFormat& format() {
  static const table::XmlFormat ubl = {
      .name = "ubl",
      .title = "OASIS Universal Business Language 2.0 to 2.4",
      .documents = documents,
      .files = embedded_files(),
      .calls = calls,
      .envelope = &envelope,
      .shape = {nullptr,
                [](EventSink& encoder) {
                  return table::fill_derived(
                      encoder, {.line_amounts = true, .discounts = true, .tax = true, .payable = true});
                }},
      .filter = invoice_filter};
  return ubl;
}

}  // namespace purser::ubl
