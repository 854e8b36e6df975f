#include "connectors/ubl/documents.h"

namespace purser::ubl {
namespace {

#define PURSER_UBL_NAMESPACE(root) "urn:oasis:names:specification:ubl:schema:xsd:" root "-2"

constexpr Document all[] = {
    {"Order", PURSER_UBL_NAMESPACE("Order"), "tables/order.map", DocumentType::purchase_order},
    {"OrderChange", PURSER_UBL_NAMESPACE("OrderChange"), "tables/order_change.map",
     DocumentType::order_change},
    {"OrderResponse", PURSER_UBL_NAMESPACE("OrderResponse"), "tables/order_response.map",
     DocumentType::order_response},
    {"DespatchAdvice", PURSER_UBL_NAMESPACE("DespatchAdvice"), "tables/despatch_advice.map",
     DocumentType::ship_notice},
    {"ReceiptAdvice", PURSER_UBL_NAMESPACE("ReceiptAdvice"), "tables/receipt_advice.map",
     DocumentType::receipt},
    {"Invoice", PURSER_UBL_NAMESPACE("Invoice"), "tables/invoice.map", DocumentType::invoice},
    {"CreditNote", PURSER_UBL_NAMESPACE("CreditNote"), "tables/credit_note.map", DocumentType::invoice},
};

#undef PURSER_UBL_NAMESPACE

}  // namespace

std::span<const Document> documents() { return all; }

const Document* find_document(std::string_view root, std::string_view space) {
  for (const auto& document : all) {
    if (document.root == root && (space.empty() || document.space == space)) return &document;
  }
  return nullptr;
}

}  // namespace purser::ubl
