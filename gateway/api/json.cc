#include "gateway/api/json.h"

#include <nlohmann/json.hpp>

#include "canonical/spec/descriptor.h"
#include "gateway/message/tenant.h"

namespace purser::gateway {
namespace {

std::string_view name(DocumentType type) {
  const auto* descriptor = find_document(type);
  return descriptor == nullptr ? std::string_view() : descriptor->name;
}

std::string_view name(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "info";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
    case Severity::fatal:
      return "fatal";
  }
  return "";
}

// Members that say nothing are left out.
void put(Json& into, const char* key, std::string_view text) {
  if (!text.empty()) into[key] = text;
}
void put_number(Json& into, const char* key, std::uint64_t number) {
  if (number != 0) into[key] = number;
}

Json to_json(const Position& at) {
  Json json = Json::object();
  put_number(json, "line", at.line);
  put_number(json, "column", at.column);
  put_number(json, "segment", at.segment);
  put_number(json, "element", at.element);
  put_number(json, "component", at.component);
  return json;
}

Json to_json(const Finding& finding) {
  Json json;
  json["code"] = finding.code;
  json["severity"] = name(finding.severity);
  json["message"] = finding.message;
  put(json, "expected", finding.expected);
  put(json, "remedy", finding.remedy);
  put(json, "source", finding.source);
  put(json, "path", finding.path);
  if (auto at = to_json(finding.at); !at.empty()) json["at"] = std::move(at);
  return json;
}

}  // namespace

std::string dumped(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json to_json(std::span<const Finding> findings) {
  Json list = Json::array();
  for (const auto& finding : findings) list.push_back(to_json(finding));
  return list;
}

Json to_json(std::span<const Loss> losses) {
  Json list = Json::array();
  for (const auto& loss : losses) {
    Json json;
    json["source"] = loss.source;
    json["value"] = loss.value;
    if (auto at = to_json(loss.at); !at.empty()) json["at"] = std::move(at);
    list.push_back(std::move(json));
  }
  return list;
}

Json to_json(const MessageSummary& summary) {
  Json json;
  json["id"] = text(summary.id);
  json["state"] = name(summary.state);
  json["received"] = text(summary.received);
  json["source"] = local_name(summary.source);
  put(json, "partner", local_name(summary.partner));
  put(json, "connector", summary.format);
  put(json, "file_name", summary.file_name);
  json["body_length"] = summary.body_length;
  put(json, "why", summary.why);
  json["documents"] = summary.documents;
  put(json, "document", name(summary.type));
  put(json, "number", summary.number);
  return json;
}

Json to_json(const DeliveryView& delivery) {
  Json json;
  json["id"] = text(delivery.id);
  json["document"] = delivery.document;
  json["state"] = name(delivery.state);
  json["route"] = local_name(delivery.route);
  json["target"] = local_name(delivery.target);
  put(json, "lane", delivery.lane);
  put(json, "connector", delivery.connector);
  put(json, "format", delivery.format);
  if (is_open(delivery.state)) json["due"] = text(delivery.due);
  if (delivery.waits_for.is_set()) json["waits_for"] = text(delivery.waits_for);
  json["attempts_made"] = delivery.attempts_made;
  if (delivery.finding) json["finding"] = to_json(*delivery.finding);
  Json attempts = Json::array();
  for (const auto& attempt : delivery.attempts) {
    Json one;
    one["started"] = text(attempt.started);
    one["took_microseconds"] = attempt.took.count();
    put_number(one, "answer", attempt.answer);
    put(one, "detail", attempt.detail);
    attempts.push_back(std::move(one));
  }
  json["attempts"] = std::move(attempts);
  return json;
}

Json to_json(const MessageView& view) {
  Json json = to_json(view.summary);
  put(json, "credential", view.credential);
  put(json, "media_type", view.media_type);
  json["sha256"] = hex(view.hash);
  if (view.resubmits.is_set()) json["resubmits"] = text(view.resubmits);
  for (const MessageId copy : view.resubmitted_as) json["resubmitted_as"].push_back(text(copy));
  json["findings"] = to_json(std::span(view.findings));
  Json documents = Json::array();
  for (const auto& document : view.documents) {
    Json one;
    one["ordinal"] = document.ordinal;
    put(one, "document", name(document.type));
    put(one, "number", document.number);
    Json keys = Json::array();
    for (const auto& key : document.keys) keys.push_back({{"kind", key.kind}, {"value", key.value}});
    one["keys"] = std::move(keys);
    one["findings"] = to_json(std::span(document.findings));
    one["losses"] = to_json(std::span(document.losses));
    documents.push_back(std::move(one));
  }
  json["documents"] = std::move(documents);
  Json deliveries = Json::array();
  for (const auto& delivery : view.deliveries) deliveries.push_back(to_json(delivery));
  json["deliveries"] = std::move(deliveries);
  return json;
}

Json to_json(std::span<const Step> steps) {
  Json list = Json::array();
  for (const auto& step : steps) {
    Json json;
    json["at"] = text(step.at);
    json["who"] = step.who;
    json["what"] = step.what;
    if (step.message.is_set()) json["message"] = text(step.message);
    if (step.delivery.is_set()) json["delivery"] = text(step.delivery);
    put(json, "why", step.why);
    list.push_back(std::move(json));
  }
  return list;
}

Json to_json(const KeyHit& hit) {
  Json json;
  json["message"] = text(hit.message);
  json["ordinal"] = hit.document;
  put(json, "document", name(hit.type));
  put(json, "number", hit.number);
  json["kind"] = hit.kind;
  json["state"] = name(hit.state);
  json["received"] = text(hit.received);
  return json;
}

Json to_json(const DataKeyView& key) {
  Json json;
  json["tenant"] = key.tenant;
  json["key"] = key.id;
  json["state"] = name(key.state);
  json["made"] = text(key.created);
  if (key.ended != Instant{}) json["ended"] = text(key.ended);
  if (key.state != KeyState::destroyed) json["master"] = key.master;
  return json;
}

}  // namespace purser::gateway
