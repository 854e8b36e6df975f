// Tables, layouts and overlays made of arbitrary bytes: loading must answer, never crash or hang. What loads
// is run on a small document.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "canonical/map/call.h"
#include "canonical/map/explain.h"
#include "canonical/map/program.h"
#include "tests/canonical/map/layouts.h"

namespace purser::map::testing {
namespace {

class Nowhere : public DocumentSink {
 public:
  Outcome push(std::span<const Event>) override { return {}; }
  void finding(Finding) override {}
  void loss(Loss) override {}
};

void feed(const Program& program) {
  Nowhere nowhere;
  Decoder decoder(program, nowhere);
  constexpr std::string_view names[] = {"Invoice", "b:ID", "BGM", "LIN", "NAD", "record"};
  for (const std::string_view name : names) {
    if (!decoder.open(name, {}) || !decoder.leaf({"currencyID", 1, 1, 1}, "380", {})) return;
    if (!decoder.leaf({{}, 2, 1, 1}, "2026-11-20", {}) || !decoder.close({})) return;
  }
  (void)decoder.finish({});
}

void try_load(const TableFile& main, std::span<const TableFile> library,
              std::span<const TableFile> overlays) {
  const auto program = Program::load(main, library, overlays, CallTable());
  if (!program) return;
  feed(**program);
  (void)specification(**program);
  (void)coverage(**program);
}

}  // namespace
}  // namespace purser::map::testing

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace purser::map;
  constexpr std::size_t longest = 8 * 1024;  // tables are cut by their limits; more bytes find nothing new
  if (size == 0 || size > longest) return 0;
  const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  const TableFile fuzzed{"fuzzed", text};
  const TableFile layouts[] = {{"edi.layout", testing::edi_layout}, {"xml.layout", testing::xml_layout}};
  switch (bytes[0] % 4) {
    case 0:
      testing::try_load(fuzzed, layouts, {});
      break;
    case 1:
      testing::try_load({"edi.map", testing::edi_table}, layouts, {&fuzzed, 1});
      break;
    case 2:
      testing::try_load({"edi.map", testing::edi_table}, {&fuzzed, 1}, {});
      break;
    default:
      testing::try_load({"xml.map", testing::xml_table}, {&fuzzed, 1}, {});
      break;
  }
  return 0;
}
