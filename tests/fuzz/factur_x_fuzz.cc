// Any bytes as a PDF: an invoice is taken out or refused with a finding, in bounded memory.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "connectors/cii/pdf.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto taken = purser::cii::take_invoice(bytes);
  if (!taken && !taken.error().code.starts_with("CII-")) std::abort();
  return 0;
}
