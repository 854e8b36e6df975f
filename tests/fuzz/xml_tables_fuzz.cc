// Any bytes through the tables of UBL, CII and cXML: findings or a document; what was read can be written or is
// refused.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "canonical/event/header_first.h"
#include "canonical/event/recorded_events.h"
#include "connectors/cii/format.h"
#include "connectors/cxml/format.h"
#include "connectors/reader/bytes.h"
#include "connectors/table/xml_tables.h"
#include "connectors/ubl/format.h"

namespace {

using namespace purser;

void try_format(table::XmlTables& tables, std::string_view text) {
  reader::MemorySource source(text);
  RecordedDocument document;
  const sdk::Request request;
  if (!tables.read(request, source, document)) {
    if (!document.report.has(Severity::error)) std::abort();  // refused without a word
    return;
  }
  reader::StringSink out;
  RecordedDocument notes;
  const auto encoder = tables.write(request, out, notes);
  HeaderFirst header_first(*encoder);
  if (replay(document.events.events(), header_first)) static_cast<void>(encoder->finish());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static table::XmlTables ubl(purser::ubl::format());
  static table::XmlTables cii(purser::cii::format());
  static table::XmlTables cxml(purser::cxml::format());
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try_format(ubl, text);
  try_format(cii, text);
  try_format(cxml, text);
  return 0;
}
