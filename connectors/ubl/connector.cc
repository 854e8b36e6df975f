// The connector's entry: UBL by its table of documents (format.cc).
#include "connectors/table/xml_connector.h"
#include "connectors/ubl/format.h"

namespace purser::ubl {

class Ubl : public table::XmlConnector {
 public:
  explicit Ubl(const sdk::Host& host) : XmlConnector(format(), host) {}

  static sdk::Description describe() {
    auto description = table::describe_xml(format(), "1.0.0");
    for (auto& message : description.formats.front().messages)
      message.versions = {"2.4", "2.3", "2.2", "2.1", "2.0"};
    return description;
  }

  static sdk::Created create(const sdk::Host& host, DocumentSink& notes) {
    return table::create_xml<Ubl>(host, notes);
  }
};

}  // namespace purser::ubl

PURSER_CONNECTOR(purser::ubl::Ubl)
