#include "connectors/cxml/format.h"

#include "connectors/cxml/calls.h"
#include "connectors/cxml/filters.h"
#include "connectors/table/derived.h"

namespace purser::cxml {

/// The files below tables/ and layout/, embedded by the build.
std::span<const sdk::EmbeddedFile> embedded_files();

namespace {

// Which DTD declares a message; cxml.org publishes one for each part of the business. It is named, never
// fetched.
#define PURSER_CXML_DTD(file) "<!DOCTYPE cXML SYSTEM \"http://xml.cxml.org/schemas/cXML/1.2.063/" file "\">"
constexpr std::string_view cxml_dtd = PURSER_CXML_DTD("cXML.dtd");
constexpr std::string_view fulfill_dtd = PURSER_CXML_DTD("Fulfill.dtd");
constexpr std::string_view invoice_dtd = PURSER_CXML_DTD("InvoiceDetail.dtd");
constexpr std::string_view payment_dtd = PURSER_CXML_DTD("PaymentRemittance.dtd");
#undef PURSER_CXML_DTD

/// The type of an OrderRequest tells a new order from a change; without one it is new. Total is the first
/// child of the header, so that its attributes are known there.
constexpr std::string_view changes = "Request/OrderRequest/OrderRequestHeader/@type=update,delete";
constexpr std::string_view new_orders =
    "Request/OrderRequest/OrderRequestHeader/@type=new|Request/OrderRequest/OrderRequestHeader/Total|"
    "Request/OrderRequest/ItemOut|Request/OrderRequest/.";

constexpr table::XmlDocument message(std::string_view name, DocumentType type, std::string_view inside,
                                     std::string_view doctype) {
  table::XmlDocument document{name, "1.2", "cXML", "", type};
  document.inside = inside;
  document.doctype = doctype;
  return document;
}

using enum DocumentType;
// clang-format off
constexpr table::XmlDocument documents[] = {
    message("cXML.OrderChange", order_change, changes, cxml_dtd),
    message("cXML.OrderRequest", purchase_order, new_orders, cxml_dtd),
    message("cXML.ConfirmationRequest", order_response, "Request/ConfirmationRequest", fulfill_dtd),
    message("cXML.ShipNoticeRequest", ship_notice, "Request/ShipNoticeRequest", fulfill_dtd),
    message("cXML.ReceiptRequest", receipt, "Request/ReceiptRequest", fulfill_dtd),
    message("cXML.InvoiceDetailRequest", invoice, "Request/InvoiceDetailRequest", invoice_dtd),
    message("cXML.InvoiceStatusUpdate", invoice_response, "Request/StatusUpdateRequest/InvoiceStatus", cxml_dtd),
    message("cXML.ProfileResponse", service_profile, "Response/ProfileResponse", cxml_dtd),
    message("cXML.ProfileRequest", service_profile, "Request/ProfileRequest", cxml_dtd),
    message("cXML.Response", acknowledgement, "Response/.", cxml_dtd),
    message("cXML.StatusUpdateRequest", acknowledgement, "Request/StatusUpdateRequest/.", cxml_dtd),
    message("cXML.PaymentRemittanceRequest", remittance, "Request/PaymentRemittanceRequest", payment_dtd),
    message("cXML.PunchOutOrderMessage", requisition, "Message/PunchOutOrderMessage", cxml_dtd),
    message("cXML.PunchOutSetupRequest", requisition, "Request/PunchOutSetupRequest", cxml_dtd),
};
// clang-format on

}  // namespace

const table::XmlFormat& format() {
  static const table::XmlFormat cxml = {
      .name = "cxml",
      .title = "cXML 1.2",
      .documents = documents,
      .files = embedded_files(),
      .calls = calls,
      .shape = {nullptr,
                [](EventSink& encoder) {
                  return table::fill_derived(encoder, {.tax = true, .gross = true, .sum_in_front = true});
                }},
      .plain = true,
      .doctype = true,
      .reading = reading_filter,
      .writing = [](DocumentSink& notes) { return writing_filter(notes); }};
  return cxml;
}

}  // namespace purser::cxml
