// XMP metadata of a Factur-X PDF (Factur-X 1.0.07, section 6.2; ISO 16684-1): who it is, and the description
// of the fx: properties that PDF/A demands of any schema it does not know.
#include <array>
#include <pugixml.hpp>
#include <sstream>
#include <string>

#include "connectors/cii/pdf.h"

namespace purser::cii {
namespace {

constexpr const char* fx_space = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#";
constexpr const char* packet_begin = "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n";
constexpr const char* packet_end = "\n<?xpacket end=\"w\"?>";

struct Property {
  const char* name;
  const char* description;
};
constexpr std::array<Property, 4> properties = {
    {{"DocumentFileName", "name of the embedded XML invoice file"},
     {"DocumentType", "kind of the document: INVOICE"},
     {"Version", "version of the profile of the XML invoice"},
     {"ConformanceLevel", "profile of the XML invoice"}}};

/// The first node below `from` with this name, in document order.
pugi::xml_node find(const pugi::xml_node& from, const char* name) {
  return from.find_node([name](const pugi::xml_node& node) { return std::string_view(node.name()) == name; });
}

void add(pugi::xml_node to, const char* name, const std::string& text) {
  to.append_child(name).text().set(text.c_str());
}

pugi::xml_node add_description(pugi::xml_node rdf) {
  auto description = rdf.append_child("rdf:Description");
  description.append_attribute("rdf:about") = "";
  return description;
}

/// The description of our properties, in the list of extension schemas.
void add_schema(pugi::xml_node rdf) {
  auto bag = find(rdf, "pdfaExtension:schemas").child("rdf:Bag");
  if (bag.empty()) {
    auto description = add_description(rdf);
    description.append_attribute("xmlns:pdfaExtension") = "http://www.aiim.org/pdfa/ns/extension/";
    bag = description.append_child("pdfaExtension:schemas").append_child("rdf:Bag");
  }
  auto schema = bag.append_child("rdf:li");
  schema.append_attribute("rdf:parseType") = "Resource";
  schema.append_attribute("xmlns:pdfaSchema") = "http://www.aiim.org/pdfa/ns/schema#";
  schema.append_attribute("xmlns:pdfaProperty") = "http://www.aiim.org/pdfa/ns/property#";
  add(schema, "pdfaSchema:schema", "Factur-X PDFA Extension Schema");
  add(schema, "pdfaSchema:namespaceURI", fx_space);
  add(schema, "pdfaSchema:prefix", "fx");
  auto sequence = schema.append_child("pdfaSchema:property").append_child("rdf:Seq");
  for (const Property& each : properties) {
    auto property = sequence.append_child("rdf:li");
    property.append_attribute("rdf:parseType") = "Resource";
    add(property, "pdfaProperty:name", each.name);
    add(property, "pdfaProperty:valueType", "Text");
    add(property, "pdfaProperty:category", "external");
    add(property, "pdfaProperty:description", each.description);
  }
}

/// What an earlier invoice in the file said of itself.
void remove_old(pugi::xml_node rdf) {
  for (auto node = rdf.first_child(); !node.empty();) {
    const auto next = node.next_sibling();
    for (auto child = node.first_child(); !child.empty();) {
      const auto following = child.next_sibling();
      if (std::string_view(child.name()).starts_with("fx:")) node.remove_child(child);
      child = following;
    }
    for (auto attribute = node.first_attribute(); !attribute.empty();) {
      const auto following = attribute.next_attribute();
      const std::string_view name = attribute.name();
      if (name.starts_with("fx:") || name == "xmlns:fx") node.remove_attribute(attribute);
      attribute = following;
    }
    node = next;
  }
  auto bag = find(rdf, "pdfaExtension:schemas").child("rdf:Bag");
  for (auto schema = bag.first_child(); !schema.empty();) {
    const auto next = schema.next_sibling();
    if (std::string_view(find(schema, "pdfaSchema:namespaceURI").text().get()) == fx_space)
      bag.remove_child(schema);
    schema = next;
  }
}

/// An embedded file that is not PDF/A makes it part 3, whatever part it was.
void make_part_3(pugi::xml_node rdf) {
  if (auto part = find(rdf, "pdfaid:part"); !part.empty()) part.text().set("3");
  for (auto node : rdf.children()) {
    if (auto part = node.attribute("pdfaid:part"); !part.empty()) part.set_value("3");
  }
}

}  // namespace

bool claims_pdf_a(std::string_view xmp) {
  return xmp.find("http://www.aiim.org/pdfa/ns/id/") != std::string_view::npos &&
         xmp.find("pdfaid:part") != std::string_view::npos;
}

std::string with_factur_x(std::string_view was, const InvoiceProfile& profile) {
  pugi::xml_document packet;
  const bool good = !was.empty() && packet.load_buffer(was.data(), was.size());
  auto rdf = good ? find(packet, "rdf:RDF") : pugi::xml_node();
  if (rdf.empty()) {
    packet.reset();
    auto meta = packet.append_child("x:xmpmeta");
    meta.append_attribute("xmlns:x") = "adobe:ns:meta/";
    rdf = meta.append_child("rdf:RDF");
    rdf.append_attribute("xmlns:rdf") = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  }
  remove_old(rdf);
  make_part_3(rdf);
  auto description = add_description(rdf);
  description.append_attribute("xmlns:fx") = fx_space;
  add(description, "fx:DocumentType", "INVOICE");
  add(description, "fx:DocumentFileName", profile.file_name);
  add(description, "fx:Version", profile.version);
  add(description, "fx:ConformanceLevel", profile.level);
  add_schema(rdf);
  std::ostringstream text;
  text << packet_begin;
  for (const auto& node : packet.children()) {
    if (node.type() == pugi::node_element) node.print(text, " ");
  }
  text << packet_end;
  return text.str();
}

}  // namespace purser::cii
