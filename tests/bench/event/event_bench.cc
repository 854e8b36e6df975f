// What one event costs in each station it passes, on an invoice of a thousand lines.
#include <benchmark/benchmark.h>

#include "canonical/event/business_keys.h"
#include "canonical/event/document_checker.h"
#include "canonical/event/event_checker.h"
#include "canonical/event/header_first.h"
#include "canonical/event/json_reader.h"
#include "canonical/event/json_writer.h"
#include "canonical/event/recorded_events.h"
#include "canonical/model/convert.h"
#include "canonical/model/generated/invoice.h"

namespace purser {
namespace {

class Nowhere : public DocumentSink {
 public:
  Outcome push(std::span<const Event> batch) override {
    benchmark::DoNotOptimize(batch.data());
    return {};
  }
  void finding(Finding) override {}
  void loss(Loss) override {}
};

Decimal amount(std::int64_t cents) { return Decimal(cents, 2); }

const RecordedEvents& invoice() {
  static const RecordedEvents events = [] {
    model::Invoice document;
    document.number = "R-2026-000123";
    document.issue_date = Date{2026, 11, 20};
    document.currency = "EUR";
    for (model::Maybe<model::Party>* party : {&document.buyer, &document.seller}) {
      party->emplace().name = "A company with a name of usual length GmbH";
      (*party)->vat_id = "DE123456789";
      (*party)->address.emplace().city = "Musterstadt";
      (*party)->address->country = "DE";
    }
    for (int i = 1; i <= 1000; ++i) {
      model::InvoiceLine& line = document.lines.emplace_back();
      line.number = std::to_string(i);
      line.item.emplace().name = "Hexagon head screw M8 × 40, galvanised";
      line.item->seller_id = "4711-" + std::to_string(i);
      line.quantity.emplace().value = amount(100 * i);
      line.quantity->unit = "H87";
      line.price.emplace().amount = amount(1999);
      line.net_amount = amount(1999 * i);
      line.tax.emplace().category = "S";
      line.tax->rate = Decimal(19, 0);
    }
    RecordedEvents out;
    static_cast<void>(model::to_events(document, out));
    return out;
  }();
  return events;
}

std::string json_of(const RecordedEvents& events) {
  std::string json;
  JsonWriter writer(append_to_text(json));
  static_cast<void>(writer.push(events.events()));
  return json;
}

template <class Work>
void run(benchmark::State& state, Work&& work) {
  for (auto _ : state) work();
  auto events = static_cast<double>(invoice().events().size() * static_cast<std::size_t>(state.iterations()));
  state.counters["ns/event"] =
      benchmark::Counter(events / 1e9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void check_contract(benchmark::State& state) {
  Nowhere out;
  run(state, [&] {
    EventChecker checker(out);
    benchmark::DoNotOptimize(replay(invoice().events(), checker));
  });
}
BENCHMARK(check_contract);

void check_document(benchmark::State& state) {
  run(state, [&] {
    DocumentChecker checker([](const Finding&) {});
    benchmark::DoNotOptimize(replay(invoice().events(), checker));
  });
}
BENCHMARK(check_document);

void collect_keys(benchmark::State& state) {
  run(state, [&] {
    KeyCollector keys;
    benchmark::DoNotOptimize(replay(invoice().events(), keys));
  });
}
BENCHMARK(collect_keys);

void put_header_first(benchmark::State& state) {
  Nowhere out;
  run(state, [&] {
    HeaderFirst order(out);
    benchmark::DoNotOptimize(replay(invoice().events(), order));
  });
}
BENCHMARK(put_header_first);

void put_header_first_by_file(benchmark::State& state) {
  Nowhere out;
  run(state, [&] {
    HeaderFirst order(out, 64 * 1024);
    benchmark::DoNotOptimize(replay(invoice().events(), order));
  });
}
BENCHMARK(put_header_first_by_file);

void write_json(benchmark::State& state) {
  std::size_t size = json_of(invoice()).size();
  run(state, [&] {
    JsonWriter writer([](std::string_view text) -> Outcome {
      benchmark::DoNotOptimize(text.data());
      return {};
    });
    benchmark::DoNotOptimize(replay(invoice().events(), writer));
  });
  state.SetBytesProcessed(static_cast<std::int64_t>(size) * state.iterations());
}
BENCHMARK(write_json);

void read_json_text(benchmark::State& state) {
  std::string json = json_of(invoice());
  Nowhere out;
  run(state, [&] { benchmark::DoNotOptimize(read_json(json, out)); });
  state.SetBytesProcessed(static_cast<std::int64_t>(json.size()) * state.iterations());
}
BENCHMARK(read_json_text);

void fill_struct(benchmark::State& state) {
  run(state, [&] {
    model::Invoice document;
    model::StructBuilder builder(document);
    benchmark::DoNotOptimize(replay(invoice().events(), builder));
  });
}
BENCHMARK(fill_struct);

}  // namespace
}  // namespace purser

BENCHMARK_MAIN();
