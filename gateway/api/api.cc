#include "gateway/api/api.h"

#include "gateway/api/endpoint.h"
#include "gateway/api/problem.h"

namespace purser::gateway {
namespace {

constexpr std::size_t pool_threads = 4;          // questions wait for the disk, not for the processor
constexpr std::size_t pool_waiting = 1000;       // beyond, a caller is better told to come back
constexpr std::uint64_t small_body = 64 * 1024;  // of calls that take no document

Response denied(int status, std::string_view code, std::string_view detail) {
  auto response = problem(status, code, detail);
  if (status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"purser\"");
  return response;
}

// The greatest body this call takes.
std::uint64_t body_limit(const Call& call) {
  const auto& settings = *call.configuration->settings;
  if (call.endpoint->path == "/v1/translate") return settings.front.limits.body_bytes;
  auto name = call.endpoint->door == Door::signature ? call.parameters.front() : call.query("source");
  const auto* source = settings.find_source(name);
  return source != nullptr ? source->body_size : small_body;
}

}  // namespace

Api::Api(ApiParts parts) : parts_(std::move(parts)), pool_(pool_threads, pool_waiting) {}

std::expected<void, Response> Api::open(const Request& request, Call& call) {
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
  bool open_metrics = match.endpoint->door == Door::metrics && call.configuration->settings->metrics_open;
  if (match.endpoint->door == Door::open || match.endpoint->door == Door::signature || open_metrics)
    return {};
  call.key = call.configuration->keys.find(request.header("Authorization"), request.header("X-API-Key"));
  if (call.key == nullptr) return std::unexpected(denied(401, "AUTH-0001", "a valid API key is needed"));
  if (!has_scope(*call.key, match.endpoint->scope)) {
    return std::unexpected(
        denied(403, "AUTH-0002", "the key lacks the scope " + std::string(match.endpoint->scope)));
  }
  return {};
}

std::expected<std::uint64_t, Response> Api::head(const Request& request) {
  Call call;
  auto opened = open(request, call);
  if (!opened) {
    if (opened.error().status == 401 || opened.error().status == 403) {
      note_denial(call.actor().empty() ? "unknown" : call.actor(),
                  call.key == nullptr ? "AUTH-0001" : "AUTH-0002");
    }
    return std::unexpected(std::move(opened.error()));
  }
  auto encoding = request.header("Content-Encoding");
  if (!encoding.empty() && encoding != "identity") {
    return std::unexpected(problem(415, "INTAKE-0008", "the body has a Content-Encoding"));
  }
  return body_limit(call);
}

void Api::handle(std::unique_ptr<Request> request, Respond respond) {
  Call call;
  if (auto opened = open(*request, call); !opened) return respond(std::move(opened.error()));
  call.request = std::move(request);
  call.respond = std::move(respond);
  auto run = call.endpoint->run;
  if (!call.endpoint->blocks) return run(*this, std::move(call));
  auto shared = std::make_shared<Call>(std::move(call));
  if (!later([this, run, shared] { run(*this, std::move(*shared)); })) {
    shared->respond(problem_of({StatusClass::overloaded, "INTAKE-0007", "too many calls are waiting"}));
  }
}

void Api::note_denial(std::string who, std::string why) {
  // Dropped when too much waits: a flood of bad keys must not become a flood of writes.
  later([this, who = std::move(who), why = std::move(why)] {
    AuditNote note{who, "denied", why};
    static_cast<void>(parts_.journal.note({&note, 1}));
  });
}

}  // namespace purser::gateway
