// What judging costs: the packs over an invoice of 10, 1,000 and 10,000 lines, from events in memory.
#include <benchmark/benchmark.h>

#include <fmt/format.h>

#include "canonical/event/header_first.h"
#include "canonical/event/json_reader.h"
#include "canonical/event/recorded_events.h"
#include "canonical/rule/judge.h"
#include "canonical/rule/packs.h"

namespace purser::rule {
namespace {

class Record : public DocumentSink {
 public:
  Outcome push(std::span<const Event> batch) override { return events.push(batch); }
  void finding(Finding) override {}
  void loss(Loss) override {}
  RecordedEvents events;
};

/// A good invoice with `lines` lines of two rates, an allowance on every tenth.
std::string invoice(int lines) {
  std::string text =
      R"({"document":"invoice","model":"1.0","number":"R-1","issue_date":"2026-11-02","kind":"380","currency":"EUR",
"envelope":{"specification":"urn:cen.eu:en16931:2017","profile":"P1"},
"buyer":{"name":"Kontor GmbH","vat_id":"DE987654321","endpoint":{"id":"4000001000005","scheme":"0088"},"address":{"line1":"Weg 1","city":"Berlin","post_code":"10115","country":"DE"}},
"seller":{"name":"Werk AG","vat_id":"DE123456789","endpoint":{"id":"4304171000002","scheme":"0088"},"identifiers":[{"id":"4304171000002","scheme":"0088"}],"address":{"line1":"Weg 2","city":"Hamburg","post_code":"20095","country":"DE"},"contact":{"name":"Eva","telephone":"040123","email":"e@w.example"}},
"due_date":"2026-12-02","delivery":{"actual_date":"2026-10-30"},"payment_means":[{"type":"58","account":{"id":"DE89370400440532013000"}}],)";
  const int full = (lines + 1) / 2, reduced = lines / 2, cut = (lines + 9) / 10;
  const long standard = full * 10000L - cut * 100L, net = standard + reduced * 5000L;
  const long tax = (standard * 19 + 50) / 100, less = (reduced * 5000L * 7 + 50) / 100;
  const auto amount = [](long cents) { return fmt::format("{}.{:02}", cents / 100, cents % 100); };
  text += fmt::format(
      R"("totals":{{"line_net":"{}","net":"{}","tax":"{}","gross":"{}","payable":"{}"}},"tax_subtotals":[)",
      amount(net), amount(net), amount(tax + less), amount(net + tax + less), amount(net + tax + less));
  text +=
      fmt::format(R"({{"taxable_amount":"{}","tax_amount":"{}","category":"S","rate":"19","type":"VAT"}},)",
                  amount(standard), amount(tax));
  text += fmt::format(
      R"({{"taxable_amount":"{}","tax_amount":"{}","category":"S","rate":"7","type":"VAT"}}],"lines":[)",
      amount(reduced * 5000L), amount(less));
  for (int i = 0; i < lines; ++i) {
    const bool whole = i % 2 == 0, allowance = i % 10 == 0;
    text += fmt::format(
        R"({}{{"number":"{}","quantity":{{"value":"10","unit":"C62"}},"net_amount":"{}","order_reference":{{"line_number":"{}"}},{}"price":{{"amount":"{}"}},"tax":{{"category":"S","rate":"{}","type":"VAT"}},"item":{{"name":"Bolt M{}","seller_id":"B-{}","standard_id":{{"id":"4000001000005","scheme":"0160"}}}}}})",
        i == 0 ? "" : ",", i + 1, whole ? (allowance ? "99.00" : "100.00") : "50.00", i + 1,
        allowance ? R"("allowances":[{"amount":"1.00","reason":"Bonus"}],)" : "", whole ? "10.00" : "5.00",
        whole ? 19 : 7, i, i);
  }
  return text + "]}";
}

void judge(benchmark::State& state, const std::vector<std::string>& packs) {
  Record record;
  const std::string text = invoice(static_cast<int>(state.range(0)));
  if (!read_json(text, record)) return state.SkipWithError("the document was not read");
  const auto program = program_for(packs, DocumentType::invoice);
  std::size_t findings = 0;
  Judge judge(*program, [&](const Finding&) { ++findings; });
  for (auto _ : state) {
    findings = 0;
    (void)replay(record.events.events(), judge);
  }
  state.counters["findings"] = static_cast<double>(findings);
  state.counters["lines/s"] =
      benchmark::Counter(static_cast<double>(state.range(0)), benchmark::Counter::kIsIterationInvariantRate);
}

void En16931(benchmark::State& state) { judge(state, {"en16931"}); }
void AllPacks(benchmark::State& state) { judge(state, {"en16931", "peppol", "xrechnung"}); }

BENCHMARK(En16931)->Arg(10)->Arg(1000)->Arg(10000)->Unit(benchmark::kMicrosecond);
BENCHMARK(AllPacks)->Arg(10)->Arg(1000)->Arg(10000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace purser::rule

BENCHMARK_MAIN();
