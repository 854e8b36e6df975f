// The connector's entry: what it offers, and the way in and out.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "connectors/ubl/documents.h"
#include "connectors/ubl/reading.h"
#include "connectors/ubl/writing.h"
#include "plugins/sdk/connector.h"

namespace purser::ubl {
namespace {

std::vector<ConfiguredTable> configured_tables(const sdk::Host& host) {
  std::vector<ConfiguredTable> tables;
  for (const auto& table : host.tables())
    tables.push_back({std::string(table.name), std::string(table.text)});
  return tables;
}

class TableEncoder : public sdk::Encoder {
 public:
  explicit TableEncoder(std::unique_ptr<Writing> writing) : writing_(std::move(writing)) {}
  Outcome push(std::span<const Event> batch) override { return writing_->push(batch); }
  Outcome finish() override { return writing_->finish(); }

 private:
  std::unique_ptr<Writing> writing_;
};

}  // namespace

class Ubl : public sdk::Connector {
 public:
  explicit Ubl(std::vector<ConfiguredTable> configured) : programs_(std::move(configured)) {
    for (const auto& file : programs_.files()) tables_.push_back({file.name, file.text});
  }

  static sdk::Description describe() {
    sdk::Description description;
    description.name = "ubl";
    description.version = "1.0.0";
    description.title = "OASIS UBL 2: order to invoice";
    plugin::FormatInfo format{
        "ubl", "OASIS Universal Business Language 2.0 to 2.4", true, true, {"application/xml", "text/xml"},
        {}};
    for (const auto& document : documents()) {
      format.messages.push_back(
          {std::string(document.root), document.type, true, true, {"2.4", "2.3", "2.2", "2.1", "2.0"}});
    }
    description.formats.push_back(std::move(format));
    return description;
  }

  static sdk::Created create(const sdk::Host& host, DocumentSink&) {
    return std::make_unique<Ubl>(configured_tables(host));
  }

  sdk::Detection detect(std::string_view prefix) override {
    bool enveloped = false;
    const auto* document = ubl::detect(prefix, &enveloped);
    if (document == nullptr) return {};
    constexpr std::uint32_t certain = 100, in_an_envelope = 90;
    return {enveloped ? in_an_envelope : certain, "ubl", std::string(document->root),
            std::string(layout_version)};
  }

  Outcome decode(const sdk::Request& request, ByteSource& in, DocumentSink& out) override {
    return read(programs_, request.overlays, in, out);
  }

  std::expected<std::unique_ptr<sdk::Encoder>, Status> encode(const sdk::Request& request, ByteSink& out,
                                                              DocumentSink& notes) override {
    return std::make_unique<TableEncoder>(write(programs_, request.message, request.overlays, out, notes));
  }

  [[nodiscard]] std::span<const sdk::TableText> tables() const override { return tables_; }

 private:
  Programs programs_;
  std::vector<sdk::TableText> tables_;
};

}  // namespace purser::ubl

PURSER_CONNECTOR(purser::ubl::Ubl)
