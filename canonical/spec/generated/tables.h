// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

#include "canonical/spec/code_list.h"
#include "canonical/spec/descriptor.h"

namespace purser::spec {

extern const GroupDescriptor group_acknowledged_message;
extern const GroupDescriptor group_acknowledged_error;
extern const GroupDescriptor group_identifier;
extern const GroupDescriptor group_extension;
extern const GroupDescriptor group_note;
extern const GroupDescriptor group_quantity;
extern const GroupDescriptor group_measure;
extern const GroupDescriptor group_period;
extern const GroupDescriptor group_address;
extern const GroupDescriptor group_communication;
extern const GroupDescriptor group_contact;
extern const GroupDescriptor group_tax_registration;
extern const GroupDescriptor group_party;
extern const GroupDescriptor group_attachment;
extern const GroupDescriptor group_reference;
extern const GroupDescriptor group_tax;
extern const GroupDescriptor group_allowance_charge;
extern const GroupDescriptor group_tax_subtotal;
extern const GroupDescriptor group_price;
extern const GroupDescriptor group_classification;
extern const GroupDescriptor group_attribute;
extern const GroupDescriptor group_item_instance;
extern const GroupDescriptor group_hazard;
extern const GroupDescriptor group_item;
extern const GroupDescriptor group_financial_account;
extern const GroupDescriptor group_payment_means;
extern const GroupDescriptor group_payment_terms;
extern const GroupDescriptor group_exchange_rate;
extern const GroupDescriptor group_delivery_terms;
extern const GroupDescriptor group_transport;
extern const GroupDescriptor group_equipment;
extern const GroupDescriptor group_shipment;
extern const GroupDescriptor group_delivery;
extern const GroupDescriptor group_package;
extern const GroupDescriptor group_packing;
extern const GroupDescriptor group_totals;
extern const GroupDescriptor group_accounting;
extern const GroupDescriptor group_envelope;
extern const GroupDescriptor group_prepayment;
extern const GroupDescriptor group_status_reason;
extern const GroupDescriptor group_reason_condition;
extern const GroupDescriptor group_response_line;
extern const GroupDescriptor group_order_line;
extern const GroupDescriptor group_typed_quantity;
extern const GroupDescriptor group_typed_amount;
extern const GroupDescriptor group_typed_date;
extern const GroupDescriptor group_despatch_line;
extern const GroupDescriptor group_variance;
extern const GroupDescriptor group_receipt_line;
extern const GroupDescriptor group_invoice_line;
extern const GroupDescriptor group_settled_document;
extern const GroupDescriptor group_payment;
extern const GroupDescriptor group_payment_report;
extern const GroupDescriptor group_balance;
extern const GroupDescriptor group_statement_entry;
extern const GroupDescriptor group_statement_transaction;
extern const GroupDescriptor group_approval;
extern const GroupDescriptor group_screening;
extern const GroupDescriptor group_tax_line;

extern const CodeList list_eas;
extern const CodeList list_icd;
extern const CodeList list_iso3166_1;
extern const CodeList list_iso4217;
extern const CodeList list_unece_rec20;
extern const CodeList list_unece_rec21;
extern const CodeList list_untdid1001;
extern const CodeList list_untdid1153;
extern const CodeList list_untdid2005;
extern const CodeList list_untdid4343;
extern const CodeList list_untdid4451;
extern const CodeList list_untdid4461;
extern const CodeList list_untdid5153;
extern const CodeList list_untdid5189;
extern const CodeList list_untdid5305;
extern const CodeList list_untdid7143;
extern const CodeList list_untdid7161;
extern const CodeList list_vatex;

extern const DocumentDescriptor document_requisition;
extern const DocumentDescriptor document_supplier;
extern const DocumentDescriptor document_purchase_order;
extern const DocumentDescriptor document_order_change;
extern const DocumentDescriptor document_order_response;
extern const DocumentDescriptor document_ship_notice;
extern const DocumentDescriptor document_receipt;
extern const DocumentDescriptor document_invoice;
extern const DocumentDescriptor document_invoice_response;
extern const DocumentDescriptor document_invoice_exception;
extern const DocumentDescriptor document_payment_order;
extern const DocumentDescriptor document_payment_status;
extern const DocumentDescriptor document_bank_statement;
extern const DocumentDescriptor document_remittance;
extern const DocumentDescriptor document_tax_request;
extern const DocumentDescriptor document_tax_result;
extern const DocumentDescriptor document_acknowledgement;

}  // namespace purser::spec
