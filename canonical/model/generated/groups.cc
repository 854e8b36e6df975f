// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/groups.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess identifier_fields[] = {
    {offsetof(Identifier, id), nullptr},
    {offsetof(Identifier, scheme), nullptr},
    {offsetof(Identifier, scheme_version), nullptr},
    {offsetof(Identifier, scheme_agency), nullptr},
    {offsetof(Identifier, name), nullptr},
};

constexpr FieldAccess extension_fields[] = {
    {offsetof(Extension, name), nullptr},
    {offsetof(Extension, value), nullptr},
    {offsetof(Extension, origin), nullptr},
};

constexpr FieldAccess note_fields[] = {
    {offsetof(Note, text), nullptr},
    {offsetof(Note, subject), nullptr},
    {offsetof(Note, language), nullptr},
    {offsetof(Note, code), nullptr},
    {offsetof(Note, function), nullptr},
    {offsetof(Note, attachments), &access_attachment},
};

constexpr FieldAccess quantity_fields[] = {
    {offsetof(Quantity, value), nullptr},
    {offsetof(Quantity, unit), nullptr},
};

constexpr FieldAccess measure_fields[] = {
    {offsetof(Measure, value), nullptr},
    {offsetof(Measure, unit), nullptr},
    {offsetof(Measure, attribute), nullptr},
    {offsetof(Measure, minimum), nullptr},
    {offsetof(Measure, maximum), nullptr},
    {offsetof(Measure, description), nullptr},
    {offsetof(Measure, purpose), nullptr},
    {offsetof(Measure, significance), nullptr},
};

constexpr FieldAccess period_fields[] = {
    {offsetof(Period, start_date), nullptr},
    {offsetof(Period, end_date), nullptr},
    {offsetof(Period, start_time), nullptr},
    {offsetof(Period, end_time), nullptr},
    {offsetof(Period, description), nullptr},
    {offsetof(Period, code), nullptr},
    {offsetof(Period, duration), &access_measure},
};

constexpr FieldAccess address_fields[] = {
    {offsetof(Address, line1), nullptr},
    {offsetof(Address, line2), nullptr},
    {offsetof(Address, line3), nullptr},
    {offsetof(Address, city), nullptr},
    {offsetof(Address, post_code), nullptr},
    {offsetof(Address, subdivision), nullptr},
    {offsetof(Address, country), nullptr},
    {offsetof(Address, post_box), nullptr},
    {offsetof(Address, building_number), nullptr},
    {offsetof(Address, building_name), nullptr},
    {offsetof(Address, floor), nullptr},
    {offsetof(Address, room), nullptr},
    {offsetof(Address, department), nullptr},
    {offsetof(Address, district), nullptr},
    {offsetof(Address, subdivision_code), nullptr},
    {offsetof(Address, country_name), nullptr},
    {offsetof(Address, identifier), &access_identifier},
    {offsetof(Address, other_lines), nullptr},
    {offsetof(Address, block), nullptr},
    {offsetof(Address, city_subdivision), nullptr},
    {offsetof(Address, care_of), nullptr},
    {offsetof(Address, format), nullptr},
    {offsetof(Address, latitude), nullptr},
    {offsetof(Address, longitude), nullptr},
    {offsetof(Address, time_zone), nullptr},
    {offsetof(Address, name), nullptr},
    {offsetof(Address, type), nullptr},
    {offsetof(Address, region), nullptr},
    {offsetof(Address, plot), nullptr},
    {offsetof(Address, attention), nullptr},
    {offsetof(Address, in_house_mail), nullptr},
    {offsetof(Address, description), nullptr},
    {offsetof(Address, deliver_to), nullptr},
};

constexpr FieldAccess communication_fields[] = {
    {offsetof(Communication, channel), nullptr},
    {offsetof(Communication, value), nullptr},
    {offsetof(Communication, name), nullptr},
    {offsetof(Communication, country), nullptr},
};

constexpr FieldAccess contact_fields[] = {
    {offsetof(Contact, name), nullptr},
    {offsetof(Contact, telephone), nullptr},
    {offsetof(Contact, email), nullptr},
    {offsetof(Contact, telefax), nullptr},
    {offsetof(Contact, id), nullptr},
    {offsetof(Contact, function), nullptr},
    {offsetof(Contact, department), nullptr},
    {offsetof(Contact, note), nullptr},
    {offsetof(Contact, other_communications), &access_communication},
    {offsetof(Contact, job_title), nullptr},
    {offsetof(Contact, telephone_country), nullptr},
    {offsetof(Contact, telefax_country), nullptr},
    {offsetof(Contact, website), nullptr},
    {offsetof(Contact, language), nullptr},
};

constexpr FieldAccess tax_registration_fields[] = {
    {offsetof(TaxRegistration, id), nullptr},
    {offsetof(TaxRegistration, type), nullptr},
    {offsetof(TaxRegistration, name), nullptr},
    {offsetof(TaxRegistration, country), nullptr},
    {offsetof(TaxRegistration, exemption_reason), nullptr},
    {offsetof(TaxRegistration, type_name), nullptr},
    {offsetof(TaxRegistration, tax_type), nullptr},
    {offsetof(TaxRegistration, scheme), nullptr},
    {offsetof(TaxRegistration, type_scheme), nullptr},
    {offsetof(TaxRegistration, type_scheme_agency), nullptr},
    {offsetof(TaxRegistration, city), nullptr},
    {offsetof(TaxRegistration, currency), nullptr},
};

constexpr FieldAccess party_fields[] = {
    {offsetof(Party, name), nullptr},
    {offsetof(Party, trading_name), nullptr},
    {offsetof(Party, identifiers), &access_identifier},
    {offsetof(Party, endpoint), &access_identifier},
    {offsetof(Party, legal_id), &access_identifier},
    {offsetof(Party, vat_id), nullptr},
    {offsetof(Party, tax_id), nullptr},
    {offsetof(Party, legal_form), nullptr},
    {offsetof(Party, address), &access_address},
    {offsetof(Party, contact), &access_contact},
    {offsetof(Party, other_contacts), &access_contact},
    {offsetof(Party, other_tax_ids), &access_tax_registration},
    {offsetof(Party, references), &access_reference},
    {offsetof(Party, role), nullptr},
    {offsetof(Party, website), nullptr},
    {offsetof(Party, language), nullptr},
    {offsetof(Party, industry), nullptr},
    {offsetof(Party, logo), nullptr},
    {offsetof(Party, legal_address), &access_address},
    {offsetof(Party, physical_location), &access_address},
    {offsetof(Party, mark_for_care), nullptr},
    {offsetof(Party, mark_attention), nullptr},
    {offsetof(Party, account), nullptr},
    {offsetof(Party, additional_account), nullptr},
    {offsetof(Party, accounts), &access_financial_account},
    {offsetof(Party, agent_name), nullptr},
    {offsetof(Party, person_first_name), nullptr},
    {offsetof(Party, person_family_name), nullptr},
    {offsetof(Party, person_title), nullptr},
    {offsetof(Party, person_job_title), nullptr},
    {offsetof(Party, legal_form_code), nullptr},
    {offsetof(Party, tax_name), nullptr},
    {offsetof(Party, name_code), nullptr},
    {offsetof(Party, extensions), &access_extension},
    {offsetof(Party, person_middle_name), nullptr},
    {offsetof(Party, name_language), nullptr},
};

constexpr FieldAccess attachment_fields[] = {
    {offsetof(Attachment, content), nullptr},
    {offsetof(Attachment, mime_type), nullptr},
    {offsetof(Attachment, file_name), nullptr},
    {offsetof(Attachment, uri), nullptr},
    {offsetof(Attachment, hash), nullptr},
    {offsetof(Attachment, hash_algorithm), nullptr},
    {offsetof(Attachment, expires), nullptr},
    {offsetof(Attachment, description), nullptr},
    {offsetof(Attachment, format), nullptr},
    {offsetof(Attachment, encoding), nullptr},
    {offsetof(Attachment, character_set), nullptr},
};

constexpr FieldAccess reference_fields[] = {
    {offsetof(Reference, number), nullptr},
    {offsetof(Reference, type), nullptr},
    {offsetof(Reference, type_name), nullptr},
    {offsetof(Reference, scheme), nullptr},
    {offsetof(Reference, issue_date), nullptr},
    {offsetof(Reference, issue_time), nullptr},
    {offsetof(Reference, version), nullptr},
    {offsetof(Reference, line_number), nullptr},
    {offsetof(Reference, description), nullptr},
    {offsetof(Reference, uuid), nullptr},
    {offsetof(Reference, attachment), &access_attachment},
    {offsetof(Reference, status), nullptr},
    {offsetof(Reference, language), nullptr},
    {offsetof(Reference, validity), &access_period},
    {offsetof(Reference, issuer), &access_party},
    {offsetof(Reference, scheme_agency), nullptr},
    {offsetof(Reference, copy), nullptr},
    {offsetof(Reference, locale), nullptr},
    {offsetof(Reference, xpath), nullptr},
    {offsetof(Reference, amount), nullptr},
    {offsetof(Reference, descriptions), nullptr},
    {offsetof(Reference, scheme_name), nullptr},
    {offsetof(Reference, line_uuid), nullptr},
};

constexpr FieldAccess tax_fields[] = {
    {offsetof(Tax, category), nullptr},
    {offsetof(Tax, rate), nullptr},
    {offsetof(Tax, type), nullptr},
    {offsetof(Tax, exemption_reason), nullptr},
    {offsetof(Tax, exemption_code), nullptr},
    {offsetof(Tax, amount), nullptr},
    {offsetof(Tax, taxable_amount), nullptr},
    {offsetof(Tax, per_unit_amount), nullptr},
    {offsetof(Tax, base_unit), &access_quantity},
    {offsetof(Tax, name), nullptr},
    {offsetof(Tax, currency), nullptr},
    {offsetof(Tax, jurisdiction), nullptr},
    {offsetof(Tax, tier_range), nullptr},
    {offsetof(Tax, tier_rate), nullptr},
    {offsetof(Tax, included), nullptr},
    {offsetof(Tax, type_name), nullptr},
    {offsetof(Tax, reverse_charge), nullptr},
    {offsetof(Tax, exemption_reasons), nullptr},
    {offsetof(Tax, tax_type), nullptr},
};

constexpr FieldAccess allowance_charge_fields[] = {
    {offsetof(AllowanceCharge, amount), nullptr},
    {offsetof(AllowanceCharge, base_amount), nullptr},
    {offsetof(AllowanceCharge, percentage), nullptr},
    {offsetof(AllowanceCharge, reason), nullptr},
    {offsetof(AllowanceCharge, reason_code), nullptr},
    {offsetof(AllowanceCharge, tax), &access_tax},
    {offsetof(AllowanceCharge, other_taxes), &access_tax},
    {offsetof(AllowanceCharge, id), nullptr},
    {offsetof(AllowanceCharge, sequence), nullptr},
    {offsetof(AllowanceCharge, quantity), &access_quantity},
    {offsetof(AllowanceCharge, per_unit_amount), nullptr},
    {offsetof(AllowanceCharge, prepaid), nullptr},
    {offsetof(AllowanceCharge, accounting_reference), nullptr},
    {offsetof(AllowanceCharge, settlement), nullptr},
    {offsetof(AllowanceCharge, currency), nullptr},
    {offsetof(AllowanceCharge, special_service), nullptr},
    {offsetof(AllowanceCharge, factor), nullptr},
    {offsetof(AllowanceCharge, payment_means), &access_payment_means},
    {offsetof(AllowanceCharge, agreement), nullptr},
    {offsetof(AllowanceCharge, reasons), nullptr},
    {offsetof(AllowanceCharge, accounting_code), nullptr},
    {offsetof(AllowanceCharge, extensions), &access_extension},
};

constexpr FieldAccess tax_subtotal_fields[] = {
    {offsetof(TaxSubtotal, taxable_amount), nullptr},
    {offsetof(TaxSubtotal, tax_amount), nullptr},
    {offsetof(TaxSubtotal, category), nullptr},
    {offsetof(TaxSubtotal, rate), nullptr},
    {offsetof(TaxSubtotal, exemption_reason), nullptr},
    {offsetof(TaxSubtotal, exemption_code), nullptr},
    {offsetof(TaxSubtotal, type), nullptr},
    {offsetof(TaxSubtotal, currency), nullptr},
    {offsetof(TaxSubtotal, name), nullptr},
    {offsetof(TaxSubtotal, tax_currency_amount), nullptr},
    {offsetof(TaxSubtotal, sequence), nullptr},
    {offsetof(TaxSubtotal, per_unit_amount), nullptr},
    {offsetof(TaxSubtotal, base_unit), &access_quantity},
    {offsetof(TaxSubtotal, jurisdiction), nullptr},
    {offsetof(TaxSubtotal, tier_range), nullptr},
    {offsetof(TaxSubtotal, tier_rate), nullptr},
    {offsetof(TaxSubtotal, type_name), nullptr},
    {offsetof(TaxSubtotal, rounding), nullptr},
    {offsetof(TaxSubtotal, exemption_reasons), nullptr},
    {offsetof(TaxSubtotal, extensions), &access_extension},
    {offsetof(TaxSubtotal, purpose), nullptr},
    {offsetof(TaxSubtotal, tax_point_date), nullptr},
    {offsetof(TaxSubtotal, tax_type), nullptr},
};

constexpr FieldAccess price_fields[] = {
    {offsetof(Price, amount), nullptr},
    {offsetof(Price, base_quantity), &access_quantity},
    {offsetof(Price, discount), nullptr},
    {offsetof(Price, gross_amount), nullptr},
    {offsetof(Price, type), nullptr},
    {offsetof(Price, currency), nullptr},
    {offsetof(Price, list), nullptr},
    {offsetof(Price, validity), &access_period},
    {offsetof(Price, conversion_factor), nullptr},
    {offsetof(Price, qualifier), nullptr},
    {offsetof(Price, reason), nullptr},
    {offsetof(Price, allowances), &access_allowance_charge},
    {offsetof(Price, charges), &access_allowance_charge},
    {offsetof(Price, includes_tax), nullptr},
    {offsetof(Price, discount_percentage), nullptr},
    {offsetof(Price, discount_reason), nullptr},
    {offsetof(Price, basis), nullptr},
    {offsetof(Price, base_description), nullptr},
};

constexpr FieldAccess classification_fields[] = {
    {offsetof(Classification, code), nullptr},
    {offsetof(Classification, scheme), nullptr},
    {offsetof(Classification, scheme_version), nullptr},
    {offsetof(Classification, name), nullptr},
    {offsetof(Classification, scheme_agency), nullptr},
    {offsetof(Classification, scheme_name), nullptr},
    {offsetof(Classification, commodity_code), nullptr},
    {offsetof(Classification, cargo_type), nullptr},
    {offsetof(Classification, nature_code), nullptr},
};

constexpr FieldAccess attribute_fields[] = {
    {offsetof(Attribute, name), nullptr},
    {offsetof(Attribute, value), nullptr},
    {offsetof(Attribute, code), nullptr},
    {offsetof(Attribute, quantity), &access_quantity},
    {offsetof(Attribute, group), nullptr},
    {offsetof(Attribute, qualifier), nullptr},
    {offsetof(Attribute, id), &access_identifier},
    {offsetof(Attribute, list_value), nullptr},
    {offsetof(Attribute, importance), nullptr},
    {offsetof(Attribute, values), nullptr},
};

constexpr FieldAccess item_instance_fields[] = {
    {offsetof(ItemInstance, serial_number), nullptr},
    {offsetof(ItemInstance, lot_number), nullptr},
    {offsetof(ItemInstance, manufacture_date), nullptr},
    {offsetof(ItemInstance, best_before), nullptr},
    {offsetof(ItemInstance, expiry_date), nullptr},
    {offsetof(ItemInstance, quantity), &access_quantity},
    {offsetof(ItemInstance, registration_id), nullptr},
    {offsetof(ItemInstance, product_trace_id), nullptr},
    {offsetof(ItemInstance, attributes), &access_attribute},
    {offsetof(ItemInstance, manufacture_time), nullptr},
    {offsetof(ItemInstance, range_end), nullptr},
};

constexpr FieldAccess hazard_fields[] = {
    {offsetof(Hazard, un_number), nullptr},
    {offsetof(Hazard, class_), nullptr},
    {offsetof(Hazard, packing_group), nullptr},
    {offsetof(Hazard, name), nullptr},
    {offsetof(Hazard, regulation), nullptr},
    {offsetof(Hazard, flash_point), &access_measure},
    {offsetof(Hazard, emergency_contact), &access_contact},
    {offsetof(Hazard, emergency_procedure), nullptr},
    {offsetof(Hazard, placard), nullptr},
    {offsetof(Hazard, additional), nullptr},
    {offsetof(Hazard, id), nullptr},
    {offsetof(Hazard, net_weight), &access_quantity},
    {offsetof(Hazard, quantity), &access_quantity},
    {offsetof(Hazard, category), nullptr},
    {offsetof(Hazard, temperature), &access_measure},
};

constexpr FieldAccess item_fields[] = {
    {offsetof(Item, name), nullptr},
    {offsetof(Item, description), nullptr},
    {offsetof(Item, seller_id), nullptr},
    {offsetof(Item, buyer_id), nullptr},
    {offsetof(Item, standard_id), &access_identifier},
    {offsetof(Item, classifications), &access_classification},
    {offsetof(Item, origin_country), nullptr},
    {offsetof(Item, attributes), &access_attribute},
    {offsetof(Item, manufacturer_id), nullptr},
    {offsetof(Item, manufacturer), &access_party},
    {offsetof(Item, other_ids), &access_identifier},
    {offsetof(Item, brand), nullptr},
    {offsetof(Item, model), nullptr},
    {offsetof(Item, pack_quantity), &access_quantity},
    {offsetof(Item, pack_size), nullptr},
    {offsetof(Item, hazardous), nullptr},
    {offsetof(Item, hazards), &access_hazard},
    {offsetof(Item, instances), &access_item_instance},
    {offsetof(Item, dimensions), &access_measure},
    {offsetof(Item, certificates), &access_reference},
    {offsetof(Item, specifications), &access_reference},
    {offsetof(Item, catalogue), &access_reference},
    {offsetof(Item, catalogue_line), nullptr},
    {offsetof(Item, keywords), nullptr},
    {offsetof(Item, supplementary_id), nullptr},
    {offsetof(Item, origin_address), &access_address},
    {offsetof(Item, catalogue_indicator), nullptr},
    {offsetof(Item, descriptions), nullptr},
    {offsetof(Item, information_provider), &access_party},
    {offsetof(Item, customs_code), nullptr},
    {offsetof(Item, characteristic), nullptr},
    {offsetof(Item, additional_information), nullptr},
    {offsetof(Item, transaction_conditions), &access_note},
    {offsetof(Item, catalogue_id), &access_identifier},
    {offsetof(Item, extensions), &access_extension},
    {offsetof(Item, language), nullptr},
    {offsetof(Item, lead_time), &access_measure},
    {offsetof(Item, url), nullptr},
};

constexpr FieldAccess financial_account_fields[] = {
    {offsetof(FinancialAccount, id), nullptr},
    {offsetof(FinancialAccount, name), nullptr},
    {offsetof(FinancialAccount, bank_id), nullptr},
    {offsetof(FinancialAccount, bank_name), nullptr},
    {offsetof(FinancialAccount, branch_id), nullptr},
    {offsetof(FinancialAccount, branch_name), nullptr},
    {offsetof(FinancialAccount, currency), nullptr},
    {offsetof(FinancialAccount, country), nullptr},
    {offsetof(FinancialAccount, bank_address), &access_address},
    {offsetof(FinancialAccount, scheme), nullptr},
    {offsetof(FinancialAccount, type), nullptr},
    {offsetof(FinancialAccount, note), nullptr},
    {offsetof(FinancialAccount, bank_scheme), nullptr},
    {offsetof(FinancialAccount, role), nullptr},
    {offsetof(FinancialAccount, alias), nullptr},
    {offsetof(FinancialAccount, holder), nullptr},
    {offsetof(FinancialAccount, branch_address), &access_address},
    {offsetof(FinancialAccount, institution_id), nullptr},
};

constexpr FieldAccess payment_means_fields[] = {
    {offsetof(PaymentMeans, type), nullptr},
    {offsetof(PaymentMeans, type_name), nullptr},
    {offsetof(PaymentMeans, remittance_information), nullptr},
    {offsetof(PaymentMeans, account), &access_financial_account},
    {offsetof(PaymentMeans, card_number), nullptr},
    {offsetof(PaymentMeans, card_holder), nullptr},
    {offsetof(PaymentMeans, mandate_id), nullptr},
    {offsetof(PaymentMeans, payer_account), &access_financial_account},
    {offsetof(PaymentMeans, id), nullptr},
    {offsetof(PaymentMeans, due_date), nullptr},
    {offsetof(PaymentMeans, channel), nullptr},
    {offsetof(PaymentMeans, instruction_id), nullptr},
    {offsetof(PaymentMeans, instruction_notes), nullptr},
    {offsetof(PaymentMeans, card_network), nullptr},
    {offsetof(PaymentMeans, creditor_id), nullptr},
    {offsetof(PaymentMeans, card_type), nullptr},
    {offsetof(PaymentMeans, card_expiry), nullptr},
    {offsetof(PaymentMeans, mandate), &access_reference},
    {offsetof(PaymentMeans, other_remittance_information), nullptr},
    {offsetof(PaymentMeans, guarantee), nullptr},
    {offsetof(PaymentMeans, condition), nullptr},
    {offsetof(PaymentMeans, card_valid_from), nullptr},
    {offsetof(PaymentMeans, card_issuer), nullptr},
    {offsetof(PaymentMeans, card_issue_number), nullptr},
    {offsetof(PaymentMeans, card_chip), nullptr},
    {offsetof(PaymentMeans, card_chip_id), nullptr},
    {offsetof(PaymentMeans, card_verification), nullptr},
};

constexpr FieldAccess payment_terms_fields[] = {
    {offsetof(PaymentTerms, note), nullptr},
    {offsetof(PaymentTerms, type), nullptr},
    {offsetof(PaymentTerms, due_date), nullptr},
    {offsetof(PaymentTerms, net_days), nullptr},
    {offsetof(PaymentTerms, discount_percent), nullptr},
    {offsetof(PaymentTerms, discount_days), nullptr},
    {offsetof(PaymentTerms, discount_date), nullptr},
    {offsetof(PaymentTerms, discount_amount), nullptr},
    {offsetof(PaymentTerms, discount_base), nullptr},
    {offsetof(PaymentTerms, penalty_percent), nullptr},
    {offsetof(PaymentTerms, penalty_amount), nullptr},
    {offsetof(PaymentTerms, penalty_period), &access_period},
    {offsetof(PaymentTerms, amount), nullptr},
    {offsetof(PaymentTerms, percentage), nullptr},
    {offsetof(PaymentTerms, reference_event), nullptr},
    {offsetof(PaymentTerms, period_type), nullptr},
    {offsetof(PaymentTerms, period_count), nullptr},
    {offsetof(PaymentTerms, settlement_period), &access_period},
    {offsetof(PaymentTerms, id), nullptr},
    {offsetof(PaymentTerms, payment_means_id), nullptr},
    {offsetof(PaymentTerms, currency), nullptr},
    {offsetof(PaymentTerms, notes), nullptr},
    {offsetof(PaymentTerms, reference_event_code), nullptr},
    {offsetof(PaymentTerms, installment_due_date), nullptr},
    {offsetof(PaymentTerms, time_relation), nullptr},
    {offsetof(PaymentTerms, prepaid_reference), nullptr},
    {offsetof(PaymentTerms, exchange_rate), &access_exchange_rate},
    {offsetof(PaymentTerms, extensions), &access_extension},
};

constexpr FieldAccess exchange_rate_fields[] = {
    {offsetof(ExchangeRate, source_currency), nullptr},
    {offsetof(ExchangeRate, target_currency), nullptr},
    {offsetof(ExchangeRate, rate), nullptr},
    {offsetof(ExchangeRate, date), nullptr},
    {offsetof(ExchangeRate, market), nullptr},
    {offsetof(ExchangeRate, source_base), nullptr},
    {offsetof(ExchangeRate, target_base), nullptr},
    {offsetof(ExchangeRate, operator_), nullptr},
    {offsetof(ExchangeRate, contract), nullptr},
    {offsetof(ExchangeRate, target_type), nullptr},
};

constexpr FieldAccess delivery_terms_fields[] = {
    {offsetof(DeliveryTerms, code), nullptr},
    {offsetof(DeliveryTerms, description), nullptr},
    {offsetof(DeliveryTerms, location), &access_address},
    {offsetof(DeliveryTerms, freight_payment), nullptr},
    {offsetof(DeliveryTerms, risk), nullptr},
    {offsetof(DeliveryTerms, function), nullptr},
    {offsetof(DeliveryTerms, amount), nullptr},
    {offsetof(DeliveryTerms, descriptions), nullptr},
    {offsetof(DeliveryTerms, risk_description), nullptr},
};

constexpr FieldAccess transport_fields[] = {
    {offsetof(Transport, mode), nullptr},
    {offsetof(Transport, means), nullptr},
    {offsetof(Transport, means_id), nullptr},
    {offsetof(Transport, means_name), nullptr},
    {offsetof(Transport, carrier), &access_party},
    {offsetof(Transport, stage), nullptr},
    {offsetof(Transport, departure_date), nullptr},
    {offsetof(Transport, departure_time), nullptr},
    {offsetof(Transport, arrival_date), nullptr},
    {offsetof(Transport, arrival_time), nullptr},
    {offsetof(Transport, loading_place), &access_address},
    {offsetof(Transport, unloading_place), &access_address},
    {offsetof(Transport, conveyance), nullptr},
    {offsetof(Transport, direction), nullptr},
    {offsetof(Transport, nationality), nullptr},
    {offsetof(Transport, id), nullptr},
    {offsetof(Transport, transit), &access_period},
    {offsetof(Transport, driver), &access_contact},
    {offsetof(Transport, equipment), &access_equipment},
    {offsetof(Transport, service_level), nullptr},
    {offsetof(Transport, means_type_name), nullptr},
    {offsetof(Transport, mode_name), nullptr},
};

constexpr FieldAccess equipment_fields[] = {
    {offsetof(Equipment, id), nullptr},
    {offsetof(Equipment, type), nullptr},
    {offsetof(Equipment, size), nullptr},
    {offsetof(Equipment, seals), nullptr},
    {offsetof(Equipment, provider), &access_party},
    {offsetof(Equipment, measures), &access_measure},
    {offsetof(Equipment, fill), nullptr},
    {offsetof(Equipment, temperature), &access_measure},
    {offsetof(Equipment, description), nullptr},
    {offsetof(Equipment, refrigeration_on), nullptr},
};

constexpr FieldAccess shipment_fields[] = {
    {offsetof(Shipment, id), nullptr},
    {offsetof(Shipment, consignment_id), nullptr},
    {offsetof(Shipment, gross_weight), &access_quantity},
    {offsetof(Shipment, net_weight), &access_quantity},
    {offsetof(Shipment, volume), &access_quantity},
    {offsetof(Shipment, package_count), &access_quantity},
    {offsetof(Shipment, goods_description), nullptr},
    {offsetof(Shipment, handling), nullptr},
    {offsetof(Shipment, handling_instructions), nullptr},
    {offsetof(Shipment, shipping_priority), nullptr},
    {offsetof(Shipment, transports), &access_transport},
    {offsetof(Shipment, carrier), &access_party},
    {offsetof(Shipment, freight_forwarder), &access_party},
    {offsetof(Shipment, tracking_id), nullptr},
    {offsetof(Shipment, origin), &access_address},
    {offsetof(Shipment, destination), &access_address},
    {offsetof(Shipment, insurance_amount), nullptr},
    {offsetof(Shipment, declared_value), nullptr},
    {offsetof(Shipment, instructions), nullptr},
    {offsetof(Shipment, split), nullptr},
    {offsetof(Shipment, waybill), nullptr},
    {offsetof(Shipment, measures), &access_measure},
    {offsetof(Shipment, customs_value), nullptr},
    {offsetof(Shipment, free_on_board_value), nullptr},
    {offsetof(Shipment, handling_unit_count), nullptr},
    {offsetof(Shipment, special_instructions), nullptr},
    {offsetof(Shipment, goods_item_count), nullptr},
    {offsetof(Shipment, net_net_weight), &access_quantity},
    {offsetof(Shipment, export_country), nullptr},
    {offsetof(Shipment, information), nullptr},
    {offsetof(Shipment, equipment), &access_equipment},
    {offsetof(Shipment, consignor), &access_party},
    {offsetof(Shipment, consignee), &access_party},
    {offsetof(Shipment, extensions), &access_extension},
    {offsetof(Shipment, tracking_ids), nullptr},
};

constexpr FieldAccess delivery_fields[] = {
    {offsetof(Delivery, party), &access_party},
    {offsetof(Delivery, location), &access_identifier},
    {offsetof(Delivery, address), &access_address},
    {offsetof(Delivery, actual_date), nullptr},
    {offsetof(Delivery, actual_time), nullptr},
    {offsetof(Delivery, requested), &access_period},
    {offsetof(Delivery, promised), &access_period},
    {offsetof(Delivery, estimated), &access_period},
    {offsetof(Delivery, earliest_date), nullptr},
    {offsetof(Delivery, latest_date), nullptr},
    {offsetof(Delivery, latest_time), nullptr},
    {offsetof(Delivery, quantity), &access_quantity},
    {offsetof(Delivery, minimum_quantity), &access_quantity},
    {offsetof(Delivery, maximum_quantity), &access_quantity},
    {offsetof(Delivery, terms), &access_delivery_terms},
    {offsetof(Delivery, shipment), &access_shipment},
    {offsetof(Delivery, tracking_id), nullptr},
    {offsetof(Delivery, carrier), &access_party},
    {offsetof(Delivery, ultimate_consignee), &access_party},
    {offsetof(Delivery, notify), &access_party},
    {offsetof(Delivery, id), nullptr},
    {offsetof(Delivery, despatch_date), nullptr},
    {offsetof(Delivery, despatch_time), nullptr},
    {offsetof(Delivery, despatch_address), &access_address},
    {offsetof(Delivery, shipping_marks), nullptr},
    {offsetof(Delivery, status), nullptr},
    {offsetof(Delivery, requested_despatch), &access_period},
    {offsetof(Delivery, release_id), nullptr},
    {offsetof(Delivery, schedule), nullptr},
    {offsetof(Delivery, frequency), nullptr},
    {offsetof(Delivery, alternative_address), &access_address},
    {offsetof(Delivery, references), &access_reference},
    {offsetof(Delivery, name), nullptr},
    {offsetof(Delivery, notes), &access_note},
    {offsetof(Delivery, despatch_party), &access_party},
    {offsetof(Delivery, estimated_despatch), &access_period},
    {offsetof(Delivery, extensions), &access_extension},
    {offsetof(Delivery, earliest_time), nullptr},
    {offsetof(Delivery, language), nullptr},
};

constexpr FieldAccess package_fields[] = {
    {offsetof(Package, id), nullptr},
    {offsetof(Package, parent), nullptr},
    {offsetof(Package, sscc), nullptr},
    {offsetof(Package, type), nullptr},
    {offsetof(Package, count), nullptr},
    {offsetof(Package, level), nullptr},
    {offsetof(Package, marks), nullptr},
    {offsetof(Package, gross_weight), &access_quantity},
    {offsetof(Package, net_weight), &access_quantity},
    {offsetof(Package, volume), &access_quantity},
    {offsetof(Package, measures), &access_measure},
    {offsetof(Package, returnable), nullptr},
    {offsetof(Package, material), nullptr},
    {offsetof(Package, description), nullptr},
    {offsetof(Package, marking_instructions), nullptr},
    {offsetof(Package, identity_range_end), nullptr},
    {offsetof(Package, hazards), &access_hazard},
    {offsetof(Package, references), &access_reference},
    {offsetof(Package, identity_qualifier), nullptr},
    {offsetof(Package, handling), nullptr},
    {offsetof(Package, handling_instructions), nullptr},
    {offsetof(Package, terms), nullptr},
    {offsetof(Package, notes), &access_note},
    {offsetof(Package, tracking_id), nullptr},
    {offsetof(Package, quantity), &access_quantity},
    {offsetof(Package, other_ids), &access_identifier},
    {offsetof(Package, type_name), nullptr},
    {offsetof(Package, packings), &access_packing},
    {offsetof(Package, extensions), &access_extension},
};

constexpr FieldAccess packing_fields[] = {
    {offsetof(Packing, package), nullptr},
    {offsetof(Packing, quantity), &access_quantity},
    {offsetof(Packing, sscc), nullptr},
    {offsetof(Packing, line), nullptr},
    {offsetof(Packing, instances), &access_item_instance},
    {offsetof(Packing, type), nullptr},
};

constexpr FieldAccess totals_fields[] = {
    {offsetof(Totals, line_net), nullptr},
    {offsetof(Totals, allowances), nullptr},
    {offsetof(Totals, charges), nullptr},
    {offsetof(Totals, net), nullptr},
    {offsetof(Totals, tax), nullptr},
    {offsetof(Totals, tax_in_tax_currency), nullptr},
    {offsetof(Totals, gross), nullptr},
    {offsetof(Totals, prepaid), nullptr},
    {offsetof(Totals, rounding), nullptr},
    {offsetof(Totals, payable), nullptr},
    {offsetof(Totals, payable_alternative), nullptr},
    {offsetof(Totals, quantity), nullptr},
    {offsetof(Totals, line_count), nullptr},
    {offsetof(Totals, gross_weight), nullptr},
    {offsetof(Totals, tax_rounding), nullptr},
    {offsetof(Totals, discountable), nullptr},
    {offsetof(Totals, volume), nullptr},
    {offsetof(Totals, package_count), nullptr},
    {offsetof(Totals, withheld), nullptr},
};

constexpr FieldAccess accounting_fields[] = {
    {offsetof(Accounting, reference), nullptr},
    {offsetof(Accounting, code), nullptr},
    {offsetof(Accounting, cost_center), nullptr},
    {offsetof(Accounting, project), nullptr},
    {offsetof(Accounting, gl_account), nullptr},
    {offsetof(Accounting, percentage), nullptr},
    {offsetof(Accounting, amount), nullptr},
    {offsetof(Accounting, asset), nullptr},
    {offsetof(Accounting, order), nullptr},
    {offsetof(Accounting, segments), &access_attribute},
};

constexpr FieldAccess envelope_fields[] = {
    {offsetof(Envelope, sender), &access_identifier},
    {offsetof(Envelope, recipient), &access_identifier},
    {offsetof(Envelope, reference), nullptr},
    {offsetof(Envelope, message_reference), nullptr},
    {offsetof(Envelope, test), nullptr},
    {offsetof(Envelope, profile), nullptr},
    {offsetof(Envelope, specification), nullptr},
    {offsetof(Envelope, prepared), nullptr},
    {offsetof(Envelope, syntax), nullptr},
    {offsetof(Envelope, application), nullptr},
    {offsetof(Envelope, agreement), nullptr},
    {offsetof(Envelope, priority), nullptr},
    {offsetof(Envelope, acknowledgement_requested), nullptr},
    {offsetof(Envelope, message_type), nullptr},
    {offsetof(Envelope, group_reference), nullptr},
    {offsetof(Envelope, message_count), nullptr},
    {offsetof(Envelope, profile_execution), nullptr},
    {offsetof(Envelope, sender_routing), nullptr},
    {offsetof(Envelope, recipient_routing), nullptr},
    {offsetof(Envelope, password), nullptr},
    {offsetof(Envelope, association), nullptr},
    {offsetof(Envelope, access_reference), nullptr},
    {offsetof(Envelope, syntax_version), nullptr},
    {offsetof(Envelope, profile_scheme), nullptr},
    {offsetof(Envelope, specification_scheme), nullptr},
    {offsetof(Envelope, sender_ids), &access_identifier},
    {offsetof(Envelope, recipient_ids), &access_identifier},
    {offsetof(Envelope, submitter), &access_identifier},
    {offsetof(Envelope, submitter_ids), &access_identifier},
    {offsetof(Envelope, document_type), &access_identifier},
    {offsetof(Envelope, process), &access_identifier},
    {offsetof(Envelope, sender_country), nullptr},
    {offsetof(Envelope, scopes), &access_envelope_scope},
    {offsetof(Envelope, message_version), nullptr},
    {offsetof(Envelope, language), nullptr},
    {offsetof(Envelope, sender_contact), &access_contact},
    {offsetof(Envelope, recipient_contact), &access_contact},
    {offsetof(Envelope, original_reference), nullptr},
    {offsetof(Envelope, extensions), &access_extension},
    {offsetof(Envelope, profile_scheme_agency), nullptr},
    {offsetof(Envelope, specification_scheme_agency), nullptr},
};

constexpr FieldAccess envelope_scope_fields[] = {
    {offsetof(EnvelopeScope, type), nullptr},
    {offsetof(EnvelopeScope, instance), nullptr},
    {offsetof(EnvelopeScope, scheme), nullptr},
};

constexpr FieldAccess prepayment_fields[] = {
    {offsetof(Prepayment, amount), nullptr},
    {offsetof(Prepayment, date), nullptr},
    {offsetof(Prepayment, id), nullptr},
    {offsetof(Prepayment, received_date), nullptr},
    {offsetof(Prepayment, instruction_id), nullptr},
    {offsetof(Prepayment, invoice), &access_reference},
    {offsetof(Prepayment, time), nullptr},
    {offsetof(Prepayment, currency), nullptr},
};

constexpr FieldAccess status_reason_fields[] = {
    {offsetof(StatusReason, code), nullptr},
    {offsetof(StatusReason, scheme), nullptr},
    {offsetof(StatusReason, text), nullptr},
    {offsetof(StatusReason, action), nullptr},
    {offsetof(StatusReason, action_text), nullptr},
    {offsetof(StatusReason, conditions), &access_reason_condition},
    {offsetof(StatusReason, path), nullptr},
    {offsetof(StatusReason, originator), &access_party},
    {offsetof(StatusReason, condition), nullptr},
    {offsetof(StatusReason, date), nullptr},
    {offsetof(StatusReason, time), nullptr},
    {offsetof(StatusReason, descriptions), nullptr},
    {offsetof(StatusReason, sequence), nullptr},
    {offsetof(StatusReason, remarks), nullptr},
    {offsetof(StatusReason, indication), nullptr},
    {offsetof(StatusReason, percent), nullptr},
    {offsetof(StatusReason, reliability), nullptr},
    {offsetof(StatusReason, other_texts), nullptr},
    {offsetof(StatusReason, language), nullptr},
    {offsetof(StatusReason, references), &access_reference},
};

constexpr FieldAccess reason_condition_fields[] = {
    {offsetof(ReasonCondition, attribute), nullptr},
    {offsetof(ReasonCondition, found), nullptr},
    {offsetof(ReasonCondition, expected), nullptr},
    {offsetof(ReasonCondition, measure), &access_quantity},
    {offsetof(ReasonCondition, minimum), &access_quantity},
    {offsetof(ReasonCondition, maximum), &access_quantity},
    {offsetof(ReasonCondition, descriptions), nullptr},
};

constexpr FieldAccess response_line_fields[] = {
    {offsetof(ResponseLine, number), nullptr},
    {offsetof(ResponseLine, invoice_line), nullptr},
    {offsetof(ResponseLine, status), nullptr},
    {offsetof(ResponseLine, reasons), &access_status_reason},
    {offsetof(ResponseLine, invoiced_quantity), &access_quantity},
    {offsetof(ResponseLine, ordered_quantity), &access_quantity},
    {offsetof(ResponseLine, received_quantity), &access_quantity},
    {offsetof(ResponseLine, invoiced_price), &access_price},
    {offsetof(ResponseLine, ordered_price), &access_price},
    {offsetof(ResponseLine, difference), nullptr},
    {offsetof(ResponseLine, item), &access_item},
    {offsetof(ResponseLine, order_reference), &access_reference},
    {offsetof(ResponseLine, receipt_reference), &access_reference},
    {offsetof(ResponseLine, note), &access_note},
    {offsetof(ResponseLine, extensions), &access_extension},
    {offsetof(ResponseLine, response_reference), nullptr},
    {offsetof(ResponseLine, descriptions), nullptr},
    {offsetof(ResponseLine, effective_date), nullptr},
    {offsetof(ResponseLine, effective_time), nullptr},
    {offsetof(ResponseLine, uuid), nullptr},
};

constexpr FieldAccess order_line_fields[] = {
    {offsetof(OrderLine, number), nullptr},
    {offsetof(OrderLine, item), &access_item},
    {offsetof(OrderLine, quantity), &access_quantity},
    {offsetof(OrderLine, price), &access_price},
    {offsetof(OrderLine, net_amount), nullptr},
    {offsetof(OrderLine, note), &access_note},
    {offsetof(OrderLine, action), nullptr},
    {offsetof(OrderLine, status), nullptr},
    {offsetof(OrderLine, deliveries), &access_delivery},
    {offsetof(OrderLine, delivery_period), &access_period},
    {offsetof(OrderLine, allowances), &access_allowance_charge},
    {offsetof(OrderLine, charges), &access_allowance_charge},
    {offsetof(OrderLine, tax), &access_tax},
    {offsetof(OrderLine, other_taxes), &access_tax},
    {offsetof(OrderLine, accounting), &access_accounting},
    {offsetof(OrderLine, references), &access_reference},
    {offsetof(OrderLine, order_line), nullptr},
    {offsetof(OrderLine, substitutes), &access_order_line},
    {offsetof(OrderLine, other_prices), &access_price},
    {offsetof(OrderLine, other_quantities), &access_typed_quantity},
    {offsetof(OrderLine, minimum_quantity), &access_quantity},
    {offsetof(OrderLine, maximum_quantity), &access_quantity},
    {offsetof(OrderLine, partial_allowed), nullptr},
    {offsetof(OrderLine, backorder_allowed), nullptr},
    {offsetof(OrderLine, backorder_quantity), &access_quantity},
    {offsetof(OrderLine, backorder_reason), nullptr},
    {offsetof(OrderLine, seller_line), nullptr},
    {offsetof(OrderLine, parent), nullptr},
    {offsetof(OrderLine, configuration), nullptr},
    {offsetof(OrderLine, contract), &access_reference},
    {offsetof(OrderLine, quotation), &access_reference},
    {offsetof(OrderLine, requisition), &access_reference},
    {offsetof(OrderLine, originator), &access_party},
    {offsetof(OrderLine, parties), &access_party},
    {offsetof(OrderLine, packages), &access_package},
    {offsetof(OrderLine, tax_amount), nullptr},
    {offsetof(OrderLine, amounts), &access_typed_amount},
    {offsetof(OrderLine, dates), &access_typed_date},
    {offsetof(OrderLine, terms), &access_delivery_terms},
    {offsetof(OrderLine, transports), &access_transport},
    {offsetof(OrderLine, warranty), nullptr},
    {offsetof(OrderLine, measures), &access_measure},
    {offsetof(OrderLine, category), nullptr},
    {offsetof(OrderLine, uuid), nullptr},
    {offsetof(OrderLine, instructions), nullptr},
    {offsetof(OrderLine, locations), &access_address},
    {offsetof(OrderLine, attributes), &access_attribute},
    {offsetof(OrderLine, gross_amount), nullptr},
    {offsetof(OrderLine, payment_terms), &access_payment_terms},
    {offsetof(OrderLine, order), &access_reference},
    {offsetof(OrderLine, catalogue_line), &access_reference},
    {offsetof(OrderLine, warranty_valid), &access_period},
    {offsetof(OrderLine, warranty_party), &access_party},
    {offsetof(OrderLine, extensions), &access_extension},
    {offsetof(OrderLine, request_line), nullptr},
    {offsetof(OrderLine, optional), nullptr},
    {offsetof(OrderLine, privacy), nullptr},
    {offsetof(OrderLine, security), nullptr},
    {offsetof(OrderLine, seller), &access_party},
    {offsetof(OrderLine, accountings), &access_accounting},
    {offsetof(OrderLine, tax_subtotals), &access_tax_subtotal},
    {offsetof(OrderLine, confirmations), &access_order_confirmation},
};

constexpr FieldAccess typed_quantity_fields[] = {
    {offsetof(TypedQuantity, type), nullptr},
    {offsetof(TypedQuantity, value), nullptr},
    {offsetof(TypedQuantity, unit), nullptr},
};

constexpr FieldAccess typed_amount_fields[] = {
    {offsetof(TypedAmount, type), nullptr},
    {offsetof(TypedAmount, amount), nullptr},
    {offsetof(TypedAmount, currency), nullptr},
    {offsetof(TypedAmount, status), nullptr},
};

constexpr FieldAccess typed_date_fields[] = {
    {offsetof(TypedDate, type), nullptr},
    {offsetof(TypedDate, date), nullptr},
    {offsetof(TypedDate, time), nullptr},
    {offsetof(TypedDate, end_date), nullptr},
};

constexpr FieldAccess variance_fields[] = {
    {offsetof(Variance, quantity), &access_quantity},
    {offsetof(Variance, code), nullptr},
    {offsetof(Variance, reason), nullptr},
    {offsetof(Variance, text), nullptr},
    {offsetof(Variance, backorder_date), nullptr},
};

constexpr FieldAccess order_confirmation_fields[] = {
    {offsetof(OrderConfirmation, status), nullptr},
    {offsetof(OrderConfirmation, quantity), &access_quantity},
    {offsetof(OrderConfirmation, despatch_date), nullptr},
    {offsetof(OrderConfirmation, despatch_time), nullptr},
    {offsetof(OrderConfirmation, delivery_date), nullptr},
    {offsetof(OrderConfirmation, delivery_time), nullptr},
    {offsetof(OrderConfirmation, price), &access_price},
    {offsetof(OrderConfirmation, tax_amount), nullptr},
    {offsetof(OrderConfirmation, note), &access_note},
    {offsetof(OrderConfirmation, item), &access_item},
    {offsetof(OrderConfirmation, lot_number), nullptr},
    {offsetof(OrderConfirmation, extensions), &access_extension},
};

constexpr FieldAccess settled_document_fields[] = {
    {offsetof(SettledDocument, number), nullptr},
    {offsetof(SettledDocument, type), nullptr},
    {offsetof(SettledDocument, issue_date), nullptr},
    {offsetof(SettledDocument, due_amount), nullptr},
    {offsetof(SettledDocument, paid_amount), nullptr},
    {offsetof(SettledDocument, discount), nullptr},
    {offsetof(SettledDocument, credit_amount), nullptr},
    {offsetof(SettledDocument, tax_amount), nullptr},
    {offsetof(SettledDocument, adjustments), &access_allowance_charge},
    {offsetof(SettledDocument, creditor_reference), nullptr},
    {offsetof(SettledDocument, reference_type), nullptr},
    {offsetof(SettledDocument, order_reference), &access_reference},
    {offsetof(SettledDocument, note), nullptr},
    {offsetof(SettledDocument, currency), nullptr},
    {offsetof(SettledDocument, line), nullptr},
    {offsetof(SettledDocument, lines), &access_reference},
    {offsetof(SettledDocument, invoicer), &access_party},
    {offsetof(SettledDocument, invoicee), &access_party},
    {offsetof(SettledDocument, extensions), &access_extension},
    {offsetof(SettledDocument, uuid), nullptr},
    {offsetof(SettledDocument, balance), nullptr},
    {offsetof(SettledDocument, purpose), nullptr},
    {offsetof(SettledDocument, payee_reference), nullptr},
    {offsetof(SettledDocument, document_uuid), nullptr},
    {offsetof(SettledDocument, buyer), &access_party},
    {offsetof(SettledDocument, seller), &access_party},
    {offsetof(SettledDocument, originator), &access_party},
    {offsetof(SettledDocument, payee), &access_party},
    {offsetof(SettledDocument, period), &access_period},
    {offsetof(SettledDocument, other_periods), &access_period},
    {offsetof(SettledDocument, credit_note), &access_reference},
    {offsetof(SettledDocument, debit_note), &access_reference},
    {offsetof(SettledDocument, references), &access_reference},
    {offsetof(SettledDocument, exchange_rate), &access_exchange_rate},
    {offsetof(SettledDocument, notes), nullptr},
    {offsetof(SettledDocument, adjustment), nullptr},
    {offsetof(SettledDocument, contract_reference), &access_reference},
    {offsetof(SettledDocument, parties), &access_party},
    {offsetof(SettledDocument, dates), &access_typed_date},
};

constexpr FieldAccess tax_line_fields[] = {
    {offsetof(TaxLine, number), nullptr},
    {offsetof(TaxLine, item), &access_item},
    {offsetof(TaxLine, quantity), &access_quantity},
    {offsetof(TaxLine, amount), nullptr},
    {offsetof(TaxLine, discount), nullptr},
    {offsetof(TaxLine, includes_tax), nullptr},
    {offsetof(TaxLine, tax_code), nullptr},
    {offsetof(TaxLine, usage), nullptr},
    {offsetof(TaxLine, exemption), &access_reference},
    {offsetof(TaxLine, from), &access_address},
    {offsetof(TaxLine, to), &access_address},
    {offsetof(TaxLine, tax), &access_tax},
    {offsetof(TaxLine, other_taxes), &access_tax},
    {offsetof(TaxLine, tax_amount), nullptr},
    {offsetof(TaxLine, taxable_amount), nullptr},
    {offsetof(TaxLine, exempt_amount), nullptr},
    {offsetof(TaxLine, price), &access_price},
    {offsetof(TaxLine, allowances), &access_allowance_charge},
    {offsetof(TaxLine, charges), &access_allowance_charge},
    {offsetof(TaxLine, accounting), &access_accounting},
    {offsetof(TaxLine, reasons), &access_status_reason},
    {offsetof(TaxLine, details), &access_tax_subtotal},
    {offsetof(TaxLine, tax_date), nullptr},
    {offsetof(TaxLine, note), &access_note},
    {offsetof(TaxLine, extensions), &access_extension},
};

}  // namespace

const GroupAccess access_identifier = group_access<Identifier>(spec::group_identifier, identifier_fields);
const GroupAccess access_extension = group_access<Extension>(spec::group_extension, extension_fields);
const GroupAccess access_note = group_access<Note>(spec::group_note, note_fields);
const GroupAccess access_quantity = group_access<Quantity>(spec::group_quantity, quantity_fields);
const GroupAccess access_measure = group_access<Measure>(spec::group_measure, measure_fields);
const GroupAccess access_period = group_access<Period>(spec::group_period, period_fields);
const GroupAccess access_address = group_access<Address>(spec::group_address, address_fields);
const GroupAccess access_communication = group_access<Communication>(spec::group_communication, communication_fields);
const GroupAccess access_contact = group_access<Contact>(spec::group_contact, contact_fields);
const GroupAccess access_tax_registration = group_access<TaxRegistration>(spec::group_tax_registration, tax_registration_fields);
const GroupAccess access_party = group_access<Party>(spec::group_party, party_fields);
const GroupAccess access_attachment = group_access<Attachment>(spec::group_attachment, attachment_fields);
const GroupAccess access_reference = group_access<Reference>(spec::group_reference, reference_fields);
const GroupAccess access_tax = group_access<Tax>(spec::group_tax, tax_fields);
const GroupAccess access_allowance_charge = group_access<AllowanceCharge>(spec::group_allowance_charge, allowance_charge_fields);
const GroupAccess access_tax_subtotal = group_access<TaxSubtotal>(spec::group_tax_subtotal, tax_subtotal_fields);
const GroupAccess access_price = group_access<Price>(spec::group_price, price_fields);
const GroupAccess access_classification = group_access<Classification>(spec::group_classification, classification_fields);
const GroupAccess access_attribute = group_access<Attribute>(spec::group_attribute, attribute_fields);
const GroupAccess access_item_instance = group_access<ItemInstance>(spec::group_item_instance, item_instance_fields);
const GroupAccess access_hazard = group_access<Hazard>(spec::group_hazard, hazard_fields);
const GroupAccess access_item = group_access<Item>(spec::group_item, item_fields);
const GroupAccess access_financial_account = group_access<FinancialAccount>(spec::group_financial_account, financial_account_fields);
const GroupAccess access_payment_means = group_access<PaymentMeans>(spec::group_payment_means, payment_means_fields);
const GroupAccess access_payment_terms = group_access<PaymentTerms>(spec::group_payment_terms, payment_terms_fields);
const GroupAccess access_exchange_rate = group_access<ExchangeRate>(spec::group_exchange_rate, exchange_rate_fields);
const GroupAccess access_delivery_terms = group_access<DeliveryTerms>(spec::group_delivery_terms, delivery_terms_fields);
const GroupAccess access_transport = group_access<Transport>(spec::group_transport, transport_fields);
const GroupAccess access_equipment = group_access<Equipment>(spec::group_equipment, equipment_fields);
const GroupAccess access_shipment = group_access<Shipment>(spec::group_shipment, shipment_fields);
const GroupAccess access_delivery = group_access<Delivery>(spec::group_delivery, delivery_fields);
const GroupAccess access_package = group_access<Package>(spec::group_package, package_fields);
const GroupAccess access_packing = group_access<Packing>(spec::group_packing, packing_fields);
const GroupAccess access_totals = group_access<Totals>(spec::group_totals, totals_fields);
const GroupAccess access_accounting = group_access<Accounting>(spec::group_accounting, accounting_fields);
const GroupAccess access_envelope = group_access<Envelope>(spec::group_envelope, envelope_fields);
const GroupAccess access_envelope_scope = group_access<EnvelopeScope>(spec::group_envelope_scope, envelope_scope_fields);
const GroupAccess access_prepayment = group_access<Prepayment>(spec::group_prepayment, prepayment_fields);
const GroupAccess access_status_reason = group_access<StatusReason>(spec::group_status_reason, status_reason_fields);
const GroupAccess access_reason_condition = group_access<ReasonCondition>(spec::group_reason_condition, reason_condition_fields);
const GroupAccess access_response_line = group_access<ResponseLine>(spec::group_response_line, response_line_fields);
const GroupAccess access_order_line = group_access<OrderLine>(spec::group_order_line, order_line_fields);
const GroupAccess access_typed_quantity = group_access<TypedQuantity>(spec::group_typed_quantity, typed_quantity_fields);
const GroupAccess access_typed_amount = group_access<TypedAmount>(spec::group_typed_amount, typed_amount_fields);
const GroupAccess access_typed_date = group_access<TypedDate>(spec::group_typed_date, typed_date_fields);
const GroupAccess access_variance = group_access<Variance>(spec::group_variance, variance_fields);
const GroupAccess access_order_confirmation = group_access<OrderConfirmation>(spec::group_order_confirmation, order_confirmation_fields);
const GroupAccess access_settled_document = group_access<SettledDocument>(spec::group_settled_document, settled_document_fields);
const GroupAccess access_tax_line = group_access<TaxLine>(spec::group_tax_line, tax_line_fields);

}  // namespace purser::model
