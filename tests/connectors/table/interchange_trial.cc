#include "tests/connectors/table/interchange_trial.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ranges>
#include <sstream>

#include "canonical/event/document_checker.h"
#include "canonical/event/event_checker.h"
#include "canonical/event/header_first.h"
#include "canonical/event/json_writer.h"
#include "connectors/reader/bytes.h"
#include "plugins/abi/clock.h"

namespace purser::edi::testing {
namespace {

constexpr std::int64_t fixed_now = 1'795'177'800'000'000'000;  // 2026-11-20T12:30:00Z

/// Sorts what is read by document; checks contract and model.
class Collector : public DocumentSink {
 public:
  explicit Collector(Trial& into)
      : into_(into), model_([this](Finding found) { finding(std::move(found)); }), contract_(split_) {}
  Outcome push(std::span<const Event> batch) override { return contract_.push(batch); }
  void finding(Finding found) override {
    (into_.documents.empty() ? into_.report : into_.documents.back().report).add(std::move(found));
  }
  void loss(Loss lost) override {
    if (!into_.documents.empty()) into_.documents.back().loss(std::move(lost));
  }
  Outcome finish() { return contract_.finish(); }

 private:
  struct Split : EventSink {
    explicit Split(Collector& collector) : owner(collector) {}
    Outcome push(std::span<const Event> batch) override { return owner.keep(batch); }
    Collector& owner;
  };
  Outcome keep(std::span<const Event> batch) {
    while (!batch.empty()) {
      if (batch.front().kind == EventKind::begin_document) into_.documents.emplace_back();
      const auto next = std::ranges::find(batch.subspan(1), EventKind::begin_document, &Event::kind);
      const auto part = batch.first(static_cast<std::size_t>(next - batch.begin()));
      if (auto done = into_.documents.back().push(part); !done) return done;
      if (auto done = model_.push(part); !done) return done;
      batch = batch.subspan(part.size());
    }
    return {};
  }

  Trial& into_;
  DocumentChecker model_;
  Split split_{*this};
  EventChecker contract_;
};

std::int64_t tell_time(const purser_host* /*host*/) { return fixed_now; }

const void* extension(const purser_host* /*host*/, const char* id) {
  static const purser_clock clock = {sizeof(purser_clock), 0, &tell_time};
  return std::strcmp(id, PURSER_CLOCK_1) == 0 ? &clock : nullptr;
}

nlohmann::ordered_json to_json(const Finding& finding) {
  nlohmann::ordered_json entry = {{"code", finding.code},          {"line", finding.at.line},
                                  {"segment", finding.at.segment}, {"element", finding.at.element},
                                  {"source", finding.source},      {"message", finding.message}};
  if (!finding.path.empty()) entry["path"] = finding.path;
  return entry;
}

nlohmann::ordered_json to_json(const Report& report) {
  auto all = nlohmann::ordered_json::array();
  for (const Finding& finding : report.findings()) all.push_back(to_json(finding));
  return all;
}

/// In order, without those a written interchange has its own of.
std::vector<std::string> values_of(const RecordedDocument& document, std::span<const std::string> own) {
  auto lines = describe(document.events.events());
  std::erase_if(lines, [&](const std::string& line) {
    return std::ranges::any_of(own, [&](const std::string& begin) { return line.starts_with(begin); });
  });
  std::ranges::sort(lines);
  return lines;
}

}  // namespace

const sdk::Host& plain_host() {
  static const purser_host table = {PURSER_ABI_MAJOR, PURSER_ABI_MINOR, sizeof(purser_host), 0, &extension};
  static const sdk::Host host(&table);
  return host;
}

std::vector<Finding> Trial::findings() const {
  std::vector<Finding> all = report.findings();
  for (const RecordedDocument& document : documents) {
    all.insert(all.end(), document.report.findings().begin(), document.report.findings().end());
  }
  return all;
}

Trial collect(const std::function<Outcome(DocumentSink&)>& read) {
  Trial trial;
  Collector collector(trial);
  trial.outcome = read(collector);
  if (auto done = collector.finish(); !done && trial.outcome) trial.outcome = done;
  return trial;
}

std::expected<std::string, Status> write_all(const MakeEncoder& make,
                                             std::span<const RecordedDocument> documents) {
  reader::StringSink out;
  auto encoder = make(out);
  if (!encoder) return std::unexpected(encoder.error());
  HeaderFirst header_first(**encoder);
  for (const RecordedDocument& document : documents) {
    if (auto done = replay(document.events.events(), header_first); !done)
      return std::unexpected(done.error());
  }
  if (auto done = (*encoder)->finish(); !done) return std::unexpected(done.error());
  return std::move(out.text);
}

std::string canonical_json(const Trial& trial) {
  std::string all = "[\n";
  for (const RecordedDocument& document : trial.documents) {
    std::string text;
    JsonWriter writer(append_to_text(text), JsonStyle::indented);
    if (auto done = replay(document.events.events(), writer); !done) return done.error().message;
    if (auto done = writer.flush(); !done) return done.error().message;
    if (all.size() > 2) all += ",\n";
    all += text;
  }
  return all + "]\n";
}

std::string findings_json(const Trial& trial) {
  auto documents = nlohmann::ordered_json::array();
  for (const RecordedDocument& document : trial.documents) {
    auto losses = nlohmann::ordered_json::array();
    for (const Loss& loss : document.losses.losses()) {
      losses.push_back({{"line", loss.at.line}, {"source", loss.source}, {"value", loss.value}});
    }
    documents.push_back({{"findings", to_json(document.report)}, {"losses", std::move(losses)}});
  }
  const nlohmann::ordered_json all = {{"status", trial.outcome ? "" : trial.outcome.error().code},
                                      {"findings", to_json(trial.report)},
                                      {"documents", std::move(documents)}};
  return all.dump(2) + "\n";
}

std::string told(const RecordedDocument& notes, Severity least) {
  std::string all;
  for (const Loss& loss : notes.losses.losses())
    all += "not written: " + loss.source + " = " + loss.value + "\n";
  for (const Finding& finding : notes.report.findings()) {
    if (finding.severity >= least) all += "writing: " + to_line(finding, "") + "\n";
  }
  return all;
}

std::string difference(const Trial& before, const Trial& again, std::span<const std::string> own) {
  if (!again.outcome) return "reading again: " + again.outcome.error().message + "\n";
  if (again.documents.size() != before.documents.size()) return "another number of documents\n";
  constexpr std::size_t shown = 12;
  std::string all;
  for (std::size_t i = 0; i < again.documents.size(); ++i) {
    const auto old = values_of(before.documents[i], own);
    const auto young = values_of(again.documents[i], own);
    std::vector<std::string> missing, added;
    std::ranges::set_difference(old, young, std::back_inserter(missing));
    std::ranges::set_difference(young, old, std::back_inserter(added));
    for (const auto& line : missing | std::views::take(shown)) all += "- " + line + "\n";
    for (const auto& line : added | std::views::take(shown)) all += "+ " + line + "\n";
    for (const auto& finding : again.documents[i].report.findings()) {
      if (finding.severity >= Severity::error) all += "again: " + to_line(finding, "") + "\n";
    }
  }
  return all;
}

std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace purser::edi::testing
