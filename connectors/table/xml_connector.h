// A connector for an XML format: derive, describe the format, end with PURSER_CONNECTOR.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "connectors/table/xml_tables.h"
#include "plugins/sdk/connector.h"

namespace purser::table {

/// A connector that is a table of documents:
///
///   class Acme : public table::XmlConnector {
///    public:
///     explicit Acme(const sdk::Host& host) : XmlConnector(format(), host) {}
///     static sdk::Description describe() { return describe_xml(format(), "1.0.0"); }
///     static sdk::Created create(const sdk::Host& host, DocumentSink& notes) {
///       return create_xml<Acme>(host, notes);
///     }
///   };
class XmlConnector : public sdk::Connector {
 public:
  XmlConnector(const XmlFormat& format, const sdk::Host& host)
      : host_(host), tables_(format, host.tables()) {}

  sdk::Detection detect(std::string_view prefix) override;
  Outcome decode(const sdk::Request& request, ByteSource& in, DocumentSink& out) override;
  std::expected<std::unique_ptr<sdk::Encoder>, Status> encode(const sdk::Request& request, ByteSink& out,
                                                              DocumentSink& notes) override;
  [[nodiscard]] std::span<const sdk::TableText> tables() const override { return tables_.library().texts(); }
  /// What is wrong with the configured tables.
  [[nodiscard]] Report check() { return tables_.library().check(); }

 protected:
  /// The value of a `$name` that rows write. `$today` is the day by the host's clock, `$now` the second
  /// (UTC).
  [[nodiscard]] virtual std::string variable(const sdk::Request& request, std::string_view name) const;

  /// What stands between the tables and the writer for this request; by default what the format says.
  /// `request` and `notes` live as long as what is returned.
  [[nodiscard]] virtual std::expected<SyntaxFilter, Status> writing_filter(const sdk::Request& request,
                                                                           DocumentSink& notes) const;

  [[nodiscard]] const sdk::Host& host() const { return host_; }
  [[nodiscard]] XmlTables& xml() { return tables_; }

 private:
  sdk::Host host_;
  XmlTables tables_;
};

/// The format with its documents, both ways. Versions: those of the tables, newest first.
sdk::Description describe_xml(const XmlFormat& format, std::string version);

/// Refuses when a configured table is wrong; its errors go to `notes`.
std::expected<void, Status> check_tables(XmlConnector& connector, DocumentSink& notes);

template <typename Made>
sdk::Created create_xml(const sdk::Host& host, DocumentSink& notes) {
  auto connector = std::make_unique<Made>(host);
  if (auto good = check_tables(*connector, notes); !good) return std::unexpected(good.error());
  return connector;
}

}  // namespace purser::table
