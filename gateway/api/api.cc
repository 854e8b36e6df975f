#include "gateway/api/api.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "gateway/administer/keys.h"
#include "gateway/api/body_schema.h"
#include "gateway/api/branding.h"
#include "gateway/api/conditional.h"
#include "gateway/api/deprecation.h"
#include "gateway/api/endpoint.h"
#include "gateway/api/problem.h"

namespace purser::gateway {
namespace {

constexpr std::size_t pool_threads = 4;          // questions wait for the disk, not for the processor
constexpr std::size_t pool_waiting = 1000;       // beyond, a caller is better told to come back
constexpr std::uint64_t small_body = 64 * 1024;  // of calls that take no document

constexpr std::uint64_t unproven_body = 1 << 20;  // held in memory until the caller is proved

bool is_beyond(std::string_view length, std::uint64_t most) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), number);
  return error == std::errc::result_out_of_range || number > most;
}

/// The credentials of a request that was sent away.
class Credentials final : public Request {
 public:
  explicit Credentials(const Request& request)
      : authorization_(request.header("Authorization")), tenant_(request.header("Purser-Tenant")) {}
  [[nodiscard]] std::string_view method() const override { return "GET"; }
  [[nodiscard]] std::string_view target() const override { return "/"; }
  [[nodiscard]] std::string_view header(std::string_view name) const override {
    return name == "Authorization" ? authorization_ : name == "Purser-Tenant" ? tenant_ : std::string_view();
  }
  [[nodiscard]] bool has_header(std::string_view name) const override { return !header(name).empty(); }
  void each_field(const std::function<void(std::string_view, std::string_view)>&) const override {}
  [[nodiscard]] std::string_view peer() const override { return {}; }
  [[nodiscard]] bool secure() const override { return true; }

 private:
  std::string authorization_, tenant_;
};

// The greatest body this call takes.
std::uint64_t body_limit(const Call& call) {
  const auto& settings = *call.configuration->settings;
  if (call.endpoint->path == "/v1/translate" || call.endpoint->path.ends_with("/resubmit"))
    return settings.front.limits.body_bytes;
  const auto name = call.endpoint->door == Door::signature
                        ? call.parameters.front()
                        : own_name(call.query("source"), call.tenant()).value_or(std::string());
  const auto* source = settings.find_source(name);
  return source != nullptr ? source->body_size : small_body;
}

}  // namespace

Api::Api(ApiParts parts)
    : parts_(std::move(parts)), schemas_(description_schemas()),
      waiting_(parts_.journal),
      pool_(pool_threads, pool_waiting) {}

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
    if (call.endpoint != nullptr) brand(response, branding_of(call, request));
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
  auto most = body_limit(call);
  // A token whose keys are not here is no proof yet: its caller may send little until they are. A signed
  // request can be proved with its body only; its signer is known, though.
  if (*entry == Entry::pending && !request.has_header("Signature-Input") && most > unproven_body) {
    most = unproven_body;
    if (is_beyond(request.header("Content-Length"), most) || request.has_header("Transfer-Encoding")) {
      fetch_keys_for(request, call);
      return refuse(
          problem_of({StatusClass::overloaded, "INTAKE-0007", "the issuer's keys are being fetched"}));
    }
  }
  request.known = std::make_shared<Known>(Known{std::move(call), *entry});
  return most;
}

void Api::fetch_keys_for(const Request& request, const Call& call) {
  auto credentials = std::make_shared<Credentials>(request);
  later([credentials, configuration = call.configuration, now = parts_.clock.now()] {
    static_cast<void>(
        configuration->callers.admit(*credentials, std::chrono::floor<std::chrono::seconds>(now), true));
  });
}

std::expected<Api::Known, Response> Api::known_of(Request& request) {
  if (auto known = std::static_pointer_cast<Known>(std::exchange(request.known, nullptr)))
    return std::move(*known);
  Known known;
  if (auto found = find(request, known.call); !found) return std::unexpected(std::move(found.error()));
  auto entry = admit(request, known.call, false, true);
  if (!entry) return std::unexpected(std::move(entry.error()));
  known.entry = *entry;
  return known;
}

void Api::handle(std::unique_ptr<Request> request, Respond respond) {
  auto known = known_of(*request);
  if (!known) return respond(std::move(known.error()));
  Call call = std::move(known->call);
  const Entry entry = known->entry;
  auto most = call.configuration->settings->limits.concurrent;
  if (in_work_.fetch_add(1) >= most) {
    in_work_.fetch_sub(1);
    return respond(problem_of({StatusClass::overloaded, "INTAKE-0007", "too many calls are in work"}));
  }
  note_key_use(call);
  call.request = std::move(request);
  call.respond = telling_of_deprecation(call, conditional(*call.request, std::move(respond)));
  if (entry == Entry::admitted) {
    call.respond = with_limits(call, branded(call, std::move(call.respond)));
    return dispatch(std::move(call));
  }
  auto shared = std::make_shared<Call>(std::move(call));
  bool taken = later([this, shared] {
    auto found = admit(*shared->request, *shared, true, false);
    auto within = found ? limit_caller(*shared) : std::expected<void, Response>();
    shared->respond = with_limits(*shared, branded(*shared, std::move(shared->respond)));
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

void Api::note_key_use(const Call& call) {
  constexpr std::string_view kind = "key:";
  if (call.caller == nullptr || !call.caller->name.starts_with(kind)) return;
  const auto name = call.caller->name.substr(kind.size());
  const auto now = std::chrono::floor<std::chrono::seconds>(parts_.clock.now());
  const auto hour = std::chrono::floor<std::chrono::hours>(now);
  {
    const std::lock_guard lock(used_mutex_);
    auto& noted = used_[name];
    if (noted == hour) return;
    noted = hour;
  }
  later([this, name, now] { note_use(parts_.journal, name, now); });
}

void Api::note_denial(std::string tenant, std::string who, std::string_view code, std::string why) {
  constexpr std::string_view area = "AUTH-000";
  auto number = code.starts_with(area) ? static_cast<std::size_t>(code.back() - '0') : 0;
  parts_.counts.denied[std::min(number, Metrics::denial_codes - 1)].add();
  // Dropped when too much waits: a flood of bad keys must not become a flood of writes.
  later([this, tenant = std::move(tenant), who = std::move(who), why = std::string(code) + " " + why] {
    AuditNote note{who, "denied", why, tenant};
    static_cast<void>(parts_.journal.note({&note, 1}));
  });
}

}  // namespace purser::gateway
