// Every sample of the connector: what it reads as, what is found wrong, and that writing it loses nothing.
// After a wanted change: test_connectors_ubl --update, then read the difference.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/connectors/ubl/trial.h"

namespace purser::ubl::testing {
namespace {

bool update = false;

std::filesystem::path samples() {
  const char* source = std::getenv("PURSER_SOURCE");
  return std::filesystem::path(source == nullptr ? "." : source) / "connectors/ubl/samples";
}

std::vector<std::string> sample_names() {
  std::vector<std::string> names;
  constexpr std::string_view ending = ".in.xml";
  for (const auto& entry : std::filesystem::directory_iterator(samples())) {
    const auto name = entry.path().filename().string();
    if (name.ends_with(ending)) names.push_back(name.substr(0, name.size() - ending.size()));
  }
  std::ranges::sort(names);
  return names;
}

/// Compares by meaning, so that layout and order of members do not matter.
void expect_same(const std::string& name, const std::string& text) {
  const auto path = samples() / name;
  if (update) {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  ASSERT_TRUE(std::filesystem::exists(path)) << path;
  const auto expected = nlohmann::json::parse(file_text(path), nullptr, false);
  const auto found = nlohmann::json::parse(text, nullptr, false);
  EXPECT_EQ(expected, found) << name << ": " << nlohmann::json::diff(expected, found).dump(1);
}

class Sample : public ::testing::TestWithParam<std::string> {
 protected:
  Programs programs;
  std::string xml() const { return file_text(samples() / (GetParam() + ".in.xml")); }
};

TEST_P(Sample, ReadsAsRecorded) {
  const auto trial = read_text(programs, xml());
  expect_same(GetParam() + ".findings.json", findings_json(trial));
  if (trial.outcome)
    expect_same(GetParam() + ".canonical.json", canonical_json(trial.document.events.events()));
}

TEST_P(Sample, IsTheSameAfterWriting) {
  const auto trial = read_text(programs, xml());
  if (trial.document.report.has(Severity::error) || !trial.outcome) GTEST_SKIP() << "broken on purpose";
  EXPECT_EQ(round_trip_difference(programs, trial.document), "");
}

INSTANTIATE_TEST_SUITE_P(Ubl, Sample, ::testing::ValuesIn(sample_names()), [](const auto& sample) {
  auto name = sample.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace purser::ubl::testing

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  purser::ubl::testing::update = argc > 1 && std::string_view(argv[1]) == "--update";
  return RUN_ALL_TESTS();
}
