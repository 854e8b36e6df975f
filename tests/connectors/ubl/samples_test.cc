// Every sample of the connector: what it reads as, what is found wrong, and that writing it loses nothing.
// After a wanted change: test_connectors_ubl --update, then read the difference.
#include "tests/connectors/table/samples.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "connectors/ubl/format.h"

namespace purser::ubl::testing {
namespace {

const table::testing::Samples samples("connectors/ubl/samples");

class Sample : public ::testing::TestWithParam<std::string> {
 protected:
  table::XmlTables tables{format()};
};

TEST_P(Sample, ReadsAsRecorded) { samples.expect_as_recorded(tables, GetParam()); }

TEST_P(Sample, IsTheSameAfterWriting) {
  sdk::Request request;  // of two messages for one document, the one it was
  const auto found = tables.detect(samples.xml(GetParam()));
  if (found.document != nullptr && found.document->message == "OrderResponseSimple")
    request.message = found.document->message;
  samples.expect_same_after_writing(tables, GetParam(), request);
}

TEST_P(Sample, SurvivesDamage) { samples.expect_robust(tables, GetParam()); }

INSTANTIATE_TEST_SUITE_P(Ubl, Sample, ::testing::ValuesIn(samples.names()), [](const auto& sample) {
  auto name = sample.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace purser::ubl::testing

int main(int argc, char** argv) { return purser::table::testing::run_tests(argc, argv); }
