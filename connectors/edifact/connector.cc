// The EDIFACT connector as the gateway sees it.
#include "connectors/edifact/directory.h"
#include "connectors/edifact/reading.h"
#include "connectors/edifact/settings.h"
#include "connectors/edifact/writing.h"
#include "plugins/sdk/connector.h"

#include <chrono>

namespace purser::edifact {
namespace {

plugin::MessageInfo message(const Tables& tables, std::string name, DocumentType document) {
  std::vector<std::string> directories;
  for (const std::string_view directory : tables.directories(name)) directories.emplace_back(directory);
  return {std::move(name), document, true, true, std::move(directories)};
}

Date day_of(std::int64_t now) {
  const std::chrono::sys_time<std::chrono::nanoseconds> at{std::chrono::nanoseconds(now)};
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
  return {static_cast<std::int16_t>(static_cast<int>(day.year())), static_cast<std::uint8_t>(unsigned(day.month())),
          static_cast<std::uint8_t>(unsigned(day.day()))};
}

class EdifactConnector : public sdk::Connector {
 public:
  EdifactConnector(const sdk::Host& host, std::vector<sdk::TableText> configured)
      : host_(host), settings_(parse_settings(host.settings())), tables_(std::move(configured)) {}

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
    const Tables own({});
    for (const auto& [name, document] : served_messages()) format.messages.push_back(message(own, std::string(name), document));
    about.formats = {std::move(format)};
    return about;
  }

  static sdk::Created create(const sdk::Host& host, DocumentSink& notes) {
    auto connector = std::make_unique<EdifactConnector>(host, host.tables());
    if (const auto& settings = connector->settings_; !settings) {
      notes.finding(make_finding("EDIFACT-0054", {}, settings.error()));
      return std::unexpected(Status{StatusClass::invalid, "EDIFACT-0054", settings.error()});
    }
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
    const auto settings = request.settings.empty() ? settings_ : parse_settings(request.settings);
    if (!settings) {
      out.finding(make_finding("EDIFACT-0054", {}, settings.error()));
      return std::unexpected(Status{StatusClass::invalid, "EDIFACT-0054", settings.error()});
    }
    Reading reading(tables_, request, out, settings->acknowledge ? std::optional(day_of(host_.now())) : std::nullopt);
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
  std::expected<Settings, std::string> settings_;  ///< the connector's own
  Tables tables_;
};

}  // namespace
}  // namespace purser::edifact

PURSER_CONNECTOR(purser::edifact::EdifactConnector)
