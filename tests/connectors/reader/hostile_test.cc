// Every sample cut at each byte, and with each byte changed once: no crash, no hang; what is wrong becomes
// findings, and a refusal always has one.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "connectors/reader/delimited_reader.h"
#include "connectors/reader/xml_reader.h"
#include "tests/connectors/reader/edifact_recorder.h"
#include "tests/connectors/reader/trace.h"
#include "tests/connectors/reader/x12_recorder.h"

namespace purser::reader {
namespace {

namespace fs = std::filesystem;

constexpr xml::Namespace namespaces[] = {{"", "urn:doc"}, {"cbc", "urn:cbc"}};

struct Read {
  bool good;
  bool fatal;
  std::string trace;
};

bool any_fatal(const Findings& findings) {
  return std::ranges::any_of(findings.all,
                             [](const Finding& finding) { return finding.severity == Severity::fatal; });
}

Read read_xml(std::string_view text) {
  MemorySource source(text);
  Trace trace;
  Findings findings;
  xml::ReadOptions options;
  options.namespaces = namespaces;
  options.skip_doctype = true;
  const Outcome done = xml::read(source, trace, findings.handler(), options);
  return {done.has_value(), any_fatal(findings), trace.text};
}

Read read_edifact(std::string_view text) {
  edifact::Recorder recorder;
  const Outcome done = edifact::read_text(text, recorder);
  EXPECT_EQ(recorder.messages.size(), recorder.ends.size());
  EXPECT_EQ(recorder.interchanges.size(), recorder.totals.size());
  return {done.has_value(), any_fatal(recorder.findings), recorder.trace.text};
}

Read read_x12(std::string_view text) {
  x12::Recorder recorder;
  const Outcome done = x12::read_text(text, recorder);
  EXPECT_EQ(recorder.transactions.size(), recorder.ends.size());
  EXPECT_EQ(recorder.groups.size(), recorder.group_ends.size());
  EXPECT_EQ(recorder.interchanges.size(), recorder.totals.size());
  return {done.has_value(), any_fatal(recorder.findings), recorder.trace.text};
}

Read read_delimited(std::string_view text) {
  MemorySource source(text);
  Trace trace;
  Findings findings;
  delimited::ReadOptions options;
  options.format = delimited::detect(text).value_or(delimited::Format{});
  const Outcome done = delimited::read(source, trace, findings.handler(), options);
  return {done.has_value(), any_fatal(findings), trace.text};
}

struct Syntax {
  const char* name;
  Read (*read)(std::string_view);
};

class Hostile : public testing::TestWithParam<Syntax> {
 protected:
  static std::vector<std::string> samples() {
    const char* source = std::getenv("PURSER_SOURCE");
    std::vector<std::string> all;
    for (const auto& entry : fs::directory_iterator(fs::path(source == nullptr ? "." : source) /
                                                    "tests/fuzz/seeds" / GetParam().name)) {
      std::ifstream file(entry.path(), std::ios::binary);
      all.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return all;
  }
};

TEST_P(Hostile, CutAtEachByte) {
  for (const std::string& sample : samples()) {
    const Read whole = GetParam().read(sample);
    for (std::size_t length = 0; length < sample.size(); ++length) {
      const Read read = GetParam().read(std::string_view(sample).substr(0, length));
      ASSERT_NE(read.good, read.fatal) << length;
      // What comes before the place is delivered, as far as whole calls went.
      if (std::string_view(GetParam().name) == "edifact") {  // X12's binary segments are no segments when cut
        ASSERT_TRUE(whole.trace.starts_with(read.trace)) << length;
      }
    }
  }
}

TEST_P(Hostile, EachByteChangedOnce) {
  for (const std::string& sample : samples()) {
    for (std::size_t i = 0; i < sample.size(); ++i) {
      for (const int bit : {0x01, 0x10, 0x80}) {
        std::string changed = sample;
        changed[i] = static_cast<char>(changed[i] ^ bit);
        const Read read = GetParam().read(changed);
        ASSERT_NE(read.good, read.fatal) << i;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Readers, Hostile,
                         testing::Values(Syntax{"xml", read_xml}, Syntax{"edifact", read_edifact},
                                         Syntax{"x12", read_x12}, Syntax{"delimited", read_delimited}),
                         [](const auto& syntax) { return std::string(syntax.param.name); });

}  // namespace
}  // namespace purser::reader
