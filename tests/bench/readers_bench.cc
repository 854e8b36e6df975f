// Reading, in bytes a second, beside what others need for the same bytes in the same run. XML has pugixml
// (builds a tree) and libxml2's SAX (streams) beside it; the end of the output shows the ratios.
#include <benchmark/benchmark.h>
#include <libxml/parser.h>

#include <cstdio>
#include <cstring>
#include <map>
#include <pugixml.hpp>
#include <string>

#include "connectors/reader/delimited_reader.h"
#include "connectors/reader/edifact_reader.h"
#include "connectors/reader/edifact_writer.h"
#include "connectors/reader/x12_reader.h"
#include "connectors/reader/x12_writer.h"
#include "connectors/reader/xml_reader.h"
#include "connectors/reader/xml_writer.h"
#include "tests/bench/corpus.h"

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

void xml_pugixml(benchmark::State& state) {
  const std::string text = ubl_invoice(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    pugi::xml_document document;
    if (!document.load_buffer(text.data(), text.size())) state.SkipWithError("refused");
    benchmark::DoNotOptimize(document.first_child());
  }
  measured(state, text.size());
}

void xml_libxml2_sax(benchmark::State& state) {
  const std::string text = ubl_invoice(static_cast<std::size_t>(state.range(0)));
  xmlSAXHandler handler;
  std::memset(&handler, 0, sizeof handler);
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = [](void* sum, const xmlChar* name, const xmlChar*, const xmlChar*, int,
                              const xmlChar**, int, int,
                              const xmlChar**) { *static_cast<std::uint64_t*>(sum) += name[0]; };
  handler.endElementNs = [](void*, const xmlChar*, const xmlChar*, const xmlChar*) {};
  handler.characters = [](void* sum, const xmlChar*, int length) {
    *static_cast<std::uint64_t*>(sum) += static_cast<std::uint64_t>(length);
  };
  for (auto _ : state) {
    std::uint64_t sum = 0;
    if (xmlSAXUserParseMemory(&handler, &sum, text.data(), static_cast<int>(text.size())) != 0)
      state.SkipWithError("refused");
    benchmark::DoNotOptimize(sum);
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
BENCHMARK(xml_pugixml)->Arg(small)->Arg(large);
BENCHMARK(xml_libxml2_sax)->Arg(small)->Arg(large);
BENCHMARK(xml_write)->Name("xml_read_and_write")->Arg(small)->Arg(large);
BENCHMARK(edifact_read)->Arg(small)->Arg(large);
BENCHMARK(edifact_write)->Name("edifact_read_and_write")->Arg(small)->Arg(large);
BENCHMARK(x12_read)->Arg(small)->Arg(large);
BENCHMARK(x12_write)->Name("x12_read_and_write")->Arg(small)->Arg(large);
BENCHMARK(delimited_read)->Arg(small)->Arg(large);

// Keeps the rates to compare them at the end.
class Ratios : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      const auto found = run.counters.find("bytes_per_second");
      if (found != run.counters.end()) rates_[run.benchmark_name()] = found->second;
    }
  }
  void print() const {
    for (const auto* size : {"/10240", "/33554432"}) {
      const auto rate = [&](const std::string& name) {
        const auto found = rates_.find(name + size);
        return found == rates_.end() ? 0.0 : found->second;
      };
      for (const auto* other : {"xml_pugixml", "xml_libxml2_sax"}) {
        if (rate(other) > 0)
          std::printf("xml_read%s is %.2f of %s\n", size, rate("xml_read") / rate(other), other);
      }
    }
  }

 private:
  std::map<std::string, double> rates_;
};

}  // namespace
}  // namespace purser::bench

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  purser::bench::Ratios ratios;
  benchmark::RunSpecifiedBenchmarks(&ratios);
  ratios.print();
  return 0;
}
