#include "connectors/ubl/format.h"

#include <array>

#include "connectors/ubl/calls.h"

namespace purser::ubl {

/// The files below tables/ and layout/, embedded by the build.
std::span<const sdk::EmbeddedFile> embedded_files();

namespace {

/// Kinds (UNTDID 1001) that the EN 16931 binding to UBL gives to CreditNote; all others are invoices.
constexpr std::array<std::string_view, 13> credit_note_kinds = {
    "81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"};

#define PURSER_UBL(root) root, "2.4", root, "urn:oasis:names:specification:ubl:schema:xsd:" root "-2"

constexpr table::XmlDocument documents[] = {
    {PURSER_UBL("Order"), DocumentType::purchase_order},
    {PURSER_UBL("OrderChange"), DocumentType::order_change},
    {PURSER_UBL("OrderResponse"), DocumentType::order_response},
    {PURSER_UBL("DespatchAdvice"), DocumentType::ship_notice},
    {PURSER_UBL("ReceiptAdvice"), DocumentType::receipt},
    {PURSER_UBL("Invoice"), DocumentType::invoice},
    {PURSER_UBL("CreditNote"), DocumentType::invoice, "", credit_note_kinds},
};

#undef PURSER_UBL

}  // namespace

const table::XmlFormat& format() {
  static const table::XmlFormat ubl = {.name = "ubl",
                                       .title = "OASIS Universal Business Language 2.0 to 2.4",
                                       .documents = documents,
                                       .files = embedded_files(),
                                       .calls = calls,
                                       .envelope = &table::standard_business_document};
  return ubl;
}

}  // namespace purser::ubl
