// One proof of each kind.
#include <deque>

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>

#include "gateway/access/authenticator.h"
#include "gateway/access/signed_request.h"
#include "gateway/access/webhook.h"
#include "tests/gateway/access/fake_request.h"

namespace purser::gateway {
namespace {

constexpr std::int64_t now_seconds = 1'700'000'000;
constexpr std::chrono::sys_seconds now{std::chrono::seconds(now_seconds)};

struct World {
  World() {
    settings.hash_key = "pepper";
    key = make_api_key(random, "pepper", "shop", {"documents:write"});
    settings.keys = {key.entry};
    Issuer corp;
    corp.name = "corp";
    corp.issuer = "https://id.example";
    corp.algorithms = {"ES256"};
    corp.required = {"exp"};
    corp.keys = "keys";
    settings.issuers = {corp};
    Signer erp;
    erp.name = "erp";
    erp.keys = "signer";
    settings.signers = {erp};
    callers = std::make_unique<Authenticator>(settings, &cache);
  }
  std::string token(std::size_t number) const {
    nlohmann::json claims = {
        {"iss", "https://id.example"}, {"exp", now_seconds + 3000}, {"sub", std::to_string(number)}};
    return *sign_jws(*find_jose_algorithm("ES256"), {"k", "", ec}, "JWT", claims.dump());
  }
  SystemRandom random;
  SystemClock clock;
  Settings settings;
  FreshKey key;
  CryptoKey ec = *CryptoKey::generate(KeyKind::p256);
  CryptoKey ed = *CryptoKey::generate(KeyKind::ed25519);
  KeyCache cache{clock, [this](const std::string& where, bool) -> std::expected<std::string, std::string> {
                   return where == "keys" ? ec.public_pem() : ed.public_pem();
                 }};
  std::unique_ptr<Authenticator> callers;
};

World& world() {
  static World one;
  return one;
}

void must(bool let_in, benchmark::State& state) {
  if (!let_in) state.SkipWithError("not let in");
}

void api_key(benchmark::State& state) {
  FakeRequest head({{"Authorization", "Bearer " + world().key.text}});
  for (auto _ : state) must(world().callers->admit(head, now, false).caller != nullptr, state);
}
BENCHMARK(api_key);

void token_remembered(benchmark::State& state) {
  FakeRequest head({{"Authorization", "Bearer " + world().token(0)}});
  must(world().callers->admit(head, now, true).caller != nullptr, state);
  for (auto _ : state) must(world().callers->admit(head, now, false).caller != nullptr, state);
}
BENCHMARK(token_remembered);

void token_first_time(benchmark::State& state) {
  std::deque<FakeRequest> heads;
  for (std::size_t i = 1; i <= 2000; ++i)
    heads.emplace_back(HttpFields{{"Authorization", "Bearer " + world().token(i)}});
  std::size_t next = 0;
  for (auto _ : state) {
    if (next == heads.size()) {  // forget them all
      state.PauseTiming();
      world().callers = std::make_unique<Authenticator>(world().settings, &world().cache);
      next = 0;
      state.ResumeTiming();
    }
    must(world().callers->admit(heads[next++], now, true).caller != nullptr, state);
  }
}
BENCHMARK(token_first_time);

void webhook(benchmark::State& state) {
  const std::string secret(32, 'k');
  const std::string text(2000, 'x');
  const auto signature = sign_webhook(secret, "m1", now_seconds, text);
  const WebhookKey keys[] = {{false, secret}};
  WebhookRequest request{"POST", "/", [&](std::string_view name) -> std::string_view {
                           return name == "webhook-id"          ? "m1"
                                  : name == "webhook-timestamp" ? "1700000000"
                                                                : std::string_view(signature);
                         }};
  Body body(text);
  for (auto _ : state) {
    auto result =
        verify_webhook(*find_webhook_scheme("standard"), request, body, keys, now, std::chrono::seconds(300));
    must(result.verdict == WebhookVerdict::valid, state);
  }
}
BENCHMARK(webhook);

void signed_request(benchmark::State& state) {
  FakeRequest head({{"Host", "purser.example"}, {"Content-Digest", content_digest(std::string(2000, 'x'))}});
  head.body = Body(std::string(2000, 'x'));
  auto fields = sign_message(message_of(head, false), "s",
                             R"(("@method" "@target-uri" "content-digest");created=1700000000;keyid="erp")",
                             {"", "", world().ed}, *find_http_algorithm("ed25519"));
  head.fields.emplace_back("Signature-Input", fields->input);
  head.fields.emplace_back("Signature", fields->signature);
  for (auto _ : state) must(world().callers->admit(head, now, true).caller != nullptr, state);
}
BENCHMARK(signed_request);

}  // namespace
}  // namespace purser::gateway
