#include "connectors/cii/pdf.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <qpdf/Buffer.hh>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <stdexcept>

#include "canonical/value/text.h"

namespace purser::cii {
namespace {

/// Names under which the invoice may stand, by preference (Factur-X 1.0, ZUGFeRD 2.0 and 1.0, Order-X), in
/// lower case.
constexpr std::array<std::string_view, 4> known_names = {"factur-x.xml", "xrechnung.xml",
                                                         "zugferd-invoice.xml", "order-x.xml"};

/// Collects unpacked bytes up to the limit.
class Bounded : public Pipeline {
 public:
  Bounded() : Pipeline("invoice", nullptr) {}
  void write(unsigned char const* data, std::size_t size) override {
    full = full || bytes.size() + size > max_embedded_bytes;
    if (full) throw std::length_error(too_large);  // qpdf stops, and keeps the reason for itself
    bytes.append(reinterpret_cast<const char*>(data), size);
  }
  void finish() override {}
  static constexpr const char* too_large = "the embedded file is too large";
  std::string bytes;
  bool full = false;
};

/// The PDF as qpdf's objects; what is wrong with it becomes an exception.
std::unique_ptr<QPDF> open(std::string_view pdf) {
  auto file = std::make_unique<QPDF>();
  file->setSuppressWarnings(true);
  file->processMemoryFile("invoice.pdf", pdf.data(), pdf.size());
  if (file->isEncrypted()) throw std::invalid_argument("it is encrypted");
  return file;
}

Finding unreadable(const std::exception& why) {
  return make_finding("CII-0006", {}, fmt::format("the PDF cannot be used: {}", shown(why.what())));
}

std::string name_of(QPDFFileSpecObjectHelper& file, const std::string& key) {
  const std::string name = file.getFilename();
  return name.empty() ? key : name;
}

std::size_t size_of(QPDFFileSpecObjectHelper& file) {
  QPDFObjectHandle stream = file.getEmbeddedFileStream();
  return stream.isStream() ? QPDFEFStreamObjectHelper(stream).getSize() : 0;
}

std::string date_of(std::int64_t now) {
  const std::chrono::sys_time<std::chrono::nanoseconds> time{std::chrono::nanoseconds(now)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
  return fmt::format("D:{:04}{:02}{:02}{:02}{:02}{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

/// The document's associated files without one of this name, and with `file`.
void associate(QPDF& pdf, const std::string& name, QPDFObjectHandle file) {
  QPDFObjectHandle root = pdf.getRoot();
  QPDFObjectHandle all = QPDFObjectHandle::newArray();
  QPDFObjectHandle old = root.getKey("/AF");
  for (int i = 0; old.isArray() && i < old.getArrayNItems(); ++i) {
    QPDFObjectHandle each = old.getArrayItem(i);
    if (each.isDictionary() && QPDFFileSpecObjectHelper(each).getFilename() != name) all.appendItem(each);
  }
  all.appendItem(file);
  root.replaceKey("/AF", all);
}

void embed(QPDF& pdf, std::string_view xml, const InvoiceProfile& profile, std::int64_t now) {
  auto stream = QPDFEFStreamObjectHelper::createEFStream(pdf, std::string(xml));  // sets size and checksum
  stream.setSubtype("text/xml").setModDate(date_of(now)).setCreationDate(date_of(now));
  auto file = QPDFFileSpecObjectHelper::createFileSpec(pdf, profile.file_name, stream);
  file.setDescription("Factur-X Invoice");
  QPDFObjectHandle object = file.getObjectHandle();
  object.replaceKey("/AFRelationship", QPDFObjectHandle::newName("/" + profile.relationship));
  if (!object.isIndirect()) object = pdf.makeIndirectObject(object);
  QPDFEmbeddedFileDocumentHelper(pdf).replaceEmbeddedFile(profile.file_name,
                                                          QPDFFileSpecObjectHelper(object));
  associate(pdf, profile.file_name, object);
}

std::string stream_text(QPDFObjectHandle stream) {
  if (!stream.isStream()) return {};
  Bounded out;
  const bool whole = stream.pipeStreamData(&out, 0, qpdf_dl_generalized, true, false);
  if (out.full) throw std::length_error(Bounded::too_large);
  if (!whole) throw std::invalid_argument("a stream in it is damaged");
  return std::move(out.bytes);
}

}  // namespace

bool is_pdf(std::string_view head) {
  constexpr std::size_t header_within = 1024;
  return head.substr(0, header_within).find("%PDF-") != std::string_view::npos;
}

std::expected<EmbeddedInvoice, Finding> take_invoice(std::string_view pdf) try {
  const auto file = open(pdf);
  std::string seen;
  std::size_t best = known_names.size();
  std::optional<QPDFFileSpecObjectHelper> chosen;
  EmbeddedInvoice invoice;
  for (const auto& [key, each] : QPDFEmbeddedFileDocumentHelper(*file).getEmbeddedFiles()) {
    const std::string name = name_of(*each, key);
    seen += (seen.empty() ? "" : ", ") + shown(name);
    const auto rank =
        static_cast<std::size_t>(std::ranges::find(known_names, lowered(name)) - known_names.begin());
    invoice.others.push_back({name, size_of(*each)});
    if (rank >= best) continue;
    best = rank;
    chosen = *each;
    invoice.name = name;
  }
  if (!chosen) {
    Finding none = make_finding(
        "CII-0002", {}, seen.empty() ? "nothing is embedded in the PDF" : "embedded are only: " + seen);
    none.expected = "factur-x.xml, xrechnung.xml or zugferd-invoice.xml";
    return std::unexpected(std::move(none));
  }
  std::erase_if(invoice.others,
                [&](const EmbeddedInvoice::Other& each) { return each.name == invoice.name; });
  invoice.xml = stream_text(chosen->getEmbeddedFileStream());
  QPDFObjectHandle relationship = chosen->getObjectHandle().getKey("/AFRelationship");
  if (relationship.isName()) invoice.relationship = relationship.getName().substr(1);
  return invoice;
} catch (const std::exception& why) {
  return std::unexpected(unreadable(why));
}

InvoiceProfile profile_of(std::string_view specification) {
  const auto says = [specification](std::string_view part) {
    return specification.find(part) != std::string_view::npos;
  };
  if (says("xrechnung")) {
    const auto underscore = specification.rfind('_');
    const bool told = underscore != std::string_view::npos && says("xrechnung_");
    return {"xrechnung.xml", "XRECHNUNG", told ? std::string(specification.substr(underscore + 1)) : "3.0",
            "Alternative"};
  }
  if (says(":minimum")) return {"factur-x.xml", "MINIMUM", "1.0", "Data"};
  if (says(":basicwl")) return {"factur-x.xml", "BASIC WL", "1.0", "Data"};
  if (says(":basic")) return {"factur-x.xml", "BASIC", "1.0", "Alternative"};
  if (says(":extended")) return {"factur-x.xml", "EXTENDED", "1.0", "Alternative"};
  return {"factur-x.xml", "EN 16931", "1.0", "Alternative"};
}

std::expected<FilledPdf, Finding> put_invoice(std::string_view pdf, std::string_view xml,
                                              const InvoiceProfile& profile, std::int64_t now) try {
  const auto file = open(pdf);
  FilledPdf filled;
  const std::string was = stream_text(file->getRoot().getKey("/Metadata"));
  if (!claims_pdf_a(was)) {
    filled.findings.push_back(make_finding(
        "CII-0004", {},
        was.empty() ? "the given PDF has no metadata" : "the given PDF's metadata names no PDF/A"));
  }
  embed(*file, xml, profile, now);
  QPDFObjectHandle metadata = QPDFObjectHandle::newStream(file.get(), with_factur_x(was, profile));
  metadata.getDict().replaceKey("/Type", QPDFObjectHandle::newName("/Metadata"));
  metadata.getDict().replaceKey("/Subtype", QPDFObjectHandle::newName("/XML"));
  file->getRoot().replaceKey("/Metadata", metadata);
  QPDFWriter writer(*file);
  writer.setOutputMemory();
  writer.setMinimumPDFVersion("1.7");
  writer.setPreserveEncryption(false);
  writer.setDeterministicID(true);
  writer.write();
  const std::shared_ptr<Buffer> made = writer.getBufferSharedPointer();
  filled.pdf.assign(reinterpret_cast<const char*>(made->getBuffer()), made->getSize());
  return filled;
} catch (const std::exception& why) {
  return std::unexpected(unreadable(why));
}

}  // namespace purser::cii
