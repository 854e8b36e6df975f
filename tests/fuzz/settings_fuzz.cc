// Configuration files: YAML to nodes, held against the schema.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "gateway/settings/node.h"
#include "gateway/settings/schema_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace purser;
  static const gateway::SchemaCheck schema(gateway::settings_schema());
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  auto root = gateway::parse_yaml(text, "fuzz.yaml");
  if (!root) return 0;
  Report report;
  schema.check(*root, report);
  static_cast<void>(gateway::to_json(*root));
  return 0;
}
