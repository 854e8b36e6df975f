#include "gateway/api/attention_json.h"

#include <nlohmann/json.hpp>

#include "canonical/spec/descriptor.h"
#include "gateway/api/json.h"
#include "gateway/message/tenant.h"

namespace purser::gateway {
namespace {

void put(Json& into, const char* key, std::string_view text) {
  if (!text.empty()) into[key] = text;
}

void put_document(Json& into, DocumentType type, const std::string& number) {
  if (const auto* descriptor = find_document(type); descriptor != nullptr) into["document"] = descriptor->name;
  put(into, "number", number);
}

Json one(const Finding& finding) { return to_json(std::span(&finding, 1)).front(); }

}  // namespace

Json to_json(const ParkedGroup& group) {
  Json json;
  json["code"] = group.code;
  put(json, "target", local_name(group.target));
  json["count"] = group.count;
  json["oldest"] = text(group.oldest);
  json["newest"] = text(group.newest);
  json["example"] = text(group.example);
  json["finding"] = one(group.finding);
  return json;
}

Json to_json(const ParkedItem& item) {
  Json json;
  json["message"] = text(item.message);
  if (item.delivery.is_set()) json["delivery"] = text(item.delivery);
  put_document(json, item.type, item.number);
  put(json, "source", local_name(item.source));
  put(json, "partner", local_name(item.partner));
  put(json, "file_name", item.file_name);
  put(json, "route", local_name(item.route));
  put(json, "target", local_name(item.target));
  json["received"] = text(item.received);
  json["parked"] = text(item.parked);
  if (item.delivery.is_set()) json["attempts"] = item.attempts;
  json["finding"] = one(item.finding);
  return json;
}

Json to_json(const Outgoing& outgoing) {
  Json json;
  json["message"] = text(outgoing.message);
  if (outgoing.delivery.is_set()) json["delivery"] = text(outgoing.delivery);
  json["ordinal"] = outgoing.document;
  put_document(json, outgoing.type, outgoing.number);
  put(json, "route", local_name(outgoing.route));
  json["target"] = local_name(outgoing.target);
  put(json, "place", outgoing.place);
  put(json, "connector", outgoing.connector.empty() ? "canonical" : outgoing.connector);
  put(json, "format", outgoing.format);
  if (!outgoing.lane.empty()) json["in_lane"] = true;
  json["bytes"] = outgoing.length;
  json["held"] = outgoing.held;
  return json;
}

Json to_json(const Forecast& forecast) {
  Json json;
  json["state"] = name(forecast.state);
  json["would_send"] = Json::array();
  for (const Outgoing& outgoing : forecast.deliveries) json["would_send"].push_back(to_json(outgoing));
  json["findings"] = to_json(std::span(forecast.findings));
  return json;
}

Json to_json(const ExpectationView& expectation) {
  Json json;
  json["delivery"] = text(expectation.delivery);
  json["message"] = text(expectation.message);
  put_document(json, expectation.type, expectation.number);
  put(json, "route", expectation.route);
  put(json, "target", expectation.target);
  json["awaited"] = name(expectation.awaited);
  put(json, "partner", expectation.partner);
  json["within_seconds"] = expectation.within.count();
  json["state"] = name(expectation.state);
  if (expectation.due) json["due"] = text(*expectation.due);
  if (expectation.answered) json["answered"] = text(*expectation.answered);
  if (expectation.answer.is_set()) json["answer"] = text(expectation.answer);
  return json;
}

}  // namespace purser::gateway
