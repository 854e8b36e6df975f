// The whole way of a document through a connector in this process: bytes to checked canonical events, and
// canonical events to bytes. Beside it, in the same run, what others need for the same bytes.
//   build/tests/bench_connectors [--benchmark_filter=read/ubl]
//   build/tests/bench_connectors --documents FOLDER    leaves what is read there, measures nothing
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>

#include "canonical/event/document_checker.h"
#include "canonical/event/json_reader.h"
#include "canonical/event/recorded_events.h"
#include "plugins/host/connector.h"
#include "plugins/host/memory_source.h"
#include "tests/bench/canonical_document.h"
#include "tests/bench/rates.h"
#include "tests/bench/yardstick.h"

namespace purser::bench {
namespace {

/// What is measured: a message of a connector. A new connector is one row.
struct Subject {
  const char* connector;
  const char* message;
  const char* version;
  const char* document;  ///< canonical
  bool ubl;              ///< the hand-written walk knows it
  bool xml;
};

constexpr Subject subjects[] = {
    {"ubl", "Invoice", "2.1", "invoice", true, true},
    {"ubl", "Order", "2.1", "purchase_order", true, true},
    {"cii", "CrossIndustryInvoice", "D16B", "invoice", false, true},
    {"cxml", "cXML.OrderRequest", "1.2", "purchase_order", false, true},
    {"edifact", "INVOIC", "D96A", "invoice", false, false},
    {"edifact", "ORDERS", "D01B", "purchase_order", false, false},
    {"x12", "810", "004010", "invoice", false, false},
    {"x12", "850", "005010", "purchase_order", false, false},
};

constexpr std::size_t usual_lines = 10;     // a document of about 10 KB as UBL
constexpr std::size_t many_lines = 10'000;  // more than the caches hold

/// Control numbers that begin again with each run.
class Services : public plugin::NoServices {
 public:
  std::expected<std::uint64_t, Status> next(const plugin::Scope& /*scope*/, std::string_view /*sequence*/,
                                            std::uint64_t /*last*/) override {
    return ++number_;
  }

 private:
  std::uint64_t number_ = 0;
};

plugin::Connector& connector(const std::string& name) {
  static Services services;
  // Never destroyed: at exit a library's own statics end before those of the program that loaded it.
  static auto& loaded = *new std::map<std::string, std::shared_ptr<plugin::Connector>>;
  auto& one = loaded[name];
  if (one) return *one;
  const auto build = std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path();
  plugin::ConnectorConfig config;
  config.path = build / "lib" / "purser" / "connectors" / (name + ".so");
  config.isolation = plugin::Isolation::in_process;
  auto done = plugin::load_connector(config, services);
  if (!done) {
    for (const Finding& finding : done.error().findings())
      std::fprintf(stderr, "%s\n", finding.message.c_str());
    std::abort();
  }
  return *(one = *std::move(done));
}

/// The stations of reading: the contract was checked by the host, the model is checked here.
class Read : public DocumentSink {
 public:
  Outcome push(std::span<const Event> batch) override {
    events += batch.size();
    return checker_.push(batch);
  }
  void finding(Finding finding) override { note(finding); }
  void loss(Loss loss) override {
    if (++losses == 1) last = loss.source;
  }
  std::uint64_t events = 0, findings = 0, losses = 0;
  std::string last;

 private:
  void note(const Finding& finding) {
    if (finding.severity >= Severity::error) last = finding.message;
    ++findings;
  }
  DocumentChecker checker_{[this](const Finding& finding) { note(finding); }};
};

plugin::Request request_of(const Subject& subject) {
  plugin::Request request;
  request.format = subject.connector;
  request.message = subject.message;
  request.version = subject.version;
  return request;
}

const RecordedDocument& canonical(const Subject& subject, std::size_t lines) {
  static std::map<std::pair<std::string, std::size_t>, RecordedDocument> made;
  auto [at, fresh] = made.try_emplace({subject.document, lines});
  if (fresh && !read_json(canonical_json(subject.document, lines), at->second)) std::abort();
  for (const Finding& finding : at->second.report.findings())
    std::fprintf(stderr, "%s\n", finding.message.c_str());
  return at->second;
}

bool write(const Subject& subject, const RecordedDocument& document, plugin::MemorySink& out) {
  RecordedDocument notes;
  const auto produce = [&](EventSink& sink) { return replay(document.events.events(), sink); };
  const auto done = connector(subject.connector).encode(request_of(subject), produce, out, notes);
  if (!done) std::fprintf(stderr, "%s\n", done.error().message.c_str());
  return done.has_value();
}

const std::string& text_of(const Subject& subject, std::size_t lines) {
  static std::map<std::pair<const Subject*, std::size_t>, std::string> made;
  auto [at, fresh] = made.try_emplace({&subject, lines});
  if (fresh) {
    plugin::MemorySink out;
    if (!write(subject, canonical(subject, lines), out)) std::abort();
    at->second = out.bytes();
  }
  return at->second;
}

void measured(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
  state.SetItemsProcessed(state.iterations());
}

void read_document(benchmark::State& state, const Subject& subject) {
  const std::string& text = text_of(subject, static_cast<std::size_t>(state.range(0)));
  std::uint64_t events = 0, documents = 0, losses = 0;
  for (auto _ : state) {
    Read out;
    plugin::MemorySource source(text);
    if (!connector(subject.connector).decode(request_of(subject), source, out))
      state.SkipWithError("refused");
    events = out.events;
    losses = out.losses;
    ++documents;
  }
  measured(state, text.size());
  state.counters["events"] = static_cast<double>(events);
  state.counters["losses"] = static_cast<double>(losses);
  state.counters["ns/event"] = benchmark::Counter(static_cast<double>(events * documents) / 1e9,
                                                  benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void write_document(benchmark::State& state, const Subject& subject) {
  const RecordedDocument& document = canonical(subject, static_cast<std::size_t>(state.range(0)));
  std::size_t written = 0;
  for (auto _ : state) {
    plugin::MemorySink out;
    if (!write(subject, document, out)) state.SkipWithError("refused");
    written = out.bytes().size();
  }
  measured(state, written);
}

template <std::uint64_t (*work)(std::string_view)>
void yardstick(benchmark::State& state, const Subject& subject) {
  const std::string& text = text_of(subject, static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    const std::uint64_t done = work(text);
    if (done == 0) state.SkipWithError("refused");
    benchmark::DoNotOptimize(done);
  }
  measured(state, text.size());
}

std::string name_of(const char* what, const Subject& subject) {
  return std::string(what) + '/' + subject.connector + '/' + subject.message;
}

using Work = void (*)(benchmark::State&, const Subject&);

void enlist(const char* what, const Subject& subject, Work work) {
  benchmark::RegisterBenchmark(name_of(what, subject).c_str(),
                               [work, &subject](benchmark::State& state) { work(state, subject); })
      ->Arg(usual_lines)
      ->Arg(many_lines);
}

void enlist() {
  for (const Subject& subject : subjects) {
    enlist("read", subject, read_document);
    enlist("write", subject, write_document);
    enlist("scan", subject, yardstick<scan>);
    if (subject.ubl) enlist("pugixml_walk", subject, yardstick<pugixml_walk>);
    if (subject.xml) enlist("pugixml_parse", subject, yardstick<pugixml_parse>);
    if (subject.xml) enlist("libxml2_sax", subject, yardstick<libxml2_sax>);
  }
}

void compare(const Rates& rates) {
  for (const Subject& subject : subjects) {
    for (const std::size_t lines : {usual_lines, many_lines}) {
      const std::string size = '/' + std::to_string(lines);
      for (const char* other : {"pugixml_walk", "libxml2_sax", "scan"})
        rates.compare(name_of("read", subject) + size, name_of(other, subject) + size);
      rates.compare(name_of("write", subject) + size, name_of("scan", subject) + size);
    }
  }
}

/// Leaves the documents that are read here in a folder, so that other programs can be measured on the same.
void save_documents(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  for (const Subject& subject : subjects) {
    for (const std::size_t lines : {usual_lines, many_lines}) {
      const std::string name =
          fmt::format("{}-{}-{}.{}", subject.connector, subject.message, lines, subject.xml ? "xml" : "edi");
      std::ofstream(folder / name, std::ios::binary) << text_of(subject, lines);
    }
  }
}

}  // namespace
}  // namespace purser::bench

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view(argv[1]) == "--documents") {
    purser::bench::save_documents(argv[2]);
    return 0;
  }
  benchmark::Initialize(&argc, argv);
  purser::bench::enlist();
  purser::bench::Rates rates;
  benchmark::RunSpecifiedBenchmarks(&rates);
  purser::bench::compare(rates);
  return 0;
}
