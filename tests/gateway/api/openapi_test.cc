#include "gateway/api/openapi.h"

#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "canonical/spec/descriptor.h"
#include "gateway/api/body_schema.h"
#include "gateway/api/endpoint.h"
#include "gateway/settings/schema_check.h"

namespace purser::gateway {
namespace {

using nlohmann::json;

TEST(Openapi, DescribesEveryEndpointAndNothingElse) {
  auto document = json::parse(openapi_document());
  std::size_t operations = 0;
  std::set<std::string> names;
  for (const auto& [path, methods] : document["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) {
      ++operations;
      EXPECT_TRUE(names.insert(operation["operationId"]).second) << path;
    }
  }
  EXPECT_EQ(operations, endpoints().size());
  for (const auto& endpoint : endpoints()) {
    std::string method(endpoint.method);
    for (char& c : method) c = static_cast<char>(c | 0x20);
    const auto& operation = document["paths"][std::string(endpoint.path)][method];
    EXPECT_EQ(operation["security"].empty(), is_open(endpoint.door) || endpoint.door == Door::signature)
        << endpoint.path;
    if (!operation.contains("parameters")) continue;
    for (const auto& parameter : operation["parameters"])
      EXPECT_TRUE(parameter.contains("name")) << endpoint.path << " has a parameter that no table knows";
  }
}

TEST(Openapi, EveryReferenceLeadsSomewhere) {
  auto document = json::parse(openapi_document());
  const auto flat = document.flatten();
  for (const auto& [path, value] : flat.items()) {
    if (!path.ends_with("/$ref")) continue;
    auto target = value.get<std::string>();
    ASSERT_TRUE(target.starts_with("#/")) << path;
    EXPECT_TRUE(document.contains(json::json_pointer(target.substr(1)))) << path << ": " << target;
  }
}

TEST(Openapi, EveryBodyOfJsonHasASchemaThatIsHeld) {
  const auto& schemas = description_schemas();
  for (const auto& endpoint : endpoints()) {
    if (endpoint.body.empty()) continue;
    ASSERT_NE(schemas.find(endpoint.body), nullptr) << endpoint.path;
    Report report;
    static_cast<void>(
        validate(input_from_text(R"({"no such":1})"), *schemas.find(endpoint.body), JsonLimits{}, report));
    ASSERT_FALSE(report.empty()) << endpoint.path;
    EXPECT_EQ(report.findings().front().code, "SCHEMA-0002") << endpoint.path;
  }
  for (const auto& descriptor : documents())
    EXPECT_NE(schemas.find(descriptor.name), nullptr) << descriptor.name;
}

TEST(Openapi, EveryOperationCanBeDeprecatedByConfiguration) {
  const auto known = json::parse(settings_schema())["properties"]["deprecated"]["properties"];
  EXPECT_EQ(known.size(), endpoints().size());
  for (const auto& endpoint : endpoints())
    EXPECT_TRUE(known.contains(endpoint.operation)) << endpoint.operation;
}

}  // namespace
}  // namespace purser::gateway
