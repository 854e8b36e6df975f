// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/spec/generated/tables.h"

namespace purser::spec {
}

namespace purser {

std::span<const DocumentDescriptor> documents() {
  static const DocumentDescriptor all[] = {
      spec::document_requisition,
      spec::document_supplier,
      spec::document_purchase_order,
      spec::document_order_change,
      spec::document_order_response,
      spec::document_ship_notice,
      spec::document_receipt,
      spec::document_invoice,
      spec::document_invoice_response,
      spec::document_invoice_exception,
      spec::document_payment_order,
      spec::document_payment_status,
      spec::document_bank_statement,
      spec::document_remittance,
      spec::document_tax_request,
      spec::document_tax_result,
      spec::document_acknowledgement,
      spec::document_catalogue,
      spec::document_statement,
      spec::document_service_profile,
  };
  return all;
}

std::string_view model_version() { return "1.0"; }

}  // namespace purser
