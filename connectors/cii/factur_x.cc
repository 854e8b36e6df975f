#include "connectors/cii/factur_x.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "canonical/value/text.h"
#include "connectors/cii/pdf.h"
#include "connectors/cii/top_level.h"
#include "connectors/reader/bytes.h"

namespace purser::cii {
namespace {

std::unexpected<Status> refuse(Finding finding, DocumentSink& notes) {
  Status status{StatusClass::invalid, finding.code, finding.message};
  notes.finding(std::move(finding));
  return std::unexpected(std::move(status));
}

/// Up to `limit` bytes of the source, after `text`.
Outcome read_more(ByteSource& in, std::size_t limit, std::string& text) {
  constexpr std::size_t piece = 64 << 10;
  while (text.size() < limit) {
    const std::size_t before = text.size(), wanted = std::min(piece, limit - before);
    text.resize(before + wanted);
    const auto got = in.read({text.data() + before, wanted});
    text.resize(before + (got ? *got : 0));
    if (!got) return std::unexpected(got.error());
    if (*got == 0) break;
  }
  return {};
}

Outcome read_pdf(table::XmlTables& tables, const sdk::Request& request, std::string pdf, ByteSource& in,
                 DocumentSink& out) {
  if (auto done = read_more(in, max_pdf_bytes + 1, pdf); !done) return done;
  if (pdf.size() > max_pdf_bytes)
    return refuse(make_finding("CII-0005", {}, fmt::format("the PDF has more than {} bytes", max_pdf_bytes)),
                  out);
  auto invoice = take_invoice(pdf);
  if (!invoice) return refuse(std::move(invoice.error()), out);
  pdf = {};
  out.finding(make_finding(
      "CII-0001", {},
      fmt::format(
          "{} was taken out of the PDF{}", shown(invoice->name),
          invoice->relationship.empty() ? "" : "; its relationship is " + shown(invoice->relationship))));
  reader::MemorySource xml(invoice->xml);
  auto done = tables.read(request, xml, out);
  for (const auto& [name, size] : invoice->others)
    out.loss({{}, "embedded file " + shown(name), fmt::format("{} bytes", size)});
  return done;
}

/// Collects the XML up to what may be embedded.
class XmlText : public ByteSink {
 public:
  Outcome write(std::span<const char> bytes) override {
    if (text.size() + bytes.size() > max_embedded_bytes) {
      return std::unexpected(
          Status{StatusClass::invalid, "CII-0005", "the invoice is too large to be embedded"});
    }
    text.append(bytes.begin(), bytes.end());
    return {};
  }
  std::string text;
};

class PdfEncoder : public sdk::Encoder {
 public:
  PdfEncoder(table::XmlTables& tables, const sdk::Request& request, Settings settings, std::int64_t now,
             ByteSink& out, DocumentSink& notes)
      : settings_(std::move(settings)),
        now_(now),
        out_(out),
        notes_(notes),
        inner_(tables.write(request, xml_, notes)),
        envelope_(invoice_field("envelope")),
        specification_number_(invoice_field("envelope", "specification")) {}

  Outcome push(std::span<const Event> batch) override {
    if (settings_.visual_pdf.empty()) {
      return refuse(make_finding("CII-0003", {}, "there is no PDF to put the invoice into"), notes_);
    }
    for (const Event& event : batch) watch(event);
    return inner_->push(batch);
  }

  Outcome finish() override {
    if (auto done = inner_->finish(); !done) return done;
    if (xml_.text.empty()) return {};  // nothing came: an empty file
    auto filled = put_invoice(settings_.visual_pdf, xml_.text, profile_of(specification_), now_);
    if (!filled) return refuse(std::move(filled.error()), notes_);
    for (Finding& finding : filled->findings) notes_.finding(std::move(finding));
    return out_.write(filled->pdf);
  }

 private:
  void watch(const Event& event) {
    const bool top = top_.step(event);
    if (top && event.kind == EventKind::begin_group) in_envelope_ = event.number == envelope_;
    if (in_envelope_ && top_.depth() == 1 && event.kind == EventKind::field &&
        event.number == specification_number_)
      specification_ = event.value.bytes;
  }

  Settings settings_;
  std::int64_t now_;
  ByteSink& out_;
  DocumentSink& notes_;
  XmlText xml_;
  std::unique_ptr<sdk::Encoder> inner_;
  TopLevel top_;
  const std::uint16_t envelope_, specification_number_;
  std::string specification_;  ///< BT-24
  bool in_envelope_ = false;
};

}  // namespace

const char* const settings_schema = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "visual_pdf": {"type": "string", "contentEncoding": "base64", "contentMediaType": "application/pdf",
                   "description": "format factur-x: the PDF/A that people see, into which the invoice is put"},
    "rules": {"type": "array", "items": {"type": "string"},
              "description": "packs of business rules that will judge what is read; the gateway sets it"}
  }
})";

std::expected<Settings, std::string> parse_settings(std::string_view text) {
  Settings settings;
  if (text.empty()) return settings;
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return std::unexpected("the settings are not a JSON object");
  for (const auto& [name, value] : json.items()) {
    if (name == "rules") continue;
    if (name != "visual_pdf") return std::unexpected(fmt::format("there is no setting \"{}\"", shown(name)));
    if (!value.is_string() || !decode_base64(value.get_ref<const std::string&>(), settings.visual_pdf))
      return std::unexpected("visual_pdf is not base64");
    if (settings.visual_pdf.size() > max_pdf_bytes)
      return std::unexpected(fmt::format("visual_pdf has more than {} bytes", max_pdf_bytes));
    if (!is_pdf(settings.visual_pdf)) return std::unexpected("visual_pdf is not a PDF");
  }
  return settings;
}

Outcome read_file(table::XmlTables& tables, const sdk::Request& request, ByteSource& in, DocumentSink& out) {
  constexpr std::size_t header_within = 1024;  // of a PDF
  std::string head;
  if (auto done = read_more(in, header_within, head); !done) return done;
  if (is_pdf(head)) return read_pdf(tables, request, std::move(head), in, out);
  reader::ConcatenatedSource whole(head, in);
  return tables.read(request, whole, out);
}

std::unique_ptr<sdk::Encoder> write_pdf(table::XmlTables& tables, const sdk::Request& request,
                                        Settings settings, std::int64_t now, ByteSink& out,
                                        DocumentSink& notes) {
  return std::make_unique<PdfEncoder>(tables, request, std::move(settings), now, out, notes);
}

}  // namespace purser::cii
