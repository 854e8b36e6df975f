// The EDIFACT connector as the gateway sees it.
#include "connectors/edifact/directory.h"
#include "connectors/edifact/reading.h"
#include "connectors/edifact/settings.h"
#include "connectors/edifact/writing.h"
#include "plugins/sdk/connector.h"

namespace purser::edifact {
namespace {

plugin::MessageInfo message(std::string name, DocumentType document) {
  return {std::move(name), document, true, true, {"D01B", "D96A"}};
}

class EdifactConnector : public sdk::Connector {
 public:
  EdifactConnector(const sdk::Host& host, std::vector<sdk::TableText> configured)
      : host_(host), tables_(std::move(configured)) {}

  static sdk::Description describe() {
    sdk::Description about;
    about.name = "edifact";
    about.version = "1.0.0";
    about.title = "UN/EDIFACT and EANCOM";
    about.settings_schema = settings_schema;
    plugin::FormatInfo format;
    format.name = "edifact";
    format.title = "UN/EDIFACT";
    format.decodes = format.encodes = true;
    format.media_types = {"application/EDIFACT"};
    format.messages = {message("ORDERS", DocumentType::purchase_order), message("ORDCHG", DocumentType::order_change),
                       message("ORDRSP", DocumentType::order_response), message("DESADV", DocumentType::ship_notice),
                       message("RECADV", DocumentType::receipt),        message("INVOIC", DocumentType::invoice)};
    about.formats = {std::move(format)};
    return about;
  }

  static sdk::Created create(const sdk::Host& host, DocumentSink& notes) {
    if (auto settings = parse_settings(host.settings()); !settings) {
      notes.finding(make_finding("EDIFACT-0054", {}, settings.error()));
      return std::unexpected(Status{StatusClass::invalid, "EDIFACT-0054", settings.error()});
    }
    auto connector = std::make_unique<EdifactConnector>(host, host.tables());
    const Report report = connector->tables_.check();
    for (const Finding& finding : report.findings()) notes.finding(finding);
    if (report.has(Severity::error)) {
      return std::unexpected(Status{StatusClass::invalid, report.findings().front().code, "a table does not compile"});
    }
    return connector;
  }

  sdk::Detection detect(std::string_view prefix) override {
    const auto seen = peek(prefix);
    if (!seen) return {};
    sdk::Detection detection;
    detection.format = "edifact";
    detection.message = seen->message.type;
    detection.version = directory_name(seen->message.version, seen->message.release);
    detection.confidence = tables_.directories(seen->message.type).empty() ? 80 : 100;
    return detection;
  }

  Outcome decode(const sdk::Request& request, ByteSource& in, DocumentSink& out) override {
    Reading reading(tables_, request, out);
    ReadOptions options;
    options.strict = request.strict;
    return read(in, reading, options);
  }

  std::expected<std::unique_ptr<sdk::Encoder>, Status> encode(const sdk::Request& request, ByteSink& out,
                                                              DocumentSink& notes) override {
    return make_encoder(tables_, host_, request, out, notes);
  }

  std::span<const sdk::TableText> tables() const override { return tables_.texts(); }

 private:
  sdk::Host host_;
  Tables tables_;
};

}  // namespace
}  // namespace purser::edifact

PURSER_CONNECTOR(purser::edifact::EdifactConnector)
