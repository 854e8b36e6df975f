// From JSON to schemas: the table of keywords.
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/schema/scalar.h"
#include "gateway/schema/schemas.h"

namespace purser::gateway {
namespace {

using Json = nlohmann::json;

[[noreturn]] void refuse(const std::string& place, std::string_view why) {
  throw std::logic_error(fmt::format("schema {}: {}", place, why));
}

/// Makes schemas by their place; each place once, so that references may go round.
class Compiler {
 public:
  Compiler(const Json& root, std::vector<std::unique_ptr<Schema>>& made) : root_(root), made_(made) {}

  const Schema* at(const std::string& place) {
    if (const auto known = by_place_.find(place); known != by_place_.end()) return known->second;
    const Json::json_pointer pointer(place);
    if (!root_.contains(pointer)) refuse(place, "there is nothing");
    Schema& schema = *made_.emplace_back(std::make_unique<Schema>());
    by_place_[place] = &schema;
    fill(schema, root_.at(pointer), place);
    return &schema;
  }
  std::vector<const Schema*> list(const Json& value, const std::string& place) {
    std::vector<const Schema*> out;
    for (std::size_t i = 0; i < value.size(); ++i) out.push_back(at(fmt::format("{}/{}", place, i)));
    return out;
  }

 private:
  void fill(Schema& schema, const Json& value, const std::string& place);

  const Json& root_;
  std::vector<std::unique_ptr<Schema>>& made_;
  std::map<std::string, const Schema*> by_place_;
};

std::uint8_t type_of(const std::string& name, const std::string& place) {
  constexpr std::array<std::pair<std::string_view, int>, 7> names = {{{"null", null_type},
                                                                      {"boolean", boolean_type},
                                                                      {"integer", integer_type},
                                                                      {"number", integer_type | number_type},
                                                                      {"string", string_type},
                                                                      {"array", array_type},
                                                                      {"object", object_type}}};
  for (const auto& [known, bit] : names) {
    if (known == name) return static_cast<std::uint8_t>(bit);
  }
  refuse(place, "there is no type " + name);
}

Constant constant_of(const Json& value, const std::string& place) {
  if (value.is_string()) return {string_type, value.get<std::string>()};
  if (value.is_boolean()) return {boolean_type, value.dump()};
  if (value.is_null()) return {null_type, {}};
  if (!value.is_number()) refuse(place, "a constant that is no scalar is not held");
  auto number = Number::parse(value.dump());
  if (!number) refuse(place, "the number cannot be read");
  return {number->is_whole() ? integer_type : number_type, value.dump(), std::move(number)};
}

std::shared_ptr<const re2::RE2> pattern_of(const std::string& text, const std::string& place) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  auto pattern = std::make_shared<const re2::RE2>(text, options);
  if (!pattern->ok()) refuse(place, "RE2 does not take the pattern: " + pattern->error());
  return pattern;
}

Constant number_of(const Json& value, const std::string& place) {
  if (!value.is_number()) refuse(place, "this is no number");
  return constant_of(value, place);
}

Property& member(Schema& schema, const std::string& name) {
  const auto index = static_cast<std::uint32_t>(schema.properties.size());
  return schema.properties.try_emplace(name, Property{nullptr, index}).first->second;
}

/// A keyword where it stands.
struct At {
  Compiler& with;
  Schema& schema;
  const Json& value;
  const std::string& place;  ///< of the value
};
struct Keyword {
  std::string_view name;
  void (*read)(At at);
};

void annotation(At) {}
const Schema* below(At at) { return at.with.at(at.place); }
std::uint64_t count_of(At at) {
  if (!at.value.is_number_unsigned()) refuse(at.place, "this is no count");
  return at.value.get<std::uint64_t>();
}
std::vector<std::string> names_of(At at) { return at.value.get<std::vector<std::string>>(); }
std::string place_of(At at, std::string_view name) {
  std::string step;
  for (const char c : name) step += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return at.place + "/" + step;
}

void read_reference(At at) {
  const auto text = at.value.get<std::string>();
  if (!text.starts_with('#')) refuse(at.place, "a reference out of the text is not followed");
  at.schema.all.push_back(at.with.at(text.substr(1)));
}
void read_type(At at) {
  at.schema.types = 0;
  for (const auto& name : at.value.is_array() ? at.value : Json::array({at.value}))
    at.schema.types |= type_of(name.get<std::string>(), at.place);
}
void read_constants(At at, const Json& list) {
  if (at.schema.has_constants) refuse(at.place, "const beside enum is not held");
  at.schema.has_constants = true;
  for (const auto& one : list) at.schema.constants.push_back(constant_of(one, at.place));
}
void read_all(At at) {
  const auto parts = at.with.list(at.value, at.place);
  at.schema.all.insert(at.schema.all.end(), parts.begin(), parts.end());
}
void read_properties(At at) {
  for (const auto& [name, unused] : at.value.items())
    member(at.schema, name).schema = at.with.at(place_of(at, name));
}
void read_patterns(At at) {
  for (const auto& [pattern, unused] : at.value.items())
    at.schema.patterns.emplace_back(pattern_of(pattern, at.place), at.with.at(place_of(at, pattern)));
}
void read_required(At at) {
  at.schema.required = names_of(at);
  for (const auto& name : at.schema.required) member(at.schema, name);
}
void read_needs(At at) {
  at.schema.needs = at.value.get<decltype(at.schema.needs)>();
  for (const auto& [name, others] : at.schema.needs) {
    member(at.schema, name);
    for (const auto& other : others) member(at.schema, other);
  }
}
void read_form(At at) {
  at.schema.form = find_form(at.value.get<std::string>());
  if (at.schema.form == nullptr) refuse(at.place, "there is no such format");
}

constexpr std::array keywords = {
    // Core
    Keyword{"$schema", annotation},
    Keyword{"$comment", annotation},
    Keyword{"$defs", annotation},
    Keyword{"$ref", read_reference},
    // Meta-data, and what the OpenAPI dialect and the content vocabulary say about a value without asking of
    // it
    Keyword{"title", [](At at) { at.schema.title = at.value.get<std::string>(); }},
    Keyword{"description",
            [](At at) {
              if (at.schema.title.empty()) at.schema.title = at.value.get<std::string>();
            }},
    Keyword{"default", annotation},
    Keyword{"examples", annotation},
    Keyword{"deprecated", annotation},
    Keyword{"readOnly", annotation},
    Keyword{"writeOnly", annotation},
    Keyword{"contentEncoding", annotation},
    Keyword{"contentMediaType", annotation},
    Keyword{"discriminator", annotation},
    // Any value
    Keyword{"type", read_type},
    Keyword{"enum", [](At at) { read_constants(at, at.value); }},
    Keyword{"const", [](At at) { read_constants(at, Json::array({at.value})); }},
    // Several schemas
    Keyword{"allOf", read_all},
    Keyword{"anyOf", [](At at) { at.schema.any = at.with.list(at.value, at.place); }},
    Keyword{"oneOf", [](At at) { at.schema.one = at.with.list(at.value, at.place); }},
    Keyword{"not", [](At at) { at.schema.no = below(at); }},
    Keyword{"if", [](At at) { at.schema.condition = below(at); }},
    Keyword{"then", [](At at) { at.schema.then = below(at); }},
    Keyword{"else", [](At at) { at.schema.otherwise = below(at); }},
    // Numbers
    Keyword{"minimum", [](At at) { at.schema.minimum = number_of(at.value, at.place); }},
    Keyword{"maximum", [](At at) { at.schema.maximum = number_of(at.value, at.place); }},
    Keyword{"exclusiveMinimum", [](At at) { at.schema.above = number_of(at.value, at.place); }},
    Keyword{"exclusiveMaximum", [](At at) { at.schema.below = number_of(at.value, at.place); }},
    // Texts
    Keyword{"minLength", [](At at) { at.schema.length.least = count_of(at); }},
    Keyword{"maxLength", [](At at) { at.schema.length.most = count_of(at); }},
    Keyword{"pattern", [](At at) { at.schema.pattern = pattern_of(at.value.get<std::string>(), at.place); }},
    Keyword{"format", read_form},
    // Objects
    Keyword{"properties", read_properties},
    Keyword{"patternProperties", read_patterns},
    Keyword{"additionalProperties", [](At at) { at.schema.others = below(at); }},
    Keyword{"propertyNames", [](At at) { at.schema.names = below(at); }},
    Keyword{"required", read_required},
    Keyword{"dependentRequired", read_needs},
    Keyword{"minProperties", [](At at) { at.schema.members.least = count_of(at); }},
    Keyword{"maxProperties", [](At at) { at.schema.members.most = count_of(at); }},
    // Lists
    Keyword{"prefixItems", [](At at) { at.schema.first = at.with.list(at.value, at.place); }},
    Keyword{"items", [](At at) { at.schema.each = below(at); }},
    Keyword{"minItems", [](At at) { at.schema.items.least = count_of(at); }},
    Keyword{"maxItems", [](At at) { at.schema.items.most = count_of(at); }},
};

void Compiler::fill(Schema& schema, const Json& value, const std::string& place) {
  if (value.is_boolean()) {
    schema.never = !value.get<bool>();
    return;
  }
  if (!value.is_object()) refuse(place, "a schema is an object, true or false");
  for (const auto& [name, part] : value.items()) {
    const auto known = std::ranges::find(keywords, std::string_view(name), &Keyword::name);
    if (known == keywords.end()) refuse(place, "the keyword " + name + " is not held");
    const std::string below = place + "/" + name;
    known->read({*this, schema, part, below});
  }
  if (value.contains("$defs")) {
    for (const auto& [name, unused] : value["$defs"].items()) at(place + "/$defs/" + name);
  }
}

/// Schemas that are applied to the same value must come to an end.
void refuse_circles(const Schema* schema, std::map<const Schema*, bool>& finished) {
  const auto [found, is_new] = finished.try_emplace(schema, false);
  if (!is_new) {
    if (!found->second) refuse(schema->title, "a schema refers to itself for the same value");
    return;
  }
  for (const auto* list : {&schema->all, &schema->any, &schema->one}) {
    for (const Schema* part : *list) refuse_circles(part, finished);
  }
  for (const Schema* part : {schema->no, schema->condition, schema->then, schema->otherwise}) {
    if (part != nullptr) refuse_circles(part, finished);
  }
  finished[schema] = true;
}

}  // namespace

Schemas::Schemas(std::string_view text, std::string_view pointer) {
  const auto root = Json::parse(text);
  Compiler compiler(root, made_);
  for (const auto& [name, unused] : root.at(Json::json_pointer(std::string(pointer))).items())
    named_[name] = compiler.at(fmt::format("{}/{}", pointer, name));
  std::map<const Schema*, bool> finished;
  for (const auto& schema : made_) refuse_circles(schema.get(), finished);
}

Schemas::~Schemas() = default;

const Schema* Schemas::find(std::string_view name) const {
  const auto found = named_.find(name);
  return found == named_.end() ? nullptr : found->second;
}

}  // namespace purser::gateway
