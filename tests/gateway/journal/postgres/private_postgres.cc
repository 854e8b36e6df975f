#include "tests/gateway/journal/postgres/private_postgres.h"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "gateway/postgres/postgres.h"

namespace purser::gateway {
namespace {

// What the tool printed; empty if it failed.
std::string run(const char* what, const std::string& folder) {
  const char* source = std::getenv("PURSER_SOURCE");
  const std::string command =
      fmt::format("{}/tools/private-postgres {} {}", source == nullptr ? "." : source, what, folder);
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return {};
  std::string out;
  std::array<char, 256> buffer{};
  while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) out += buffer.data();
  if (::pclose(pipe) != 0) return {};
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

}  // namespace

PrivatePostgres* PrivatePostgres::get() {
  static const std::unique_ptr<PrivatePostgres> only = [] {
    std::string folder = (std::filesystem::temp_directory_path() / "purser-pg-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) return std::unique_ptr<PrivatePostgres>();
    std::string conninfo = run("start", folder);
    return std::unique_ptr<PrivatePostgres>(
        conninfo.empty() ? nullptr : new PrivatePostgres(std::move(folder), std::move(conninfo)));
  }();
  return only.get();
}

PrivatePostgres::~PrivatePostgres() {
  run("kill", folder_);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string PrivatePostgres::fresh() {
  const std::string schema = fmt::format("test_{}", ++schemas_);
  PostgresDatabase database(conninfo_, "test");
  database.execute(fmt::format("CREATE SCHEMA {}", schema).c_str());
  return fmt::format("{} options='-c search_path={}'", conninfo_, schema);
}

void PrivatePostgres::kill() { run("kill", folder_); }
void PrivatePostgres::restart() { run("restart", folder_); }

}  // namespace purser::gateway
