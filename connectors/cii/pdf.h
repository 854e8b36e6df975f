// The invoice inside a PDF: Factur-X and ZUGFeRD 2 are a PDF/A-3 with a Cross Industry Invoice as embedded
// file. Source: Factur-X 1.0.07, section 6; ISO 19005-3 (PDF/A-3), ISO 32000-1 sections 7.11.4 and 14.13
// (/AF).
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/finding/finding.h"

namespace purser::cii {

/// A PDF is read whole, in memory: the limit keeps a worker from being filled by one document. Invoices with
/// scanned pages have some megabytes.
inline constexpr std::size_t max_pdf_bytes = 64 << 20;
/// The invoice when unpacked: a hostile stream may claim to be a thousand times larger than the file.
inline constexpr std::size_t max_embedded_bytes = 100'000'000;

/// True if these are the first bytes of a PDF; its header may stand within the first kilobyte. [any]
bool is_pdf(std::string_view head);

/// An invoice taken out of a PDF.
struct EmbeddedInvoice {
  std::string name;  ///< of the file: "factur-x.xml"
  std::string
      relationship;  ///< AFRelationship without its slash: "Alternative", "Data"; empty if none is said
  std::string xml;
  /// What else is embedded, which is not read.
  struct Other {
    std::string name;
    std::size_t size = 0;  ///< in bytes, as the PDF says; 0 if it does not
  };
  std::vector<Other> others;
};

/// Takes the invoice out of a PDF in memory. The error is a finding CII-nnnn: damaged, encrypted, no invoice.
/// [any]
std::expected<EmbeddedInvoice, Finding> take_invoice(std::string_view pdf);

/// What is said of the invoice in the PDF's metadata.
struct InvoiceProfile {
  std::string file_name;  ///< "factur-x.xml", "xrechnung.xml"
  std::string
      level;  ///< ConformanceLevel: "MINIMUM", "BASIC WL", "BASIC", "EN 16931", "EXTENDED", "XRECHNUNG"
  std::string version;       ///< of the profile: "1.0"
  std::string relationship;  ///< "Data" for the two levels that are no whole invoice, else "Alternative"
};
/// By the specification identifier (BT-24). [any]
InvoiceProfile profile_of(std::string_view specification);

/// A PDF with its invoice, and what is to be known of it.
struct FilledPdf {
  std::string pdf;
  std::vector<Finding>
      findings;  ///< CII-0004 where the given PDF is no PDF/A: then the result is none, either
};

/// Puts an invoice into a PDF in memory: embedded file with checksum, size and modification date, /AF, XMP
/// metadata with the extension schema of Factur-X. An invoice of the same name is replaced. Pages stay as
/// they are. `now` in nanoseconds since 1970-01-01T00:00:00Z. The error is a finding CII-nnnn. [any]
std::expected<FilledPdf, Finding> put_invoice(std::string_view pdf, std::string_view xml,
                                              const InvoiceProfile& profile, std::int64_t now);

/// The XMP packet with what Factur-X demands. `was` is the packet that was there, empty if none. [any]
std::string with_factur_x(std::string_view was, const InvoiceProfile& profile);
/// True if the XMP packet says that the file is PDF/A. [any]
bool claims_pdf_a(std::string_view xmp);

}  // namespace purser::cii
