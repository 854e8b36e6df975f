// bench_load: the whole way, from a signed POST to an acknowledged delivery, against a gateway of its own.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <thread>

#include <fmt/format.h>

#include "gateway/access/webhook.h"
#include "gateway/settings/secret.h"
#include "tests/bench/load/client.h"
#include "tests/bench/load/gateway.h"
#include "tests/bench/load/invoice.h"
#include "tests/bench/load/sink.h"

namespace {

using namespace purser;
using Clock = std::chrono::steady_clock;

constexpr std::uint16_t first_port = 28'391;  // then one for each node; the sink has the one before

struct Options {
  std::map<std::string, std::string> values{{"--gateway", "build/bin/purser"},
                                            {"--postgres", ""},
                                            {"--nodes", "1"},
                                            {"--clients", "64"},
                                            {"--seconds", "10"},
                                            {"--rate", "0"},
                                            {"--isolation", "worker"},
                                            {"--formats", "1"}};
  [[nodiscard]] const std::string& get(const std::string& name) const { return values.at(name); }
  [[nodiscard]] std::uint64_t number(const std::string& name) const { return std::stoull(get(name)); }
};

std::int64_t seconds_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// Invoices that differ in number, id, timestamp and signature.
class SignedPosts {
 public:
  explicit SignedPosts(std::string key) : key_(std::move(key)), run_(std::to_string(seconds_now())) {}
  std::string next() {
    ++count_;
    auto id = fmt::format("bench_{}_{}", run_, count_);
    auto at = seconds_now();
    // Composed once: the number is replaced in place, so that the bench measures the gateway.
    for (const std::size_t place : places_) body_.replace(place, 10, fmt::format("{:010}", count_));
    return fmt::format(
        "POST /v1/webhooks/shop HTTP/1.1\r\nHost: bench\r\nContent-Type: application/xml\r\nwebhook-id: "
        "{}\r\n"
        "webhook-timestamp: {}\r\nwebhook-signature: {}\r\nContent-Length: {}\r\n\r\n{}",
        id, at, gateway::sign_webhook(key_, id, at, body_), body_.size(), body_);
  }

 private:
  std::string key_, run_;
  std::uint64_t count_ = 0;
  std::string body_ = bench::invoice(0);
  std::vector<std::size_t> places_ = [this] {
    std::vector<std::size_t> out;
    for (auto at = body_.find("INV-"); at != std::string::npos; at = body_.find("INV-", at + 1))
      out.push_back(at + 4);
    return out;
  }();
};

void wait_for_deliveries(bench::Sink& sink, std::uint64_t accepted) {
  std::uint64_t before = 0;
  for (int still = 0; sink.distinct() < accepted && still < 100; ++still) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    if (sink.distinct() != before) still = 0;
    before = sink.distinct();
  }
}

void print_latency(const char* what, const std::vector<std::uint32_t>& sorted) {
  fmt::print("  {:<22} p50 {:>7.1f} ms   p99 {:>7.1f} ms   p99.9 {:>7.1f} ms\n", what,
             bench::percentile(sorted, 500) / 1000.0, bench::percentile(sorted, 990) / 1000.0,
             bench::percentile(sorted, 999) / 1000.0);
}

using Nodes = std::vector<std::unique_ptr<bench::Gateway>>;

std::map<std::string, std::int64_t> processor_time(const Nodes& nodes) {
  std::map<std::string, std::int64_t> out;
  for (const auto& node : nodes) {
    for (const auto& [name, time] : node->processor_time()) out[name] += time;
  }
  return out;
}

Nodes start(const Options& options, const std::string& folder) {
  Nodes nodes;
  for (std::uint64_t i = 0; i < options.number("--nodes"); ++i) {
    bench::GatewaySetup setup;
    setup.program = options.get("--gateway");
    setup.node = fmt::format("node-{}", i + 1);
    setup.folder = folder + "/" + setup.node;
    setup.port = static_cast<std::uint16_t>(first_port + i);
    setup.sink = first_port - 1;
    setup.postgres = options.get("--postgres");
    setup.in_process = options.get("--isolation") == "in-process";
    setup.second_format = options.number("--formats") > 1;
    nodes.push_back(std::make_unique<bench::Gateway>(setup));
  }
  return nodes;
}

bool run(const Options& options, std::size_t clients, const Nodes& nodes, bench::Sink& sink,
         SignedPosts& posts) {
  bench::LoadOrder order;
  for (std::uint64_t i = 0; i < nodes.size(); ++i)
    order.ports.push_back(static_cast<std::uint16_t>(first_port + i));
  order.clients = clients;
  order.how_long = std::chrono::seconds(options.number("--seconds"));
  order.expected = 202;
  order.rate = options.number("--rate");
  const auto before = processor_time(nodes);
  const std::uint64_t delivered_before = sink.distinct();
  sink.take_arrivals();
  const auto began = Clock::now();
  const auto sent = bench::load(order, [&posts] { return posts.next(); });
  wait_for_deliveries(sink, delivered_before + sent.good);
  const std::chrono::duration<double> took = Clock::now() - began;
  const auto arrivals = sink.take_arrivals();
  std::vector<std::uint32_t> delivered;
  for (const auto& [id, started] : sent.documents) {
    if (const auto found = arrivals.find(id); found != arrivals.end()) {
      delivered.push_back(static_cast<std::uint32_t>(
          std::chrono::duration_cast<std::chrono::microseconds>(found->second - started).count()));
    }
  }
  std::ranges::sort(delivered);
  const std::uint64_t whole = sink.distinct() - delivered_before;
  fmt::print(
      "{} clients, {}: {:.0f} documents/s the whole way; {} accepted, {} delivered, {} answered otherwise, "
      "{} connections lost\n",
      clients, order.rate == 0 ? "as fast as they can" : fmt::format("{}/s", order.rate),
      static_cast<double>(whole) / took.count(), sent.good, whole, sent.other, sent.broken);
  print_latency("answered 202", sent.microseconds);
  print_latency("delivered", delivered);
  fmt::print("  processor time a document:");
  std::int64_t all = 0;
  for (const auto& [name, time] : processor_time(nodes)) {
    const auto found = before.find(name);
    const std::int64_t used = time - (found == before.end() ? 0 : found->second);
    all += used;
    if (used * 1000 >= static_cast<std::int64_t>(sent.good)) {
      fmt::print(" {} {} us,", name,
                 used * 1000 / static_cast<std::int64_t>(std::max<std::uint64_t>(1, sent.good)));
    }
  }
  fmt::print(" in all {} us\n",
             all * 1000 / static_cast<std::int64_t>(std::max<std::uint64_t>(1, sent.good)));
  for (const auto& node : nodes) fmt::print("  memory {} MB\n", node->memory());
  std::fflush(stdout);
  return sent.other + sent.broken == 0 && whole == sent.good;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; i += 2) {
    if (!options.values.contains(argv[i]) || i + 1 == argc) {
      fmt::print(
          stderr,
          "usage: bench_load [--gateway PROGRAM] [--clients 16,64] [--seconds 10] [--rate A-SECOND]\n"
          "       [--postgres CONNECTION [--nodes 2]] [--isolation worker|in-process] [--formats 1|2]\n");
      return 2;
    }
    options.values[argv[i]] = argv[i + 1];
  }
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  std::string folder = std::filesystem::temp_directory_path() / "purser-load-XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) return 3;
  bool good = true;
  try {
    bench::Sink sink(first_port - 1);
    const Nodes nodes = start(options, folder);
    SignedPosts posts(*gateway::webhook_key(bench::bench_secret));
    std::string rest = options.get("--clients");
    while (!rest.empty()) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      good &= run(options, std::stoull(rest.substr(0, comma)), nodes, sink, posts);
      rest.erase(0, comma + 1);
    }
    fmt::print("{} deliveries came again\n", sink.repeated());
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_load: {}\n", error.what());
    return 3;
  }
  std::filesystem::remove_all(folder);
  return good ? 0 : 1;
}
