// The connector's entry: CII by its table of documents (format.cc).
#include "connectors/cii/format.h"
#include "connectors/table/xml_connector.h"

namespace purser::cii {

class Cii : public table::XmlConnector {
 public:
  explicit Cii(const sdk::Host& host) : XmlConnector(format(), host) {}

  static sdk::Description describe() { return table::describe_xml(format(), "1.0.0"); }

  static sdk::Created create(const sdk::Host& host, DocumentSink& notes) {
    return table::create_xml<Cii>(host, notes);
  }
};

}  // namespace purser::cii

PURSER_CONNECTOR(purser::cii::Cii)
