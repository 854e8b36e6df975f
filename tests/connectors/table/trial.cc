#include "tests/connectors/table/trial.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ranges>
#include <sstream>

#include "canonical/event/document_checker.h"
#include "canonical/event/event_checker.h"
#include "canonical/event/header_first.h"
#include "canonical/event/json_writer.h"
#include "connectors/reader/bytes.h"

namespace purser::table::testing {
namespace {

/// Checks the contract and the model on the way into a record.
class CheckedDocument : public DocumentSink {
 public:
  explicit CheckedDocument(RecordedDocument& into)
      : into_(into),
        model_([this](Finding finding) { into_.finding(std::move(finding)); }),
        contract_(into_) {}
  Outcome push(std::span<const Event> batch) override {
    if (auto done = contract_.push(batch); !done) return done;
    return model_.push(batch);
  }
  void finding(Finding finding) override { into_.finding(std::move(finding)); }
  void loss(Loss loss) override { into_.loss(std::move(loss)); }

 private:
  RecordedDocument& into_;
  DocumentChecker model_;
  EventChecker contract_;
};

}  // namespace

Trial read_text(XmlTables& tables, std::string_view xml, const sdk::Request& request) {
  Trial trial;
  CheckedDocument checked(trial.document);
  reader::MemorySource source(xml);
  trial.outcome = tables.read(request, source, checked);
  return trial;
}

std::expected<std::string, Status> write_text(XmlTables& tables, std::span<const Event> events,
                                              RecordedDocument& notes, const sdk::Request& request) {
  reader::StringSink out;
  const auto writing = tables.write(request, out, notes);
  HeaderFirst header_first(*writing);
  if (auto done = replay(events, header_first); !done) return std::unexpected(done.error());
  if (auto done = writing->finish(); !done) return std::unexpected(done.error());
  return std::move(out.text);
}

std::string canonical_json(std::span<const Event> events) {
  std::string text;
  JsonWriter writer(append_to_text(text), JsonStyle::indented);
  if (auto done = replay(events, writer); !done) return done.error().message;
  if (auto done = writer.flush(); !done) return done.error().message;
  return text;
}

std::string findings_json(const Trial& trial) {
  auto findings = nlohmann::ordered_json::array();
  for (const auto& finding : trial.document.report.findings()) {
    nlohmann::ordered_json entry = {{"code", finding.code},
                                    {"line", finding.at.line},
                                    {"column", finding.at.column},
                                    {"source", finding.source},
                                    {"message", finding.message}};
    if (!finding.path.empty()) entry["path"] = finding.path;
    findings.push_back(std::move(entry));
  }
  auto losses = nlohmann::ordered_json::array();
  for (const auto& loss : trial.document.losses.losses()) {
    losses.push_back({{"line", loss.at.line}, {"source", loss.source}, {"value", loss.value}});
  }
  nlohmann::ordered_json all = {{"status", trial.outcome ? "" : trial.outcome.error().code},
                                {"findings", std::move(findings)},
                                {"losses", std::move(losses)}};
  return all.dump(2) + "\n";
}

std::string round_trip_difference(XmlTables& tables, const RecordedDocument& document,
                                  const sdk::Request& request) {
  const auto events = document.events.events();
  RecordedDocument notes;
  const auto xml = write_text(tables, events, notes, request);
  if (!xml) return "writing: " + xml.error().code + " " + xml.error().message + "\n";
  std::string difference;
  for (const auto& loss : notes.losses.losses())
    difference += "not written: " + loss.source + " = " + loss.value + "\n";
  const bool sound = !document.report.has(Severity::error);
  for (const auto& finding : notes.report.findings()) {
    // What stood in for a value that the document has not: if it is read back as one, that shows below.
    if (sound && finding.code != "MAP-0034") difference += "writing: " + to_line(finding, "") + "\n";
  }
  const auto again = read_text(tables, *xml);
  if (!again.outcome) return difference + "reading again: " + again.outcome.error().message + "\n";
  // Values count: a group that is there and empty need not be written, a demanded one is.
  const auto values = [](std::span<const Event> all) {
    auto lines = describe(all);
    std::erase_if(lines, [](const std::string& line) { return line.find(" = ") == std::string::npos; });
    return lines;
  };
  auto before = values(events);
  auto after = values(again.document.events.events());
  std::ranges::sort(
      before);  // the order of fields within a group has no meaning; list elements carry an index
  std::ranges::sort(after);
  std::vector<std::string> missing, added;
  std::ranges::set_difference(before, after, std::back_inserter(missing));
  std::ranges::set_difference(after, before, std::back_inserter(added));
  constexpr std::size_t shown = 8;
  for (const auto& line : missing | std::views::take(shown)) difference += "- " + line + "\n";
  for (const auto& line : added | std::views::take(shown)) difference += "+ " + line + "\n";
  return difference;
}

std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace purser::table::testing
