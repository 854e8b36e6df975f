// Every sample of the connector: what it reads as, what is found wrong, and that writing it loses nothing.
// After a wanted change: test_connectors_cii --update, then read the difference.
#include "tests/connectors/table/samples.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "connectors/cii/format.h"

namespace purser::cii::testing {
namespace {

const table::testing::Samples samples("connectors/cii/samples");

class Sample : public ::testing::TestWithParam<std::string> {
 protected:
  table::XmlTables tables{format()};
};

TEST_P(Sample, ReadsAsRecorded) { samples.expect_as_recorded(tables, GetParam()); }

TEST_P(Sample, IsTheSameAfterWriting) { samples.expect_same_after_writing(tables, GetParam()); }

INSTANTIATE_TEST_SUITE_P(Cii, Sample, ::testing::ValuesIn(samples.names()), [](const auto& sample) {
  auto name = sample.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace purser::cii::testing

int main(int argc, char** argv) { return purser::table::testing::run_tests(argc, argv); }
