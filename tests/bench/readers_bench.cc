// Reading, in bytes a second, beside what others need for the same bytes in the same run. XML has pugixml
// (builds a tree) and libxml2's SAX (streams) beside it, all have memchr; the end of the output shows the
// ratios.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <string>

#include "connectors/reader/delimited_reader.h"
#include "connectors/reader/edifact_reader.h"
#include "connectors/reader/edifact_writer.h"
#include "connectors/reader/x12_reader.h"
#include "connectors/reader/x12_writer.h"
#include "connectors/reader/xml_reader.h"
#include "connectors/reader/xml_writer.h"
#include "tests/bench/corpus.h"
#include "tests/bench/rates.h"
#include "tests/bench/yardstick.h"

namespace purser::bench {
namespace {

constexpr std::int64_t small = 10 << 10;  // a usual document
constexpr std::int64_t large = 32 << 20;  // more than the caches hold

constexpr xml::Namespace namespaces[] = {
    {"", "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"},
    {"cac", "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"},
    {"cbc", "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"}};

// Touches what it is given, as any consumer must.
class Counter : public map::SyntaxSink {
 public:
  Outcome open(std::string_view name, const Position& at) override {
    sum += name.size() + at.line;
    return {};
  }
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override {
    sum += where.name.size() + text.size() + at.column;
    return {};
  }
  Outcome close(const Position&) override { return {}; }
  std::uint64_t sum = 0;
};

class Messages : public edifact::InterchangeHandler {
 public:
  explicit Messages(map::SyntaxSink& sink) : sink_(sink) {}
  Outcome begin_interchange(const edifact::Interchange&) override { return {}; }
  std::expected<map::SyntaxSink*, Status> begin_message(const edifact::Interchange&, const edifact::Group*,
                                                        const edifact::Message&) override {
    return &sink_;
  }
  Outcome end_message(const edifact::Message&, const edifact::MessageEnd&) override { return {}; }
  Outcome end_interchange(const edifact::Interchange&, const edifact::InterchangeEnd&) override { return {}; }
  void finding(Finding finding) override { std::fprintf(stderr, "%s\n", finding.message.c_str()); }

 private:
  map::SyntaxSink& sink_;
};

class Transactions : public x12::InterchangeHandler {
 public:
  explicit Transactions(map::SyntaxSink& sink) : sink_(sink) {}
  Outcome begin_interchange(const x12::Interchange&) override { return {}; }
  Outcome begin_group(const x12::Interchange&, const x12::Group&) override { return {}; }
  std::expected<map::SyntaxSink*, Status> begin_transaction(const x12::Interchange&, const x12::Group*,
                                                            const x12::Transaction&) override {
    return &sink_;
  }
  Outcome end_transaction(const x12::Transaction&, const x12::TransactionEnd&) override { return {}; }
  Outcome end_group(const x12::Group&, const x12::GroupEnd&) override { return {}; }
  Outcome end_interchange(const x12::Interchange&, const x12::InterchangeEnd&) override { return {}; }
  void finding(Finding finding) override { std::fprintf(stderr, "%s\n", finding.message.c_str()); }

 private:
  map::SyntaxSink& sink_;
};

void fail_on(const Finding& finding) { std::fprintf(stderr, "%s\n", finding.message.c_str()); }

void measured(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

bool read_xml(const std::string& text, map::SyntaxSink& sink) {
  reader::MemorySource source(text);
  xml::ReadOptions options;
  options.namespaces = namespaces;
  return xml::read(source, sink, fail_on, options).has_value();
}

void xml_read(benchmark::State& state) {
  const std::string text = ubl_invoice(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    Counter sink;
    if (!read_xml(text, sink)) state.SkipWithError("refused");
    benchmark::DoNotOptimize(sink.sum);
  }
  measured(state, text.size());
}

/// What others need for the same document.
template <std::uint64_t (*work)(std::string_view), std::string (*document)(std::size_t)>
void other(benchmark::State& state) {
  const std::string text = document(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    const std::uint64_t done = work(text);
    if (done == 0) state.SkipWithError("refused");
    benchmark::DoNotOptimize(done);
  }
  measured(state, text.size());
}

void xml_write(benchmark::State& state) {
  const std::string text = ubl_invoice(static_cast<std::size_t>(state.range(0)));
  std::size_t written = 0;
  for (auto _ : state) {
    reader::StringSink out;
    out.text.reserve(text.size() * 2);
    xml::WriteOptions options;
    options.namespaces = namespaces;
    xml::Writer writer(out, options);
    if (!read_xml(text, writer) || !writer.finish()) state.SkipWithError("refused");
    written = out.text.size();
  }
  measured(state, written);
}

void edifact_read(benchmark::State& state) {
  const std::string text = edifact_invoice(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    reader::MemorySource source(text);
    Counter sink;
    Messages handler(sink);
    if (!edifact::read(source, handler)) state.SkipWithError("refused");
    benchmark::DoNotOptimize(sink.sum);
  }
  measured(state, text.size());
}

void edifact_write(benchmark::State& state) {
  const std::string text = edifact_invoice(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    reader::MemorySource source(text);
    reader::StringSink out;
    out.text.reserve(text.size() * 2);
    edifact::Writer writer(out, fail_on);
    Messages handler(writer);
    if (!edifact::read(source, handler) || !writer.finish()) state.SkipWithError("refused");
  }
  measured(state, text.size());
}

void x12_read(benchmark::State& state) {
  const std::string text = x12_invoice(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    reader::MemorySource source(text);
    Counter sink;
    Transactions handler(sink);
    if (!x12::read(source, handler)) state.SkipWithError("refused");
    benchmark::DoNotOptimize(sink.sum);
  }
  measured(state, text.size());
}

void x12_write(benchmark::State& state) {
  const std::string text = x12_invoice(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    reader::MemorySource source(text);
    reader::StringSink out;
    out.text.reserve(text.size() * 2);
    x12::Writer writer(out, fail_on);
    Transactions handler(writer);
    if (!x12::read(source, handler) || !writer.finish()) state.SkipWithError("refused");
  }
  measured(state, text.size());
}

void delimited_read(benchmark::State& state) {
  const std::string text = delimited_invoice(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    reader::MemorySource source(text);
    Counter sink;
    delimited::ReadOptions options;
    options.format.separator = ';';
    if (!delimited::read(source, sink, fail_on, options)) state.SkipWithError("refused");
    benchmark::DoNotOptimize(sink.sum);
  }
  measured(state, text.size());
}

BENCHMARK(xml_read)->Arg(small)->Arg(large);
BENCHMARK(other<pugixml_parse, ubl_invoice>)->Name("xml_pugixml")->Arg(small)->Arg(large);
BENCHMARK(other<libxml2_sax, ubl_invoice>)->Name("xml_libxml2_sax")->Arg(small)->Arg(large);
BENCHMARK(other<scan, ubl_invoice>)->Name("xml_scan")->Arg(small)->Arg(large);
BENCHMARK(xml_write)->Name("xml_read_and_write")->Arg(small)->Arg(large);
BENCHMARK(edifact_read)->Arg(small)->Arg(large);
BENCHMARK(other<scan, edifact_invoice>)->Name("edifact_scan")->Arg(small)->Arg(large);
BENCHMARK(edifact_write)->Name("edifact_read_and_write")->Arg(small)->Arg(large);
BENCHMARK(x12_read)->Arg(small)->Arg(large);
BENCHMARK(x12_write)->Name("x12_read_and_write")->Arg(small)->Arg(large);
BENCHMARK(delimited_read)->Arg(small)->Arg(large);
BENCHMARK(other<scan, delimited_invoice>)->Name("delimited_scan")->Arg(small)->Arg(large);

void compare(const Rates& rates) {
  for (const std::string size : {"/10240", "/33554432"}) {
    for (const char* than : {"xml_pugixml", "xml_libxml2_sax", "xml_scan"})
      rates.compare("xml_read" + size, than + size);
    rates.compare("edifact_read" + size, "edifact_scan" + size);
    rates.compare("delimited_read" + size, "delimited_scan" + size);
  }
}

}  // namespace
}  // namespace purser::bench

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  purser::bench::Rates rates;
  benchmark::RunSpecifiedBenchmarks(&rates);
  purser::bench::compare(rates);
  return 0;
}
