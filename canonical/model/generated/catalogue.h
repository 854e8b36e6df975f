// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

#include "canonical/model/generated/groups.h"

namespace purser::model {

struct TradingTerms;
struct CatalogueLine;
struct ItemComparison;
struct RelatedItem;
struct ItemLocation;
struct DeliveryUnit;

/// Terms of trade of a catalogue.
struct TradingTerms {
  std::vector<std::string> information;  ///< The terms in words
  std::optional<std::string> reference;  ///< Where they are written down
  Maybe<Address> address;  ///< Where they hold
};

/// An item on offer.
struct CatalogueLine {
  std::optional<std::string> number;  ///< Line number
  Maybe<Item> item;  ///< What is offered
  std::optional<std::string> action;  ///< Add, change or remove the line
  std::optional<std::string> status;  ///< Place in its life: new, deleted announcement … (UBL LifeCycleStatusCode)
  std::optional<std::string> contract_subdivision;  ///< Part of the contract
  std::vector<Note> note;  ///< Free text
  std::optional<bool> orderable;  ///< It can be ordered
  std::optional<std::string> orderable_unit;  ///< Unit to order in
  Maybe<Quantity> content;  ///< Content of that unit
  std::optional<Decimal> order_increment;  ///< Orders go up by so many units
  Maybe<Quantity> minimum_quantity;  ///< Smallest order
  Maybe<Quantity> maximum_quantity;  ///< Largest order
  std::optional<std::string> warranty;  ///< Warranty
  std::vector<std::string> warranty_texts;  ///< Further words on the warranty
  std::optional<std::string> pack_level;  ///< Level of packing
  Maybe<Party> buyer;  ///< Who may buy
  Maybe<Party> seller;  ///< Who sells, if not the document's seller
  Maybe<Party> warranty_party;  ///< Who gives the warranty
  Maybe<Period> warranty_valid;  ///< When the warranty holds
  Maybe<Period> validity;  ///< When the line is valid
  std::vector<ItemComparison> comparisons;  ///< Prices by a unit to compare with
  std::vector<RelatedItem> components;  ///< What it consists of
  std::vector<RelatedItem> accessories;  ///< What goes with it
  std::vector<RelatedItem> required_items;  ///< What it cannot do without
  std::vector<RelatedItem> replacements;  ///< What may be bought instead
  std::vector<RelatedItem> complements;  ///< What completes it
  std::vector<RelatedItem> replaced_items;  ///< What it comes instead of
  std::vector<ItemLocation> locations;  ///< Prices and conditions by place and quantity
  std::vector<Reference> references;  ///< Other documents
  std::vector<Attribute> keyword_attributes;  ///< Properties to search by
  Maybe<Reference> tender_line;  ///< Line of the call for tenders
  Maybe<Reference> tender;  ///< Call for tenders
  std::optional<std::string> uuid;  ///< Universally unique identifier
  Maybe<Tax> tax;  ///< Tax
  std::vector<Tax> other_taxes;  ///< Further taxes
  std::vector<Extension> extensions;  ///< What the model has no field for
};

/// A price by a unit to compare with.
struct ItemComparison {
  std::optional<Decimal> price;  ///< Price
  Maybe<Quantity> quantity;  ///< For so much
};

/// Another item the item at hand has to do with.
struct RelatedItem {
  std::optional<std::string> id;  ///< Its number
  Maybe<Quantity> quantity;  ///< How much of it
  std::optional<std::string> description;  ///< What it is
  std::vector<std::string> descriptions;  ///< Further words
};

/// Price and conditions of an item for a place or a quantity.
struct ItemLocation {
  Maybe<Measure> lead_time;  ///< Time to deliver
  Maybe<Quantity> minimum_quantity;  ///< From so much
  Maybe<Quantity> maximum_quantity;  ///< Up to so much
  std::optional<bool> hazardous;  ///< Dangerous goods
  std::vector<std::string> restrictions;  ///< Restrictions of trade
  Maybe<Address> territory;  ///< Where it holds
  std::vector<Address> other_territories;  ///< Where else it holds
  Maybe<Price> price;  ///< Price
  std::vector<DeliveryUnit> delivery_units;  ///< Units of delivery
  std::vector<Tax> taxes;  ///< Taxes
  Maybe<Package> package;  ///< How it is packed
  std::vector<AllowanceCharge> allowances;  ///< Allowances
  std::vector<AllowanceCharge> charges;  ///< Charges
  Maybe<Period> delivery_period;  ///< When it can be delivered
};

/// How many units go in one delivery unit.
struct DeliveryUnit {
  Maybe<Quantity> batch;  ///< Units in a batch
  Maybe<Quantity> consumer_unit;  ///< Units a consumer buys
  std::optional<bool> hazardous;  ///< Dangerous goods
};

/// Document: Catalogue.
struct Catalogue {
  std::optional<std::string> number;  ///< Number of the document
  std::optional<Date> issue_date;  ///< When it was issued
  std::optional<Time> issue_time;  ///< Time of issue
  std::optional<std::string> kind;  ///< Kind of document
  std::optional<std::string> currency;  ///< Currency of the prices
  std::vector<Note> note;  ///< Free text
  std::optional<std::string> function;  ///< Original, copy, cancellation … (UNTDID 1225)
  std::optional<std::string> uuid;  ///< Universally unique identifier
  std::optional<bool> copy;  ///< A copy of the document
  Maybe<Envelope> envelope;  ///< The interchange it came in
  std::optional<std::string> name;  ///< Name of the catalogue
  std::optional<std::string> action;  ///< Create, replace, update or remove (UBL ActionCode)
  std::vector<std::string> description;  ///< What the catalogue is about
  std::optional<Date> revision_date;  ///< When it was revised
  std::optional<Time> revision_time;  ///< Time of the revision
  std::optional<std::string> version;  ///< Version
  std::optional<std::string> previous_version;  ///< Version before
  std::optional<std::int64_t> line_count;  ///< Number of lines the source states
  Maybe<Period> validity;  ///< When it is valid
  std::vector<Period> other_validities;  ///< Further times
  Maybe<Reference> contract_reference;  ///< Contract it belongs to
  std::vector<Reference> contract_references;  ///< Further contracts
  Maybe<Reference> source_catalogue;  ///< Catalogue it was made from
  std::vector<Reference> references;  ///< Further documents
  Maybe<Party> provider;  ///< Who sends it
  Maybe<Party> receiver;  ///< Who gets it
  Maybe<Party> seller;  ///< Who sells
  Maybe<Party> buyer;  ///< Who may buy (UBL ContractorCustomerParty)
  std::vector<TradingTerms> trading_terms;  ///< Terms of trade
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::vector<CatalogueLine> lines;  ///< Lines
};

/// The tables to_events and StructBuilder work with. [any]
const DocumentAccess& access(const Catalogue*);

}  // namespace purser::model
