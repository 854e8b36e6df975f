// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/payment_status.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess payment_report_fields[] = {
    {offsetof(PaymentReport, original_id), nullptr},
    {offsetof(PaymentReport, original_end_to_end_id), nullptr},
    {offsetof(PaymentReport, original_group_id), nullptr},
    {offsetof(PaymentReport, status), nullptr},
    {offsetof(PaymentReport, reasons), &access_status_reason},
    {offsetof(PaymentReport, amount), nullptr},
    {offsetof(PaymentReport, currency), nullptr},
    {offsetof(PaymentReport, accepted), nullptr},
    {offsetof(PaymentReport, bank_reference), nullptr},
    {offsetof(PaymentReport, debtor), &access_party},
    {offsetof(PaymentReport, debtor_account), &access_financial_account},
    {offsetof(PaymentReport, creditor), &access_party},
    {offsetof(PaymentReport, creditor_account), &access_financial_account},
    {offsetof(PaymentReport, execution_date), nullptr},
    {offsetof(PaymentReport, uetr), nullptr},
    {offsetof(PaymentReport, charges), &access_allowance_charge},
    {offsetof(PaymentReport, extensions), &access_extension},
};

constexpr FieldAccess payment_status_fields[] = {
    {offsetof(PaymentStatus, number), nullptr},
    {offsetof(PaymentStatus, issue_date), nullptr},
    {offsetof(PaymentStatus, issue_time), nullptr},
    {offsetof(PaymentStatus, kind), nullptr},
    {offsetof(PaymentStatus, note), &access_note},
    {offsetof(PaymentStatus, function), nullptr},
    {offsetof(PaymentStatus, uuid), nullptr},
    {offsetof(PaymentStatus, copy), nullptr},
    {offsetof(PaymentStatus, envelope), &access_envelope},
    {offsetof(PaymentStatus, initiator), &access_party},
    {offsetof(PaymentStatus, bank), &access_party},
    {offsetof(PaymentStatus, original_message_id), nullptr},
    {offsetof(PaymentStatus, original_message_type), nullptr},
    {offsetof(PaymentStatus, original_date_time), nullptr},
    {offsetof(PaymentStatus, original_count), nullptr},
    {offsetof(PaymentStatus, original_total), nullptr},
    {offsetof(PaymentStatus, status), nullptr},
    {offsetof(PaymentStatus, reasons), &access_status_reason},
    {offsetof(PaymentStatus, extensions), &access_extension},
    {offsetof(PaymentStatus, payments), &access_payment_report},
};

}  // namespace

const GroupAccess access_payment_report = group_access<PaymentReport>(spec::group_payment_report, payment_report_fields);

const DocumentAccess& access(const PaymentStatus*) {
  static constexpr DocumentAccess tables{DocumentType::payment_status, payment_status_fields};
  return tables;
}

}  // namespace purser::model
