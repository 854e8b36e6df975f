#include "gateway/api/openapi.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "canonical/spec/descriptor.h"
#include "gateway/api/branding.h"
#include "gateway/api/calls.h"
#include "gateway/api/json.h"
#include "gateway/api/model_schema.h"

namespace purser::gateway {
namespace {

struct Parameter {
  std::string_view name;
  std::string_view in;
  std::string_view description;
};
constexpr std::array parameters = {
    Parameter{"source", "query", "Name of a source in the configuration."},
    Parameter{"Idempotency-Key", "header",
              "The same key with the same document gives the first answer again."},
    Parameter{
        "Prefer", "header",
        "RFC 7240. `wait=N`: answer 200 with what became of the document if that is known within N seconds "
        "(30 at most), else 202. `respond-async`: 202 at once."},
    Parameter{"partner", "query", "Name of a partner."},
    Parameter{"state", "query",
              "Of a document: admitted, delivering, delivered, parked, rejected or cancelled; of an "
              "expectation: waiting, "
              "answered, overdue, refused, waived, or open."},
    Parameter{"document", "query", "Name of a canonical document: invoice, purchase_order."},
    Parameter{"ordinal", "query", "Which document of the file; all if left out."},
    Parameter{"limit", "query", "Entries a page, 1 to 1000."},
    Parameter{"cursor", "query", "`cursor` of the page before."},
    Parameter{"why", "query", "Reason, kept in the audit trail."},
    Parameter{"code", "query", "Cause: code of a finding."},
    Parameter{"target", "query", "Name of a target."},
    Parameter{"key", "query", "Business key of a document, as it stands there."},
    Parameter{"kind", "query", "Kind of the key: order, invoice; any if left out."},
    Parameter{"since", "query",
              "Parked from then on: 2026-09-30T22:00Z, 2026-09-30, 22:00 (today, UTC), 3h (ago)."},
    Parameter{"until", "query", "Parked before then."},
    Parameter{"dry_run", "query", "yes: say what would be sent where, change nothing."},
    Parameter{"everywhere", "query", "yes: also to targets where the first one arrived."},
    Parameter{"connector", "query", "Reads the copy; that of the first one if left out."},
    Parameter{"from", "query", "Connector that reads; found by content if left out."},
    Parameter{"to", "query", "Connector that writes, or canonical."},
    Parameter{"message", "query", "Message of the format that is written: INVOIC."},
    Parameter{"version", "query", "Its version: D96A."},
    Parameter{"report", "query", "yes: findings and losses instead of the document."},
    Parameter{"id", "path", "Id of a document or delivery."},
    Parameter{"source", "path", "Name of a source in the configuration."},
    Parameter{"kind", "path", "Kind of business key: order, invoice, or any."},
    Parameter{"name", "path", "Name of an entry."},
    Parameter{"overlap", "query", "How long both are good: 24 h."},
    Parameter{"If-Match", "header", "ETag that the entry must still have."},
    Parameter{"number", "path", "The key as it stands in the document."},
};

/// What a list answers: one member with entries, and a cursor where there is more.
struct ListSchema {
  std::string_view name, member, entry;
};
constexpr std::array lists = {ListSchema{"DocumentList", "documents", "Message"},
                              ListSchema{"Timeline", "timeline", "Step"},
                              ListSchema{"DeliveryList", "deliveries", "Delivery"},
                              ListSchema{"KeyHits", "documents", "KeyHit"},
                              ListSchema{"ApiKeyList", "keys", "ApiKey"},
                              ListSchema{"TenantList", "tenants", "TenantSummary"},
                              ListSchema{"DataKeyList", "keys", "DataKey"},
                              ListSchema{"SubscriptionList", "subscriptions", "Subscription"},
                              ListSchema{"AttemptList", "attempts", "Attempt"},
                              ListSchema{"AuditList", "entries", "AuditEntry"},
                              ListSchema{"ParkedGroups", "groups", "ParkedGroup"},
                              ListSchema{"ParkedItems", "items", "ParkedItem"},
                              ListSchema{"Expectations", "expectations", "Expectation"}};

Json schema_of(const ListSchema& list) {
  const Json entries = {{"type", "array"},
                        {"items", {{"$ref", "#/components/schemas/" + std::string(list.entry)}}}};
  Json schema = {{"type", "object"}, {"required", {list.member}}, {"properties", {{list.member, entries}}}};
  schema["properties"]["cursor"] = {{"description", "Ask with it for the next page."}, {"type", "string"}};
  return schema;
}

Json parameter_of(std::string_view name, bool in_path, bool required) {
  for (const auto& known : parameters) {
    if (known.name != name || (known.in == "path") != in_path) continue;
    return {{"name", in_path || name != "ordinal" ? name : "document"},
            {"in", in_path ? "path" : known.in},
            {"required", required},
            {"description", known.description},
            {"schema", {{"type", name == "limit" ? "integer" : "string"}}}};
  }
  return Json::object();  // tests/gateway/api holds every name of the table against this one
}

Json parameters_of(const Endpoint& endpoint) {
  Json list = Json::array();
  for (auto path = endpoint.path; path.find('{') != std::string_view::npos;) {
    auto open = path.find('{');
    auto close = path.find('}');
    list.push_back(parameter_of(path.substr(open + 1, close - open - 1), true, true));
    path.remove_prefix(close + 1);
  }
  for (auto rest = endpoint.parameters; !rest.empty();) {
    auto end = std::min(rest.find(' '), rest.size());
    auto name = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    bool required = name.ends_with('!');
    if (required) name.remove_suffix(1);
    list.push_back(parameter_of(name, false, required));
  }
  return list;
}

// The model's own schemas, its references led into the description; a document is one of them, by its name.
void add_model(Json& schemas) {
  std::string text(model_schema::embedded_files().front().text);
  constexpr std::string_view from = "\"#/$defs/", to = "\"#/components/schemas/";
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  const auto model = Json::parse(text);
  schemas.update(model["$defs"]);
  Json document = {{"description", "A document of the canonical model; its first member names its kind."}};
  for (const auto& descriptor : documents()) {
    const auto place = "#/components/schemas/" + std::string(descriptor.name);
    document["oneOf"].push_back({{"$ref", place}});
    document["discriminator"]["mapping"][std::string(descriptor.name)] = place;
  }
  document["discriminator"]["propertyName"] = "document";
  schemas["CanonicalDocument"] = std::move(document);
}

Json content_of(std::string_view answer) {
  if (answer.find('/') != std::string_view::npos) return {{answer, {{"schema", {{"type", "string"}}}}}};
  return {{"application/json", {{"schema", {{"$ref", "#/components/schemas/" + std::string(answer)}}}}}};
}

// A refusal by its status: all of them have one shape.
Json problem_response(std::string_view description) {
  return {
      {"description", description},
      {"content", {{"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}};
}

Json responses_of(const Endpoint& endpoint) {
  Json responses;
  responses[std::to_string(endpoint.success)] = {{"description", endpoint.success == 202 ? "Taken" : "Done"}};
  if (!endpoint.answer.empty())
    responses[std::to_string(endpoint.success)]["content"] = content_of(endpoint.answer);
  if (endpoint.parameters.ends_with("Prefer"))
    responses["200"] = {{"description", "What became of it, for who preferred to wait"},
                        {"content", content_of("Message")}};
  if (endpoint.method == "GET" && !is_open(endpoint.door))
    responses["304"] = {{"description", "As If-None-Match has it already"}};
  responses["400"] = problem_response("The request is malformed");
  if (endpoint.door == Door::key || endpoint.door == Door::metrics) {
    responses["401"] = problem_response("Valid credentials are needed");
    responses["403"] = problem_response("This is not allowed");
  }
  if (endpoint.door == Door::signature) responses["401"] = problem_response("The signature is not accepted");
  if (endpoint.path.find('{') != std::string_view::npos)
    responses["404"] = problem_response("There is no such thing");
  if (endpoint.operation == "showBody" || endpoint.operation == "showCanonical")
    responses["410"] = problem_response("The tenant was shredded: the content is unreadable for ever");
  if (endpoint.success == 202) responses["409"] = problem_response("In conflict with what is there");
  if (endpoint.takes_body)
    responses["422"] = problem_response("The body does not fit its schema: see findings");
  responses["429"] = problem_response("Too many requests; Retry-After says when to come back");
  responses["503"] = problem_response("Not now; Retry-After says when to come back");
  return responses;
}

Json security_of(const Endpoint& endpoint) {
  Json list = Json::array();
  if (is_open(endpoint.door) || endpoint.door == Door::signature) return list;
  for (const char* scheme : {"bearer", "apiKey", "basic", "mutualTls"})
    list.push_back({{scheme, Json::array()}});
  return list;
}

Json operation_of(const Endpoint& endpoint) {
  Json operation;
  operation["operationId"] = endpoint.operation;
  operation["summary"] = endpoint.summary;
  if (!endpoint.scope.empty())
    operation["description"] = "Needs the scope `" + std::string(endpoint.scope) + "`.";
  operation["tags"] = Json::array({endpoint.path.starts_with("/v1/") ? "Documents" : "Operation"});
  operation["security"] = security_of(endpoint);
  if (auto list = parameters_of(endpoint); !list.empty()) operation["parameters"] = std::move(list);
  if (endpoint.takes_body && endpoint.scope.empty() && endpoint.door == Door::key) {
    operation["requestBody"] = {
        {"required", true},
        {"content",
         {{"application/x-www-form-urlencoded",
           {{"schema",
             {{"type", "object"},
              {"required", {"grant_type"}},
              {"properties",
               {{"grant_type", {{"const", "client_credentials"}}}, {"scope", {{"type", "string"}}}}}}}}}}}};
  } else if (!endpoint.body.empty()) {
    operation["requestBody"] = {{"required", true}, {"content", content_of(endpoint.body)}};
  } else if (endpoint.takes_body) {
    operation["requestBody"] = {
        {"description", "The document in any format a connector reads."},
        {"required", true},
        {"content",
         {{"application/json",
           {{"schema",
             {{"description", "A canonical document, or what a connector reads."},
              {"anyOf", {{{"$ref", "#/components/schemas/CanonicalDocument"}}, Json::object()}}}}}},
          {"application/xml", {{"schema", {{"type", "string"}}}}},
          {"application/octet-stream", {{"schema", {{"type", "string"}}}}}}}};
  }
  operation["responses"] = responses_of(endpoint);
  return operation;
}

std::string method_name(std::string_view method) {
  std::string name(method);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return name;
}

Json info_of(const Branding& branding) {
  Json info = {{"title", branding.name.empty() ? "Purser" : branding.name},
               {"version", "1"},
               {"description", "Documents in, documents out, and what happened to each."},
               {"license", {{"name", "Proprietary"}, {"identifier", "LicenseRef-Purser"}}}};
  if (!branding.support.empty()) info["contact"] = {{"name", info["title"]}, {"url", branding.support}};
  if (!branding.logo.empty()) info["x-logo"] = {{"url", branding.logo}};
  return info;
}

}  // namespace

const std::string& openapi_document() {
  static const std::string document = [] {
    Json json;
    json["openapi"] = "3.1.0";
    json["info"] = info_of({});
    json["servers"] = Json::array({{{"url", "/"}, {"description", "This gateway"}}});
    json["tags"] =
        Json::array({{{"name", "Documents"}, {"description", "What is handed in and where it goes."}},
                     {{"name", "Operation"}, {"description", "For who runs the gateway."}}});
    for (const auto& endpoint : endpoints())
      json["paths"][std::string(endpoint.path)][method_name(endpoint.method)] = operation_of(endpoint);
    json["components"] = Json::parse(openapi_components());
    auto& schemas = json["components"]["schemas"];
    schemas.update(Json::parse(openapi_requests()));
    for (const ListSchema& list : lists) schemas[std::string(list.name)] = schema_of(list);
    add_model(schemas);
    return dumped(json);
  }();
  return document;
}

std::string openapi_document(const Branding& branding) {
  // All but the first members is the same for everybody, and not written anew for each call.
  static const std::string_view rest = [] {
    const std::string_view whole = openapi_document();
    return whole.substr(whole.find("\n  \"servers\""));
  }();
  Json first;
  first["openapi"] = "3.1.0";
  first["info"] = info_of(branding);
  std::string text = dumped(first);
  text.resize(text.rfind('}') - 1);  // and the line end before it
  return text + "," + std::string(rest);
}

void show_openapi(Api& /*api*/, Call call) {
  const Branding* branding = branding_of(call, *call.request);
  call.respond(json_response(branding == nullptr ? openapi_document() : openapi_document(*branding)));
}

}  // namespace purser::gateway
