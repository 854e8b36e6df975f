#include "tests/scenario/crash/matrix.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

namespace purser::gateway {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

int documents_of_a_run(int in_the_suite) {
  const std::string wanted = environment("PURSER_CRASH_DOCUMENTS");
  return wanted.empty() ? in_the_suite : std::atoi(wanted.c_str());
}

void expect_order(Receiver& receiver) {
  std::set<std::string> seen;
  std::map<std::string, std::string> last;
  for (const Receiver::Request& request : receiver.requests()) {
    if (!seen.insert(request.id).second) continue;
    const auto at = request.body.find("\"order_reference\":{\"number\":\"") + 29;
    std::string& before = last[request.body.substr(at, request.body.find('"', at) - at)];
    EXPECT_LT(before, request.id);
    before = request.id;
  }
}

void write_row(const MatrixRow& row) {
  std::ofstream table(environment("PURSER_BUILD") + "/crash_matrix.md", std::ios::app);
  table << fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", row.fault, row.what, row.journal, row.nodes,
                       row.accepted, row.booked, row.again);
}

std::string page() {
  std::ifstream file(environment("PURSER_SOURCE") + "/docs/reliability.md");
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace purser::gateway
