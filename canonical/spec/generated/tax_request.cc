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
    {"currency", 5, false, false, false, ScalarType::code, nullptr, "iso4217", &list_iso4217,
     "Currency of the amounts"},
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
    {"seller", 11, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Seller"},
    {"buyer", 12, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Buyer"},
    {"purpose", 13, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "Quote, commit, report, clear, void …"},
    {"transaction", 14, false, false, false, ScalarType::text, &group_reference, "", nullptr,
     "The document that is taxed"},
    {"order_reference", 15, false, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Order"},
    {"tax_date", 16, false, false, false, ScalarType::date, nullptr, "", nullptr,
     "Day whose tax law counts"},
    {"tax_country", 17, false, false, false, ScalarType::code, nullptr, "iso3166-1", &list_iso3166_1,
     "Country whose tax it is"},
    {"from", 18, false, false, false, ScalarType::text, &group_address, "", nullptr,
     "Where goods come from"},
    {"to", 19, false, false, false, ScalarType::text, &group_address, "", nullptr,
     "Where goods go to"},
    {"place_of_order", 20, false, false, false, ScalarType::text, &group_address, "", nullptr,
     "Where the order was accepted"},
    {"exemption", 21, false, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Exemption certificate"},
    {"usage", 22, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "Kind of buyer or use"},
    {"totals", 23, false, false, false, ScalarType::text, &group_totals, "", nullptr,
     "Sums"},
    {"allowances", 24, true, false, false, ScalarType::text, &group_allowance_charge, "", nullptr,
     "Allowances"},
    {"charges", 25, true, false, false, ScalarType::text, &group_allowance_charge, "", nullptr,
     "Charges"},
    {"reporting_period", 26, false, false, false, ScalarType::text, &group_period, "", nullptr,
     "Reporting period"},
    {"exchange_rates", 27, true, false, false, ScalarType::text, &group_exchange_rate, "", nullptr,
     "Rates"},
    {"references", 28, true, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Further documents"},
    {"parties", 29, true, false, false, ScalarType::text, &group_party, "", nullptr,
     "Further parties; role tells"},
    {"tax_currency", 30, false, false, false, ScalarType::code, nullptr, "iso4217", &list_iso4217,
     "Currency the tax is accounted in"},
    {"prices_include_tax", 31, false, false, false, ScalarType::boolean, nullptr, "", nullptr,
     "Prices include tax"},
    {"extensions", 32, true, false, false, ScalarType::text, &group_extension, "", nullptr,
     "What the model has no field for"},
    {"lines", 33, true, false, true, ScalarType::text, &group_tax_line, "", nullptr,
     "Lines"},
    {"location", 34, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Place of business of the seller"},
};
constexpr FieldSet root_required{6U, 0U};
constexpr std::uint8_t root_by_number[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34};
constexpr std::uint8_t root_by_name[] = {23, 11, 24, 8, 4, 9, 26, 20, 31, 17, 6, 1, 2, 3, 32, 33, 5, 0, 14, 28, 19, 30, 12, 27, 25, 10, 16, 29, 15, 18, 22, 13, 21, 7};
constexpr GroupDescriptor root{"tax_request", root_fields, root_by_number, root_by_name, root_required};

constexpr KeyDescriptor keys[] = {
    {"number", "tax_request"},
    {"transaction.number", "invoice"},
    {"order_reference.number", "order"},
    {"buyer.identifiers.id", "buyer"},
    {"seller.identifiers.id", "supplier"},
    {"seller.vat_id", "vat"},
    {"envelope.reference", "interchange"},
};

}  // namespace

constinit const DocumentDescriptor document_tax_request{DocumentType::tax_request, "tax_request", "Tax request", &root, {}, keys};

}  // namespace purser::spec
