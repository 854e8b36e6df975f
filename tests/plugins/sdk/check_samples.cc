// check_connector_samples LIBRARY SAMPLE...: the contract check with samples and threads, for tests of
// connectors.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "plugins/host/connector.h"

int main(int count, char** arguments) {
  if (count < 2) return std::fputs("usage: check_connector_samples LIBRARY SAMPLE...\n", stderr), 2;
  purser::plugin::ContractCheck check;
  check.config.path = arguments[1];
  check.threads = true;
  for (int i = 2; i < count; ++i) {
    std::ifstream in(arguments[i], std::ios::binary);
    check.samples.push_back({arguments[i], std::string(std::istreambuf_iterator<char>(in), {})});
  }
  const purser::Report report = purser::plugin::check_connector(check);
  for (const purser::Finding& finding : report.findings()) std::puts(to_line(finding, arguments[1]).c_str());
  return report.empty() ? 0 : 1;
}
