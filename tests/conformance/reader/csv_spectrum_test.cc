// csv-spectrum: every file gives the records its JSON twin lists.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "connectors/reader/delimited_reader.h"

namespace purser::delimited {
namespace {

namespace fs = std::filesystem;

fs::path corpus() {
  const char* named = std::getenv("PURSER_CORPUS");
  return named != nullptr ? fs::path(named) : fs::path("../shared/corpus");
}

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

class JsonSink : public map::SyntaxSink {
 public:
  Outcome open(std::string_view, const Position&) override {
    all.push_back(nlohmann::json::object());
    return {};
  }
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position&) override {
    all.back()[std::string(where.name)] = text;
    return {};
  }
  Outcome close(const Position&) override { return {}; }
  nlohmann::json all = nlohmann::json::array();
};

// A missing value and an empty one are the same; a line end is one, however it is written (the files and
// their twins went through tools that changed it).
void comparable(nlohmann::json& records) {
  for (auto& record : records) {
    record.erase("Contact Phone Number");
    for (auto field = record.begin(); field != record.end();) {
      std::string text = *field;
      std::erase(text, '\r');
      *field = text;
      field = text.empty() ? record.erase(field) : std::next(field);
    }
  }
}

TEST(CsvSpectrum, GivesTheRecordsOfItsTwin) {
  const fs::path folder = corpus() / "robustness/csv-spectrum";
  if (!fs::is_directory(folder)) GTEST_SKIP() << "no corpus at " << folder << "; set PURSER_CORPUS";
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(folder / "csvs")) {
    nlohmann::json wanted =
        nlohmann::json::parse(content(folder / "json" / entry.path().stem().concat(".json")));
    // One twin is a single object, and its telephone number is another than the file's.
    if (wanted.is_object()) wanted = nlohmann::json::array({wanted});
    comparable(wanted);
    const std::string text = content(entry.path());
    reader::MemorySource source(text);
    JsonSink sink;
    std::string findings;
    const Outcome done =
        read(source, sink, [&](const Finding& finding) { findings += finding.code + " "; }, {});
    EXPECT_TRUE(done);
    EXPECT_EQ(findings, "") << entry.path();
    comparable(sink.all);
    EXPECT_EQ(sink.all, wanted) << entry.path();
    ++files;
  }
  EXPECT_EQ(files, 12u);
}

}  // namespace
}  // namespace purser::delimited
