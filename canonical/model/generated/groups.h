// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "canonical/model/maybe.h"
#include "canonical/value/date.h"
#include "canonical/value/decimal.h"

namespace purser::model {

struct Identifier;
struct Extension;
struct Note;
struct Quantity;
struct Measure;
struct Period;
struct Address;
struct Communication;
struct Contact;
struct TaxRegistration;
struct Party;
struct Attachment;
struct Reference;
struct Tax;
struct AllowanceCharge;
struct TaxSubtotal;
struct Price;
struct Classification;
struct Attribute;
struct ItemInstance;
struct Hazard;
struct Item;
struct FinancialAccount;
struct PaymentMeans;
struct PaymentTerms;
struct ExchangeRate;
struct DeliveryTerms;
struct Transport;
struct Equipment;
struct Shipment;
struct Delivery;
struct Package;
struct Packing;
struct Totals;
struct Accounting;
struct Envelope;
struct EnvelopeScope;
struct Prepayment;
struct StatusReason;
struct ReasonCondition;
struct ResponseLine;
struct OrderLine;
struct TypedQuantity;
struct TypedAmount;
struct TypedDate;
struct Variance;
struct OrderConfirmation;
struct SettledDocument;
struct TaxLine;

/// An identifier with the scheme it belongs to.
struct Identifier {
  std::optional<std::string> id;  ///< The identifier itself
  std::optional<std::string> scheme;  ///< Scheme: ISO 6523 ICD, EAS or the format's own qualifier
  std::optional<std::string> scheme_version;  ///< Version of the scheme
  std::optional<std::string> scheme_agency;  ///< Agency that keeps the scheme (UNTDID 3055)
  std::optional<std::string> name;  ///< Name of the scheme or of what is identified
};

/// A value the model has no field for, carried through by its source's name.
struct Extension {
  std::optional<std::string> name;  ///< Name, unique within the source's format
  std::optional<std::string> value;  ///< Value as text
  std::optional<std::string> origin;  ///< Format or partner it belongs to
};

/// Free text.
struct Note {
  std::optional<std::string> text;  ///< The text
  std::optional<std::string> subject;  ///< What the text is about
  std::optional<std::string> language;  ///< Language of the text (ISO 639-1)
  std::optional<std::string> code;  ///< Coded text agreed between the parties
  std::optional<std::string> function;  ///< What the text is to be used for (UNTDID 4453)
  std::vector<Attachment> attachments;  ///< Files that belong to the text
};

/// A number of units.
struct Quantity {
  std::optional<Decimal> value;  ///< How many
  std::optional<std::string> unit;  ///< Unit of measure; packages carry X and their Rec 21 code
};

/// A measured property.
struct Measure {
  std::optional<Decimal> value;  ///< The number
  std::optional<std::string> unit;  ///< Unit of measure
  std::optional<std::string> attribute;  ///< What is measured (UNTDID 6313: gross weight, length …)
  std::optional<Decimal> minimum;  ///< Lower bound
  std::optional<Decimal> maximum;  ///< Upper bound
  std::optional<std::string> description;  ///< What is measured, in words
  std::optional<std::string> purpose;  ///< What the measure is for (UNTDID 6311)
  std::optional<std::string> significance;  ///< How the number is meant (UNTDID 6321)
};

/// A span of time.
struct Period {
  std::optional<Date> start_date;  ///< First day
  std::optional<Date> end_date;  ///< Last day
  std::optional<Time> start_time;  ///< Time on the first day
  std::optional<Time> end_time;  ///< Time on the last day
  std::optional<std::string> description;  ///< The period in words
  std::optional<std::string> code;  ///< What the period is (UNTDID 2005)
  Maybe<Measure> duration;  ///< Length, where no dates are given
};

/// A postal address or the address of a location.
struct Address {
  std::optional<std::string> line1;  ///< Address line 1, usually street and number (UBL StreetName)
  std::optional<std::string> line2;  ///< Address line 2 (UBL AdditionalStreetName)
  std::optional<std::string> line3;  ///< Address line 3 (UBL AddressLine)
  std::optional<std::string> city;  ///< City
  std::optional<std::string> post_code;  ///< Post code
  std::optional<std::string> subdivision;  ///< Country subdivision: region, state, province
  std::optional<std::string> country;  ///< Country
  std::optional<std::string> post_box;  ///< Post office box
  std::optional<std::string> building_number;  ///< House number, where given apart
  std::optional<std::string> building_name;  ///< Name of the building
  std::optional<std::string> floor;  ///< Floor
  std::optional<std::string> room;  ///< Room
  std::optional<std::string> department;  ///< Department
  std::optional<std::string> district;  ///< District of the city
  std::optional<std::string> subdivision_code;  ///< Country subdivision as a code (ISO 3166-2)
  std::optional<std::string> country_name;  ///< Country in words
  Maybe<Identifier> identifier;  ///< Identifier of the location (GLN …)
  std::vector<std::string> other_lines;  ///< Lines beyond the third
  std::optional<std::string> block;  ///< Block of buildings
  std::optional<std::string> city_subdivision;  ///< Part of the city
  std::optional<std::string> care_of;  ///< Care of: who takes in the mail (UBL MarkCare)
  std::optional<std::string> format;  ///< Form of the address (UBL AddressFormatCode)
  std::optional<Decimal> latitude;  ///< Degrees north
  std::optional<Decimal> longitude;  ///< Degrees east
  std::optional<std::string> time_zone;  ///< Offset from UTC at the place
  std::optional<std::string> name;  ///< Name of the location
  std::optional<std::string> type;  ///< Kind of address (UBL AddressTypeCode)
  std::optional<std::string> region;  ///< Region, where it is not the subdivision (UBL Region)
  std::optional<std::string> plot;  ///< Plot of land
  std::optional<std::string> attention;  ///< For the attention of (UBL MarkAttention)
  std::optional<std::string> in_house_mail;  ///< Internal mail code
  std::optional<std::string> description;  ///< The place in words
  std::vector<std::string> deliver_to;  ///< Persons or places inside the address the goods are for (cXML DeliverTo)
};

/// One way to reach somebody.
struct Communication {
  std::optional<std::string> channel;  ///< Channel (UNTDID 3155: TE, EM, FX …)
  std::optional<std::string> value;  ///< Number or address
  std::optional<std::string> name;  ///< Name of the channel, where no code exists
  std::optional<std::string> country;  ///< Country whose dialling code a telephone number has
};

/// A person or a department to talk to.
struct Contact {
  std::optional<std::string> name;  ///< Contact point
  std::optional<std::string> telephone;  ///< Telephone number
  std::optional<std::string> email;  ///< E-mail address
  std::optional<std::string> telefax;  ///< Telefax number
  std::optional<std::string> id;  ///< Identifier of the contact
  std::optional<std::string> function;  ///< What the contact is for (UNTDID 3139)
  std::optional<std::string> department;  ///< Department, where given apart from the name
  std::optional<std::string> note;  ///< Remark
  std::vector<Communication> other_communications;  ///< Further ways to reach the contact
  std::optional<std::string> job_title;  ///< Position of the person
  std::optional<std::string> telephone_country;  ///< Country whose dialling code the telephone number has
  std::optional<std::string> telefax_country;  ///< Country whose dialling code the telefax number has
  std::optional<std::string> website;  ///< Web address
  std::optional<std::string> language;  ///< Language of the contact (ISO 639-1)
};

/// A tax number beside VAT and the local one.
struct TaxRegistration {
  std::optional<std::string> id;  ///< The number
  std::optional<std::string> type;  ///< Tax it belongs to (UNTDID 5153)
  std::optional<std::string> name;  ///< Name under which the party is registered for this tax
  std::optional<std::string> country;  ///< Country of the register
  std::optional<std::string> exemption_reason;  ///< Why the party is exempt
  std::optional<std::string> type_name;  ///< Tax in words
  std::optional<std::string> tax_type;  ///< Kind of tax, where the type is a name of its own (UBL TaxTypeCode)
  std::optional<std::string> scheme;  ///< Scheme of the number
  std::optional<std::string> type_scheme;  ///< Scheme of the type
  std::optional<std::string> type_scheme_agency;  ///< Agency that keeps that scheme
  std::optional<std::string> city;  ///< Place of the register
  std::optional<std::string> currency;  ///< Currency of the tax
};

/// A person or an organisation in a role.
struct Party {
  std::optional<std::string> name;  ///< Full formal name as registered
  std::optional<std::string> trading_name;  ///< Name by which it is known, if different
  std::vector<Identifier> identifiers;  ///< Identifiers of the party (GLN, customer or supplier number …)
  Maybe<Identifier> endpoint;  ///< Electronic address; scheme from the EAS list
  Maybe<Identifier> legal_id;  ///< Legal registration identifier; scheme from the ICD list
  std::optional<std::string> vat_id;  ///< VAT identifier with its country prefix
  std::optional<std::string> tax_id;  ///< Local tax registration identifier
  std::optional<std::string> legal_form;  ///< Additional legal information (share capital, register …)
  Maybe<Address> address;  ///< Postal address
  Maybe<Contact> contact;  ///< The contact
  std::vector<Contact> other_contacts;  ///< Further contacts
  std::vector<TaxRegistration> other_tax_ids;  ///< Further tax registrations
  std::vector<Reference> references;  ///< References of the party's own
  std::optional<std::string> role;  ///< Role, where the field does not say it (UNTDID 3035)
  std::optional<std::string> website;  ///< Web address
  std::optional<std::string> language;  ///< Language to use with the party
  std::optional<std::string> industry;  ///< Classification of the industry
  std::optional<std::string> logo;  ///< Address of the party's logo
  Maybe<Address> legal_address;  ///< Registration address, if another
  Maybe<Address> physical_location;  ///< Where the party is, if another
  std::optional<bool> mark_for_care;  ///< Goods are to be marked for this party's care
  std::optional<bool> mark_attention;  ///< Goods are to be marked for this party's attention
  std::optional<std::string> account;  ///< Account the other party keeps for it (UBL CustomerAssignedAccountID)
  std::vector<std::string> additional_account;  ///< Further accounts
  std::vector<FinancialAccount> accounts;  ///< Bank accounts of the party
  std::optional<std::string> agent_name;  ///< Name of the agent who acts for the party
  std::optional<std::string> person_first_name;  ///< First name, where the party is a person
  std::optional<std::string> person_family_name;  ///< Family name, where the party is a person
  std::optional<std::string> person_title;  ///< Title, where the party is a person
  std::optional<std::string> person_job_title;  ///< Job title, where the party is a person
  std::optional<std::string> legal_form_code;  ///< Legal form as a code (UBL CompanyLegalFormCode)
  std::optional<std::string> tax_name;  ///< Name in the VAT register, if another
  std::vector<std::string> name_code;  ///< Name and address as unstructured lines (EDIFACT C058)
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::optional<std::string> person_middle_name;  ///< Middle name, where the party is a person
  std::optional<std::string> name_language;  ///< Language of the name (ISO 639-1)
};

/// A file inside or beside the document.
struct Attachment {
  std::optional<std::string> content;  ///< The file itself
  std::optional<std::string> mime_type;  ///< Media type
  std::optional<std::string> file_name;  ///< File name
  std::optional<std::string> uri;  ///< Where the file lies outside
  std::optional<std::string> hash;  ///< Digest of the file outside
  std::optional<std::string> hash_algorithm;  ///< Algorithm of the digest
  std::optional<Date> expires;  ///< Until when the file is there
  std::optional<std::string> description;  ///< What the file is
  std::optional<std::string> format;  ///< Format of the content
  std::optional<std::string> encoding;  ///< Encoding of the content
  std::optional<std::string> character_set;  ///< Character set of the content
};

/// Another document.
struct Reference {
  std::optional<std::string> number;  ///< Number of the document; none where a line of the order at hand is meant
  std::optional<std::string> type;  ///< Kind of document
  std::optional<std::string> type_name;  ///< Kind of document in words
  std::optional<std::string> scheme;  ///< What the number is
  std::optional<Date> issue_date;  ///< When the document was issued
  std::optional<Time> issue_time;  ///< Time of issue
  std::optional<std::string> version;  ///< Version or revision
  std::optional<std::string> line_number;  ///< Line of the document
  std::optional<std::string> description;  ///< What the document is about
  std::optional<std::string> uuid;  ///< Universally unique identifier
  Maybe<Attachment> attachment;  ///< The document itself
  std::optional<std::string> status;  ///< State of the document
  std::optional<std::string> language;  ///< Language of the document
  Maybe<Period> validity;  ///< When the document is valid
  Maybe<Party> issuer;  ///< Who issued it
  std::optional<std::string> scheme_agency;  ///< Agency that keeps the scheme
  std::optional<bool> copy;  ///< The document is a copy
  std::optional<std::string> locale;  ///< Language of the document as a locale
  std::vector<std::string> xpath;  ///< Place in the document
  std::optional<Decimal> amount;  ///< Amount of the document that is meant
  std::vector<std::string> descriptions;  ///< Further descriptions
  std::optional<std::string> scheme_name;  ///< Name of the scheme
  std::optional<std::string> line_uuid;  ///< Universally unique identifier of the line
};

/// A tax and its category for a line, an allowance or a charge.
struct Tax {
  std::optional<std::string> category;  ///< Tax category
  std::optional<Decimal> rate;  ///< Rate in percent
  std::optional<std::string> type;  ///< Kind of tax; VAT where nothing is said
  std::optional<std::string> exemption_reason;  ///< Why no tax is charged
  std::optional<std::string> exemption_code;  ///< Why no tax is charged, as a code
  std::optional<Decimal> amount;  ///< Tax amount
  std::optional<Decimal> taxable_amount;  ///< Amount the tax is computed from
  std::optional<Decimal> per_unit_amount;  ///< Tax for each unit
  Maybe<Quantity> base_unit;  ///< Unit the per unit amount is for
  std::optional<std::string> name;  ///< Name of the category
  std::optional<std::string> currency;  ///< Currency of the amounts, if not the document's
  std::optional<std::string> jurisdiction;  ///< Area whose tax it is
  std::optional<std::string> tier_range;  ///< Tier of a graded tax
  std::optional<Decimal> tier_rate;  ///< Rate of the tier in percent
  std::optional<bool> included;  ///< The tax is included in the price
  std::optional<std::string> type_name;  ///< Kind of tax in words
  std::optional<bool> reverse_charge;  ///< The buyer owes the tax
  std::vector<std::string> exemption_reasons;  ///< Further reasons
  std::optional<std::string> tax_type;  ///< Kind of tax, where the type is a name of its own (UBL TaxTypeCode)
};

/// Something taken off or put on.
struct AllowanceCharge {
  std::optional<Decimal> amount;  ///< Amount without tax
  std::optional<Decimal> base_amount;  ///< Amount the percentage is of
  std::optional<Decimal> percentage;  ///< Percentage
  std::optional<std::string> reason;  ///< Why
  std::optional<std::string> reason_code;  ///< Why, as a code (UNTDID 5189 allowance, 7161 charge)
  Maybe<Tax> tax;  ///< Tax on it
  std::vector<Tax> other_taxes;  ///< Further taxes on it
  std::optional<std::string> id;  ///< Identifier
  std::optional<std::int64_t> sequence;  ///< Order of calculation
  Maybe<Quantity> quantity;  ///< How many units it is for
  std::optional<Decimal> per_unit_amount;  ///< Amount for each unit
  std::optional<bool> prepaid;  ///< Already paid
  std::optional<std::string> accounting_reference;  ///< Buyer's account for it
  std::optional<std::string> settlement;  ///< How it is settled (UNTDID 4471)
  std::optional<std::string> currency;  ///< Currency, if not the document's
  std::optional<std::string> special_service;  ///< Kind of service (EDIFACT 7161)
  std::optional<Decimal> factor;  ///< Multiplier as a factor, where not a percentage
  Maybe<PaymentMeans> payment_means;  ///< How it is paid
  std::optional<std::string> agreement;  ///< Agreement it rests on
  std::vector<std::string> reasons;  ///< Further reasons
  std::optional<std::string> accounting_code;  ///< Buyer's account for it, as a code
  std::vector<Extension> extensions;  ///< What the model has no field for
};

/// One tax category's share of the document.
struct TaxSubtotal {
  std::optional<Decimal> taxable_amount;  ///< Amount that is taxed
  std::optional<Decimal> tax_amount;  ///< Tax on it
  std::optional<std::string> category;  ///< Tax category
  std::optional<Decimal> rate;  ///< Rate in percent
  std::optional<std::string> exemption_reason;  ///< Why no tax is charged
  std::optional<std::string> exemption_code;  ///< Why no tax is charged, as a code
  std::optional<std::string> type;  ///< Kind of tax; VAT where nothing is said
  std::optional<std::string> currency;  ///< Currency of the amounts, if not the document's
  std::optional<std::string> name;  ///< Name of the category
  std::optional<Decimal> tax_currency_amount;  ///< Tax in the accounting currency
  std::optional<std::int64_t> sequence;  ///< Order of calculation
  std::optional<Decimal> per_unit_amount;  ///< Tax for each unit
  Maybe<Quantity> base_unit;  ///< Unit the per unit amount is for
  std::optional<std::string> jurisdiction;  ///< Area whose tax it is
  std::optional<std::string> tier_range;  ///< Tier of a graded tax
  std::optional<Decimal> tier_rate;  ///< Rate of the tier in percent
  std::optional<std::string> type_name;  ///< Kind of tax in words
  std::optional<Decimal> rounding;  ///< Rounding of the tax
  std::vector<std::string> exemption_reasons;  ///< Further reasons
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::optional<std::string> purpose;  ///< What is taxed: goods, freight, special handling (cXML purpose)
  std::optional<Date> tax_point_date;  ///< When the tax becomes due
  std::optional<std::string> tax_type;  ///< Kind of tax, where the type is a name of its own (UBL TaxTypeCode)
};

/// Price of an item.
struct Price {
  std::optional<Decimal> amount;  ///< Net price, without tax, after the discount
  Maybe<Quantity> base_quantity;  ///< Number of units the price is for
  std::optional<Decimal> discount;  ///< Discount already taken off
  std::optional<Decimal> gross_amount;  ///< Price before the discount
  std::optional<std::string> type;  ///< Kind of price (UNTDID 5125, 5387)
  std::optional<std::string> currency;  ///< Currency, if not the document's
  std::optional<std::string> list;  ///< Price list it comes from
  Maybe<Period> validity;  ///< When it is valid
  std::optional<Decimal> conversion_factor;  ///< Order unit in price base units
  std::optional<std::string> qualifier;  ///< Further kind of price (UNTDID 5387)
  std::optional<std::string> reason;  ///< Why it changed
  std::vector<AllowanceCharge> allowances;  ///< Allowances already in the price
  std::vector<AllowanceCharge> charges;  ///< Charges already in the price
  std::optional<bool> includes_tax;  ///< The price includes tax
  std::optional<Decimal> discount_percentage;  ///< Discount already taken off, in percent
  std::optional<std::string> discount_reason;  ///< Why there is a discount
  std::optional<std::string> basis;  ///< What the price rests on: catalogue, contract … (UNTDID 5375)
  std::optional<std::string> base_description;  ///< What the price is for, in words
};

/// What kind of thing an item is.
struct Classification {
  std::optional<std::string> code;  ///< Code
  std::optional<std::string> scheme;  ///< Scheme of the code
  std::optional<std::string> scheme_version;  ///< Version of the scheme
  std::optional<std::string> name;  ///< Meaning of the code
  std::optional<std::string> scheme_agency;  ///< Agency that keeps the scheme
  std::optional<std::string> scheme_name;  ///< Name of the scheme
  std::optional<std::string> commodity_code;  ///< Commodity, beside the classification (UBL CommodityCode)
  std::optional<std::string> cargo_type;  ///< Kind of cargo
  std::optional<std::string> nature_code;  ///< Nature of the goods
};

/// A property of an item.
struct Attribute {
  std::optional<std::string> name;  ///< Name
  std::optional<std::string> value;  ///< Value
  std::optional<std::string> code;  ///< Name as a code
  Maybe<Quantity> quantity;  ///< Value as a quantity
  std::optional<std::string> group;  ///< Group of properties it belongs to
  std::optional<std::string> qualifier;  ///< How the value is to be taken
  Maybe<Identifier> id;  ///< Identifier of the property
  std::optional<std::string> list_value;  ///< Value from a list
  std::optional<std::string> importance;  ///< How much it matters
  std::vector<std::string> values;  ///< Further values
};

/// One piece or one lot.
struct ItemInstance {
  std::optional<std::string> serial_number;  ///< Serial number
  std::optional<std::string> lot_number;  ///< Lot or batch
  std::optional<Date> manufacture_date;  ///< Made on
  std::optional<Date> best_before;  ///< Best before
  std::optional<Date> expiry_date;  ///< Not to be used after
  Maybe<Quantity> quantity;  ///< How many of it
  std::optional<std::string> registration_id;  ///< Registration (vehicle …)
  std::optional<std::string> product_trace_id;  ///< Trace number (RFID, EPC)
  std::vector<Attribute> attributes;  ///< Properties of the piece
  std::optional<Time> manufacture_time;  ///< Time it was made
  std::optional<std::string> range_end;  ///< Last number, where a range is meant
};

/// What makes an item dangerous to carry.
struct Hazard {
  std::optional<std::string> un_number;  ///< UN number of the substance
  std::optional<std::string> class_;  ///< Hazard class
  std::optional<std::string> packing_group;  ///< Packing group
  std::optional<std::string> name;  ///< Proper shipping name
  std::optional<std::string> regulation;  ///< Rules it falls under (ADR, IMDG, IATA …)
  Maybe<Measure> flash_point;  ///< Flash point
  Maybe<Contact> emergency_contact;  ///< Whom to call
  std::optional<std::string> emergency_procedure;  ///< Emergency card
  std::optional<std::string> placard;  ///< Placard
  std::optional<std::string> additional;  ///< Further facts
  std::optional<std::string> id;  ///< Identifier
  Maybe<Quantity> net_weight;  ///< Net weight of the substance
  Maybe<Quantity> quantity;  ///< Quantity of the substance
  std::optional<std::string> category;  ///< Category
  std::vector<Measure> temperature;  ///< Temperatures to keep
};

/// Goods or a service.
struct Item {
  std::optional<std::string> name;  ///< Name
  std::optional<std::string> description;  ///< Description
  std::optional<std::string> seller_id;  ///< Seller's identifier
  std::optional<std::string> buyer_id;  ///< Buyer's identifier
  Maybe<Identifier> standard_id;  ///< Identifier by a registered scheme (GTIN: 0160)
  std::vector<Classification> classifications;  ///< Classifications
  std::optional<std::string> origin_country;  ///< Country of origin
  std::vector<Attribute> attributes;  ///< Properties
  std::optional<std::string> manufacturer_id;  ///< Manufacturer's identifier
  Maybe<Party> manufacturer;  ///< Manufacturer
  std::vector<Identifier> other_ids;  ///< Further identifiers
  std::optional<std::string> brand;  ///< Brand
  std::optional<std::string> model;  ///< Model
  Maybe<Quantity> pack_quantity;  ///< Content of a pack
  std::optional<Decimal> pack_size;  ///< Consumer units in a pack
  std::optional<bool> hazardous;  ///< Dangerous goods
  std::vector<Hazard> hazards;  ///< What makes it dangerous
  std::vector<ItemInstance> instances;  ///< Pieces and lots
  std::vector<Measure> dimensions;  ///< Weight, length, width, height, volume …
  std::vector<Reference> certificates;  ///< Certificates and labels
  std::vector<Reference> specifications;  ///< Specifications
  Maybe<Reference> catalogue;  ///< Catalogue it stands in
  std::optional<std::string> catalogue_line;  ///< Place in the catalogue
  std::vector<std::string> keywords;  ///< Search words
  std::optional<std::string> supplementary_id;  ///< Number that refines the identifier (variant, promotion)
  Maybe<Address> origin_address;  ///< Place of origin
  std::optional<bool> catalogue_indicator;  ///< Ordered from a catalogue
  std::vector<std::string> descriptions;  ///< Further descriptions
  Maybe<Party> information_provider;  ///< Who provides the facts
  std::optional<std::string> customs_code;  ///< Customs tariff number
  std::optional<std::string> characteristic;  ///< Kind of description (UNTDID 7081)
  std::vector<std::string> additional_information;  ///< Further information
  std::vector<Note> transaction_conditions;  ///< Conditions of sale
  Maybe<Identifier> catalogue_id;  ///< Identifier in the catalogue
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::optional<std::string> language;  ///< Language of the description (ISO 639-1)
  Maybe<Measure> lead_time;  ///< Usual time to deliver
  std::optional<std::string> url;  ///< Where more is said of the item
};

/// An account at a bank.
struct FinancialAccount {
  std::optional<std::string> id;  ///< IBAN or the bank's own number
  std::optional<std::string> name;  ///< Name of the account
  std::optional<std::string> bank_id;  ///< BIC of the bank
  std::optional<std::string> bank_name;  ///< Name of the bank
  std::optional<std::string> branch_id;  ///< Branch or national clearing code
  std::optional<std::string> branch_name;  ///< Name of the branch
  std::optional<std::string> currency;  ///< Currency of the account
  std::optional<std::string> country;  ///< Country of the account
  Maybe<Address> bank_address;  ///< Address of the bank
  std::optional<std::string> scheme;  ///< Scheme of the number (IBAN, BBAN …)
  std::optional<std::string> type;  ///< Kind of account
  std::optional<std::string> note;  ///< Remark
  std::optional<std::string> bank_scheme;  ///< Scheme of the bank's identifier
  std::optional<std::string> role;  ///< Role of the bank (UNTDID 3035)
  std::optional<std::string> alias;  ///< Alias of the account
  std::optional<std::string> holder;  ///< Account holder
  Maybe<Address> branch_address;  ///< Address of the branch
  std::optional<std::string> institution_id;  ///< Identifier of the bank, where the branch has one of its own
};

/// How to pay.
struct PaymentMeans {
  std::optional<std::string> type;  ///< Means of payment
  std::optional<std::string> type_name;  ///< Means of payment in words
  std::optional<std::string> remittance_information;  ///< What to write on the payment
  Maybe<FinancialAccount> account;  ///< Account to pay to
  std::optional<std::string> card_number;  ///< Card: last digits of the primary account number
  std::optional<std::string> card_holder;  ///< Card holder
  std::optional<std::string> mandate_id;  ///< Direct debit: mandate
  Maybe<FinancialAccount> payer_account;  ///< Direct debit: account to take from
  std::optional<std::string> id;  ///< Identifier
  std::optional<Date> due_date;  ///< Due on
  std::optional<std::string> channel;  ///< Channel
  std::optional<std::string> instruction_id;  ///< Instruction
  std::vector<std::string> instruction_notes;  ///< Remarks
  std::optional<std::string> card_network;  ///< Card network
  std::optional<std::string> creditor_id;  ///< Creditor's identifier for the direct debit
  std::optional<std::string> card_type;  ///< Kind of card
  std::optional<Date> card_expiry;  ///< Card is valid until
  Maybe<Reference> mandate;  ///< More about the mandate
  std::vector<std::string> other_remittance_information;  ///< Further lines on the payment
  std::optional<std::string> guarantee;  ///< Guarantee of payment (UNTDID 4431)
  std::optional<std::string> condition;  ///< Condition of payment (UNTDID 4439)
  std::optional<Date> card_valid_from;  ///< Card is valid from
  std::optional<std::string> card_issuer;  ///< Issuer of the card
  std::optional<std::string> card_issue_number;  ///< Issue number of the card
  std::optional<std::string> card_chip;  ///< Chip of the card
  std::optional<std::string> card_chip_id;  ///< Chip application
  std::optional<std::string> card_verification;  ///< Verification value
};

/// When to pay and what it saves.
struct PaymentTerms {
  std::optional<std::string> note;  ///< Terms in words
  std::optional<std::string> type;  ///< Kind of terms (UNTDID 4279)
  std::optional<Date> due_date;  ///< Due on
  std::optional<std::int64_t> net_days;  ///< Due so many days after the reference date
  std::optional<Decimal> discount_percent;  ///< Settlement discount in percent
  std::optional<std::int64_t> discount_days;  ///< Discount if paid within so many days
  std::optional<Date> discount_date;  ///< Discount if paid until
  std::optional<Decimal> discount_amount;  ///< Settlement discount as an amount
  std::optional<Decimal> discount_base;  ///< Amount the discount is computed from
  std::optional<Decimal> penalty_percent;  ///< Surcharge for late payment in percent
  std::optional<Decimal> penalty_amount;  ///< Surcharge as an amount
  Maybe<Period> penalty_period;  ///< When the surcharge applies
  std::optional<Decimal> amount;  ///< Part of the total these terms are for
  std::optional<Decimal> percentage;  ///< Part of the total in percent
  std::optional<std::string> reference_event;  ///< What the days count from (UNTDID 2475)
  std::optional<std::string> period_type;  ///< Unit of the days (UNTDID 2151)
  std::optional<std::int64_t> period_count;  ///< Number of the units
  Maybe<Period> settlement_period;  ///< When the discount applies
  std::optional<std::string> id;  ///< Identifier
  std::vector<std::string> payment_means_id;  ///< Means of payment these terms go with
  std::optional<std::string> currency;  ///< Currency, if not the document's
  std::vector<std::string> notes;  ///< Further lines
  std::optional<std::string> reference_event_code;  ///< Event the terms refer to (UBL)
  std::optional<Date> installment_due_date;  ///< Instalment due on
  std::optional<std::string> time_relation;  ///< Before or after the reference date (UNTDID 2009)
  std::optional<std::string> prepaid_reference;  ///< Prepayment these terms refer to
  Maybe<ExchangeRate> exchange_rate;  ///< Rate for the payment
  std::vector<Extension> extensions;  ///< What the model has no field for
};

/// A rate between two currencies.
struct ExchangeRate {
  std::optional<std::string> source_currency;  ///< From
  std::optional<std::string> target_currency;  ///< To
  std::optional<Decimal> rate;  ///< Factor from source to target
  std::optional<Date> date;  ///< Day of the rate
  std::optional<std::string> market;  ///< Market of the rate
  std::optional<Decimal> source_base;  ///< Units of the source currency
  std::optional<Decimal> target_base;  ///< Units of the target currency
  std::optional<std::string> operator_;  ///< Multiply or divide
  std::optional<std::string> contract;  ///< Contract on foreign exchange
  std::optional<std::string> target_type;  ///< What the target currency is for (UNTDID 6343)
};

/// Who carries cost and risk to where.
struct DeliveryTerms {
  std::optional<std::string> code;  ///< Incoterms or other rule
  std::optional<std::string> description;  ///< Terms in words
  Maybe<Address> location;  ///< Place the rule names
  std::optional<std::string> freight_payment;  ///< Who pays the freight (UNTDID 4215)
  std::optional<std::string> risk;  ///< Who carries the risk
  std::optional<std::string> function;  ///< What the terms are about (UNTDID 4055)
  std::optional<Decimal> amount;  ///< Amount
  std::vector<std::string> descriptions;  ///< Further lines
  std::optional<std::string> risk_description;  ///< Who carries the risk, in words
};

/// One leg of a carriage.
struct Transport {
  std::optional<std::string> mode;  ///< Mode (UN/ECE Rec 19)
  std::optional<std::string> means;  ///< Means (UN/ECE Rec 28)
  std::optional<std::string> means_id;  ///< Vehicle, vessel or flight
  std::optional<std::string> means_name;  ///< Name of the vessel
  Maybe<Party> carrier;  ///< Carrier
  std::optional<std::string> stage;  ///< Stage (UNTDID 8051)
  std::optional<Date> departure_date;  ///< Departure
  std::optional<Time> departure_time;  ///< Time of departure
  std::optional<Date> arrival_date;  ///< Arrival
  std::optional<Time> arrival_time;  ///< Time of arrival
  Maybe<Address> loading_place;  ///< Where it is loaded
  Maybe<Address> unloading_place;  ///< Where it is unloaded
  std::optional<std::string> conveyance;  ///< Voyage, flight or trip number
  std::optional<std::string> direction;  ///< Direction
  std::optional<std::string> nationality;  ///< Nationality of the vehicle
  std::optional<std::string> id;  ///< Identifier of the leg
  Maybe<Period> transit;  ///< Time on the way
  Maybe<Contact> driver;  ///< Driver
  std::vector<Equipment> equipment;  ///< Trailers, containers
  std::optional<std::string> service_level;  ///< Level of service
  std::optional<std::string> means_type_name;  ///< Means in words
  std::optional<std::string> mode_name;  ///< Mode in words
};

/// A trailer, a container or another piece of equipment.
struct Equipment {
  std::optional<std::string> id;  ///< Number
  std::optional<std::string> type;  ///< Kind (UNTDID 8053)
  std::optional<std::string> size;  ///< Size and type (ISO 6346)
  std::vector<std::string> seals;  ///< Seals
  Maybe<Party> provider;  ///< Who provides it
  std::vector<Measure> measures;  ///< Weights and dimensions
  std::optional<std::string> fill;  ///< Full or empty
  std::vector<Measure> temperature;  ///< Temperatures to keep
  std::optional<std::string> description;  ///< What it is
  std::optional<bool> refrigeration_on;  ///< Cooling is on
};

/// Goods that travel together.
struct Shipment {
  std::optional<std::string> id;  ///< Identifier
  std::optional<std::string> consignment_id;  ///< Consignment (GINC, waybill)
  Maybe<Quantity> gross_weight;  ///< Gross weight
  Maybe<Quantity> net_weight;  ///< Net weight
  Maybe<Quantity> volume;  ///< Volume
  Maybe<Quantity> package_count;  ///< Number of packages
  std::optional<std::string> goods_description;  ///< What is in it
  std::optional<std::string> handling;  ///< Handling instruction as a code
  std::optional<std::string> handling_instructions;  ///< Handling instruction in words
  std::optional<std::string> shipping_priority;  ///< Priority
  std::vector<Transport> transports;  ///< Legs of the carriage
  Maybe<Party> carrier;  ///< Carrier
  Maybe<Party> freight_forwarder;  ///< Freight forwarder
  std::optional<std::string> tracking_id;  ///< Carrier's tracking number
  Maybe<Address> origin;  ///< Where it starts
  Maybe<Address> destination;  ///< Where it ends
  std::optional<Decimal> insurance_amount;  ///< Insured value
  std::optional<Decimal> declared_value;  ///< Declared value
  std::vector<std::string> instructions;  ///< Delivery instructions
  std::optional<bool> split;  ///< The consignment is split
  std::optional<std::string> waybill;  ///< Waybill
  std::vector<Measure> measures;  ///< Further measures
  std::optional<Decimal> customs_value;  ///< Value for customs
  std::optional<Decimal> free_on_board_value;  ///< Value free on board
  std::optional<std::int64_t> handling_unit_count;  ///< Number of transport handling units
  std::vector<std::string> special_instructions;  ///< Special instructions
  std::optional<std::int64_t> goods_item_count;  ///< Number of goods items
  Maybe<Quantity> net_net_weight;  ///< Weight without any packing
  std::optional<std::string> export_country;  ///< Country of export
  std::vector<std::string> information;  ///< Further information
  std::vector<Equipment> equipment;  ///< Trailers, containers
  Maybe<Party> consignor;  ///< Who consigns the goods
  Maybe<Party> consignee;  ///< Who receives the goods
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::vector<std::string> tracking_ids;  ///< Further tracking numbers
};

/// Where, when and to whom.
struct Delivery {
  Maybe<Party> party;  ///< Deliver-to party
  Maybe<Identifier> location;  ///< Identifier of the place
  Maybe<Address> address;  ///< Address of the place
  std::optional<Date> actual_date;  ///< Delivered on
  std::optional<Time> actual_time;  ///< Delivered at
  Maybe<Period> requested;  ///< Requested
  Maybe<Period> promised;  ///< Promised
  Maybe<Period> estimated;  ///< Estimated
  std::optional<Date> earliest_date;  ///< Not before
  std::optional<Date> latest_date;  ///< Not after
  std::optional<Time> latest_time;  ///< Not after, time
  Maybe<Quantity> quantity;  ///< How much here
  Maybe<Quantity> minimum_quantity;  ///< At least
  Maybe<Quantity> maximum_quantity;  ///< At most
  Maybe<DeliveryTerms> terms;  ///< Terms
  Maybe<Shipment> shipment;  ///< Shipment
  std::optional<std::string> tracking_id;  ///< Carrier's tracking number
  Maybe<Party> carrier;  ///< Carrier
  Maybe<Party> ultimate_consignee;  ///< Ultimate consignee
  Maybe<Party> notify;  ///< Whom to notify
  std::optional<std::string> id;  ///< Identifier
  std::optional<Date> despatch_date;  ///< Despatched on
  std::optional<Time> despatch_time;  ///< Despatched at
  Maybe<Address> despatch_address;  ///< From where
  std::vector<std::string> shipping_marks;  ///< Marks
  std::optional<std::string> status;  ///< State
  Maybe<Period> requested_despatch;  ///< Requested despatch
  std::optional<std::string> release_id;  ///< Release number
  std::optional<std::string> schedule;  ///< Status of the schedule (UNTDID 4017)
  std::optional<std::string> frequency;  ///< Pattern of despatch (UNTDID 2013)
  Maybe<Address> alternative_address;  ///< Where else it may be delivered
  std::vector<Reference> references;  ///< References of this delivery
  std::optional<std::string> name;  ///< Name of the place
  std::vector<Note> notes;  ///< Free text on this delivery
  Maybe<Party> despatch_party;  ///< Who despatches
  Maybe<Period> estimated_despatch;  ///< Estimated despatch
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::optional<Time> earliest_time;  ///< Not before, time
  std::optional<std::string> language;  ///< Language of the names (ISO 639-1)
};

/// A handling unit; parent tells which one it stands in.
struct Package {
  std::optional<std::string> id;  ///< Identifier within the document
  std::optional<std::string> parent;  ///< Identifier of the package around it
  std::optional<std::string> sscc;  ///< Serial shipping container code (18 digits)
  std::optional<std::string> type;  ///< Kind of package
  std::optional<std::int64_t> count;  ///< Number of equal packages
  std::optional<std::string> level;  ///< Level of packing (UNTDID 7075)
  std::vector<std::string> marks;  ///< Shipping marks
  Maybe<Quantity> gross_weight;  ///< Gross weight
  Maybe<Quantity> net_weight;  ///< Net weight
  Maybe<Quantity> volume;  ///< Volume
  std::vector<Measure> measures;  ///< Length, width, height, weight …
  std::optional<bool> returnable;  ///< To be given back
  std::optional<std::string> material;  ///< Material
  std::optional<std::string> description;  ///< What it is
  std::optional<std::string> marking_instructions;  ///< How it is marked (UNTDID 4233)
  std::optional<std::string> identity_range_end;  ///< Last number, where equal packages are numbered on
  std::vector<Hazard> hazards;  ///< Dangerous goods in it
  std::vector<Reference> references;  ///< References of the package
  std::optional<std::string> identity_qualifier;  ///< What the number is (UNTDID 7405)
  std::optional<std::string> handling;  ///< Handling instruction
  std::optional<std::string> handling_instructions;  ///< Handling instruction in words
  std::optional<std::string> terms;  ///< Terms of the package (UNTDID 7073)
  std::vector<Note> notes;  ///< Free text
  std::optional<std::string> tracking_id;  ///< Carrier's tracking number
  Maybe<Quantity> quantity;  ///< Content
  std::vector<Identifier> other_ids;  ///< Further identifiers
  std::optional<std::string> type_name;  ///< Kind of package in words
  std::vector<Packing> packings;  ///< What is in it, where the source tells it by package
  std::vector<Extension> extensions;  ///< What the model has no field for
};

/// What of a line is in which package.
struct Packing {
  std::optional<std::string> package;  ///< Identifier of the package
  Maybe<Quantity> quantity;  ///< How much of the line is in it
  std::optional<std::string> sscc;  ///< Serial shipping container code, where the package has no entry
  std::optional<std::string> line;  ///< Number of the line, where told by package
  std::vector<ItemInstance> instances;  ///< Pieces and lots in it
  std::optional<std::string> type;  ///< Kind of package
};

/// Sums of the document.
struct Totals {
  std::optional<Decimal> line_net;  ///< Sum of line net amounts
  std::optional<Decimal> allowances;  ///< Sum of allowances on document level
  std::optional<Decimal> charges;  ///< Sum of charges on document level
  std::optional<Decimal> net;  ///< Total amount without tax
  std::optional<Decimal> tax;  ///< Total tax amount
  std::optional<Decimal> tax_in_tax_currency;  ///< Total tax amount in the accounting currency
  std::optional<Decimal> gross;  ///< Total amount with tax
  std::optional<Decimal> prepaid;  ///< Paid amount
  std::optional<Decimal> rounding;  ///< Rounding amount
  std::optional<Decimal> payable;  ///< Amount due for payment
  std::optional<Decimal> payable_alternative;  ///< Amount due in another currency
  std::optional<Decimal> quantity;  ///< Sum of quantities (control total)
  std::optional<std::int64_t> line_count;  ///< Number of lines (control total)
  std::optional<Decimal> gross_weight;  ///< Gross weight (control total)
  std::optional<Decimal> tax_rounding;  ///< Rounding of the tax
  std::optional<Decimal> discountable;  ///< Amount a settlement discount is computed from
  std::optional<Decimal> volume;  ///< Volume (control total)
  std::optional<Decimal> package_count;  ///< Number of packages (control total)
  std::optional<Decimal> withheld;  ///< Taxes withheld
};

/// Where the buyer books it.
struct Accounting {
  std::optional<std::string> reference;  ///< Buyer accounting reference (UBL AccountingCost)
  std::optional<std::string> code;  ///< The same as a code (UBL AccountingCostCode)
  std::optional<std::string> cost_center;  ///< Cost centre
  std::optional<std::string> project;  ///< Project
  std::optional<std::string> gl_account;  ///< General ledger account
  std::optional<Decimal> percentage;  ///< Part of the amount in percent
  std::optional<Decimal> amount;  ///< Part of the amount
  std::optional<std::string> asset;  ///< Asset
  std::optional<std::string> order;  ///< Internal order
  std::vector<Attribute> segments;  ///< Parts of the booking by name (cXML AccountingSegment)
};

/// The interchange the document came in or goes out by.
struct Envelope {
  Maybe<Identifier> sender;  ///< Sender of the interchange
  Maybe<Identifier> recipient;  ///< Recipient of the interchange
  std::optional<std::string> reference;  ///< Interchange control reference
  std::optional<std::string> message_reference;  ///< Message or instance reference
  std::optional<bool> test;  ///< Not for booking
  std::optional<std::string> profile;  ///< Profile or business process (BT-23 on an invoice)
  std::optional<std::string> specification;  ///< Customization the document keeps to (BT-24 on an invoice)
  std::optional<DateTime> prepared;  ///< When the interchange was made
  std::optional<std::string> syntax;  ///< Syntax and version
  std::optional<std::string> application;  ///< Application reference
  std::optional<std::string> agreement;  ///< Interchange agreement
  std::optional<std::string> priority;  ///< Processing priority
  std::optional<bool> acknowledgement_requested;  ///< The sender wants an acknowledgement
  std::optional<std::string> message_type;  ///< Type and version of the message in its own syntax
  std::optional<std::string> group_reference;  ///< Functional group reference
  std::optional<std::int64_t> message_count;  ///< Number of messages in the interchange
  std::optional<std::string> profile_execution;  ///< Instance of the process (UBL ProfileExecutionID)
  std::optional<std::string> sender_routing;  ///< Sender's address for routing back
  std::optional<std::string> recipient_routing;  ///< Recipient's address for routing on
  std::optional<std::string> password;  ///< Recipient's reference or password
  std::optional<std::string> association;  ///< Subset of the message (association assigned code)
  std::optional<std::string> access_reference;  ///< Common access reference
  std::optional<std::string> syntax_version;  ///< Version of the model the source names (UBLVersionID)
  std::optional<std::string> profile_scheme;  ///< Scheme of the profile
  std::optional<std::string> specification_scheme;  ///< Scheme of the customization
  std::vector<Identifier> sender_ids;  ///< Further identifiers of the sender
  std::vector<Identifier> recipient_ids;  ///< Further identifiers of the recipient
  Maybe<Identifier> submitter;  ///< Who handed the document in for the sender (cXML Sender)
  std::vector<Identifier> submitter_ids;  ///< Further identifiers of who handed it in
  Maybe<Identifier> document_type;  ///< Kind of document by the network's list (Peppol DOCUMENTID)
  Maybe<Identifier> process;  ///< Business process by the network's list (Peppol PROCESSID)
  std::optional<std::string> sender_country;  ///< Country of the sender (Peppol COUNTRY_C1)
  std::vector<EnvelopeScope> scopes;  ///< Further scopes of the exchange (SBDH BusinessScope)
  std::optional<std::string> message_version;  ///< Version of the message where the envelope names it
  std::optional<std::string> language;  ///< Language of the texts in the document (ISO 639-1)
  Maybe<Contact> sender_contact;  ///< Whom to ask at the sender's
  Maybe<Contact> recipient_contact;  ///< Whom to ask at the recipient's
  std::optional<std::string> original_reference;  ///< Reference of the interchange this one carries on or answers
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::optional<std::string> profile_scheme_agency;  ///< Agency that keeps the scheme of the profile
  std::optional<std::string> specification_scheme_agency;  ///< Agency that keeps the scheme of the customization
};

/// One scope of an exchange (SBDH Scope).
struct EnvelopeScope {
  std::optional<std::string> type;  ///< Kind of scope
  std::optional<std::string> instance;  ///< What is in scope
  std::optional<std::string> scheme;  ///< Scheme of what is in scope
};

/// A payment made before the invoice.
struct Prepayment {
  std::optional<Decimal> amount;  ///< Paid amount
  std::optional<Date> date;  ///< Paid on
  std::optional<std::string> id;  ///< Identifier of the payment
  std::optional<Date> received_date;  ///< Received on
  std::optional<std::string> instruction_id;  ///< Instruction
  Maybe<Reference> invoice;  ///< Prepayment invoice
  std::optional<Time> time;  ///< Paid at
  std::optional<std::string> currency;  ///< Currency, if not the document's
};

/// Why something is as it is.
struct StatusReason {
  std::optional<std::string> code;  ///< Reason (OPStatusReason, ISO 20022 …)
  std::optional<std::string> scheme;  ///< List the code is from
  std::optional<std::string> text;  ///< Reason in words
  std::optional<std::string> action;  ///< What the other side shall do
  std::optional<std::string> action_text;  ///< What the other side shall do, in words
  std::vector<ReasonCondition> conditions;  ///< What exactly is meant
  std::optional<std::string> path;  ///< Canonical path of the value that is meant
  Maybe<Party> originator;  ///< Who says so
  std::optional<std::string> condition;  ///< What the status is about (UBL ConditionCode)
  std::optional<Date> date;  ///< Since when
  std::optional<Time> time;  ///< Since when, time
  std::vector<std::string> descriptions;  ///< The status in words
  std::optional<std::string> sequence;  ///< Place in a sequence of statuses
  std::vector<std::string> remarks;  ///< Further text
  std::optional<bool> indication;  ///< Yes or no, where the condition asks for it
  std::optional<Decimal> percent;  ///< Share in percent
  std::optional<Decimal> reliability;  ///< How sure that is, in percent
  std::vector<std::string> other_texts;  ///< Further reasons in words
  std::optional<std::string> language;  ///< Language of the texts (ISO 639-1)
  std::vector<Reference> references;  ///< What it is about: line, item, equipment
};

/// A value that is meant, and what it should be.
struct ReasonCondition {
  std::optional<std::string> attribute;  ///< Which value, as a business term
  std::optional<std::string> found;  ///< What was found
  std::optional<std::string> expected;  ///< What would be right
  Maybe<Quantity> measure;  ///< What was measured
  Maybe<Quantity> minimum;  ///< At least
  Maybe<Quantity> maximum;  ///< At most
  std::vector<std::string> descriptions;  ///< Further words on it
};

/// What is said of a line.
struct ResponseLine {
  std::optional<std::string> number;  ///< Number
  std::optional<std::string> invoice_line;  ///< Line of the invoice
  std::optional<std::string> status;  ///< What becomes of the line
  std::vector<StatusReason> reasons;  ///< Why
  Maybe<Quantity> invoiced_quantity;  ///< Invoiced
  Maybe<Quantity> ordered_quantity;  ///< Ordered
  Maybe<Quantity> received_quantity;  ///< Received
  Maybe<Price> invoiced_price;  ///< Invoiced price
  Maybe<Price> ordered_price;  ///< Agreed price
  std::optional<Decimal> difference;  ///< Difference as an amount
  Maybe<Item> item;  ///< Item
  Maybe<Reference> order_reference;  ///< Order and its line
  Maybe<Reference> receipt_reference;  ///< Receipt and its line
  std::vector<Note> note;  ///< Free text
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::optional<std::string> response_reference;  ///< Number of the answer within the document
  std::vector<std::string> descriptions;  ///< The answer in words
  std::optional<Date> effective_date;  ///< Since when
  std::optional<Time> effective_time;  ///< Since when, time
  std::optional<std::string> uuid;  ///< Universally unique identifier of the invoice's line
};

/// A line of a requisition, an order, its change or its response.
struct OrderLine {
  std::optional<std::string> number;  ///< Line number
  Maybe<Item> item;  ///< What is ordered
  Maybe<Quantity> quantity;  ///< How much is ordered
  Maybe<Price> price;  ///< At which price
  std::optional<Decimal> net_amount;  ///< Quantity × price with allowances and charges, without tax
  std::vector<Note> note;  ///< Free text
  std::optional<std::string> action;  ///< What happened to the line (UNTDID 1229)
  std::optional<std::string> status;  ///< State of the line (UBL LineStatusCode)
  std::vector<Delivery> deliveries;  ///< Delivery schedule
  Maybe<Period> delivery_period;  ///< When it is wanted
  std::vector<AllowanceCharge> allowances;  ///< Allowances
  std::vector<AllowanceCharge> charges;  ///< Charges
  Maybe<Tax> tax;  ///< Tax
  std::vector<Tax> other_taxes;  ///< Further taxes
  Maybe<Accounting> accounting;  ///< Where the buyer books it
  std::vector<Reference> references;  ///< Other documents
  std::optional<std::string> order_line;  ///< Line of the order a change or response speaks of
  std::vector<OrderLine> substitutes;  ///< Items offered or wanted instead
  std::vector<Price> other_prices;  ///< Further prices
  std::vector<TypedQuantity> other_quantities;  ///< Further quantities
  Maybe<Quantity> minimum_quantity;  ///< At least
  Maybe<Quantity> maximum_quantity;  ///< At most
  std::optional<bool> partial_allowed;  ///< Part deliveries are allowed
  std::optional<bool> backorder_allowed;  ///< Late deliveries are allowed
  Maybe<Quantity> backorder_quantity;  ///< Delivered later
  std::optional<std::string> backorder_reason;  ///< Why later
  std::optional<std::string> seller_line;  ///< Seller's own line number
  std::optional<std::string> parent;  ///< Number of the line this one is a part of
  std::optional<std::string> configuration;  ///< Kind of part (UNTDID 7083)
  Maybe<Reference> contract;  ///< Contract
  Maybe<Reference> quotation;  ///< Quotation
  Maybe<Reference> requisition;  ///< Requisition
  Maybe<Party> originator;  ///< Who asked for it
  std::vector<Party> parties;  ///< Further parties; role tells
  std::vector<Package> packages;  ///< How it is packed
  std::optional<Decimal> tax_amount;  ///< Tax of the line
  std::vector<TypedAmount> amounts;  ///< Further amounts
  std::vector<TypedDate> dates;  ///< Further dates
  Maybe<DeliveryTerms> terms;  ///< Delivery terms
  std::vector<Transport> transports;  ///< Transport
  std::optional<std::string> warranty;  ///< Warranty
  std::vector<Measure> measures;  ///< Measures
  std::optional<std::string> category;  ///< Kind of line (UBL CategoryCode)
  std::optional<std::string> uuid;  ///< Universally unique identifier
  std::vector<std::string> instructions;  ///< Inspection and other instructions
  std::vector<Address> locations;  ///< Places; type tells
  std::vector<Attribute> attributes;  ///< Properties of the line
  std::optional<Decimal> gross_amount;  ///< Amount with tax
  std::vector<PaymentTerms> payment_terms;  ///< Payment terms of the line
  Maybe<Reference> order;  ///< Order the line belongs to, if not the document's
  Maybe<Reference> catalogue_line;  ///< Catalogue line
  Maybe<Period> warranty_valid;  ///< When the warranty holds
  Maybe<Party> warranty_party;  ///< Who gives the warranty
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::optional<std::string> request_line;  ///< Line of the request, where the item in it has a number of its own
  std::optional<bool> optional;  ///< The line may be left out of the offer
  std::optional<std::string> privacy;  ///< How private the line is (UBL PrivacyCode)
  std::optional<std::string> security;  ///< How secret the line is (UBL SecurityClassificationCode)
  Maybe<Party> seller;  ///< From whom, if not from the document's seller
  std::vector<Accounting> accountings;  ///< Where the buyer books it, in shares
  std::vector<TaxSubtotal> tax_subtotals;  ///< Taxes of the line with their amounts
  std::vector<OrderConfirmation> confirmations;  ///< What the seller says to parts of the line
};

/// A quantity whose kind a code tells.
struct TypedQuantity {
  std::optional<std::string> type;  ///< Kind
  std::optional<Decimal> value;  ///< How many
  std::optional<std::string> unit;  ///< Unit of measure
};

/// An amount whose kind a code tells.
struct TypedAmount {
  std::optional<std::string> type;  ///< Kind
  std::optional<Decimal> amount;  ///< Amount
  std::optional<std::string> currency;  ///< Currency, if not the document's
  std::optional<std::string> status;  ///< Status (UNTDID 4405)
};

/// A date whose kind a code tells.
struct TypedDate {
  std::optional<std::string> type;  ///< Kind
  std::optional<Date> date;  ///< Date
  std::optional<Time> time;  ///< Time
  std::optional<Date> end_date;  ///< Last day, where it is a period
};

/// A difference from what was agreed.
struct Variance {
  Maybe<Quantity> quantity;  ///< How much
  std::optional<std::string> code;  ///< Kind (UNTDID 6063, 4221)
  std::optional<std::string> reason;  ///< Why (UNTDID 4295)
  std::optional<std::string> text;  ///< Why, in words
  std::optional<Date> backorder_date;  ///< When the rest comes
};

/// What the seller says to a part of a line (cXML ConfirmationStatus).
struct OrderConfirmation {
  std::optional<std::string> status;  ///< Accepted, changed, delayed, rejected … (UNTDID 4343, 1229)
  Maybe<Quantity> quantity;  ///< How much of the line
  std::optional<Date> despatch_date;  ///< When it is sent
  std::optional<Time> despatch_time;  ///< Time it is sent
  std::optional<Date> delivery_date;  ///< When it arrives
  std::optional<Time> delivery_time;  ///< Time it arrives
  Maybe<Price> price;  ///< Price, if another
  std::optional<Decimal> tax_amount;  ///< Tax
  std::vector<Note> note;  ///< Free text
  Maybe<Item> item;  ///< Item, if another
  std::optional<std::string> lot_number;  ///< Lot or batch
  std::vector<Extension> extensions;  ///< What the model has no field for
};

/// A document that is paid, wholly or in part.
struct SettledDocument {
  std::optional<std::string> number;  ///< Number of the document
  std::optional<std::string> type;  ///< Kind of document (UNTDID 1001, CINV, CREN …)
  std::optional<Date> issue_date;  ///< When it was issued
  std::optional<Decimal> due_amount;  ///< Amount that was due
  std::optional<Decimal> paid_amount;  ///< Amount that is paid
  std::optional<Decimal> discount;  ///< Discount taken
  std::optional<Decimal> credit_amount;  ///< Amount credited
  std::optional<Decimal> tax_amount;  ///< Tax
  std::vector<AllowanceCharge> adjustments;  ///< Further deductions
  std::optional<std::string> creditor_reference;  ///< Structured creditor reference (RF, QR, KID …)
  std::optional<std::string> reference_type;  ///< Kind of structured reference
  Maybe<Reference> order_reference;  ///< Order
  std::optional<std::string> note;  ///< Free text
  std::optional<std::string> currency;  ///< Currency, if not the document's
  std::optional<std::string> line;  ///< Line of this document
  std::vector<Reference> lines;  ///< Lines of the settled document
  Maybe<Party> invoicer;  ///< Who invoiced
  Maybe<Party> invoicee;  ///< Who was invoiced
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::optional<std::string> uuid;  ///< Universally unique identifier of the line
  std::optional<Decimal> balance;  ///< What is left on the line
  std::optional<std::string> purpose;  ///< Payment purpose
  std::optional<std::string> payee_reference;  ///< Reference of who invoiced
  std::optional<std::string> document_uuid;  ///< Universally unique identifier of the document
  Maybe<Party> buyer;  ///< Who bought
  Maybe<Party> seller;  ///< Who sold
  Maybe<Party> originator;  ///< Who asked for it
  Maybe<Party> payee;  ///< Who gets the money
  Maybe<Period> period;  ///< Invoicing period
  std::vector<Period> other_periods;  ///< Further invoicing periods
  Maybe<Reference> credit_note;  ///< Credit note that is settled
  Maybe<Reference> debit_note;  ///< Debit note that is settled
  std::vector<Reference> references;  ///< Further documents
  Maybe<ExchangeRate> exchange_rate;  ///< Rate
  std::vector<std::string> notes;  ///< Further text
  std::optional<Decimal> adjustment;  ///< Adjustment
  Maybe<Reference> contract_reference;  ///< Contract
  std::vector<Party> parties;  ///< Further parties; role tells
  std::vector<TypedDate> dates;  ///< Further dates
};

/// A line to be taxed, or as it was taxed.
struct TaxLine {
  std::optional<std::string> number;  ///< Line number
  Maybe<Item> item;  ///< What is taxed
  Maybe<Quantity> quantity;  ///< How much
  std::optional<Decimal> amount;  ///< Amount without tax
  std::optional<Decimal> discount;  ///< Discount in it
  std::optional<bool> includes_tax;  ///< The amount includes tax
  std::optional<std::string> tax_code;  ///< Kind of goods for the tax engine
  std::optional<std::string> usage;  ///< Kind of buyer or use
  Maybe<Reference> exemption;  ///< Exemption certificate
  Maybe<Address> from;  ///< Where it comes from
  Maybe<Address> to;  ///< Where it goes to
  Maybe<Tax> tax;  ///< Tax
  std::vector<Tax> other_taxes;  ///< Further taxes
  std::optional<Decimal> tax_amount;  ///< Sum of the taxes
  std::optional<Decimal> taxable_amount;  ///< Taxed part
  std::optional<Decimal> exempt_amount;  ///< Part that is exempt
  Maybe<Price> price;  ///< Price
  std::vector<AllowanceCharge> allowances;  ///< Allowances
  std::vector<AllowanceCharge> charges;  ///< Charges
  Maybe<Accounting> accounting;  ///< Where it is booked
  std::vector<StatusReason> reasons;  ///< What the engine says
  std::vector<TaxSubtotal> details;  ///< Taxes by jurisdiction
  std::optional<Date> tax_date;  ///< Day whose tax law counts, if another
  std::vector<Note> note;  ///< Free text
  std::vector<Extension> extensions;  ///< What the model has no field for
};

struct DocumentAccess;

}  // namespace purser::model
