#include "gateway/notify/cloud_event.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "canonical/spec/descriptor.h"
#include "gateway/access/webhook.h"

namespace purser::gateway {
namespace {

using Json = nlohmann::ordered_json;

/// An interchange may have a million; its event still is what a receiver takes in one piece.
constexpr std::uint32_t most_documents_told = 100;

void put(Json& into, const char* name, std::string_view text) {
  if (!text.empty()) into[name] = text;
}

void add_message(Json& data, const MessageView& view) {
  data["state"] = name(view.summary.state);
  put(data, "source", local_name(view.summary.source));
  put(data, "partner", local_name(view.summary.partner));
  data["document_count"] = view.summary.documents;
  data["documents"] = Json::array();
  for (const auto& document : view.documents) {
    Json one{{"ordinal", document.ordinal}};
    if (const auto* descriptor = find_document(document.type); descriptor != nullptr)
      one["document"] = descriptor->name;
    put(one, "number", document.number);
    data["documents"].push_back(std::move(one));
  }
}

void add_delivery(Json& data, const MessageView& view) {
  for (const auto& delivery : view.deliveries) {
    data["target"] = local_name(delivery.target);
    data["route"] = local_name(delivery.route);
    data["attempts"] = delivery.attempts_made;
  }
}

Json envelope(std::string_view id, std::string_view type, const EventSource& source, Instant at) {
  return {{"specversion", "1.0"}, {"id", id},         {"source", source.uri},
          {"type", type},         {"time", text(at)}, {"datacontenttype", "application/json"}};
}

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string event_type(const Step& step) {
  std::string what = step.what;
  for (char& c : what) {
    if (c == ' ') c = '_';
  }
  const std::string_view noun = step.delivery.is_set()  ? "delivery"
                                : step.message.is_set() ? "document"
                                                        : "gateway";
  return fmt::format("{}{}.{}", event_type_prefix, noun, what);
}

EventSource event_source(const Tenant& tenant) {
  const Branding& shown = tenant.branding;
  EventSource out{shown.host.empty() ? fmt::format("urn:purser:tenant:{}", tenant.name) : "https://" + shown.host,
                  shown.name.empty() ? "Purser" : shown.name};
  // A product is a token: nothing in a name ends the field or begins another one.
  for (char& c : out.sender) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '_';
    if (!plain) c = '-';
  }
  return out;
}

CloudEvent cloud_event(Journal& journal, const TrailEntry& entry, const EventSource& source) {
  CloudEvent event;
  event.id = fmt::format("evt_{}_{}", entry.chain, entry.sequence);  // no ".": it separates what is signed
  event.type = event_type(entry.step);
  event.message = entry.step.message;
  auto json = envelope(event.id, event.type, source, entry.step.at);
  Json data = Json::object();
  if (entry.step.message.is_set()) {
    json["subject"] = entry.step.delivery.is_set() ? text(entry.step.delivery) : text(entry.step.message);
    data["message"] = text(entry.step.message);
    if (entry.step.delivery.is_set()) data["delivery"] = text(entry.step.delivery);
    const bool of_delivery = entry.step.delivery.is_set();
    const auto view = of_delivery ? journal.show(entry.step.delivery)
                                  : journal.show(entry.step.message, {.limit = most_documents_told});
    // Forgotten meanwhile: the event stands for itself.
    if (view && view->summary.tenant == entry.tenant) {
      add_message(data, *view);
      if (of_delivery) add_delivery(data, *view);
    }
  }
  put(data, "who", entry.step.who);
  put(data, "why", entry.step.why);
  json["data"] = std::move(data);
  event.body = dumped(json);
  return event;
}

CloudEvent test_event(const Subscription& subscription, Instant now, const EventSource& source) {
  CloudEvent event;
  event.id = fmt::format("evt_test_{}", to_number(now));
  event.type = test_event_type;
  auto json = envelope(event.id, event.type, source, now);
  json["subject"] = subscription.name;
  json["data"] = {{"subscription", subscription.name}};
  event.body = dumped(json);
  return event;
}

HeaderFields signature_fields(std::string_view hash_key, const Subscription& subscription,
                              const CloudEvent& event, std::int64_t now_seconds) {
  const auto timestamp = std::to_string(now_seconds);
  const auto signature = [&](std::uint32_t generation) {
    const auto key = signing_key(hash_key, subscription, generation);
    return sign_webhook(key, event.id, now_seconds, event.body);
  };
  auto all = signature(subscription.generation);
  if (subscription.generation > 1 && now_seconds < subscription.both_until)
    all += " " + signature(subscription.generation - 1);
  return {{"webhook-id", event.id}, {"webhook-timestamp", timestamp}, {"webhook-signature", all}};
}

}  // namespace purser::gateway
