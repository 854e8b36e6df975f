#include "gateway/api/api.h"

#include <algorithm>

#include "gateway/api/endpoint.h"
#include "gateway/api/problem.h"

namespace purser::gateway {
namespace {

constexpr std::size_t pool_threads = 4;          // questions wait for the disk, not for the processor
constexpr std::size_t pool_waiting = 1000;       // beyond, a caller is better told to come back
constexpr std::uint64_t small_body = 64 * 1024;  // of calls that take no document

// The greatest body this call takes.
std::uint64_t body_limit(const Call& call) {
  const auto& settings = *call.configuration->settings;
  if (call.endpoint->path == "/v1/translate" || call.endpoint->path.ends_with("/resubmit"))
    return settings.front.limits.body_bytes;
  auto name = call.endpoint->door == Door::signature ? call.parameters.front() : call.query("source");
  const auto* source = settings.find_source(name);
  return source != nullptr ? source->body_size : small_body;
}

}  // namespace

Api::Api(ApiParts parts) : parts_(std::move(parts)), pool_(pool_threads, pool_waiting) {}

std::expected<void, Response> Api::find(const Request& request, Call& call) {
  auto target = parse_target(request.target());
  if (!target) return std::unexpected(problem(400, "INTAKE-0010", "the request target is malformed"));
  auto match = find_endpoint(request.method(), *target);
  if (match.endpoint == nullptr) {
    if (match.allowed.empty())
      return std::unexpected(problem(404, "INTAKE-0011", "there is no such endpoint"));
    auto response = problem(405, "INTAKE-0010", "the endpoint does not take this method");
    response.headers.emplace_back("Allow", match.allowed);
    return std::unexpected(std::move(response));
  }
  call.target = std::move(*target);
  call.endpoint = match.endpoint;
  call.parameters = std::move(match.parameters);
  call.configuration = parts_.live.get();
  return {};
}

std::expected<std::uint64_t, Response> Api::head(const Request& request) {
  Call call;
  parts_.counts.http_requests.add();
  auto refuse = [&](Response response) {
    parts_.counts.http_refused.add();
    return std::unexpected(std::move(response));
  };
  if (auto found = find(request, call); !found) return refuse(std::move(found.error()));
  if (auto within = limit_address(request, call); !within) return refuse(std::move(within.error()));
  auto entry = admit(request, call, false, false);
  if (!entry) return refuse(std::move(entry.error()));
  if (*entry == Entry::admitted) {
    if (auto within = limit_caller(call); !within) return refuse(std::move(within.error()));
  }
  auto encoding = request.header("Content-Encoding");
  if (!encoding.empty() && encoding != "identity") {
    return refuse(problem(415, "INTAKE-0008", "the body has a Content-Encoding"));
  }
  return body_limit(call);
}

void Api::handle(std::unique_ptr<Request> request, Respond respond) {
  Call call;
  if (auto found = find(*request, call); !found) return respond(std::move(found.error()));
  auto entry = admit(*request, call, false, true);
  if (!entry) return respond(std::move(entry.error()));
  auto most = call.configuration->settings->limits.concurrent;
  if (in_work_.fetch_add(1) >= most) {
    in_work_.fetch_sub(1);
    return respond(problem_of({StatusClass::overloaded, "INTAKE-0007", "too many calls are in work"}));
  }
  call.request = std::move(request);
  call.respond = std::move(respond);
  if (*entry == Entry::admitted) {
    call.respond = with_limits(call, std::move(call.respond));
    return dispatch(std::move(call));
  }
  auto shared = std::make_shared<Call>(std::move(call));
  bool taken = later([this, shared] {
    auto found = admit(*shared->request, *shared, true, false);
    auto within = found ? limit_caller(*shared) : std::expected<void, Response>();
    shared->respond = with_limits(*shared, std::move(shared->respond));
    if (!found) return shared->respond(std::move(found.error()));
    if (!within) return shared->respond(std::move(within.error()));
    dispatch(std::move(*shared));
  });
  if (taken) return;
  in_work_.fetch_sub(1);
  shared->respond(problem_of({StatusClass::overloaded, "INTAKE-0007", "too many calls are waiting"}));
}

void Api::dispatch(Call call) {
  auto run = call.endpoint->run;
  if (!call.endpoint->blocks) return run(*this, std::move(call));
  auto shared = std::make_shared<Call>(std::move(call));
  if (!later([this, run, shared] { run(*this, std::move(*shared)); })) {
    shared->respond(problem_of({StatusClass::overloaded, "INTAKE-0007", "too many calls are waiting"}));
  }
}

void Api::note_denial(std::string who, std::string_view code, std::string why) {
  constexpr std::string_view area = "AUTH-000";
  auto number = code.starts_with(area) ? static_cast<std::size_t>(code.back() - '0') : 0;
  parts_.counts.denied[std::min(number, Metrics::denial_codes - 1)].add();
  // Dropped when too much waits: a flood of bad keys must not become a flood of writes.
  later([this, who = std::move(who), why = std::string(code) + " " + why] {
    AuditNote note{who, "denied", why};
    static_cast<void>(parts_.journal.note({&note, 1}));
  });
}

}  // namespace purser::gateway
