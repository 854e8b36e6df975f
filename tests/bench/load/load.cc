#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "gateway/access/webhook.h"
#include "gateway/settings/secret.h"
#include "tests/bench/load/client.h"
#include "tests/bench/load/sink.h"

namespace {

using namespace purser;

struct Options {
  std::map<std::string, std::string> values{{"--port", "8080"},
                                            {"--source", "shop"},
                                            {"--clients", "64"},
                                            {"--seconds", "10"},
                                            {"--content-type", "application/xml"}};
  [[nodiscard]] std::string get(const std::string& name) const {
    auto found = values.find(name);
    return found == values.end() ? std::string() : found->second;
  }
  [[nodiscard]] int number(const std::string& name) const { return std::stoi(get(name)); }
};

void print(const char* what, const bench::LoadResult& result) {
  fmt::print("{:<24} {:>8}/s   p50 {:>7} us   p99 {:>7} us   {} answered otherwise, {} connections lost\n",
             what, result.a_second(), result.percentile(50), result.percentile(99), result.other,
             result.broken);
  std::fflush(stdout);
}

std::int64_t seconds_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string empty_call() { return "GET /health/live HTTP/1.1\r\nHost: bench\r\n\r\n"; }

// Requests that differ in id, timestamp and signature only.
class SignedPosts {
 public:
  SignedPosts(const Options& options, std::string key, std::string body)
      : options_(options),
        key_(std::move(key)),
        body_(std::move(body)),
        run_(std::to_string(seconds_now())) {}
  std::string next() {
    auto id = fmt::format("bench_{}_{}", run_, ++count_);
    auto at = seconds_now();
    return fmt::format(
        "POST /v1/webhooks/{} HTTP/1.1\r\nHost: bench\r\nContent-Type: {}\r\nwebhook-id: "
        "{}\r\nwebhook-timestamp: "
        "{}\r\nwebhook-signature: {}\r\nContent-Length: {}\r\n\r\n{}",
        options_.get("--source"), options_.get("--content-type"), id, at,
        gateway::sign_webhook(key_, id, at, body_), body_.size(), body_);
  }

 private:
  const Options& options_;
  std::string key_, body_, run_;
  std::uint64_t count_ = 0;
};

void wait_for_deliveries(bench::Sink& sink, std::uint64_t accepted) {
  auto start = std::chrono::steady_clock::now();
  std::uint64_t before = 0;
  for (int still = 0; sink.distinct() < accepted && still < 100; ++still) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    if (sink.distinct() != before) still = 0;
    before = sink.distinct();
  }
  auto took =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
  fmt::print("delivered {} of {} accepted, {} ids came again; the last {} ms after the last call\n",
             sink.distinct(), accepted, sink.repeated(), took);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) options.values[argv[i]] = argv[i + 1];
  std::ifstream file(options.get("--file"), std::ios::binary);
  std::string body(std::istreambuf_iterator<char>(file), {});
  auto key = gateway::webhook_key(options.get("--secret"));
  if (body.empty() || !key) {
    fmt::print(stderr,
               "usage: bench_load --file FILE --secret whsec_… [--port 8080] [--source shop] [--clients 64]\n"
               "       [--seconds 10] [--content-type application/xml] [--sink PORT]\n");
    return 2;
  }
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  std::optional<bench::Sink> sink;
  if (!options.get("--sink").empty()) sink.emplace(static_cast<std::uint16_t>(options.number("--sink")));

  auto port = static_cast<std::uint16_t>(options.number("--port"));
  auto clients = static_cast<std::size_t>(options.number("--clients"));
  std::chrono::seconds how_long(options.number("--seconds"));
  fmt::print("{} clients, {} bytes, {} s each\n", clients, body.size(), how_long.count());
  print("empty call", bench::load(port, clients, how_long, 200, empty_call));
  SignedPosts posts(options, std::move(*key), std::move(body));
  auto admitted = bench::load(port, clients, how_long, 202, [&posts] { return posts.next(); });
  print("signed, durable, 202", admitted);
  if (sink) wait_for_deliveries(*sink, admitted.good);
  return admitted.other + admitted.broken == 0 ? 0 : 1;
}
