// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/spec/generated/tables.h"

namespace purser::spec {
namespace {

constexpr FieldDescriptor root_fields[] = {
    {"number", 1, false, true, false, ScalarType::text, nullptr, "", nullptr,
     "Number of the document"},
    {"issue_date", 2, false, true, false, ScalarType::date, nullptr, "", nullptr,
     "When it was issued"},
    {"issue_time", 3, false, false, false, ScalarType::time, nullptr, "", nullptr,
     "Time of issue"},
    {"kind", 4, false, false, false, ScalarType::code, nullptr, "untdid1001", &list_untdid1001,
     "Kind of document"},
    {"note", 6, true, false, false, ScalarType::text, &group_note, "", nullptr,
     "Free text"},
    {"function", 7, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "Original, copy, cancellation … (UNTDID 1225)"},
    {"uuid", 8, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Universally unique identifier"},
    {"copy", 9, false, false, false, ScalarType::boolean, nullptr, "", nullptr,
     "A copy of the document"},
    {"envelope", 10, false, false, false, ScalarType::text, &group_envelope, "", nullptr,
     "The interchange it came in"},
    {"supplier", 11, false, true, false, ScalarType::text, &group_party, "", nullptr,
     "The supplier"},
    {"buyer", 12, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Who keeps the record"},
    {"status", 13, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "State of the supplier (active, blocked …)"},
    {"action", 14, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "Create, change or remove"},
    {"valid_from", 15, false, false, false, ScalarType::date, nullptr, "", nullptr,
     "From when"},
    {"valid_to", 16, false, false, false, ScalarType::date, nullptr, "", nullptr,
     "Until when"},
    {"currency", 17, false, false, false, ScalarType::code, nullptr, "iso4217", &list_iso4217,
     "Currency to order in"},
    {"payment_terms", 18, true, false, false, ScalarType::text, &group_payment_terms, "", nullptr,
     "When to pay"},
    {"payment_means", 19, true, false, false, ScalarType::text, &group_payment_means, "", nullptr,
     "How to pay"},
    {"delivery_terms", 20, false, false, false, ScalarType::text, &group_delivery_terms, "", nullptr,
     "Delivery terms"},
    {"addresses", 21, true, false, false, ScalarType::text, &group_address, "", nullptr,
     "Further addresses; type tells"},
    {"classifications", 22, true, false, false, ScalarType::text, &group_classification, "", nullptr,
     "Goods and services it offers"},
    {"certificates", 23, true, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Certificates, insurance, self-disclosures"},
    {"parent", 24, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Company it belongs to"},
    {"parties", 25, true, false, false, ScalarType::text, &group_party, "", nullptr,
     "Further parties; role tells"},
    {"minimum_order", 26, false, false, false, ScalarType::decimal, nullptr, "", nullptr,
     "Smallest order"},
    {"lead_time", 27, false, false, false, ScalarType::text, &group_measure, "", nullptr,
     "Usual time to deliver"},
    {"order_channel", 28, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "How orders are to be sent"},
    {"invoice_channel", 29, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "How invoices come"},
    {"tax_status", 30, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "How it is taxed"},
    {"group", 31, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "Group of suppliers"},
    {"references", 32, true, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Further documents"},
    {"attachments", 33, true, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Supporting documents"},
    {"screening", 34, true, false, false, ScalarType::text, &group_screening, "", nullptr,
     "Checks against lists of sanctions and the like"},
    {"extensions", 35, true, false, false, ScalarType::text, &group_extension, "", nullptr,
     "What the model has no field for"},
};
constexpr FieldSet root_required{2054U, 0U};
constexpr std::uint8_t root_by_number[] = {0, 1, 2, 3, 4, 0, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34};
constexpr std::uint8_t root_by_name[] = {12, 19, 31, 10, 21, 20, 7, 15, 18, 8, 33, 5, 29, 27, 1, 2, 3, 25, 24, 4, 0, 26, 22, 23, 17, 16, 30, 32, 11, 9, 28, 6, 13, 14};
constexpr GroupDescriptor root{"supplier", root_fields, root_by_number, root_by_name, root_required};

constexpr KeyDescriptor keys[] = {
    {"number", "supplier_record"},
    {"supplier.identifiers.id", "supplier"},
    {"supplier.account", "supplier"},
    {"supplier.legal_id.id", "legal_entity"},
    {"supplier.vat_id", "vat"},
    {"supplier.accounts.id", "account"},
    {"envelope.reference", "interchange"},
};

}  // namespace

constinit const DocumentDescriptor document_supplier{DocumentType::supplier, "supplier", "Supplier", &root, {}, keys};

}  // namespace purser::spec
