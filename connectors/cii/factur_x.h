// Factur-X as files: invoices read out of PDF, and written into one.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "connectors/table/xml_tables.h"
#include "plugins/sdk/connector.h"

namespace purser::cii {

/// What the configuration says. See settings_schema.
struct Settings {
  std::string visual_pdf;  ///< bytes of the PDF that a written invoice goes into; empty: none
};

/// JSON Schema (2020-12) of the settings.
extern const char* const settings_schema;

/// The error is a sentence. An empty text gives the defaults. [any]
std::expected<Settings, std::string> parse_settings(std::string_view json);

/// Reads XML as it is, and a PDF by the invoice in it (CII-0001 tells which). Like XmlTables::read.
Outcome read_file(table::XmlTables& tables, const sdk::Request& request, ByteSource& in, DocumentSink& out);

/// Writes one invoice into the PDF of the settings; `now` in nanoseconds since 1970. All named outlive the
/// result.
std::unique_ptr<sdk::Encoder> write_pdf(table::XmlTables& tables, const sdk::Request& request,
                                        Settings settings, std::int64_t now, ByteSink& out,
                                        DocumentSink& notes);

}  // namespace purser::cii
