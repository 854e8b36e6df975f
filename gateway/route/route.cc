#include "gateway/route/route.h"

#include <fmt/format.h>

#include <algorithm>

#include "gateway/message/tenant.h"
#include "gateway/route/acknowledges.h"
#include "gateway/route/json_path.h"
#include "gateway/route/rules.h"

namespace purser::gateway {
namespace {

// Separates the parts of a lane; cannot stand in a name and hardly in a value.
constexpr char lane_separator = '\x1f';

bool takes(const std::string& pattern, std::string_view value) {
  return pattern.empty() || matches(pattern, value);
}

bool takes(const RouteMatch& match, const Incoming& incoming, const Understanding& what,
           const Document& document) {
  const DocumentDescriptor* descriptor = find_document(document.type);
  if (!takes(match.source, incoming.source) || !takes(match.partner, incoming.partner) ||
      !takes(match.document, descriptor == nullptr ? std::string_view() : descriptor->name) ||
      !takes(match.format, what.format)) {
    return false;
  }
  return std::ranges::all_of(match.fields, [&](const auto& field) {
    const auto values = values_at(document.canonical, field.first);
    return std::ranges::any_of(values,
                               [&](const std::string& value) { return matches(field.second, value); });
  });
}

// A document without any of the lane's values has no order to keep.
std::string lane_of(const Route& route, const Document& document) {
  std::string values;
  bool any = false;
  for (const std::string& path : route.lane) {
    values += lane_separator;
    for (const std::string& value : values_at(document.canonical, path)) {
      values += value;
      any = true;
      break;
    }
  }
  return any ? route.target + values : std::string();
}

/// Collects what stops documents of one message.
class Stops {
 public:
  explicit Stops(Understanding& what) : what_(what) {}
  void add(std::string_view code, const Document* document, std::string message) {
    if (document != nullptr && what_.documents.size() > 1) {
      message = fmt::format("Document {} ({}): {}", document->ordinal, document->number, message);
    }
    if (what_.why.empty()) what_.why = code;
    what_.findings.push_back(make_finding(code, {}, std::move(message)));
    ++count_;
  }
  [[nodiscard]] bool any() const { return count_ != 0; }

 private:
  Understanding& what_;
  std::size_t count_ = 0;
};

std::vector<const Route*> routes_of(const RouteTable& table, const Incoming& incoming,
                                    const Understanding& what, const Document& document) {
  std::vector<const Route*> routes;
  for (const Route& route : table.routes) {
    if (!route.enabled || tenant_of(route.name) != incoming.tenant ||
        !takes(route.match, incoming, what, document))
      continue;
    routes.push_back(&route);
    if (route.last) break;
  }
  return routes;
}

void plan_document(const RouteTable& table, const Incoming& incoming, Understanding& what,
                   const Document& document, const std::vector<const Route*>& routes, Stops& stops) {
  for (const Route* each : routes) {
    const Route& route = *each;
    if (route.strict && document.has(Severity::warning)) {
      stops.add("ROUTE-0003", &document,
                fmt::format("Route {} is strict and the document has warnings", route.name));
    } else if (const Target* target = table.find_target(route.target); target == nullptr) {
      stops.add("ROUTE-0005", &document, fmt::format("Route {} names target {}", route.name, route.target));
    } else {
      PlannedDelivery planned;
      planned.document = document.ordinal;
      planned.route = route.name;
      planned.target = route.target;
      planned.lane = lane_of(route, document);
      planned.connector = route.connector;
      planned.format = route.format;
      planned.held = !target->enabled;
      what.deliveries.push_back(std::move(planned));
    }
  }
  if (routes.empty()) {
    const DocumentDescriptor* descriptor = find_document(document.type);
    stops.add(
        "ROUTE-0001", &document,
        fmt::format("No route takes {} {} of {} from {}",
                    descriptor == nullptr ? "document" : descriptor->name, document.number,
                    incoming.partner.empty() ? "an unknown partner" : incoming.partner, incoming.source));
  }
}

bool is_awaited(const RouteTable& table, DocumentType type) {
  return std::ranges::any_of(table.routes, [type](const Route& route) {
    return std::ranges::any_of(route.expect, [type](const Expect& one) { return one.awaited.type == type; });
  });
}

bool is_serious(const Finding& finding) { return finding.severity >= Severity::error; }

}  // namespace

const Target* RouteTable::find_target(std::string_view name) const {
  const auto found = std::ranges::find(targets, name, &Target::name);
  return found == targets.end() ? nullptr : &*found;
}

void plan(const RouteTable& table, const Incoming& incoming, Understanding& what) {
  Stops stops(what);
  const auto serious = std::ranges::find_if(what.findings, is_serious);
  bool invalid = false;
  if (serious != what.findings.end()) {
    // What stopped the reading comes first, so that the cause is the code the message is parked under.
    what.why = serious->code;
    stops.add("ROUTE-0006", nullptr, "The message could not be read to its end");
    invalid = true;
  } else if (what.documents.empty()) {
    stops.add("ROUTE-0004", nullptr, "The message holds no document");
    invalid = true;
  }
  for (Document& document : what.documents) {
    std::vector<const Route*> routes;
    if (!document.has(Severity::error)) {
      routes = routes_of(table, incoming, what, document);
      judge_by_routes(table, incoming, routes, document);
    }
    if (is_awaited(table, document.type)) document.acknowledges = acknowledged_by(document);
    if (document.has(Severity::error)) {
      stops.add("ROUTE-0002", &document, "The document has findings that must be mended first");
      invalid = true;
    } else {
      plan_document(table, incoming, what, document, routes, stops);
    }
  }
  if (!stops.any()) {
    what.state = MessageState::delivering;
  } else if (invalid && incoming.reject_invalid && what.deliveries.empty()) {
    what.state = MessageState::rejected;
  } else {
    what.state = MessageState::parked;
  }
}

}  // namespace purser::gateway
