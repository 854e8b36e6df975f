// One compiled schema: what a value must be. Made by compile.cc, read by the validator.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/schema/number.h"

namespace re2 {
class RE2;
}

namespace purser::gateway {

struct Schema;

/// The types of JSON Schema as bits; a number that is whole is both integer and number.
enum JsonType : std::uint8_t {
  null_type = 1,
  boolean_type = 2,
  integer_type = 4,
  number_type = 8,
  string_type = 16,
  array_type = 32,
  object_type = 64,
  any_type = 127
};

/// One value that is no object and no array. A number as it is written, and as what it is.
struct Scalar {
  JsonType type = null_type;  ///< integer_type for whole numbers
  std::string_view text;      ///< of strings and numbers; true or false
  std::optional<Number> number{};
};

/// A constant of `const` or `enum`.
struct Constant {
  JsonType type = null_type;
  std::string text;
  std::optional<Number> number{};
  [[nodiscard]] bool is(const Scalar& value) const;
};

/// A form that `format` names; `expected` says it to a person.
struct Form {
  std::string_view name;
  bool (*fits)(std::string_view text);
  std::string_view expected;
};

/// A member that a schema speaks of.
struct Property {
  const Schema* schema = nullptr;  ///< null: named by required or dependentRequired only
  std::uint32_t index = 0;         ///< among the schema's properties
};

/// Lower and upper bound of a count.
struct Bounds {
  std::uint64_t least = 0, most = UINT64_MAX;
  [[nodiscard]] bool hold(std::uint64_t count) const { return count >= least && count <= most; }
};

struct Schema {
  bool never = false;  ///< the schema `false`
  std::uint8_t types = any_type;
  bool has_constants = false;
  std::vector<Constant> constants;
  std::string title;  ///< title or description: what alternatives are called by

  std::vector<const Schema*> all, any, one;  ///< `all`: $ref and allOf
  const Schema *no = nullptr, *condition = nullptr, *then = nullptr, *otherwise = nullptr;

  std::optional<Constant> minimum, maximum, above, below;  ///< numbers
  Bounds length, items, members;
  std::shared_ptr<const re2::RE2> pattern;
  const Form* form = nullptr;

  std::map<std::string, Property, std::less<>> properties;
  std::vector<std::pair<std::shared_ptr<const re2::RE2>, const Schema*>> patterns;
  const Schema *others = nullptr, *names = nullptr;  ///< additionalProperties, propertyNames
  std::vector<std::string> required;
  std::map<std::string, std::vector<std::string>, std::less<>>
      needs;                         ///< dependentRequired; all of them in `properties`
  std::vector<const Schema*> first;  ///< prefixItems
  const Schema* each = nullptr;      ///< items

  /// Something beside `all` is applied to the same value, and its verdict weighed.
  [[nodiscard]] bool has_alternatives() const {
    return !any.empty() || !one.empty() || no != nullptr || condition != nullptr;
  }
  /// What fits, in a few words: "a text", "one of a, b", the title.
  [[nodiscard]] std::string described() const;
};

}  // namespace purser::gateway
