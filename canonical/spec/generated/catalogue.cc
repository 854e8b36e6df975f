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
     "Currency of the prices"},
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
    {"name", 11, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Name of the catalogue"},
    {"action", 12, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "Create, replace, update or remove (UBL ActionCode)"},
    {"description", 13, true, false, false, ScalarType::text, nullptr, "", nullptr,
     "What the catalogue is about"},
    {"revision_date", 14, false, false, false, ScalarType::date, nullptr, "", nullptr,
     "When it was revised"},
    {"revision_time", 15, false, false, false, ScalarType::time, nullptr, "", nullptr,
     "Time of the revision"},
    {"version", 16, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Version"},
    {"previous_version", 17, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Version before"},
    {"line_count", 18, false, false, false, ScalarType::integer, nullptr, "", nullptr,
     "Number of lines the source states"},
    {"validity", 19, false, false, false, ScalarType::text, &group_period, "", nullptr,
     "When it is valid"},
    {"other_validities", 20, true, false, false, ScalarType::text, &group_period, "", nullptr,
     "Further times"},
    {"contract_reference", 21, false, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Contract it belongs to"},
    {"contract_references", 22, true, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Further contracts"},
    {"source_catalogue", 23, false, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Catalogue it was made from"},
    {"references", 24, true, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Further documents"},
    {"provider", 25, false, true, false, ScalarType::text, &group_party, "", nullptr,
     "Who sends it"},
    {"receiver", 26, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Who gets it"},
    {"seller", 27, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Who sells"},
    {"buyer", 28, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Who may buy (UBL ContractorCustomerParty)"},
    {"trading_terms", 29, true, false, false, ScalarType::text, &group_trading_terms, "", nullptr,
     "Terms of trade"},
    {"extensions", 30, true, false, false, ScalarType::text, &group_extension, "", nullptr,
     "What the model has no field for"},
    {"lines", 31, true, false, true, ScalarType::text, &group_catalogue_line, "", nullptr,
     "Lines"},
};
constexpr FieldSet root_required{33554438U, 0U};
constexpr std::uint8_t root_by_number[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31};
constexpr std::uint8_t root_by_name[] = {11, 27, 20, 21, 8, 4, 12, 9, 29, 6, 1, 2, 3, 17, 30, 10, 5, 0, 19, 16, 24, 25, 23, 13, 14, 26, 22, 28, 7, 18, 15};
constexpr GroupDescriptor root{"catalogue", root_fields, root_by_number, root_by_name, root_required};

constexpr KeyDescriptor keys[] = {
    {"number", "catalogue"},
    {"contract_reference.number", "contract"},
    {"receiver.identifiers.id", "buyer"},
    {"provider.identifiers.id", "supplier"},
    {"seller.identifiers.id", "supplier"},
    {"envelope.reference", "interchange"},
};

}  // namespace

constinit const DocumentDescriptor document_catalogue{DocumentType::catalogue, "catalogue", "Catalogue", &root, {}, keys};

}  // namespace purser::spec
