// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/invoice_exception.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess invoice_exception_fields[] = {
    {offsetof(InvoiceException, number), nullptr},
    {offsetof(InvoiceException, issue_date), nullptr},
    {offsetof(InvoiceException, issue_time), nullptr},
    {offsetof(InvoiceException, kind), nullptr},
    {offsetof(InvoiceException, currency), nullptr},
    {offsetof(InvoiceException, note), &access_note},
    {offsetof(InvoiceException, function), nullptr},
    {offsetof(InvoiceException, uuid), nullptr},
    {offsetof(InvoiceException, copy), nullptr},
    {offsetof(InvoiceException, envelope), &access_envelope},
    {offsetof(InvoiceException, buyer), &access_party},
    {offsetof(InvoiceException, seller), &access_party},
    {offsetof(InvoiceException, invoice_reference), &access_reference},
    {offsetof(InvoiceException, order_reference), &access_reference},
    {offsetof(InvoiceException, receipt_reference), &access_reference},
    {offsetof(InvoiceException, contract_reference), &access_reference},
    {offsetof(InvoiceException, status), nullptr},
    {offsetof(InvoiceException, assigned_to), &access_contact},
    {offsetof(InvoiceException, due_date), nullptr},
    {offsetof(InvoiceException, invoiced_amount), nullptr},
    {offsetof(InvoiceException, expected_amount), nullptr},
    {offsetof(InvoiceException, difference), nullptr},
    {offsetof(InvoiceException, reasons), &access_status_reason},
    {offsetof(InvoiceException, resolution), nullptr},
    {offsetof(InvoiceException, resolution_note), nullptr},
    {offsetof(InvoiceException, references), &access_reference},
    {offsetof(InvoiceException, attachments), &access_reference},
    {offsetof(InvoiceException, lines), &access_response_line},
    {offsetof(InvoiceException, extensions), &access_extension},
};

}  // namespace


const DocumentAccess& access(const InvoiceException*) {
  static constexpr DocumentAccess tables{DocumentType::invoice_exception, invoice_exception_fields};
  return tables;
}

}  // namespace purser::model
