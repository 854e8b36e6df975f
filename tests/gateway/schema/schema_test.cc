// JSON held against schemas: cases in the shape of the official suite, and what is said about each misfit.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "gateway/schema/schemas.h"

namespace purser::gateway {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string source_folder() {
  const char* source = std::getenv("PURSER_SOURCE");
  return source == nullptr ? "." : source;
}

Report held(const Schemas& schemas, std::string_view text) {
  Report report;
  static_cast<void>(validate(input_from_text(text), *schemas.find("root"), JsonLimits{}, report));
  return report;
}

/// The schema as the member `root` of a text, so that its references from "#" lead into it.
Schemas compiled(const Json& schema) { return Schemas(Json{{"all", {{"root", schema}}}}.dump(), "/all"); }

/// References of a suite's schema are from its own top.
void move_references(Json& schema) {
  if (schema.is_object() && schema.contains("$ref") && schema["$ref"].is_string()) {
    auto text = schema["$ref"].get<std::string>();
    if (text.starts_with('#')) schema["$ref"] = "#/all/root" + text.substr(1);
  }
  if (schema.is_structured()) {
    for (auto& part : schema) move_references(part);
  }
}

struct Counts {
  std::size_t held = 0, refused = 0;
};

// Runs one file of cases. A schema that is refused when it is compiled is counted, and none of its cases.
void run(const fs::path& path, Counts& counts) {
  std::ifstream in(path);
  for (auto group : Json::parse(in)) {
    move_references(group["schema"]);
    std::optional<Schemas> schemas;
    try {
      schemas.emplace(Json{{"all", {{"root", group["schema"]}}}}.dump(), "/all");
    } catch (const std::exception&) {
      ++counts.refused;
      continue;
    }
    for (const auto& one : group["tests"]) {
      ++counts.held;
      EXPECT_EQ(held(*schemas, one["data"].dump()).empty(), one["valid"].get<bool>())
          << path.filename() << ": " << group["description"] << ": " << one["description"];
    }
  }
}

TEST(Schema, OurCasesInTheSuitesShape) {
  Counts counts;
  for (const auto& file : fs::directory_iterator(source_folder() + "/tests/gateway/schema/cases"))
    run(file.path(), counts);
  EXPECT_EQ(counts.refused, 0U);
  EXPECT_GT(counts.held, 60U);
}

TEST(Schema, TheOfficialSuite) {
  const char* folder = std::getenv("PURSER_SCHEMA_SUITE");
  if (folder == nullptr) GTEST_SKIP() << "PURSER_SCHEMA_SUITE names no folder";
  Counts counts;
  for (const auto& file : fs::directory_iterator(folder)) {
    if (file.path().extension() == ".json") run(file.path(), counts);
  }
  std::cout << counts.held << " cases held, " << counts.refused << " schemas refused\n";
}

TEST(Schema, RefusesWhatItWouldHoldInPartOnly) {
  const Json wrong[] = {{{"unevaluatedProperties", false}},
                        {{"uniqueItems", true}},
                        {{"multipleOf", 2}},
                        {{"contains", {{"type", "string"}}}},
                        {{"$dynamicRef", "#x"}},
                        {{"$anchor", "x"}},
                        {{"maxlength", 3}},
                        {{"maxLength", -1}},
                        {{"format", "colour"}},
                        {{"type", "text"}},
                        {{"pattern", "(?=a)"}},
                        {{"$ref", "https://example.org/schema"}},
                        {{"$ref", "#/all/nothing"}},
                        {{"$ref", "#/all/root"}},
                        {{"anyOf", {{{"$ref", "#/all/root"}}}}},
                        {{"enum", {Json::object()}}},
                        {{"properties", {{"a", {{"maxlength", 1}}}}}},
                        {{"$defs", {{"a", {{"maxlength", 1}}}}}}};
  for (const auto& schema : wrong) EXPECT_THROW(compiled(schema), std::exception) << schema;
}

TEST(Schema, SaysEveryMisfitWithItsPlace) {
  const auto schemas = compiled(Json::parse(R"({
    "type": "object", "additionalProperties": false, "required": ["name", "size"],
    "properties": {
      "name": {"type": "string", "maxLength": 3}, "size": {"type": "integer", "minimum": 1},
      "a/b~c": {"enum": ["x", "y"]}, "list": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]+$"}},
      "when": {"type": "string", "format": "date"},
      "amount": {"title": "An amount", "oneOf": [{"type": "string", "pattern": "^[0-9]+$"}, {"type": "number"}]}
    }})"));
  const auto report = held(schemas, R"({
  "name": "long", "a/b~c": "z",
  "list": ["a", "B", 3],
  "when": "2026-13-01", "amount": "1,5", "nmae": 1, "name": "n"})");
  struct Expected {
    const char *code, *path;
    std::uint32_t line;
  };
  const Expected expected[] = {
      {"SCHEMA-0007", "/name", 2},   {"SCHEMA-0004", "/a~1b~0c", 2}, {"SCHEMA-0005", "/list/1", 3},
      {"SCHEMA-0003", "/list/2", 3}, {"SCHEMA-0005", "/when", 4},    {"SCHEMA-0008", "/amount", 4},
      {"SCHEMA-0002", "/nmae", 4},   {"SCHEMA-0009", "/name", 4},    {"SCHEMA-0001", "/size", 1}};
  ASSERT_EQ(report.findings().size(), std::size(expected));
  for (std::size_t i = 0; i < std::size(expected); ++i) {
    EXPECT_EQ(report.findings()[i].code, expected[i].code);
    EXPECT_EQ(report.findings()[i].path, expected[i].path);
    EXPECT_EQ(report.findings()[i].at.line, expected[i].line) << expected[i].path;
    EXPECT_FALSE(report.findings()[i].expected.empty()) << expected[i].path;
  }
}

TEST(Schema, AHostileTextCostsLittle) {
  const auto schemas = compiled(Json::parse(R"({"type": "array", "items": {"type": "string"}})"));
  std::string many = "[0";
  for (int i = 0; i < 10'000; ++i) many += ",0";
  EXPECT_EQ(held(schemas, many + "]").findings().size(), max_schema_findings);
  const std::string deep(100'000, '[');
  EXPECT_EQ(held(schemas, deep).findings().back().code, "JSON-0005");
  EXPECT_EQ(held(schemas, "[\"a\"").findings().back().code, "JSON-0001");
  EXPECT_EQ(held(schemas, "[] []").findings().back().code, "JSON-0001");
}

TEST(Schema, ADocumentIsHeldAgainstItsOwn) {
  std::ifstream in(source_folder() + "/canonical/spec/generated/schema/model.json");
  const Schemas model(std::string(std::istreambuf_iterator<char>(in), {}), "/$defs");
  const auto check = [&](std::string_view text) {
    Report report;
    static_cast<void>(validate_documents(input_from_text(text), model, JsonLimits{}, report));
    return report.empty() ? std::string() : report.findings().front().code + report.findings().front().path;
  };
  const std::string receipt = R"({"document":"receipt","number":"1","issue_date":"2026-11-20"})";
  EXPECT_EQ(check(receipt), "");
  EXPECT_EQ(check(receipt + "\n" + receipt), "");
  EXPECT_EQ(check(R"({"document":"receipt","number":1,"issue_date":"2026-11-20"})"), "SCHEMA-0003/number");
  EXPECT_EQ(check(receipt + R"({"document":"receipt"})"), "SCHEMA-0001/number");
  EXPECT_EQ(check(R"({"number":"1","document":"receipt"})"), "JSON-0007");
  EXPECT_EQ(check(R"({"document":"party"})"), "JSON-0007");
  EXPECT_EQ(check("[]"), "JSON-0007");
  EXPECT_EQ(check(""), "JSON-0007");
}

}  // namespace
}  // namespace purser::gateway
