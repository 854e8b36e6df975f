// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/supplier.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess screening_fields[] = {
    {offsetof(Screening, kind), nullptr},
    {offsetof(Screening, result), nullptr},
    {offsetof(Screening, date), nullptr},
    {offsetof(Screening, source), nullptr},
    {offsetof(Screening, note), nullptr},
};

constexpr FieldAccess supplier_fields[] = {
    {offsetof(Supplier, number), nullptr},
    {offsetof(Supplier, issue_date), nullptr},
    {offsetof(Supplier, issue_time), nullptr},
    {offsetof(Supplier, kind), nullptr},
    {offsetof(Supplier, note), &access_note},
    {offsetof(Supplier, function), nullptr},
    {offsetof(Supplier, uuid), nullptr},
    {offsetof(Supplier, copy), nullptr},
    {offsetof(Supplier, envelope), &access_envelope},
    {offsetof(Supplier, supplier), &access_party},
    {offsetof(Supplier, buyer), &access_party},
    {offsetof(Supplier, status), nullptr},
    {offsetof(Supplier, action), nullptr},
    {offsetof(Supplier, valid_from), nullptr},
    {offsetof(Supplier, valid_to), nullptr},
    {offsetof(Supplier, currency), nullptr},
    {offsetof(Supplier, payment_terms), &access_payment_terms},
    {offsetof(Supplier, payment_means), &access_payment_means},
    {offsetof(Supplier, delivery_terms), &access_delivery_terms},
    {offsetof(Supplier, addresses), &access_address},
    {offsetof(Supplier, classifications), &access_classification},
    {offsetof(Supplier, certificates), &access_reference},
    {offsetof(Supplier, parent), &access_party},
    {offsetof(Supplier, parties), &access_party},
    {offsetof(Supplier, minimum_order), nullptr},
    {offsetof(Supplier, lead_time), &access_measure},
    {offsetof(Supplier, order_channel), nullptr},
    {offsetof(Supplier, invoice_channel), nullptr},
    {offsetof(Supplier, tax_status), nullptr},
    {offsetof(Supplier, group), nullptr},
    {offsetof(Supplier, references), &access_reference},
    {offsetof(Supplier, attachments), &access_reference},
    {offsetof(Supplier, screening), &access_screening},
    {offsetof(Supplier, extensions), &access_extension},
};

}  // namespace

const GroupAccess access_screening = group_access<Screening>(spec::group_screening, screening_fields);

const DocumentAccess& access(const Supplier*) {
  static constexpr DocumentAccess tables{DocumentType::supplier, supplier_fields};
  return tables;
}

}  // namespace purser::model
