// The golden samples of an XML connector: FOLDER/NAME.in.xml reads as NAME.canonical.json with
// NAME.findings.json, and is the same after writing and reading again.
#pragma once

#include <string>
#include <vector>

#include "tests/connectors/table/trial.h"

namespace purser::table::testing {

/// The samples of a connector's folder (from the repository's root, "connectors/ubl/samples"), by name.
class Samples {
 public:
  explicit Samples(const std::string& folder);
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] std::string xml(const std::string& name) const;
  /// Fails the test where the sample reads differently; rewrites what is expected if `update`.
  void expect_as_recorded(XmlTables& tables, const std::string& name) const;
  /// Fails the test where writing loses something; skips samples that are broken on purpose.
  void expect_same_after_writing(XmlTables& tables, const std::string& name,
                                 const sdk::Request& request = {}) const;
  /// Reads the sample cut and with a byte changed, at many places; what can be read is written again. The
  /// test is that nothing crashes and that every refusal has a finding.
  void expect_robust(XmlTables& tables, const std::string& name) const;

  /// Set by --update on the command line; then read the difference.
  static bool update;

 private:
  void expect_same(const std::string& file, const std::string& text) const;
  std::filesystem::path folder_;
};

/// A main() for sample tests: takes --update.
int run_tests(int argc, char** argv);

}  // namespace purser::table::testing
