// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/catalogue.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess trading_terms_fields[] = {
    {offsetof(TradingTerms, information), nullptr},
    {offsetof(TradingTerms, reference), nullptr},
    {offsetof(TradingTerms, address), &access_address},
};

constexpr FieldAccess catalogue_line_fields[] = {
    {offsetof(CatalogueLine, number), nullptr},
    {offsetof(CatalogueLine, item), &access_item},
    {offsetof(CatalogueLine, action), nullptr},
    {offsetof(CatalogueLine, status), nullptr},
    {offsetof(CatalogueLine, contract_subdivision), nullptr},
    {offsetof(CatalogueLine, note), &access_note},
    {offsetof(CatalogueLine, orderable), nullptr},
    {offsetof(CatalogueLine, orderable_unit), nullptr},
    {offsetof(CatalogueLine, content), &access_quantity},
    {offsetof(CatalogueLine, order_increment), nullptr},
    {offsetof(CatalogueLine, minimum_quantity), &access_quantity},
    {offsetof(CatalogueLine, maximum_quantity), &access_quantity},
    {offsetof(CatalogueLine, warranty), nullptr},
    {offsetof(CatalogueLine, warranty_texts), nullptr},
    {offsetof(CatalogueLine, pack_level), nullptr},
    {offsetof(CatalogueLine, buyer), &access_party},
    {offsetof(CatalogueLine, seller), &access_party},
    {offsetof(CatalogueLine, warranty_party), &access_party},
    {offsetof(CatalogueLine, warranty_valid), &access_period},
    {offsetof(CatalogueLine, validity), &access_period},
    {offsetof(CatalogueLine, comparisons), &access_item_comparison},
    {offsetof(CatalogueLine, components), &access_related_item},
    {offsetof(CatalogueLine, accessories), &access_related_item},
    {offsetof(CatalogueLine, required_items), &access_related_item},
    {offsetof(CatalogueLine, replacements), &access_related_item},
    {offsetof(CatalogueLine, complements), &access_related_item},
    {offsetof(CatalogueLine, replaced_items), &access_related_item},
    {offsetof(CatalogueLine, locations), &access_item_location},
    {offsetof(CatalogueLine, references), &access_reference},
    {offsetof(CatalogueLine, keyword_attributes), &access_attribute},
    {offsetof(CatalogueLine, tender_line), &access_reference},
    {offsetof(CatalogueLine, tender), &access_reference},
    {offsetof(CatalogueLine, uuid), nullptr},
    {offsetof(CatalogueLine, tax), &access_tax},
    {offsetof(CatalogueLine, other_taxes), &access_tax},
    {offsetof(CatalogueLine, extensions), &access_extension},
};

constexpr FieldAccess item_comparison_fields[] = {
    {offsetof(ItemComparison, price), nullptr},
    {offsetof(ItemComparison, quantity), &access_quantity},
};

constexpr FieldAccess related_item_fields[] = {
    {offsetof(RelatedItem, id), nullptr},
    {offsetof(RelatedItem, quantity), &access_quantity},
    {offsetof(RelatedItem, description), nullptr},
    {offsetof(RelatedItem, descriptions), nullptr},
};

constexpr FieldAccess item_location_fields[] = {
    {offsetof(ItemLocation, lead_time), &access_measure},
    {offsetof(ItemLocation, minimum_quantity), &access_quantity},
    {offsetof(ItemLocation, maximum_quantity), &access_quantity},
    {offsetof(ItemLocation, hazardous), nullptr},
    {offsetof(ItemLocation, restrictions), nullptr},
    {offsetof(ItemLocation, territory), &access_address},
    {offsetof(ItemLocation, other_territories), &access_address},
    {offsetof(ItemLocation, price), &access_price},
    {offsetof(ItemLocation, delivery_units), &access_delivery_unit},
    {offsetof(ItemLocation, taxes), &access_tax},
    {offsetof(ItemLocation, package), &access_package},
    {offsetof(ItemLocation, allowances), &access_allowance_charge},
    {offsetof(ItemLocation, charges), &access_allowance_charge},
    {offsetof(ItemLocation, delivery_period), &access_period},
};

constexpr FieldAccess delivery_unit_fields[] = {
    {offsetof(DeliveryUnit, batch), &access_quantity},
    {offsetof(DeliveryUnit, consumer_unit), &access_quantity},
    {offsetof(DeliveryUnit, hazardous), nullptr},
};

constexpr FieldAccess catalogue_fields[] = {
    {offsetof(Catalogue, number), nullptr},
    {offsetof(Catalogue, issue_date), nullptr},
    {offsetof(Catalogue, issue_time), nullptr},
    {offsetof(Catalogue, kind), nullptr},
    {offsetof(Catalogue, currency), nullptr},
    {offsetof(Catalogue, note), &access_note},
    {offsetof(Catalogue, function), nullptr},
    {offsetof(Catalogue, uuid), nullptr},
    {offsetof(Catalogue, copy), nullptr},
    {offsetof(Catalogue, envelope), &access_envelope},
    {offsetof(Catalogue, name), nullptr},
    {offsetof(Catalogue, action), nullptr},
    {offsetof(Catalogue, description), nullptr},
    {offsetof(Catalogue, revision_date), nullptr},
    {offsetof(Catalogue, revision_time), nullptr},
    {offsetof(Catalogue, version), nullptr},
    {offsetof(Catalogue, previous_version), nullptr},
    {offsetof(Catalogue, line_count), nullptr},
    {offsetof(Catalogue, validity), &access_period},
    {offsetof(Catalogue, other_validities), &access_period},
    {offsetof(Catalogue, contract_reference), &access_reference},
    {offsetof(Catalogue, contract_references), &access_reference},
    {offsetof(Catalogue, source_catalogue), &access_reference},
    {offsetof(Catalogue, references), &access_reference},
    {offsetof(Catalogue, provider), &access_party},
    {offsetof(Catalogue, receiver), &access_party},
    {offsetof(Catalogue, seller), &access_party},
    {offsetof(Catalogue, buyer), &access_party},
    {offsetof(Catalogue, trading_terms), &access_trading_terms},
    {offsetof(Catalogue, extensions), &access_extension},
    {offsetof(Catalogue, lines), &access_catalogue_line},
};

}  // namespace

const GroupAccess access_trading_terms = group_access<TradingTerms>(spec::group_trading_terms, trading_terms_fields);
const GroupAccess access_catalogue_line = group_access<CatalogueLine>(spec::group_catalogue_line, catalogue_line_fields);
const GroupAccess access_item_comparison = group_access<ItemComparison>(spec::group_item_comparison, item_comparison_fields);
const GroupAccess access_related_item = group_access<RelatedItem>(spec::group_related_item, related_item_fields);
const GroupAccess access_item_location = group_access<ItemLocation>(spec::group_item_location, item_location_fields);
const GroupAccess access_delivery_unit = group_access<DeliveryUnit>(spec::group_delivery_unit, delivery_unit_fields);

const DocumentAccess& access(const Catalogue*) {
  static constexpr DocumentAccess tables{DocumentType::catalogue, catalogue_fields};
  return tables;
}

}  // namespace purser::model
