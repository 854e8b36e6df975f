#include "gateway/settings/schema_check.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/settings/quantity.h"

namespace purser::gateway {
namespace {

using Json = nlohmann::json;

constexpr std::array known_keywords = {
    "$schema",       "$id",   "$defs",      "$ref",      "title",
    "description",   "type",  "properties", "required",  "additionalProperties",
    "propertyNames", "items", "minItems",   "minLength", "minimum",
    "maximum",       "enum",  "const",      "oneOf",     "format"};

std::string shown(std::string_view text) {
  if (text.size() <= Finding::max_value_shown) return std::string(text);
  return std::string(text.substr(0, Finding::max_value_shown)) + "…";
}

std::string_view kind_name(const Node& node) {
  switch (node.kind) {
    case NodeKind::null:
      return "nothing";
    case NodeKind::scalar:
      return "a single value";
    case NodeKind::map:
      return "a block of settings";
    case NodeKind::list:
      return "a list";
  }
  return "";
}

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

// Refuses keywords that would be ignored silently.
void require_known_keywords(const Json& schema) {
  if (!schema.is_object()) return;
  for (const auto& [keyword, value] : schema.items()) {
    if (std::find(known_keywords.begin(), known_keywords.end(), keyword) == known_keywords.end()) {
      throw std::logic_error("settings schema uses a keyword the checker does not know: " + keyword);
    }
    if (keyword == "properties" || keyword == "$defs") {
      for (const auto& part : value) require_known_keywords(part);
    }
    if (keyword == "items" || keyword == "additionalProperties") require_known_keywords(value);
  }
}

}  // namespace

const Json& followed(const Json& schema, const Json& rule) {
  constexpr std::string_view definitions = "#/$defs/";
  const auto ref = rule.find("$ref");
  if (ref == rule.end()) return rule;
  return followed(schema, schema.at("$defs").at(ref->get<std::string>().substr(definitions.size())));
}

class SchemaCheck::State {
 public:
  explicit State(std::string_view text) : schema(Json::parse(text)) { require_known_keywords(schema); }

  void check(const Node& node, const Json& referring, const std::string& path, Report& report) const {
    const Json& rule = followed(schema, referring);
    if (auto choice = rule.find("oneOf"); choice != rule.end()) return choose(node, *choice, path, report);
    if (auto words = rule.find("enum"); words != rule.end()) return check_enum(node, *words, path, report);
    if (auto word = rule.find("const"); word != rule.end())
      return check_enum(node, Json::array({*word}), path, report);
    auto type = rule.value("type", "");
    if (type == "object") return check_map(node, rule, path, report);
    if (type == "array") return check_list(node, rule, path, report);
    check_scalar(node, rule, type, path, report);
  }

  Json schema;

 private:
  static void wrong_type(const Node& node, const std::string& path, std::string_view wanted, Report& report) {
    report.add(settings_finding("CONFIG-0005", node, path,
                                fmt::format("{} is {}", path.empty() ? "the file" : path, kind_name(node)),
                                std::string(wanted)));
  }

  void check_map(const Node& node, const Json& rule, const std::string& path, Report& report) const {
    if (node.kind == NodeKind::null && rule.contains("propertyNames")) return;  // a section without entries
    if (node.kind != NodeKind::map)
      return wrong_type(node, path, "a block of settings, `name: value`", report);
    auto properties = rule.value("properties", Json::object());
    std::set<std::string_view> seen;
    for (const auto& [key, value] : node.entries) {
      auto below = path.empty() ? key.text : path + "." + key.text;
      if (!seen.insert(key.text).second) {
        report.add(settings_finding("CONFIG-0007", key, below, below + " stands twice"));
      } else if (auto known = properties.find(key.text); known != properties.end()) {
        check(value, *known, below, report);
      } else {
        check_other(key, value, rule, properties, below, report);
      }
    }
    for (const auto& name : rule.value("required", Json::array())) {
      auto text = name.get<std::string>();
      if (path.empty() || seen.contains(text)) continue;  // sections may be in another file
      report.add(settings_finding("CONFIG-0004", node, path, path + " has no " + text,
                                  describe(properties.value(text, Json::object()))));
    }
  }

  void check_other(const Node& key, const Node& value, const Json& rule, const Json& properties,
                   const std::string& path, Report& report) const {
    auto others = rule.find("additionalProperties");
    if (others != rule.end() && others->is_object()) {
      if (auto names = rule.find("propertyNames"); names != rule.end()) {
        if (const char* form = form_expected(names->at("format").get<std::string>(), key.text)) {
          report.add(settings_finding("CONFIG-0006", key, path,
                                      "the name " + shown(key.text) + " is not allowed", form));
        }
      }
      return check(value, *others, path, report);
    }
    if (others != rule.end() && *others == true) return;
    std::vector<std::string> names;
    for (const auto& [name, unused] : properties.items()) names.push_back(name);
    auto near = nearest_name(key.text, names);
    report.add(settings_finding("CONFIG-0003", key, path, "there is no setting " + shown(path),
                                near.empty() ? "one of " + joined(names) : near));
  }

  void check_list(const Node& node, const Json& rule, const std::string& path, Report& report) const {
    if (node.kind != NodeKind::list) return wrong_type(node, path, "a list, [a, b] or lines with -", report);
    if (node.items.size() < rule.value("minItems", std::size_t{0})) {
      report.add(settings_finding("CONFIG-0006", node, path, path + " is empty", "at least one entry"));
    }
    auto items = rule.find("items");
    for (std::size_t i = 0; items != rule.end() && i < node.items.size(); ++i) {
      check(node.items[i], *items, fmt::format("{}[{}]", path, i), report);
    }
  }

  static void check_enum(const Node& node, const Json& words, const std::string& path, Report& report) {
    std::vector<std::string> names;
    for (const auto& word : words) names.push_back(word.get<std::string>());
    if (node.is_scalar() && std::find(names.begin(), names.end(), node.text) != names.end()) return;
    auto near = nearest_name(node.text, names);
    auto expected = near.empty() ? "one of " + joined(names) : near + " (of " + joined(names) + ")";
    report.add(
        settings_finding("CONFIG-0006", node, path, path + " cannot be " + shown(node.text), expected));
  }

  static void check_scalar(const Node& node, const Json& rule, const std::string& type,
                           const std::string& path, Report& report) {
    if (!node.is_scalar())
      return wrong_type(node, path, type == "string" ? "a text" : "a single value", report);
    if (type == "boolean" && (node.quoted || (node.text != "true" && node.text != "false"))) {
      return wrong_type(node, path, "true or false", report);
    }
    if (type == "integer") return check_integer(node, rule, path, report);
    if (node.text.size() < rule.value("minLength", std::size_t{0})) {
      report.add(settings_finding("CONFIG-0006", node, path, path + " is too short",
                                  fmt::format("at least {} characters", rule["minLength"].get<int>())));
    }
    if (auto form = rule.find("format"); form != rule.end()) {
      if (const char* expected = form_expected(form->get<std::string>(), node.text)) {
        report.add(
            settings_finding("CONFIG-0006", node, path, path + " cannot be " + shown(node.text), expected));
      }
    }
  }

  static void check_integer(const Node& node, const Json& rule, const std::string& path, Report& report) {
    std::int64_t number = 0;
    auto* end = node.text.data() + node.text.size();
    auto [stop, error] = std::from_chars(node.text.data(), end, number);
    if (node.quoted || error != std::errc() || stop != end)
      return wrong_type(node, path, "a whole number", report);
    auto least = rule.value("minimum", std::int64_t{INT64_MIN});
    auto most = rule.value("maximum", std::int64_t{INT64_MAX});
    if (number >= least && number <= most) return;
    report.add(settings_finding("CONFIG-0006", node, path, fmt::format("{} cannot be {}", path, number),
                                fmt::format("{} to {}", least, most)));
  }

  // The branch whose constant `kind` is the node's.
  void choose(const Node& node, const Json& branches, const std::string& path, Report& report) const {
    if (node.kind != NodeKind::map)
      return wrong_type(node, path, "a block of settings, `name: value`", report);
    const Node* kind = node.find("kind");
    auto kinds = Json::array();
    for (const auto& branch : branches) {
      const Json& rule = followed(schema, branch);
      const auto& word = rule.at("properties").at("kind").at("const");
      if (kind != nullptr && kind->text == word.get<std::string>()) return check(node, rule, path, report);
      kinds.push_back(word);
    }
    if (kind != nullptr) return check_enum(*kind, kinds, path + ".kind", report);
    std::vector<std::string> names;
    for (const auto& word : kinds) names.push_back(word.get<std::string>());
    report.add(
        settings_finding("CONFIG-0004", node, path, path + " has no kind", "kind: one of " + joined(names)));
  }

  static std::string describe(const Json& rule) {
    if (auto text = rule.find("description"); text != rule.end()) return text->get<std::string>();
    return {};
  }
};

SchemaCheck::SchemaCheck(std::string_view schema_json) : state_(std::make_unique<State>(schema_json)) {}
SchemaCheck::~SchemaCheck() = default;

void SchemaCheck::check(const Node& root, Report& report) const {
  if (root.kind == NodeKind::null) return;  // an empty file
  state_->check(root, state_->schema, "", report);
}

std::vector<std::string> SchemaCheck::required_sections() const {
  return state_->schema.value("required", std::vector<std::string>{});
}

}  // namespace purser::gateway
