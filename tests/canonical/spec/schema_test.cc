// What the JSON writer writes is valid against the generated JSON Schema, and what is wrong is not.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "canonical/event/json_writer.h"
#include "tests/canonical/event/random_document.h"

namespace purser {
namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

nlohmann::json schema_text(std::string_view name) {
  const char* source = std::getenv("PURSER_SOURCE");
  std::ifstream in(std::string(source == nullptr ? "." : source) + "/canonical/spec/generated/schema/" +
                   std::string(name) + ".json");
  return nlohmann::json::parse(in);
}

void load(const nlohmann::json& text, valijson::Schema& schema) {
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  parser.populateSchema(Adapter(text), schema);
}

bool valid(const valijson::Schema& schema, const nlohmann::json& document, std::string* why = nullptr) {
  valijson::Validator validator;
  valijson::ValidationResults results;
  bool good = validator.validate(schema, Adapter(document), &results);
  valijson::ValidationResults::Error error;
  while (why != nullptr && results.popError(error)) {
    for (const std::string& step : error.context) *why += step;
    *why += ": " + error.description + "\n";
  }
  return good;
}

TEST(JsonSchema, EveryWrittenDocumentIsValid) {
  for (const DocumentDescriptor& document : documents()) {
    nlohmann::json text = schema_text(document.name);
    EXPECT_EQ(text["$schema"], "https://json-schema.org/draft/2020-12/schema");
    valijson::Schema schema;
    load(text, schema);
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
      std::string json;
      JsonWriter writer(append_to_text(json));
      RecordedEvents made = test::random_document(document, seed, 6);
      ASSERT_TRUE(writer.push(made.events()));
      std::string why;
      EXPECT_TRUE(valid(schema, nlohmann::json::parse(json), &why)) << document.name << "\n"
                                                                    << why.substr(0, 2000);
    }
  }
}

TEST(JsonSchema, RefusesWhatIsWrong) {
  valijson::Schema schema;
  nlohmann::json text = schema_text("invoice");
  load(text, schema);
  nlohmann::json good = {{"document", "invoice"},
                         {"number", "1"},
                         {"issue_date", "2026-11-20"},
                         {"buyer", nlohmann::json::object()},
                         {"seller", {{"name", "S"}}}};
  EXPECT_TRUE(valid(schema, good));
  const std::pair<const char*, nlohmann::json> wrong[] = {{"document", "receipt"},
                                                          {"number", 1},
                                                          {"buyer", "B"},
                                                          {"lines", {{"number", "1"}}},
                                                          {"no_such_field", "x"},
                                                          {"currency", "EURO"},
                                                          {"totals", {{"payable", "12,50"}}},
                                                          {"seller", {{"nme", "S"}}}};
  for (const auto& [name, value] : wrong) {
    nlohmann::json bad = good;
    bad[name] = value;
    EXPECT_FALSE(valid(schema, bad)) << name;
  }
  good.erase("number");
  EXPECT_FALSE(valid(schema, good));
}

}  // namespace
}  // namespace purser
