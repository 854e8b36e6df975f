// The X12 connector as the gateway sees it.
#include <chrono>

#include "connectors/x12/embedded.h"
#include "connectors/x12/reading.h"
#include "connectors/x12/settings.h"
#include "connectors/x12/version.h"
#include "connectors/x12/writing.h"
#include "plugins/sdk/connector.h"

namespace purser::x12 {
namespace {

Date day_of(std::int64_t now) {
  const std::chrono::sys_time<std::chrono::nanoseconds> at{std::chrono::nanoseconds(now)};
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
  return {static_cast<std::int16_t>(static_cast<int>(day.year())),
          static_cast<std::uint8_t>(unsigned(day.month())), static_cast<std::uint8_t>(unsigned(day.day()))};
}

class X12Connector : public sdk::Connector {
 public:
  explicit X12Connector(const sdk::Host& host)
      : host_(host), settings_(parse_settings(host.settings())), tables_(host.tables(), embedded_files()) {}

  static sdk::Description describe() {
    sdk::Description about;
    about.name = "x12";
    about.version = "1.0.0";
    about.title = "ANSI ASC X12";
    about.settings_schema = settings_schema;
    plugin::FormatInfo format;
    format.name = "x12";
    format.title = "ANSI ASC X12";
    format.decodes = format.encodes = true;
    format.media_types = {"application/EDI-X12"};
    const table::Library own({}, embedded_files());
    for (const table::Head& head : own.heads()) {
      const DocumentDescriptor* document = find_document(head.document);
      if (document == nullptr) continue;
      std::vector<std::string> versions;
      for (const std::string_view version : own.versions(head.message)) versions.emplace_back(version);
      format.messages.push_back({head.message, document->type, head.reads, head.writes, std::move(versions)});
    }
    about.formats = {std::move(format)};
    return about;
  }

  static sdk::Created create(const sdk::Host& host, DocumentSink& notes) {
    auto connector = std::make_unique<X12Connector>(host);
    if (const auto& settings = connector->settings_; !settings) {
      notes.finding(make_finding("X12-0054", {}, settings.error()));
      return std::unexpected(Status{StatusClass::invalid, "X12-0054", settings.error()});
    }
    const Report report = connector->tables_.check();
    for (const Finding& finding : report.findings()) notes.finding(finding);
    if (report.has(Severity::error)) {
      return std::unexpected(
          Status{StatusClass::invalid, report.findings().front().code, "a table does not compile"});
    }
    return connector;
  }

  sdk::Detection detect(std::string_view prefix) override {
    const auto seen = peek(prefix);
    if (!seen) return {};
    sdk::Detection detection;
    detection.format = "x12";
    detection.message = seen->transaction.type;
    detection.version = table_version(seen->group.version);
    detection.confidence = tables_.versions(seen->transaction.type).empty() ? 80 : 100;
    return detection;
  }

  Outcome decode(const sdk::Request& request, ByteSource& in, DocumentSink& out) override {
    const auto settings = request.settings.empty() ? settings_ : parse_settings(request.settings);
    if (!settings) {
      out.finding(make_finding("X12-0054", {}, settings.error()));
      return std::unexpected(Status{StatusClass::invalid, "X12-0054", settings.error()});
    }
    Reading reading(tables_, request, out,
                    settings->acknowledge ? std::optional(day_of(host_.now())) : std::nullopt);
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
  table::Library tables_;
};

}  // namespace
}  // namespace purser::x12

PURSER_CONNECTOR(purser::x12::X12Connector)
