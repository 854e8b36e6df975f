// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

namespace purser::model {

struct GroupAccess;

extern const GroupAccess access_acknowledged_message;
extern const GroupAccess access_acknowledged_group;
extern const GroupAccess access_acknowledged_error;
extern const GroupAccess access_trading_terms;
extern const GroupAccess access_catalogue_line;
extern const GroupAccess access_item_comparison;
extern const GroupAccess access_related_item;
extern const GroupAccess access_item_location;
extern const GroupAccess access_delivery_unit;
extern const GroupAccess access_identifier;
extern const GroupAccess access_extension;
extern const GroupAccess access_note;
extern const GroupAccess access_quantity;
extern const GroupAccess access_measure;
extern const GroupAccess access_period;
extern const GroupAccess access_address;
extern const GroupAccess access_communication;
extern const GroupAccess access_contact;
extern const GroupAccess access_tax_registration;
extern const GroupAccess access_party;
extern const GroupAccess access_attachment;
extern const GroupAccess access_reference;
extern const GroupAccess access_tax;
extern const GroupAccess access_allowance_charge;
extern const GroupAccess access_tax_subtotal;
extern const GroupAccess access_price;
extern const GroupAccess access_classification;
extern const GroupAccess access_attribute;
extern const GroupAccess access_item_instance;
extern const GroupAccess access_hazard;
extern const GroupAccess access_item;
extern const GroupAccess access_financial_account;
extern const GroupAccess access_payment_means;
extern const GroupAccess access_payment_terms;
extern const GroupAccess access_exchange_rate;
extern const GroupAccess access_delivery_terms;
extern const GroupAccess access_transport;
extern const GroupAccess access_equipment;
extern const GroupAccess access_shipment;
extern const GroupAccess access_delivery;
extern const GroupAccess access_package;
extern const GroupAccess access_packing;
extern const GroupAccess access_totals;
extern const GroupAccess access_accounting;
extern const GroupAccess access_envelope;
extern const GroupAccess access_envelope_scope;
extern const GroupAccess access_prepayment;
extern const GroupAccess access_status_reason;
extern const GroupAccess access_reason_condition;
extern const GroupAccess access_response_line;
extern const GroupAccess access_order_line;
extern const GroupAccess access_typed_quantity;
extern const GroupAccess access_typed_amount;
extern const GroupAccess access_typed_date;
extern const GroupAccess access_despatch_line;
extern const GroupAccess access_variance;
extern const GroupAccess access_receipt_line;
extern const GroupAccess access_invoice_line;
extern const GroupAccess access_order_confirmation;
extern const GroupAccess access_settled_document;
extern const GroupAccess access_payment;
extern const GroupAccess access_payment_report;
extern const GroupAccess access_balance;
extern const GroupAccess access_statement_entry;
extern const GroupAccess access_statement_transaction;
extern const GroupAccess access_approval;
extern const GroupAccess access_offered_service;
extern const GroupAccess access_statement_line;
extern const GroupAccess access_screening;
extern const GroupAccess access_tax_line;

}  // namespace purser::model
