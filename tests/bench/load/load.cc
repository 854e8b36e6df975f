// bench_load: the whole way, from a signed POST to an acknowledged delivery, against a gateway of its own.
#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "gateway/access/webhook.h"
#include "gateway/settings/secret.h"
#include "tests/bench/load/client.h"
#include "tests/bench/load/figures.h"
#include "tests/bench/load/nodes.h"
#include "tests/bench/load/posts.h"
#include "tests/bench/load/sink.h"

namespace {

using namespace purser;
using Clock = std::chrono::steady_clock;

constexpr std::uint16_t first_port = 28'391;  // then one for each node; the sink has the one before

constexpr const char* usage =
    "usage: bench_load [--gateway PROGRAM] [--clients 16,64] [--seconds 10] [--rate A-SECOND] [--json]\n"
    "       [--half-rate SECONDS] [--postgres CONNECTION [--nodes 2]] [--isolation worker|in-process]\n"
    "       [--formats 1|2] [--peers NAME=http://127.0.0.1:PORT/PATH,...]\n";

struct Options {
  std::map<std::string, std::string> values{{"--gateway", "build/bin/purser"},
                                            {"--postgres", ""},
                                            {"--nodes", "1"},
                                            {"--clients", "64"},
                                            {"--seconds", "10"},
                                            {"--rate", "0"},
                                            {"--formats", "1"},
                                            {"--half-rate", "0"},
                                            {"--isolation", "worker"},
                                            {"--peers", std::string()}};
  bool json = false;
  [[nodiscard]] const std::string& get(const std::string& name) const { return values.at(name); }
  [[nodiscard]] std::uint64_t number(const std::string& name) const { return std::stoull(get(name)); }
};

bool read_options(int argc, char** argv, Options& options) {
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--json") {
      options.json = true;
    } else if (options.values.contains(argv[i]) && i + 1 < argc) {
      options.values[argv[i]] = argv[i + 1];
      ++i;
    } else {
      return false;
    }
  }
  return true;
}

std::vector<std::string> parts(const std::string& list) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    out.push_back(list.substr(at, comma - at));
    at = comma + 1;
  }
  return out;
}

// More than any gateway here takes in a second; a signature holds for five minutes.
constexpr std::uint64_t signed_a_second = 15'000;
constexpr std::uint64_t signed_seconds = 60;

using bench::Nodes;

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

/// Waits until `arrived` has reached `wanted`, or nothing comes any more.
template <typename Arrived>
void wait_for_deliveries(Arrived arrived, std::uint64_t wanted) {
  constexpr int patience = 100;  // looks without a change
  std::uint64_t before = arrived();
  for (int still = 0; arrived() < wanted && still < patience; ++still) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    if (arrived() != before) still = 0;
    before = arrived();
  }
}

bench::LoadOrder order_of(std::size_t clients, std::uint64_t seconds, std::uint64_t rate) {
  bench::LoadOrder order;
  order.clients = clients;
  order.how_long = std::chrono::seconds(seconds);
  order.expected = 202;
  order.rate = rate;
  return order;
}

bench::Figures figures_of(const bench::LoadOrder& order, bench::LoadResult sent) {
  bench::Figures out;
  out.clients = order.clients;
  out.asked_rate = order.rate;
  out.accepted = sent.good;
  out.answered_otherwise = sent.other;
  out.connections_lost = sent.broken;
  out.answer = std::move(sent.microseconds);
  return out;
}

bench::Figures run(bench::LoadOrder order, const Nodes& nodes, bench::Sink& sink, bench::Posts& posts) {
  for (std::uint64_t i = 0; i < nodes.size(); ++i)
    order.ports.push_back(static_cast<std::uint16_t>(first_port + i));
  const auto before = bench::processor_time(nodes);
  const std::uint64_t delivered_before = sink.distinct();
  sink.take_arrivals();
  bench::MemoryWatch watch(nodes, order.how_long);
  const auto began = Clock::now();
  auto sent = bench::load(order, [&posts] { return posts.next(); });
  wait_for_deliveries([&] { return sink.distinct(); }, delivered_before + sent.good);
  const auto took = Clock::now() - began;
  const auto arrivals = sink.take_arrivals();
  const auto documents = std::move(sent.documents);
  bench::Figures out = figures_of(order, std::move(sent));
  out.took = took;
  out.memory = watch.end();
  for (const auto& [name, time] : bench::processor_time(nodes)) {
    const auto found = before.find(name);
    out.processor[name] = time - (found == before.end() ? 0 : found->second);
  }
  for (const auto& [id, started] : documents) {
    if (const auto found = arrivals.find(id); found != arrivals.end()) {
      out.delivery.push_back(static_cast<std::uint32_t>(
          std::chrono::duration_cast<std::chrono::microseconds>(found->second - started).count()));
    }
  }
  std::ranges::sort(out.delivery);
  out.delivered = sink.distinct() - delivered_before;
  return out;
}

/// The same work at somebody else's: "NAME=http://127.0.0.1:PORT/PATH". Nobody there: nothing is measured.
std::optional<bench::Figures> run_peer(const std::string& peer, bench::LoadOrder order, bench::Sink& sink) {
  constexpr std::string_view scheme = "=http://127.0.0.1:";
  const std::size_t at = peer.find(scheme);
  const std::size_t path = at == std::string::npos ? at : peer.find('/', at + scheme.size());
  if (path == std::string::npos)
    throw std::runtime_error(fmt::format("{}: not NAME=http://127.0.0.1:PORT/PATH", peer));
  std::uint16_t port = 0;
  std::from_chars(peer.data() + at + scheme.size(), peer.data() + path, port);
  order.ports = {port};
  const std::uint64_t before = sink.nameless();
  auto posts = bench::Posts::plain(peer.substr(path));
  const auto began = Clock::now();
  auto sent = bench::load(order, [&posts] { return posts.next(); });
  if (sent.good + sent.other == 0) return std::nullopt;
  wait_for_deliveries([&] { return sink.nameless(); }, before + sent.good);
  bench::Figures out = figures_of(order, std::move(sent));
  out.who = peer.substr(0, at);
  out.took = Clock::now() - began;
  out.delivered = sink.nameless() - before;
  return out;
}

class Bench {
 public:
  Bench(const Options& options, const std::string& folder)
      : options_(options), sink_(first_port - 1), nodes_(start(options, folder)) {}

  bool run() {
    auto posts = bench::Posts::signed_with(*gateway::webhook_key(bench::bench_secret));
    const std::uint64_t seconds = options_.number("--seconds");
    double last = 0;
    std::size_t clients = 0;
    for (const std::string& count : parts(options_.get("--clients"))) {
      clients = std::stoull(count);
      posts.sign_ahead(std::min(seconds, signed_seconds) * signed_a_second);
      const auto figures = ::run(order_of(clients, seconds, options_.number("--rate")), nodes_, sink_, posts);
      last = figures.a_second();
      tell(figures);
      for (const std::string& peer : parts(options_.get("--peers"))) beside(peer, clients, seconds, last);
    }
    if (const std::uint64_t longer = options_.number("--half-rate"); longer != 0) {
      const auto half = static_cast<std::uint64_t>(last / 2);
      posts.sign_ahead(0);
      tell(::run(order_of(clients, longer, std::max<std::uint64_t>(1, half)), nodes_, sink_, posts));
    }
    if (!options_.json) fmt::print("{} deliveries came again\n", sink_.repeated());
    return good_;
  }

 private:
  void tell(const bench::Figures& figures) {
    if (figures.who == "purser") good_ = good_ && figures.whole();
    fmt::print("{}{}", options_.json ? as_json(figures) : as_text(figures), options_.json ? "\n" : "");
    std::fflush(stdout);
  }

  void beside(const std::string& peer, std::size_t clients, std::uint64_t seconds, double ours) {
    const auto figures = run_peer(peer, order_of(clients, seconds, 0), sink_);
    if (!figures) return fmt::print(stderr, "bench_load: nobody answers at {}\n", peer);
    tell(*figures);
    if (!options_.json && figures->delivered != 0)
      fmt::print("  purser carries {:.1f} times as many\n", ours / figures->a_second());
  }

  const Options& options_;
  bench::Sink sink_;
  Nodes nodes_;
  bool good_ = true;
};

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!read_options(argc, argv, options)) {
    fmt::print(stderr, "{}", usage);
    return 2;
  }
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  std::string folder = std::filesystem::temp_directory_path() / "purser-load-XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) return 3;
  bool good = true;
  try {
    good = Bench(options, folder).run();
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_load: {}\n", error.what());
    return 3;
  }
  std::filesystem::remove_all(folder);
  return good ? 0 : 1;
}
