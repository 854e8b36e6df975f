#include "tests/connectors/x12/trial.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ranges>
#include <set>
#include <sstream>

#include "canonical/event/document_checker.h"
#include "canonical/event/event_checker.h"
#include "canonical/event/header_first.h"
#include "canonical/event/json_writer.h"
#include "connectors/x12/reading.h"
#include "connectors/x12/writing.h"
#include "plugins/abi/clock.h"

namespace purser::x12::testing {
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

/// The transaction set all documents came as; empty if they differ or do not tell.
std::string message_of(const Trial& trial) {
  constexpr std::string_view wanted = "envelope.message_type = ";
  std::set<std::string> types;
  for (const RecordedDocument& document : trial.documents) {
    for (const std::string& line : describe(document.events.events())) {
      if (line.starts_with(wanted)) types.insert(line.substr(wanted.size()));
    }
  }
  return types.size() == 1 ? *types.begin() : std::string();
}

std::vector<std::string> sorted_lines(const RecordedDocument& document) {
  auto lines = describe(document.events.events());
  // Version of the interchange and numbers of groups are those of the new interchange.
  std::erase_if(lines, [](const std::string& line) {
    return line.starts_with("envelope.syntax = ") || line.starts_with("envelope.group_reference = ") ||
           line.starts_with("envelope.message_reference = ") || line.starts_with("envelope.association = ");
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

Trial read_text(table::Library& tables, std::string_view text, const sdk::Request& request,
                std::optional<Date> acknowledge_on) {
  Trial trial;
  Collector collector(trial);
  Reading reading(tables, request, collector, acknowledge_on);
  reader::MemorySource source(text);
  ReadOptions options;
  options.strict = request.strict;
  trial.outcome = read(source, reading, options);
  if (auto done = collector.finish(); !done && trial.outcome) trial.outcome = done;
  return trial;
}

std::expected<std::string, Status> write_text(table::Library& tables,
                                              std::span<const RecordedDocument> documents,
                                              const sdk::Request& request, RecordedDocument& notes) {
  reader::StringSink out;
  auto encoder = make_encoder(tables, plain_host(), request, out, notes);
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

std::string round_trip_difference(table::Library& tables, const Trial& trial, const std::string& version,
                                  std::string* written) {
  sdk::Request request;
  request.settings =
      R"({"characters": "utf-8", "component_separator": "\u001f", "repetition_separator": "\u001e", "element_separator": "\u001d", "segment_terminator": "\u001c"})";
  request.version = version;
  request.message = message_of(trial);
  RecordedDocument notes;
  const auto text = write_text(tables, trial.documents, request, notes);
  std::string difference;
  for (const Loss& loss : notes.losses.losses())
    difference += "not written: " + loss.source + " = " + loss.value + "\n";
  for (const Finding& finding : notes.report.findings())
    difference += "writing: " + to_line(finding, "") + "\n";
  if (!text) return difference + "writing: " + text.error().code + " " + text.error().message + "\n";
  if (written != nullptr) *written = *text;
  const Trial again = read_text(tables, *text);
  if (!again.outcome) return difference + "reading again: " + again.outcome.error().message + "\n";
  if (again.documents.size() != trial.documents.size()) return difference + "another number of documents\n";
  constexpr std::size_t shown = 12;
  for (std::size_t i = 0; i < again.documents.size(); ++i) {
    const auto before = sorted_lines(trial.documents[i]);
    const auto after = sorted_lines(again.documents[i]);
    std::vector<std::string> missing, added;
    std::ranges::set_difference(before, after, std::back_inserter(missing));
    std::ranges::set_difference(after, before, std::back_inserter(added));
    for (const auto& line : missing | std::views::take(shown)) difference += "- " + line + "\n";
    for (const auto& line : added | std::views::take(shown)) difference += "+ " + line + "\n";
    for (const auto& finding : again.documents[i].report.findings()) {
      if (finding.severity >= Severity::error) difference += "again: " + to_line(finding, "") + "\n";
    }
  }
  return difference;
}

std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace purser::x12::testing
