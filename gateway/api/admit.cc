// The door of the API: who calls, may he, and not too often.
#include <algorithm>

#include <fmt/format.h>

#include "gateway/api/api.h"
#include "gateway/api/endpoint.h"
#include "gateway/api/problem.h"

namespace purser::gateway {
namespace {

// The caller learns that he is not let in, never why; the audit trail has the reason.
Response denied(int status, std::string_view code) {
  auto response =
      problem(status, code, status == 401 ? "valid credentials are needed" : "this is not allowed");
  // RFC 6750 section 3 wants a parameter. On a tenant's host it must not name somebody else: the same for
  // all.
  if (status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"documents\"");
  return response;
}

std::int64_t whole_seconds(std::chrono::microseconds time) {
  return std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(time).count());
}

Response too_many(std::chrono::microseconds wait) {
  auto response = problem(429, "AUTH-0005", "too many requests");
  response.headers.emplace_back("Retry-After", std::to_string(whole_seconds(wait)));
  return response;
}

// Whom the credential's limits count for: a webhook's source stands for its sender.
std::string limited_name(const Call& call) {
  if (call.endpoint->door == Door::signature) return "webhook:" + call.parameters.front();
  return call.actor();
}

}  // namespace

std::expected<Api::Entry, Response> Api::admit(const Request& request, Call& call, bool may_block,
                                               bool noted) {
  auto door = call.endpoint->door;
  bool open_metrics = door == Door::metrics && call.configuration->settings->metrics_open;
  const bool may_stay_unknown = door == Door::known && request.has_header("Authorization");
  if ((is_open(door) && !may_stay_unknown) || door == Door::signature || open_metrics) return Entry::admitted;
  auto now = std::chrono::floor<std::chrono::seconds>(parts_.clock.now());
  auto admission = call.configuration->callers.admit(request, now, may_block);
  if (admission.pending && !may_block) return may_stay_unknown ? Entry::admitted : Entry::pending;
  if (admission.busy)
    return std::unexpected(
        problem_of({StatusClass::overloaded, "INTAKE-0007", "too many calls are waiting"}));
  if (!admission.caller) {
    if (!noted)
      note_denial(std::string(default_tenant), fmt::format("unknown from {}", request.peer()), admission.code,
                  admission.reason);
    if (may_stay_unknown) return Entry::admitted;
    return std::unexpected(denied(401, "AUTH-0001"));
  }
  call.caller = std::move(admission.caller);
  if (call.endpoint->scope.empty() || call.caller->has_scope(call.endpoint->scope)) return Entry::admitted;
  if (!noted)
    note_denial(call.tenant(), call.actor(), "AUTH-0002", "scope " + std::string(call.endpoint->scope));
  return std::unexpected(denied(403, "AUTH-0002"));
}

std::expected<void, Response> Api::limit_address(const Request& request, const Call& call) {
  const auto& limits = call.configuration->settings->limits;
  auto now = parts_.clock.monotonic();
  RateVerdict address, endpoint;
  if (limits.address.requests > 0)
    address = limiter_.take("address:" + std::string(request.peer()), limits.address, now);
  if (address.allowed && limits.endpoint.requests > 0)
    endpoint = limiter_.take(fmt::format("endpoint:{} {}", call.endpoint->method, call.endpoint->path),
                             limits.endpoint, now);
  if (address.allowed && endpoint.allowed) return {};
  note_denial(std::string(default_tenant), fmt::format("unknown from {}", request.peer()), "AUTH-0005",
              address.allowed ? "endpoint" : "address");
  return std::unexpected(too_many(address.allowed ? endpoint.wait : address.wait));
}

std::expected<void, Response> Api::limit_caller(const Call& call) {
  auto name = limited_name(call);
  if (name.empty()) return {};
  const auto& limits = call.configuration->settings->limits;
  const std::string tenant(call.endpoint->door == Door::signature ? tenant_of(name)
                                                                  : std::string_view(call.tenant()));
  // What a tenant's callers ask for together comes after what one of them does: he is told of his own limit.
  const Tenant* whole = call.configuration->settings->find_tenant(tenant);
  auto verdict = limiter_.take(name, limits.credential, parts_.clock.monotonic());
  if (verdict.allowed && whole != nullptr)
    verdict = limiter_.take("tenant:" + tenant, whole->calls, parts_.clock.monotonic());
  if (!verdict.allowed) {
    note_denial(tenant, name, "AUTH-0005", "rate");
    return std::unexpected(too_many(verdict.wait));
  }
  auto now = parts_.clock.now();
  auto today = std::chrono::floor<std::chrono::days>(now);
  if (limiter_.take_daily(name, limits.daily, today) &&
      (whole == nullptr || limiter_.take_daily("tenant:" + tenant, whole->daily, today)))
    return {};
  note_denial(tenant, name, "AUTH-0005", "day");
  return std::unexpected(too_many(today + std::chrono::days(1) - now));
}

Respond Api::with_limits(const Call& call, Respond respond) {
  const auto& rate = call.configuration->settings->limits.credential;
  auto name = rate.requests > 0 ? limited_name(call) : std::string();
  // Given back when the call is answered, or dropped without an answer.
  std::shared_ptr<void> place(nullptr, [this](void*) { in_work_.fetch_sub(1); });
  return [this, rate, name = std::move(name), respond = std::move(respond),
          place = std::move(place)](Response response) mutable {
    if (!name.empty()) {  // draft-ietf-httpapi-ratelimit-headers
      auto verdict = limiter_.look(name, rate, parts_.clock.monotonic());
      auto window = whole_seconds(rate.per);
      response.headers.emplace_back("RateLimit-Policy",
                                    fmt::format("\"credential\";q={};w={}", rate.requests, window));
      response.headers.emplace_back("RateLimit", fmt::format("\"credential\";r={};t={}", verdict.remaining,
                                                             whole_seconds(verdict.wait)));
    }
    respond(std::move(response));
  };
}

}  // namespace purser::gateway
