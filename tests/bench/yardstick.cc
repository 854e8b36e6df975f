#include "tests/bench/yardstick.h"

#include <libxml/parser.h>

#include <cstring>
#include <pugixml.hpp>
#include <string>

namespace purser::bench {
namespace {

class Json {
 public:
  explicit Json(std::string& out) : out_(out) {}
  void open(const char* name, char bracket) {
    key(name);
    out_ += bracket;
  }
  void close(char bracket) {
    if (out_.back() == ',') out_.pop_back();
    out_ += bracket;
    out_ += ',';
  }
  void field(const char* name, const char* value) {
    if (*value == '\0') return;
    key(name);
    out_ += '"';
    for (; *value != '\0'; ++value) {
      if (*value == '"' || *value == '\\') out_ += '\\';
      out_ += *value;
    }
    out_ += "\",";
  }

 private:
  void key(const char* name) {
    if (*name == '\0') return;
    out_ += '"';
    out_ += name;
    out_ += "\":";
  }
  std::string& out_;
};

void party(Json& json, const char* name, const pugi::xml_node& node) {
  if (!node) return;
  json.open(name, '{');
  json.field("name", node.child("cac:PartyLegalEntity").child_value("cbc:RegistrationName"));
  json.field("trading_name", node.child("cac:PartyName").child_value("cbc:Name"));
  json.field("endpoint", node.child_value("cbc:EndpointID"));
  json.field("scheme", node.child("cbc:EndpointID").attribute("schemeID").value());
  json.open("identifiers", '[');
  for (const auto& id : node.children("cac:PartyIdentification")) {
    json.open("", '{');
    json.field("id", id.child_value("cbc:ID"));
    json.field("scheme", id.child("cbc:ID").attribute("schemeID").value());
    json.close('}');
  }
  json.close(']');
  json.field("vat_id", node.child("cac:PartyTaxScheme").child_value("cbc:CompanyID"));
  if (const auto address = node.child("cac:PostalAddress")) {
    json.open("address", '{');
    json.field("line1", address.child_value("cbc:StreetName"));
    json.field("line2", address.child_value("cbc:AdditionalStreetName"));
    json.field("city", address.child_value("cbc:CityName"));
    json.field("post_code", address.child_value("cbc:PostalZone"));
    json.field("country", address.child("cac:Country").child_value("cbc:IdentificationCode"));
    json.close('}');
  }
  if (const auto contact = node.child("cac:Contact")) {
    json.open("contact", '{');
    json.field("name", contact.child_value("cbc:Name"));
    json.field("telephone", contact.child_value("cbc:Telephone"));
    json.field("email", contact.child_value("cbc:ElectronicMail"));
    json.close('}');
  }
  json.close('}');
}

void line(Json& json, pugi::xml_node node, const char* quantity_name) {
  if (const auto inner = node.child("cac:LineItem")) node = inner;
  json.open("", '{');
  json.field("number", node.child_value("cbc:ID"));
  const auto quantity = node.child(quantity_name);
  json.open("quantity", '{');
  json.field("value", quantity.child_value());
  json.field("unit", quantity.attribute("unitCode").value());
  json.close('}');
  json.field("net_amount", node.child_value("cbc:LineExtensionAmount"));
  json.field("order_line", node.child("cac:OrderLineReference").child_value("cbc:LineID"));
  json.field("price", node.child("cac:Price").child_value("cbc:PriceAmount"));
  if (const auto item = node.child("cac:Item")) {
    json.open("item", '{');
    json.field("name", item.child_value("cbc:Name"));
    json.field("description", item.child_value("cbc:Description"));
    json.field("seller_id", item.child("cac:SellersItemIdentification").child_value("cbc:ID"));
    json.field("buyer_id", item.child("cac:BuyersItemIdentification").child_value("cbc:ID"));
    const auto standard = item.child("cac:StandardItemIdentification").child("cbc:ID");
    json.field("standard_id", standard.child_value());
    json.field("scheme", standard.attribute("schemeID").value());
    const auto tax = item.child("cac:ClassifiedTaxCategory");
    json.field("category", tax.child_value("cbc:ID"));
    json.field("rate", tax.child_value("cbc:Percent"));
    json.field("type", tax.child("cac:TaxScheme").child_value("cbc:ID"));
    json.close('}');
  }
  json.close('}');
}

void walk(Json& json, const pugi::xml_node& root) {
  json.open("", '{');
  json.field("number", root.child_value("cbc:ID"));
  json.field("issue_date", root.child_value("cbc:IssueDate"));
  json.field("due_date", root.child_value("cbc:DueDate"));
  json.field("kind", root.child_value("cbc:InvoiceTypeCode"));
  json.field("currency", root.child_value("cbc:DocumentCurrencyCode"));
  json.field("note", root.child_value("cbc:Note"));
  json.field("buyer_reference", root.child_value("cbc:BuyerReference"));
  json.field("order", root.child("cac:OrderReference").child_value("cbc:ID"));
  json.field("contract", root.child("cac:ContractDocumentReference").child_value("cbc:ID"));
  party(json, "buyer", root.child("cac:AccountingCustomerParty").child("cac:Party"));
  party(json, "seller", root.child("cac:AccountingSupplierParty").child("cac:Party"));
  party(json, "buyer", root.child("cac:BuyerCustomerParty").child("cac:Party"));
  party(json, "seller", root.child("cac:SellerSupplierParty").child("cac:Party"));
  for (const auto& means : root.children("cac:PaymentMeans")) {
    json.field("means", means.child_value("cbc:PaymentMeansCode"));
    json.field("remittance", means.child_value("cbc:PaymentID"));
    json.field("account", means.child("cac:PayeeFinancialAccount").child_value("cbc:ID"));
  }
  json.field("terms", root.child("cac:PaymentTerms").child_value("cbc:Note"));
  if (const auto total = root.child("cac:LegalMonetaryTotal")) {
    json.field("line_net", total.child_value("cbc:LineExtensionAmount"));
    json.field("net", total.child_value("cbc:TaxExclusiveAmount"));
    json.field("gross", total.child_value("cbc:TaxInclusiveAmount"));
    json.field("payable", total.child_value("cbc:PayableAmount"));
  }
  json.field("tax", root.child("cac:TaxTotal").child_value("cbc:TaxAmount"));
  json.open("tax_subtotals", '[');
  for (const auto& subtotal : root.child("cac:TaxTotal").children("cac:TaxSubtotal")) {
    json.open("", '{');
    json.field("taxable", subtotal.child_value("cbc:TaxableAmount"));
    json.field("tax", subtotal.child_value("cbc:TaxAmount"));
    const auto category = subtotal.child("cac:TaxCategory");
    json.field("category", category.child_value("cbc:ID"));
    json.field("rate", category.child_value("cbc:Percent"));
    json.close('}');
  }
  json.close(']');
  json.open("lines", '[');
  for (const auto& each : root.children("cac:InvoiceLine")) line(json, each, "cbc:InvoicedQuantity");
  for (const auto& each : root.children("cac:OrderLine")) line(json, each, "cbc:Quantity");
  json.close(']');
  json.close('}');
}

}  // namespace

std::uint64_t scan(std::string_view text) {
  return std::memchr(text.data(), '\x01', text.size()) == nullptr ? text.size() : 0;
}

std::uint64_t pugixml_walk(std::string_view ubl) {
  pugi::xml_document document;
  if (!document.load_buffer(ubl.data(), ubl.size())) return 0;
  std::string out;
  Json json(out);
  walk(json, document.document_element());
  return out.size();
}

std::uint64_t pugixml_parse(std::string_view xml) {
  pugi::xml_document document;
  return document.load_buffer(xml.data(), xml.size()) ? xml.size() : 0;
}

std::uint64_t libxml2_sax(std::string_view xml) {
  xmlSAXHandler handler;
  std::memset(&handler, 0, sizeof handler);
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = [](void* sum, const xmlChar* name, const xmlChar*, const xmlChar*, int,
                              const xmlChar**, int, int,
                              const xmlChar**) { *static_cast<std::uint64_t*>(sum) += name[0]; };
  handler.endElementNs = [](void*, const xmlChar*, const xmlChar*, const xmlChar*) {};
  handler.characters = [](void* sum, const xmlChar*, int length) {
    *static_cast<std::uint64_t*>(sum) += static_cast<std::uint64_t>(length);
  };
  std::uint64_t sum = 0;
  return xmlSAXUserParseMemory(&handler, &sum, xml.data(), static_cast<int>(xml.size())) == 0 ? sum : 0;
}

}  // namespace purser::bench
