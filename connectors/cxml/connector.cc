// The connector's entry: cXML by its table of documents (format.cc), with its header and portions
// (filters.h).
#include <fmt/format.h>

#include <utility>

#include "connectors/cxml/filters.h"
#include "connectors/cxml/format.h"
#include "connectors/cxml/multipart.h"
#include "connectors/table/xml_connector.h"

namespace purser::cxml {

class Cxml : public table::XmlConnector {
 public:
  explicit Cxml(const sdk::Host& host) : XmlConnector(format(), host) {}

  static sdk::Description describe() {
    auto description = table::describe_xml(format(), "1.0.0");
    description.settings_schema = settings_schema;
    description.secrets = {std::string(secret_name)};
    return description;
  }

  static sdk::Created create(const sdk::Host& host, DocumentSink& notes) {
    return table::create_xml<Cxml>(host, notes);
  }

  sdk::Detection detect(std::string_view prefix) override {
    return XmlConnector::detect(Multipart::is_one(prefix) ? Multipart::first_part(prefix) : prefix);
  }

  Outcome decode(const sdk::Request& request, ByteSource& in, DocumentSink& out) override {
    return read_message(xml(), request, in, out);
  }

 protected:
  std::expected<table::SyntaxFilter, Status> writing_filter(const sdk::Request& request,
                                                            DocumentSink& notes) const override {
    auto settings = parse_settings(request.settings);
    if (!settings) return std::unexpected(Status{StatusClass::invalid, "CXML-0002", settings.error()});
    HeaderFacts facts{*std::move(settings), {}, variable(request, "$now"), {}};
    static_cast<void>(host().with_secret(
        request, secret_name, [&facts](std::string_view secret) { facts.shared_secret = secret; }));
    // Unique in time and among who writes it, as the cXML guide wants it: time, number, side.
    const auto number = host().next(request, "payload", 0);
    facts.payload_id =
        fmt::format("{}.{}@{}", host().now(), number.value_or(0),
                    facts.settings.from.identity.empty() ? "purser" : facts.settings.from.identity);
    return cxml::writing_filter(notes, std::move(facts));
  }
};

}  // namespace purser::cxml

PURSER_CONNECTOR(purser::cxml::Cxml)
