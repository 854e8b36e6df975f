// The connector's entry: CII by its table of documents (format.cc), as XML or in a PDF.
#include "connectors/cii/factur_x.h"
#include "connectors/cii/format.h"
#include "connectors/cii/pdf.h"
#include "connectors/table/xml_connector.h"

namespace purser::cii {

class Cii : public table::XmlConnector {
 public:
  explicit Cii(const sdk::Host& host) : XmlConnector(format(), host) {}

  static sdk::Description describe() {
    auto description = table::describe_xml(format(), "1.0.0");
    plugin::FormatInfo pdf = description.formats.front();
    pdf.name = pdf_format;
    pdf.title = "Factur-X and ZUGFeRD 2: the invoice in a PDF/A-3";
    pdf.media_types = {"application/pdf"};
    description.formats.push_back(std::move(pdf));
    description.settings_schema = settings_schema;
    return description;
  }

  static sdk::Created create(const sdk::Host& host, DocumentSink& notes) {
    if (auto settings = parse_settings(host.settings()); !settings)
      return std::unexpected(refuse(settings.error(), notes));
    return table::create_xml<Cii>(host, notes);
  }

  sdk::Detection detect(std::string_view prefix) override {
    constexpr std::uint32_t likely = 60;  // any PDF; whether an invoice is inside is known at its end only
    if (is_pdf(prefix)) return {likely, std::string(pdf_format), "CrossIndustryInvoice", "D16B"};
    return XmlConnector::detect(prefix);
  }

  Outcome decode(const sdk::Request& request, ByteSource& in, DocumentSink& out) override {
    return read_file(xml(), request, in, out);
  }

  std::expected<std::unique_ptr<sdk::Encoder>, Status> encode(const sdk::Request& request, ByteSink& out,
                                                              DocumentSink& notes) override {
    if (request.format != pdf_format) return XmlConnector::encode(request, out, notes);
    auto settings = parse_settings(request.settings);
    if (!settings) return std::unexpected(refuse(settings.error(), notes));
    return write_pdf(xml(), request, *std::move(settings), host().now(), out, notes);
  }

 private:
  static constexpr std::string_view pdf_format = "factur-x";

  static Status refuse(const std::string& why, DocumentSink& notes) {
    notes.finding(make_finding("CII-0007", {}, why));
    return {StatusClass::invalid, "CII-0007", why};
  }
};

}  // namespace purser::cii

PURSER_CONNECTOR(purser::cii::Cii)
