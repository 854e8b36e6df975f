// Every sample of the connector: what it reads as, what is found wrong, and that writing it loses nothing.
// After a wanted change: test_connectors_mapped --update, then read the difference.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "canonical/event/document_checker.h"
#include "canonical/event/header_first.h"
#include "canonical/event/json_writer.h"
#include "canonical/event/recorded_events.h"
#include "connectors/mapped/reading.h"
#include "connectors/mapped/writing.h"
#include "connectors/reader/bytes.h"
#include "plugins/abi/clock.h"

namespace purser::mapped {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

bool update = false;

fs::path samples() {
  const char* source = std::getenv("PURSER_SOURCE");
  return fs::path(source == nullptr ? "." : source) / "connectors/mapped/samples";
}

std::string file_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The tables of the samples' folder, as a configuration would bring them.
struct Folder {
  std::vector<std::pair<std::string, std::string>> files;
  std::unique_ptr<Tables> tables;

  Folder(std::initializer_list<std::pair<std::string, std::string>> more = {}) : files(more) {
    for (const auto& entry : fs::directory_iterator(samples())) {
      if (entry.path().extension() == ".map")
        files.emplace_back(entry.path().filename(), file_text(entry.path()));
    }
    std::ranges::sort(files);
    std::vector<sdk::TableText> texts;
    for (const auto& [name, text] : files) texts.push_back({name, text});
    tables = std::make_unique<Tables>(std::move(texts));
  }
};

struct Trial {
  Report report;  ///< before the first document
  std::vector<RecordedDocument> documents;
  Outcome outcome;
};

class Collector : public DocumentSink {
 public:
  explicit Collector(Trial& into)
      : into_(into), model_([this](Finding found) { finding(std::move(found)); }) {}
  Outcome push(std::span<const Event> batch) override {
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
  void finding(Finding found) override {
    (into_.documents.empty() ? into_.report : into_.documents.back().report).add(std::move(found));
  }
  void loss(Loss lost) override { into_.documents.back().loss(std::move(lost)); }

 private:
  Trial& into_;
  DocumentChecker model_;
};

Trial read_text(Tables& tables, std::string_view text, const sdk::Request& request = {}) {
  Trial trial;
  Collector collector(trial);
  reader::MemorySource source(text);
  trial.outcome = read_file(tables, request, {}, source, collector);
  return trial;
}

std::int64_t tell_time(const purser_host*) { return 1'795'177'800'000'000'000; }  // 2026-11-20T12:30:00Z

const void* extension(const purser_host*, const char* id) {
  static const purser_clock clock = {sizeof(purser_clock), 0, &tell_time};
  return std::strcmp(id, PURSER_CLOCK_1) == 0 ? &clock : nullptr;
}

const sdk::Host& plain_host() {
  static const purser_host table = {PURSER_ABI_MAJOR, PURSER_ABI_MINOR, sizeof(purser_host), 0, &extension};
  static const sdk::Host host(&table);
  return host;
}

std::expected<std::string, Status> write_text(Tables& tables, const std::vector<RecordedDocument>& documents,
                                              RecordedDocument& notes, const sdk::Request& request = {}) {
  reader::StringSink out;
  const auto encoder = make_encoder(tables, plain_host(), request, {}, out, notes);
  HeaderFirst header_first(*encoder);
  for (const RecordedDocument& document : documents) {
    if (auto done = replay(document.events.events(), header_first); !done)
      return std::unexpected(done.error());
  }
  if (auto done = encoder->finish(); !done) return std::unexpected(done.error());
  return out.text;
}

std::string canonical_json(const Trial& trial) {
  std::string all = "[\n";
  for (const RecordedDocument& document : trial.documents) {
    std::string text;
    JsonWriter writer(append_to_text(text), JsonStyle::indented);
    if (auto done = replay(document.events.events(), writer); !done) return done.error().message;
    if (auto done = writer.flush(); !done) return done.error().message;
    all += (all.size() > 2 ? ",\n" : "") + text;
  }
  return all + "]\n";
}

Json to_json(const Report& report) {
  Json all = Json::array();
  for (const Finding& finding : report.findings()) {
    all.push_back({{"code", finding.code},
                   {"line", finding.at.line},
                   {"column", finding.at.column},
                   {"source", finding.source},
                   {"path", finding.path},
                   {"message", finding.message}});
  }
  return all;
}

std::string findings_json(const Trial& trial) {
  Json documents = Json::array();
  for (const RecordedDocument& document : trial.documents) {
    Json losses = Json::array();
    for (const Loss& loss : document.losses.losses()) {
      losses.push_back({{"line", loss.at.line}, {"source", loss.source}, {"value", loss.value}});
    }
    documents.push_back({{"findings", to_json(document.report)}, {"losses", losses}});
  }
  const Json all = {{"status", trial.outcome ? "" : trial.outcome.error().code},
                    {"findings", to_json(trial.report)},
                    {"documents", documents}};
  return all.dump(2) + "\n";
}

void expect_same(const std::string& name, const std::string& text) {
  const fs::path path = samples() / name;
  if (update) {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  const Json expected = Json::parse(file_text(path), nullptr, false);
  const Json found = Json::parse(text, nullptr, false);
  EXPECT_EQ(expected, found) << name << ": " << Json::diff(expected, found).dump(1);
}

class Sample : public testing::TestWithParam<const char*> {
 protected:
  Folder folder;
  std::string in() const { return file_text(samples() / (std::string(GetParam()) + ".in.csv")); }
};

TEST_P(Sample, ReadsAsRecorded) {
  ASSERT_TRUE(folder.tables->report().empty()) << to_json(folder.tables->report()).dump(1);
  const Trial trial = read_text(*folder.tables, in());
  expect_same(std::string(GetParam()) + ".findings.json", findings_json(trial));
  expect_same(std::string(GetParam()) + ".canonical.json", canonical_json(trial));
}

TEST_P(Sample, IsTheSameAfterWriting) {
  const Trial trial = read_text(*folder.tables, in());
  for (const RecordedDocument& document : trial.documents) {
    if (document.report.has(Severity::error)) GTEST_SKIP() << "broken on purpose";
  }
  RecordedDocument notes;
  const auto written = write_text(*folder.tables, trial.documents, notes);
  ASSERT_TRUE(written) << written.error().message << to_json(notes.report).dump(1);
  const Trial again = read_text(*folder.tables, *written);
  EXPECT_EQ(canonical_json(again), canonical_json(trial)) << *written;
  EXPECT_TRUE(notes.losses.empty()) << notes.losses.losses().front().source;
}

INSTANTIATE_TEST_SUITE_P(Mapped, Sample, testing::Values("invoices", "broken_invoices", "receipts"),
                         [](const auto& sample) { return std::string(sample.param); });

TEST(Mapped, ChoosesTheTableByTheHeadings) {
  const Folder folder;
  const auto receipts = folder.tables->match(file_text(samples() / "receipts.in.csv"));
  ASSERT_NE(receipts.program, nullptr);
  EXPECT_EQ(receipts.program->message(), "goods_receipt");
  EXPECT_EQ(folder.tables->match("name;age\nx;1\n").program, nullptr);
  const Trial unknown = read_text(*folder.tables, "name;age\nx;1\n");
  ASSERT_FALSE(unknown.outcome);
  EXPECT_EQ(unknown.outcome.error().code, "CSV-0030");
}

TEST(Mapped, TellsWhatIsWrongWithATable) {
  const Folder folder{{"bad.map", "map delimited bad <-> invoice\n\"No\" numbr required\n"}};
  ASSERT_FALSE(folder.tables->report().empty());
  EXPECT_EQ(folder.tables->report().findings().front().source, "bad.map");
  sdk::Request request;
  request.message = "bad";
  EXPECT_EQ(read_text(*folder.tables, "No\n1\n", request).outcome.error().code, "CSV-0033");
}

TEST(Mapped, RecordsThatFollowOneAnotherAreOneDocument) {
  Folder folder{{"short.map",
                  "map delimited short -> receipt\nformat separator \",\" heading yes charset utf-8\n"
                  "document by \"no\"\n\"no\" number required\n\"date\" issue_date date\neach record lines\n"
                  "  \"line\" number\n"}};
  ASSERT_TRUE(folder.tables->report().empty()) << to_json(folder.tables->report()).dump(1);
  sdk::Request request;
  request.message = "short";
  const Trial trial = read_text(
      *folder.tables, "no,date,line\n1,2026-11-20,1\n,,2\n2,2026-11-20,1\n1,2026-11-20,3\n", request);
  EXPECT_TRUE(trial.outcome);
  ASSERT_EQ(trial.documents.size(), 3u);
  const auto lines = describe(trial.documents[0].events.events());
  EXPECT_NE(std::ranges::find(lines, "lines[2].number = 2"), lines.end()) << testing::PrintToString(lines);
  ASSERT_FALSE(trial.documents[2].report.empty());
  EXPECT_EQ(trial.documents[2].report.findings().front().code, "CSV-0031");
  EXPECT_TRUE(trial.documents[1].report.empty()) << findings_json(trial);
}

TEST(Mapped, ReadsAndWritesXmlByATable) {
  Folder folder{{"slip.layout",
        "layout xml slip 1\nroot Slip urn:slip\ntype Slip\n  No 1\n  Day 1\n  Row * : Row\ntype Row\n"
        "  Pos 1\n"},
       {"slip.map",
        "map xml Slip 1 <-> receipt\nNo number required\nDay issue_date\neach Row lines\n  Pos number\n"}};
  ASSERT_TRUE(folder.tables->report().empty()) << to_json(folder.tables->report()).dump(1);
  constexpr std::string_view text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Slip xmlns=\"urn:slip\">\n  <No>7</No>\n"
      "  <Day>2026-11-20</Day>\n  <Row>\n    <Pos>1</Pos>\n  </Row>\n</Slip>\n";
  const Trial trial = read_text(*folder.tables, text);
  ASSERT_TRUE(trial.outcome) << trial.outcome.error().message;
  ASSERT_EQ(trial.documents.size(), 1u);
  RecordedDocument notes;
  sdk::Request request;
  request.format = "xml";
  request.message = "Slip";
  const auto written = write_text(*folder.tables, trial.documents, notes, request);
  ASSERT_TRUE(written) << written.error().message;
  EXPECT_EQ(*written, text);
}

TEST(Settings, AreChecked) {
  EXPECT_EQ(parse_settings(R"({"table": "x", "line_end": "lf"})")->line_end, "\n");
  EXPECT_FALSE(parse_settings("["));
  EXPECT_FALSE(parse_settings(R"({"table": 1})"));
}

}  // namespace
}  // namespace purser::mapped

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  purser::mapped::update = argc > 1 && std::string_view(argv[1]) == "--update";
  return RUN_ALL_TESTS();
}
