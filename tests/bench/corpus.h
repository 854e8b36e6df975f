// Documents made for measuring: always the same, of the wanted size.
#pragma once

#include <cstddef>
#include <string>

namespace purser::bench {

/// A UBL invoice of about `bytes` bytes, with as many lines as that takes, pretty printed.
std::string ubl_invoice(std::size_t bytes);
/// An interchange of one INVOIC D96A of about `bytes` bytes.
std::string edifact_invoice(std::size_t bytes);
std::string x12_invoice(std::size_t bytes);
/// Records of an invoice list, semicolon separated, every eighth field quoted.
std::string delimited_invoice(std::size_t bytes);

}  // namespace purser::bench
