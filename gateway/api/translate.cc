#include <nlohmann/json.hpp>

#include "canonical/rule/packs.h"
#include "gateway/access/hmac.h"
#include "gateway/api/body_schema.h"
#include "gateway/api/calls.h"
#include "gateway/api/json.h"
#include "gateway/api/problem.h"

namespace purser::gateway {
namespace {

constexpr std::uint64_t max_translate = 16ULL << 20;  // a try-out holds the document in memory, several times

std::string format_of(const Call& call) {
  Json format = Json::object();
  for (const char* name : {"message", "version"}) {
    if (auto value = call.query(name); !value.empty()) format[name] = value;
  }
  return format.empty() ? std::string() : format.dump();
}

// Everything that was found, in JSON, for ?report=yes.
Json report_of(const Document& document, const Written& written) {
  Json json;
  json["number"] = document.number;
  json["canonical"] = Json::parse(document.canonical, nullptr, false);
  json["written"] = written.bytes;
  auto findings = document.findings;
  findings.insert(findings.end(), written.findings.begin(), written.findings.end());
  auto losses = document.losses;
  losses.insert(losses.end(), written.losses.begin(), written.losses.end());
  json["findings"] = to_json(std::span<const Finding>(findings));
  json["losses"] = to_json(std::span<const Loss>(losses));
  return json;
}

std::expected<std::string, Response> whole_body(const Body& body) {
  if (body.size == 0) return std::unexpected(problem(400, "INTAKE-0002", "the body is empty"));
  if (body.size > max_translate)
    return std::unexpected(problem(413, "INTAKE-0003", "a try-out takes 16 MiB"));
  std::string bytes;
  bytes.reserve(static_cast<std::size_t>(body.size));
  if (!for_each_piece(body, [&](std::string_view piece) { bytes += piece; })) {
    return std::unexpected(problem(503, "INTAKE-0009", "the body was lost on its way"));
  }
  return bytes;
}

Response written_response(Api& api, const EncodeOrder& order, const Document& document, Written written) {
  Response response;
  response.content_type =
      order.connector.empty() ? "application/json" : api.parts().connectors.media_of(order).first;
  response.headers.emplace_back("Purser-Findings",
                                std::to_string(document.findings.size() + written.findings.size()));
  response.headers.emplace_back("Purser-Losses",
                                std::to_string(document.losses.size() + written.losses.size()));
  response.body = std::move(written.bytes);
  return response;
}

/// `?rules=en16931,peppol`. Gives the first name that is none.
std::string read_rules(std::string_view list, std::vector<std::string>& rules) {
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    rules.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
    if (!rule::is_pack(rules.back())) return rules.back();
  }
  return {};
}

}  // namespace

void translate_document(Api& api, Call call) {
  auto bytes = whole_body(call.request->body);
  if (!bytes) return call.respond(std::move(bytes.error()));
  if (auto refusal = canonical_misfit(api, call.request->body, call.query("from")))
    return call.respond(std::move(*refusal));
  DecodeOrder from;
  from.connector = call.query("from");
  from.media_type = call.request->header("Content-Type");
  from.tenant = call.tenant();
  from.partner = call.partner().empty()
                     ? own_name(call.query("partner"), call.tenant()).value_or(std::string())
                     : call.partner();
  if (auto unknown = read_rules(call.query("rules"), from.rules); !unknown.empty())
    return call.respond(problem(400, "CONFIG-0008", "there is no pack of rules " + unknown));
  auto understood = api.parts().translator.decode(from, *bytes);
  if (!understood) return call.respond(problem_of(understood.error()));
  if (understood->documents.empty()) {
    return call.respond(problem(422, "INTAKE-0010", "no document could be read", understood->findings));
  }
  EncodeOrder to;
  to.connector = call.query("to") == "canonical" ? std::string() : call.query("to");
  to.format = format_of(call);
  to.tenant = from.tenant;
  to.partner = from.partner;
  bool report = call.query("report") == "yes";
  if (!report && understood->documents.size() > 1) {
    return call.respond(problem(422, "INTAKE-0010", "the file has several documents: ask with report=yes"));
  }
  Json reports = Json::array();
  for (const auto& document : understood->documents) {
    auto written = api.parts().translator.encode(to, document.canonical);
    if (!written) return call.respond(problem_of(written.error()));
    if (!report) return call.respond(written_response(api, to, document, std::move(*written)));
    reports.push_back(report_of(document, *written));
  }
  Json json;
  json["documents"] = std::move(reports);
  json["findings"] = to_json(std::span<const Finding>(understood->findings));
  call.respond(json_response(dumped(json)));
}

}  // namespace purser::gateway
