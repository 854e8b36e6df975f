#include "gateway/api/problem.h"

#include <nlohmann/json.hpp>

#include "gateway/api/json.h"

namespace purser::gateway {
namespace {

int http_status(StatusClass what) {
  switch (what) {
    case StatusClass::invalid:
      return 400;
    case StatusClass::denied:
      return 403;
    case StatusClass::unavailable:
    case StatusClass::overloaded:
      return 503;
    case StatusClass::defect:
      return 500;
  }
  return 500;
}

}  // namespace

Response problem(int status, std::string_view code, std::string_view detail,
                 std::span<const Finding> findings) {
  Json body;
  body["type"] = "urn:purser:finding:" + std::string(code);
  if (const auto* entry = find_catalogue_entry(code)) {
    body["title"] = entry->title;
    body["remedy"] = entry->remedy;
  }
  body["status"] = status;
  body["detail"] = detail;
  body["code"] = code;
  if (!findings.empty()) body["findings"] = to_json(findings);
  Response response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.body = dumped(body);
  return response;
}

Response problem_of(const Status& status) {
  bool ours = status.what == StatusClass::defect;
  const bool gone = status.code == "SEAL-0002";  // shredded: as RFC 9110, 15.5.11 has it, likely for ever
  auto response =
      problem(gone ? 410 : http_status(status.what), status.code, ours ? "the gateway could not do this" : status.message);
  if (response.status == 503) response.headers.emplace_back("Retry-After", "1");
  return response;
}

}  // namespace purser::gateway
