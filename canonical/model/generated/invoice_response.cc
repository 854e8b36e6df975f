// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/invoice_response.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess invoice_response_fields[] = {
    {offsetof(InvoiceResponse, number), nullptr},
    {offsetof(InvoiceResponse, issue_date), nullptr},
    {offsetof(InvoiceResponse, issue_time), nullptr},
    {offsetof(InvoiceResponse, kind), nullptr},
    {offsetof(InvoiceResponse, note), &access_note},
    {offsetof(InvoiceResponse, function), nullptr},
    {offsetof(InvoiceResponse, uuid), nullptr},
    {offsetof(InvoiceResponse, copy), nullptr},
    {offsetof(InvoiceResponse, envelope), &access_envelope},
    {offsetof(InvoiceResponse, sender), &access_party},
    {offsetof(InvoiceResponse, receiver), &access_party},
    {offsetof(InvoiceResponse, buyer), &access_party},
    {offsetof(InvoiceResponse, seller), &access_party},
    {offsetof(InvoiceResponse, status), nullptr},
    {offsetof(InvoiceResponse, effective_date), nullptr},
    {offsetof(InvoiceResponse, effective_time), nullptr},
    {offsetof(InvoiceResponse, invoice_reference), &access_reference},
    {offsetof(InvoiceResponse, reasons), &access_status_reason},
    {offsetof(InvoiceResponse, references), &access_reference},
    {offsetof(InvoiceResponse, attachments), &access_reference},
    {offsetof(InvoiceResponse, lines), &access_response_line},
    {offsetof(InvoiceResponse, extensions), &access_extension},
    {offsetof(InvoiceResponse, response_date), nullptr},
    {offsetof(InvoiceResponse, response_time), nullptr},
    {offsetof(InvoiceResponse, version), nullptr},
    {offsetof(InvoiceResponse, response_reference), nullptr},
    {offsetof(InvoiceResponse, descriptions), nullptr},
    {offsetof(InvoiceResponse, paid_amount), nullptr},
    {offsetof(InvoiceResponse, currency), nullptr},
};

}  // namespace


const DocumentAccess& access(const InvoiceResponse*) {
  static constexpr DocumentAccess tables{DocumentType::invoice_response, invoice_response_fields};
  return tables;
}

}  // namespace purser::model
