// Holds a configuration file against config/schema/purser.schema.json and says all that is wrong, with
// places.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "canonical/finding/finding.h"
#include "gateway/settings/node.h"

namespace purser::gateway {

/// The schema file, as built into the program.
std::string_view settings_schema();

/// The rule, or what its `$ref` leads to in `$defs` of `schema`, where all rules have their names.
const nlohmann::json& followed(const nlohmann::json& schema, const nlohmann::json& rule);

/// The part of JSON Schema 2020-12 that the schema file uses: $ref, type, properties, required,
/// additionalProperties, propertyNames, items, minItems, minLength, minimum, maximum, enum, const, oneOf told
/// apart by the constant of `kind`, and format with the forms of quantity.h. A keyword outside this list is
/// a defect (throws at construction).
class SchemaCheck {
 public:
  explicit SchemaCheck(std::string_view schema_json);
  ~SchemaCheck();

  /// Checks one file of several: sections that another may bring are not missed. [any]
  void check(const Node& root, Report& report) const;
  /// Sections that must be there, in whichever file.
  [[nodiscard]] std::vector<std::string> required_sections() const;

 private:
  class State;
  std::unique_ptr<const State> state_;
};

}  // namespace purser::gateway
