#include "plugins/host/settings.h"

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
  if (value.is_discarded()) return wrong("is not JSON");
  if (!value.is_object()) return wrong("is no JSON object");
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
    std::string path;
    for (const std::string& part : error.context) path += part;
    Finding one = finding("HOST-0009", error.description);
    one.path = path;
    report.add(std::move(one));
  }
  return report;
}

}  // namespace purser::plugin
