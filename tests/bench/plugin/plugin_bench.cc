// The cost of the plugin line: a round trip, and each event in process and through a worker.
//   build/bench/bench_plugin
#include <benchmark/benchmark.h>

#include <filesystem>
#include <memory>
#include <string>

#include "canonical/event/recorded_events.h"
#include "plugins/host/connector.h"
#include "plugins/host/memory_source.h"

namespace {

using namespace purser;
using namespace purser::plugin;

class Count : public DocumentSink {
 public:
  Outcome push(std::span<const Event> batch) override {
    events += batch.size();
    return {};
  }
  void finding(Finding /*finding*/) override {}
  void loss(Loss /*loss*/) override {}
  std::uint64_t events = 0;
};

NoServices services;

Connector& connector(Isolation isolation) {
  static std::shared_ptr<Connector> loaded[2];
  std::shared_ptr<Connector>& one = loaded[isolation == Isolation::worker ? 1 : 0];
  if (one) return *one;
  const auto build = std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path();
  ConnectorConfig config;
  config.path = build / "tests" / "fixture" / "lines.so";
  config.isolation = isolation;
  auto done = load_connector(config, services);
  if (!done) std::abort();
  one = *std::move(done);
  return *one;
}

Isolation isolation_of(const benchmark::State& state) {
  return state.range(0) == 0 ? Isolation::in_process : Isolation::worker;
}

// One order of two lines: what a round trip costs.
void round_trip(benchmark::State& state) {
  Connector& line = connector(isolation_of(state));
  const std::string text = "order 4711\nline 1 12.50\nline 2 1.00\nend\n";
  for (auto _ : state) {
    MemorySource source(text);
    Count out;
    if (!line.decode({}, source, out) || out.events != 11) state.SkipWithError("decode");
  }
}

// Lines of four events each, made by the connector in batches of four: what an event costs.
void decode_events(benchmark::State& state) {
  Connector& line = connector(isolation_of(state));
  std::uint64_t events = 0;
  for (auto _ : state) {
    MemorySource source("order 4711\nlines 250000\nend\n");
    Count out;
    if (!line.decode({}, source, out)) state.SkipWithError("decode");
    events += out.events;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(events));
}

void encode_events(benchmark::State& state) {
  Connector& line = connector(isolation_of(state));
  RecordedDocument document;
  MemorySource source("order 4711\nlines 50000\nend\n");
  if (!line.decode({}, source, document)) return state.SkipWithError("decode");
  for (auto _ : state) {
    MemorySink out;
    RecordedDocument notes;
    const auto produce = [&](EventSink& sink) { return replay(document.events.events(), sink); };
    if (!line.encode({}, produce, out, notes)) state.SkipWithError("encode");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(document.events.events().size()));
}

BENCHMARK(round_trip)->ArgName("worker")->Arg(0)->Arg(1)->UseRealTime();
BENCHMARK(decode_events)->ArgName("worker")->Arg(0)->Arg(1)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(encode_events)->ArgName("worker")->Arg(0)->Arg(1)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
