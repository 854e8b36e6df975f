#include "tests/gateway/serve/running_server.h"

#include <signal.h>

#include <filesystem>
#include <fstream>

#include "gateway/access/api_key.h"
#include "gateway/serve/serve.h"
#include "gateway/settings/encoding.h"
#include "tests/gateway/intake/raw_client.h"

namespace purser::gateway::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view configuration = R"(server: {listen: "127.0.0.1:0", limits: {drain_deadline: 2 s}}
access: {hash_key: secret://file/secrets/hash}
sources:
  api: {kind: http}
  strict: {kind: http, idempotency: required}
  shop: {kind: webhook, secrets: [secret://file/secrets/shop]}
  hub: {kind: cxml, secrets: [secret://file/secrets/hub, secret://file/secrets/hub-old]}
  drop: {kind: folder, path: in, quiet: 100 ms}
targets:
  out: {kind: folder, path: out, retry: {schedule: eager}}
routes:
  all: {to: out}
)";

}  // namespace

RunningServer::RunningServer(std::string_view extra) : webhook_key_(32, 'w') {
  // As in main(): the thread that serves waits for these; no other one may take them.
  sigset_t set;
  sigemptyset(&set);
  for (int number : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, number);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);

  std::string name = fs::temp_directory_path() / "purser-serve-XXXXXX";
  folder_ = ::mkdtemp(name.data());
  fs::create_directories(config() + "/secrets");
  write_config("secrets/hash", "pepper");
  write_config("secrets/shop", "whsec_" + base64_encoded(webhook_key_));
  write_config("secrets/hub", "abracadabra");
  write_config("secrets/hub-old", "sesame");
  SystemRandom random;
  auto all =
      make_api_key(random, "pepper", "all",
                   {"documents:write", "documents:read", "deliveries:release", "translate", "metrics:read"});
  auto reader = make_api_key(random, "pepper", "reader", {"documents:read"});
  key_ = all.text;
  reader_ = reader.text;
  write_config("purser.yaml", std::string(configuration) + std::string(extra));
  write_config("keys.yaml", "keys:\n" + to_yaml(all.entry) + to_yaml(reader.entry));
}

RunningServer::~RunningServer() {
  if (exit_.valid()) stop();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void RunningServer::write_config(const std::string& name, std::string_view text) const {
  std::ofstream(config() + "/" + name, std::ios::binary) << text;
}

void RunningServer::start() {
  ServeOptions options;
  options.config = config();
  options.data = data();
  options.quiet = true;
  options.stop = &stop_;
  std::promise<std::uint16_t> ready;
  auto port = ready.get_future();
  options.ready = [&ready](std::uint16_t number) { ready.set_value(number); };
  stop_ = false;
  exit_ = std::async(std::launch::async, [options] { return serve(options); });
  for (int i = 0; port.wait_for(std::chrono::milliseconds(50)) != std::future_status::ready; ++i) {
    if (i == 400 || exit_.wait_for(std::chrono::seconds(0)) == std::future_status::ready)
      throw std::runtime_error("the server under test did not start");
  }
  port_ = port.get();
}

int RunningServer::stop() {
  stop_ = true;
  return exit_.get();
}

Reply RunningServer::send(std::string_view method, std::string_view target, const Fields& fields,
                          std::string_view body) const {
  RawClient client(port_);
  auto text =
      std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n";
  for (const auto& [name, value] : fields) text += name + ": " + value + "\r\n";
  if (!body.empty() || method == "POST") text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  client.send(text + "\r\n" + std::string(body));
  Reply reply;
  reply.text = client.response();
  reply.status = status_of(reply.text);
  reply.body = body_of(reply.text);
  return reply;
}

Reply RunningServer::get(std::string_view target) const {
  return send("GET", target, {{"Authorization", "Bearer " + key_}});
}

Reply RunningServer::post(std::string_view target, std::string_view body, Fields fields) const {
  fields.emplace_back("Authorization", "Bearer " + key_);
  fields.emplace_back("Content-Type", "application/json");
  return send("POST", target, fields, body);
}

std::string Reply::header(std::string_view name) const {
  auto at = text.find("\r\n" + std::string(name) + ": ");
  if (at == std::string::npos || at > text.find("\r\n\r\n")) return {};
  at += name.size() + 4;
  return text.substr(at, text.find("\r\n", at) - at);
}

std::string order(std::string_view number) {
  return R"({"document":"purchase_order","number":")" + std::string(number) +
         R"(","issue_date":"2026-11-20","currency":"EUR","buyer":{"name":"Nordwind"},"seller":{"name":"Muster"},)" +
         R"("lines":[{"number":"1","item":{"name":"Bolt"},"quantity":{"value":"10","unit":"C62"}}]})";
}

}  // namespace purser::gateway::testing
