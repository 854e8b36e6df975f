#include "plugins/host/settings.h"

#include <algorithm>
#include <exception>
#include <expected>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include <fmt/format.h>

namespace purser::plugin {
namespace {

using nlohmann::json;

constexpr int max_depth = 64;  // settings are a few levels deep; the checker recurses

std::unexpected<std::string> wrong(std::string what) { return std::unexpected(std::move(what)); }

std::expected<json, std::string> parse_object(const std::string& text) {
  bool too_deep = false;
  const auto shallow = [&](int depth, json::parse_event_t /*event*/, json& /*value*/) {
    too_deep = too_deep || depth > max_depth;
    return !too_deep;
  };
  json value = json::parse(text, shallow, false);
  if (too_deep) return wrong(fmt::format("nested deeper than {}", max_depth));
  if (value.is_discarded()) return wrong("not JSON");
  if (!value.is_object()) return wrong("no JSON object");
  return value;
}

std::expected<void, std::string> populate(const json& text, valijson::Schema& schema) {
  try {
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(text), schema);
    return {};
  } catch (const std::exception& error) {
    return wrong(error.what());
  }
}

Finding finding(const char* code, std::string message) {
  return make_finding(code, Position{}, std::move(message));
}

/// "<root>[sender][id]" as {"sender", "id"}.
std::vector<std::string> steps_of(const std::vector<std::string>& context) {
  std::vector<std::string> steps;
  for (const std::string& part : context) {
    if (part.size() > 1 && part.front() == '[' && part.back() == ']')
      steps.push_back(part.substr(1, part.size() - 2));
  }
  return steps;
}

/// The part of the schema for a value; null where it is not as plain as properties and $defs.
const json* schema_of(const json& schema, const std::vector<std::string>& steps) {
  const json* at = &schema;
  const auto follow = [&] {
    constexpr std::string_view local = "#/";  // of a connector one need not trust: nothing escaped
    const auto ref = at->find("$ref");
    if (ref == at->end() || !ref->is_string()) return;
    const auto& text = ref->get_ref<const std::string&>();
    if (!text.starts_with(local) || text.contains('~')) return;
    const json::json_pointer place(text.substr(1));
    if (schema.contains(place)) at = &schema.at(place);
  };
  for (const std::string& step : steps) {
    const auto properties = at->find("properties");
    if (properties == at->end() || !properties->contains(step)) return nullptr;
    at = &properties->at(step);
    follow();
  }
  return at;
}

std::string list_of(const json& schema, const char* names) {
  std::string text;
  const auto found = schema.find(names);
  if (found == schema.end()) return text;
  for (const auto& [key, value] : found->items()) {
    text += text.empty() ? "" : ", ";
    text += found->is_object() ? key : value.dump();
  }
  return text;
}

std::string expected_by(const json& schema) {
  if (schema.contains("enum")) return "one of " + list_of(schema, "enum");
  if (schema.contains("properties")) return "a JSON object of " + list_of(schema, "properties");
  std::string text = schema.contains("type") ? schema["type"].dump() : "";
  std::erase(text, '"');
  for (const char* limit : {"pattern", "minLength", "maxLength", "minimum", "maximum"}) {
    if (schema.contains(limit)) text += fmt::format(", {} {}", limit, schema[limit].dump());
  }
  return text;
}

/// What does not fit, in terms of the settings.
Finding misfit(const json& schema, const json& settings, const std::vector<std::string>& context,
               const std::string& description) {
  const auto steps = steps_of(context);
  const json* wanted = schema_of(schema, steps);
  json::json_pointer place;
  std::string path = "settings";
  for (const std::string& step : steps) {
    place /= step;
    path += '.' + step;
  }
  const std::size_t named = description.find('\'', description.find(": "));
  const bool unknown = description.starts_with("Object contains a property") && named != std::string::npos;
  const json* value = settings.contains(place) ? &settings.at(place) : nullptr;
  Finding one;
  if (value != nullptr && !value->is_object()) {
    one = finding("HOST-0009", fmt::format("{} is {}", path, shown(value->dump())));
  } else {
    one = finding(
        "HOST-0009",
        fmt::format("{}: {}", path, unknown ? "there is no " + description.substr(named) : description));
  }
  one.path = path;
  if (wanted != nullptr) one.expected = expected_by(*wanted);
  return one;
}

}  // namespace

Report check_schema(const std::string& text) {
  Report report;
  if (text.empty()) return report;
  const auto parsed = parse_object(text);
  valijson::Schema schema;
  const auto populated = parsed ? populate(*parsed, schema) : wrong(parsed.error());
  if (!populated) report.add(finding("HOST-0007", "the settings schema: " + populated.error()));
  return report;
}

Report check_settings(const std::string& schema_text, const std::string& settings) {
  Report report = check_schema(schema_text);
  if (!report.empty() || (schema_text.empty() && settings.empty())) return report;
  const auto value = parse_object(settings.empty() ? "{}" : settings);
  if (!value) {
    report.add(finding("HOST-0009", "the settings: " + value.error()));
    return report;
  }
  if (schema_text.empty()) {
    if (!value->empty())
      report.add(finding("HOST-0009", "there are settings, and this connector takes none"));
    return report;
  }
  valijson::Schema schema;
  const json parsed = *parse_object(schema_text);
  static_cast<void>(populate(parsed, schema));
  valijson::ValidationResults results;
  valijson::Validator validator;
  if (validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(*value), &results)) return report;
  for (const auto& error : results) {
    // Said again of everything around what does not fit.
    if (error.description.starts_with("Failed to validate against schema associated with")) continue;
    report.add(misfit(parsed, *value, error.context, error.description));
  }
  if (report.empty()) report.add(finding("HOST-0009", "the settings do not fit their schema"));
  return report;
}

Outcome RequestSettings::fit(const std::string& schema, const std::string& settings, DocumentSink& notes) {
  if (settings.empty()) return {};
  {
    const std::lock_guard lock(mutex_);
    if (std::ranges::find(good_, settings) != good_.end()) return {};
  }
  const Report report = check_settings(schema, settings);
  if (report.empty()) {
    const std::lock_guard lock(mutex_);
    if (settings.size() <= longest_remembered && good_.size() < most_remembered) good_.push_back(settings);
    return {};
  }
  for (const Finding& each : report.findings()) notes.finding(each);
  return std::unexpected(Status{StatusClass::invalid, "HOST-0009", report.findings().front().message});
}

}  // namespace purser::plugin
