// The mapped connector as the gateway sees it.
#include "plugins/sdk/connector.h"

#include "connectors/mapped/reading.h"
#include "connectors/mapped/settings.h"
#include "connectors/mapped/tables.h"
#include "connectors/mapped/writing.h"

namespace purser::mapped {
namespace {

plugin::FormatInfo format(std::string name, std::string title, std::vector<std::string> media_types) {
  plugin::FormatInfo format;
  format.name = std::move(name);
  format.title = std::move(title);
  format.decodes = format.encodes = true;
  format.media_types = std::move(media_types);
  return format;
}

class MappedConnector : public sdk::Connector {
 public:
  MappedConnector(const sdk::Host& host, std::vector<sdk::TableText> configured)
      : host_(host), tables_(std::move(configured)) {}

  static sdk::Description describe() {
    sdk::Description about;
    about.name = "mapped";
    about.version = "1.0.0";
    about.title = "Delimited text and XML by tables of your own";
    about.settings_schema = settings_schema;
    about.formats = {format("csv", "Delimited text", {"text/csv", "text/tab-separated-values"}),
                     format("xml", "XML", {"application/xml", "text/xml"})};
    return about;
  }

  static sdk::Created create(const sdk::Host& host, DocumentSink& notes) {
    if (auto settings = parse_settings(host.settings()); !settings) {
      notes.finding(make_finding("CSV-0033", {}, settings.error()));
      return std::unexpected(Status{StatusClass::invalid, "CSV-0033", settings.error()});
    }
    auto connector = std::make_unique<MappedConnector>(host, host.tables());
    const Report& report = connector->tables_.report();
    for (const Finding& finding : report.findings()) notes.finding(finding);
    if (report.has(Severity::error)) {
      return std::unexpected(
          Status{StatusClass::invalid, report.findings().front().code, "a table does not compile"});
    }
    return connector;
  }

  sdk::Detection detect(std::string_view prefix) override {
    const Tables::Match match = tables_.match(prefix);
    if (match.program == nullptr) return {};
    sdk::Detection detection;
    detection.confidence = match.confidence;
    detection.format = match.program->syntax() == "xml" ? "xml" : "csv";
    detection.message = match.program->message();
    detection.version = match.program->version();
    return detection;
  }

  Outcome decode(const sdk::Request& request, ByteSource& in, DocumentSink& out) override {
    const auto settings = parse_settings(request.settings);
    if (!settings) return refuse(settings.error(), out);
    return read_file(tables_, request, *settings, in, out);
  }

  std::expected<std::unique_ptr<sdk::Encoder>, Status> encode(const sdk::Request& request, ByteSink& out,
                                                              DocumentSink& notes) override {
    const auto settings = parse_settings(request.settings);
    if (!settings) return std::unexpected(refuse(settings.error(), notes).error());
    return make_encoder(tables_, host_, request, *settings, out, notes);
  }

  std::span<const sdk::TableText> tables() const override { return tables_.texts(); }

 private:
  static Outcome refuse(const std::string& why, DocumentSink& notes) {
    notes.finding(make_finding("CSV-0033", {}, why));
    return std::unexpected(Status{StatusClass::invalid, "CSV-0033", why});
  }

  sdk::Host host_;
  Tables tables_;
};

}  // namespace
}  // namespace purser::mapped

PURSER_CONNECTOR(purser::mapped::MappedConnector)
