// Bodies of requests from anyone, held against a schema: never a crash, and what is said does not change when
// it is asked again.
#include <cstdint>
#include <string_view>

#include "gateway/schema/schemas.h"

using namespace purser;
using namespace purser::gateway;

namespace {

constexpr std::string_view schema_text = R"({"all": {"root": {
  "type": "object",
  "required": ["document", "name"],
  "properties": {
    "document": {"const": "order"},
    "name": {"type": "string", "minLength": 1, "maxLength": 12, "pattern": "^[a-z][a-z0-9-]*$"},
    "amount": {"type": "string", "format": "date"},
    "count": {"type": "integer", "minimum": 0, "exclusiveMaximum": 1e3},
    "kinds": {"type": "array", "maxItems": 4, "items": {"enum": ["a", 1, 2.50, null, true]}},
    "pair": {"prefixItems": [{"type": "number"}, {"type": "string"}], "items": false},
    "inner": {"$ref": "#/all/root"},
    "either": {"oneOf": [{"type": "string"}, {"type": "object", "required": ["x"]}], "not": {"const": "no"}}
  },
  "patternProperties": {"^x-": {"type": "boolean"}},
  "dependentRequired": {"count": ["kinds"]},
  "if": {"required": ["pair"]}, "then": {"maxProperties": 6},
  "additionalProperties": false
}}})";

Report held(std::string_view text) {
  static const Schemas schemas(schema_text, "/all");
  Report report;
  static_cast<void>(validate(input_from_text(text), *schemas.find("root"), JsonLimits{}, report));
  return report;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (held(text).findings().size() != held(text).findings().size()) __builtin_trap();
  return 0;
}
