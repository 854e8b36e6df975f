// bench_doors: what it costs to prove who calls, beside the whole way of a document into the journal. A
// gateway in this process takes 10 KB UBL invoices through four doors in turn: one where nothing is proved
// (the calls of the proofs are led away by the linker, in this program alone), an API key, a signed webhook
// (HMAC), a token (ES256, its key at hand, each token another one, so that none is remembered).
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/access/authenticator.h"
#include "gateway/access/jose/jwt.h"
#include "gateway/access/webhook.h"
#include "tests/bench/load/client.h"
#include "tests/bench/load/invoice.h"
#include "tests/gateway/serve/running_server.h"

#define ADMIT                                                                                        \
  "_ZNK6purser7gateway13Authenticator5admitERKNS0_7RequestENSt6chrono10time_pointINS5_3_V212system_" \
  "clockENS5_"                                                                                       \
  "8durationIlSt5ratioILl1ELl1EEEEEEb"

namespace purser::gateway {

bool nothing_is_proved = false;

Identification real_admit(const Authenticator* self, const Request& request, std::chrono::sys_seconds now,
                          bool may_block) asm("__real_" ADMIT);
Identification seam_admit(const Authenticator* self, const Request& request, std::chrono::sys_seconds now,
                          bool may_block) asm("__wrap_" ADMIT);
Identification seam_admit(const Authenticator* self, const Request& request, std::chrono::sys_seconds now,
                          bool may_block) {
  if (!nothing_is_proved) return real_admit(self, request, now, may_block);
  static const auto anyone = [] {
    Caller caller;
    caller.name = "anyone";
    caller.scopes = {"documents:write"};
    return std::make_shared<const Caller>(std::move(caller));
  }();
  Identification found;
  found.caller = anyone;
  return found;
}

namespace {

using testing::RunningServer;

constexpr int rounds = 2;                    // each door in turn, so that what drifts drifts for all
constexpr std::chrono::seconds how_long{3};  // of one door in one round
constexpr std::size_t clients = 32;

// Deliveries are held, so that what is measured is the admission and nothing of what was admitted before.
std::string configuration() {
  const char* build = std::getenv("PURSER_BUILD");
  const auto library = std::filesystem::absolute(std::string(build == nullptr ? "build" : build) +
                                                 "/lib/purser/connectors/ubl.so");
  return fmt::format(R"(server: {{listen: "127.0.0.1:0"}}
access: {{hash_key: secret://file/secrets/hash}}
connectors: {{ubl: {{isolation: in-process, library: "{}"}}}}
sources:
  api: {{kind: http, connector: ubl}}
  shop: {{kind: webhook, connector: ubl, secrets: [secret://file/secrets/shop]}}
targets: {{out: {{kind: folder, path: out, enabled: false}}}}
routes: {{all: {{to: out}}}}
issuers:
  corp: {{issuer: "https://id.example", audiences: [purser], algorithms: [ES256], keys: secrets/jwks.json}}
)",
                     library.string());
}

std::int64_t now_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// Composes requests through one door.
struct Door {
  const char* name;
  std::string (*target)();
  std::function<std::string(const std::string& body, std::uint64_t number)> fields;
};

std::string request(const Door& door, std::uint64_t number) {
  const std::string body = bench::invoice(number);
  return fmt::format(
      "POST {} HTTP/1.1\r\nHost: x\r\nContent-Type: application/xml\r\nContent-Length: {}\r\n{}\r\n{}",
      door.target(), body.size(), door.fields(body, number), body);
}

std::int64_t processor_microseconds(int who) {
  rusage used{};
  ::getrusage(who, &used);
  const auto whole = [](const timeval& t) { return t.tv_sec * 1'000'000 + t.tv_usec; };
  return whole(used.ru_utime) + whole(used.ru_stime);
}

/// Tokens are made before the clock runs: signing them is not the gateway's work.
std::vector<std::string> tokens(const CryptoKey& key, std::size_t count) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i) {
    const nlohmann::json claims = {{"iss", "https://id.example"},
                                   {"aud", "purser"},
                                   {"sub", std::to_string(i)},
                                   {"exp", now_seconds() + 3000},
                                   {"scope", "documents:write"}};
    out.push_back(*sign_jws(*find_jose_algorithm("ES256"), {"ec", "", key}, "JWT", claims.dump()));
  }
  return out;
}

/// Documents a second of the gateway's processor time.
struct Sum {
  std::uint64_t documents = 0;
  std::int64_t microseconds = 0;
  [[nodiscard]] std::uint64_t a_second() const {
    return microseconds == 0 ? 0 : documents * 1'000'000 / static_cast<std::uint64_t>(microseconds);
  }
};

bool measure(const RunningServer& server, const Door& door, Sum& sum) {
  static std::uint64_t number = 0;
  bench::LoadOrder order;
  order.ports = {server.port()};
  order.clients = clients;
  order.how_long = how_long;
  order.expected = 202;
  const auto all = processor_microseconds(RUSAGE_SELF), own = processor_microseconds(RUSAGE_THREAD);
  const auto result = bench::load(order, [&] { return request(door, ++number); });
  // The client runs in this thread; what it takes is not the gateway's.
  sum.microseconds +=
      processor_microseconds(RUSAGE_SELF) - all - (processor_microseconds(RUSAGE_THREAD) - own);
  sum.documents += result.good;
  if (result.other + result.broken != 0)
    fmt::print(stderr, "{}: {} answered otherwise, {} lost\n", door.name, result.other, result.broken);
  return result.good > 0 && result.other + result.broken == 0;
}

int run() {
  constexpr std::size_t most_tokens = 20'000;
  const CryptoKey key = *CryptoKey::generate(KeyKind::p256);
  RunningServer server;
  server.write_config("purser.yaml", configuration());
  server.write_config("secrets/jwks.json", nlohmann::json{{"keys", {to_jwk({"ec", "ES256", key})}}}.dump());
  const auto made = tokens(key, most_tokens);
  server.start();
  std::size_t next = 0;
  const auto documents = [] { return std::string("/v1/documents?source=api"); };
  const std::vector<Door> doors = {
      {"open", documents, [](const auto&, auto) { return std::string(); }},
      {"key", documents, [&](const auto&, auto) { return "Authorization: Bearer " + server.key() + "\r\n"; }},
      {"hmac", [] { return std::string("/v1/webhooks/shop"); },
       [&](const std::string& body, std::uint64_t number) {
         const auto id = fmt::format("msg_{}", number);
         const auto at = now_seconds();
         return fmt::format("webhook-id: {}\r\nwebhook-timestamp: {}\r\nwebhook-signature: {}\r\n", id, at,
                            sign_webhook(server.webhook_key(), id, at, body));
       }},
      {"es256", documents,
       [&](const auto&, auto) { return "Authorization: Bearer " + made[next++ % most_tokens] + "\r\n"; }}};
  std::map<std::string, Sum> sums;
  bool good = server
                  .send("POST", "/v1/documents?source=api", {{"Authorization", "Bearer " + made.back()}},
                        bench::invoice(0))
                  .status == 202;  // the issuer's keys are there now
  for (int round = 0; round < rounds; ++round) {
    for (const Door& door : doors) {
      nothing_is_proved = std::string_view(door.name) == "open";
      good = measure(server, door, sums[door.name]) && good;
    }
  }
  nothing_is_proved = false;
  const std::uint64_t open = std::max<std::uint64_t>(1, sums["open"].a_second());
  const std::map<std::string, std::uint64_t> least = {
      {"open", 100}, {"key", 80}, {"hmac", 80}, {"es256", 60}};
  for (const Door& door : doors) {
    const std::uint64_t rate = sums[door.name].a_second(), percent = rate * 100 / open;
    good = good && percent >= least.at(door.name);
    fmt::print("{:6} {:7} documents, {:6} a second of processor time, {:3} % of open (at least {})\n",
               door.name, sums[door.name].documents, rate, percent, least.at(door.name));
  }
  return good ? 0 : 1;
}

}  // namespace
}  // namespace purser::gateway

int main() { return purser::gateway::run(); }
