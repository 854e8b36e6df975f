// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/payment_order.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess payment_fields[] = {
    {offsetof(Payment, id), nullptr},
    {offsetof(Payment, end_to_end_id), nullptr},
    {offsetof(Payment, amount), nullptr},
    {offsetof(Payment, currency), nullptr},
    {offsetof(Payment, creditor), &access_party},
    {offsetof(Payment, creditor_account), &access_financial_account},
    {offsetof(Payment, ultimate_creditor), &access_party},
    {offsetof(Payment, ultimate_debtor), &access_party},
    {offsetof(Payment, charge_bearer), nullptr},
    {offsetof(Payment, purpose), nullptr},
    {offsetof(Payment, remittance_text), nullptr},
    {offsetof(Payment, remittance), &access_settled_document},
    {offsetof(Payment, creditor_reference), nullptr},
    {offsetof(Payment, mandate), &access_reference},
    {offsetof(Payment, sequence_type), nullptr},
    {offsetof(Payment, collection_date), nullptr},
    {offsetof(Payment, creditor_id), nullptr},
    {offsetof(Payment, exchange_rate), &access_exchange_rate},
    {offsetof(Payment, regulatory), &access_note},
    {offsetof(Payment, bank_instructions), nullptr},
    {offsetof(Payment, uetr), nullptr},
    {offsetof(Payment, service_level), nullptr},
    {offsetof(Payment, local_instrument), nullptr},
    {offsetof(Payment, category_purpose), nullptr},
    {offsetof(Payment, intermediaries), &access_financial_account},
    {offsetof(Payment, cheque), nullptr},
    {offsetof(Payment, equivalent_amount), nullptr},
    {offsetof(Payment, priority), nullptr},
    {offsetof(Payment, extensions), &access_extension},
};

constexpr FieldAccess payment_order_fields[] = {
    {offsetof(PaymentOrder, number), nullptr},
    {offsetof(PaymentOrder, issue_date), nullptr},
    {offsetof(PaymentOrder, issue_time), nullptr},
    {offsetof(PaymentOrder, kind), nullptr},
    {offsetof(PaymentOrder, currency), nullptr},
    {offsetof(PaymentOrder, note), &access_note},
    {offsetof(PaymentOrder, function), nullptr},
    {offsetof(PaymentOrder, uuid), nullptr},
    {offsetof(PaymentOrder, copy), nullptr},
    {offsetof(PaymentOrder, envelope), &access_envelope},
    {offsetof(PaymentOrder, initiator), &access_party},
    {offsetof(PaymentOrder, debtor), &access_party},
    {offsetof(PaymentOrder, debtor_account), &access_financial_account},
    {offsetof(PaymentOrder, ultimate_debtor), &access_party},
    {offsetof(PaymentOrder, execution_date), nullptr},
    {offsetof(PaymentOrder, execution_time), nullptr},
    {offsetof(PaymentOrder, method), nullptr},
    {offsetof(PaymentOrder, batch_booking), nullptr},
    {offsetof(PaymentOrder, service_level), nullptr},
    {offsetof(PaymentOrder, local_instrument), nullptr},
    {offsetof(PaymentOrder, category_purpose), nullptr},
    {offsetof(PaymentOrder, priority), nullptr},
    {offsetof(PaymentOrder, charge_bearer), nullptr},
    {offsetof(PaymentOrder, payment_count), nullptr},
    {offsetof(PaymentOrder, total), nullptr},
    {offsetof(PaymentOrder, message_id), nullptr},
    {offsetof(PaymentOrder, references), &access_reference},
    {offsetof(PaymentOrder, extensions), &access_extension},
    {offsetof(PaymentOrder, payments), &access_payment},
};

}  // namespace

const GroupAccess access_payment = group_access<Payment>(spec::group_payment, payment_fields);

const DocumentAccess& access(const PaymentOrder*) {
  static constexpr DocumentAccess tables{DocumentType::payment_order, payment_order_fields};
  return tables;
}

}  // namespace purser::model
