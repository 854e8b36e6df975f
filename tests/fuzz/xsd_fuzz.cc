// Documents from anyone, held against an XML Schema in pieces of any size: never a crash, and the pieces do
// not matter.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/xsd/xsd_check.h"

using namespace purser;
using namespace purser::gateway;

namespace {

constexpr std::string_view schema_text =
    R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:o"
  targetNamespace="urn:o" elementFormDefault="qualified">
  <xs:element name="order"><xs:complexType><xs:sequence>
    <xs:element name="id" type="xs:ID"/>
    <xs:element name="date" type="xs:date" minOccurs="0"/>
    <xs:element name="line" maxOccurs="9"><xs:complexType><xs:simpleContent>
      <xs:extension base="xs:decimal"><xs:attribute name="unit" type="xs:token" use="required"/></xs:extension>
    </xs:simpleContent></xs:complexType></xs:element>
    <xs:any processContents="lax" minOccurs="0" maxOccurs="unbounded" namespace="##other"/>
  </xs:sequence></xs:complexType>
  </xs:element>
</xs:schema>)";

std::shared_ptr<const XmlSchemas> loaded() {
  std::string folder = (std::filesystem::temp_directory_path() / "purser-xsd-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) std::abort();
  std::ofstream(folder + "/order.xsd") << schema_text;
  const std::string place = folder + "/order.xsd";
  auto schemas = XmlSchemas::load({&place, 1}, folder);
  std::filesystem::remove_all(folder);
  if (!schemas) std::abort();
  return *schemas;
}

std::size_t findings(std::string_view text, std::size_t piece) {
  static const std::shared_ptr<const XmlSchemas> schemas = loaded();
  XsdCheck check({schemas, true});
  for (std::size_t at = 0; at < text.size(); at += piece) check.feed(text.substr(at, piece));
  return check.finish(true).size();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (text.empty()) return 0;
  // Not compared: what libxml2 says of broken UCS-4 depends on where it is cut.
  static_cast<void>(findings(text, text.size()));
  static_cast<void>(findings(text, 1 + data[0]));
  return 0;
}
