// The connector's entry: UBL by its table of documents (format.cc), in an envelope where the route says so.
#include <fmt/format.h>

#include <utility>

#include "connectors/table/xml_connector.h"
#include "connectors/ubl/envelope.h"
#include "connectors/ubl/format.h"

namespace purser::ubl {

class Ubl : public table::XmlConnector {
 public:
  explicit Ubl(const sdk::Host& host) : XmlConnector(format(), host) {}

  static sdk::Description describe() {
    auto description = table::describe_xml(format(), "1.0.0");
    for (auto& message : description.formats.front().messages)
      message.versions = {"2.4", "2.3", "2.2", "2.1", "2.0"};
    description.settings_schema = settings_schema;
    return description;
  }

  static sdk::Created create(const sdk::Host& host, DocumentSink& notes) {
    return table::create_xml<Ubl>(host, notes);
  }

 protected:
  std::expected<table::SyntaxFilter, Status> writing_filter(const sdk::Request& request,
                                                            DocumentSink& notes) const override {
    auto settings = parse_settings(request.settings);
    if (!settings) return std::unexpected(Status{StatusClass::invalid, "UBL-0009", settings.error()});
    EnvelopeFacts facts{*std::move(settings), {}, {}};
    if (facts.settings.enveloped) {
      facts.now = variable(request, "$now");
      // Unique in time and within the installation, as the envelope's reference has to be.
      facts.instance =
          fmt::format("purser-{}-{}", host().now(), host().next(request, "envelope", 0).value_or(0));
    }
    return [&notes, facts = std::move(facts)](map::SyntaxSink& next) {
      return write_envelope(next, notes, facts);
    };
  }
};

}  // namespace purser::ubl

PURSER_CONNECTOR(purser::ubl::Ubl)
