// Every sample of the connector: what it reads as, what is found wrong, and that writing it loses nothing.
// After a wanted change: test_connectors_cxml --update, then read the difference.
#include <gtest/gtest.h>

#include <algorithm>

#include "connectors/cxml/format.h"
#include "tests/connectors/table/samples.h"

namespace purser::cxml::testing {
namespace {

const table::testing::Samples samples("connectors/cxml/samples");

class Sample : public ::testing::TestWithParam<std::string> {
 protected:
  table::XmlTables tables{format()};
};

TEST_P(Sample, ReadsAsRecorded) { samples.expect_as_recorded(tables, GetParam()); }

TEST_P(Sample, IsTheSameAfterWriting) {
  sdk::Request request;  // of two messages for one document, the one it was
  request.message = tables.detect(samples.xml(GetParam())).document->message;
  samples.expect_same_after_writing(tables, GetParam(), request);
}

TEST_P(Sample, SurvivesDamage) { samples.expect_robust(tables, GetParam()); }

INSTANTIATE_TEST_SUITE_P(Cxml, Sample, ::testing::ValuesIn(samples.names()), [](const auto& sample) {
  auto name = sample.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace purser::cxml::testing

int main(int argc, char** argv) { return purser::table::testing::run_tests(argc, argv); }
