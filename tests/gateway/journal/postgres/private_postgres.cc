#include "tests/gateway/journal/postgres/private_postgres.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "gateway/postgres/postgres.h"

namespace purser::gateway {
namespace {

// What the tool printed; empty if it failed.
std::string run(const char* what, std::string folder) {
  const char* source = std::getenv("PURSER_SOURCE");
  std::string program = fmt::format("{}/tools/private-postgres", source == nullptr ? "." : source);
  std::string verb = what;
  const std::array<char*, 4> arguments = {program.data(), verb.data(), folder.data(), nullptr};
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, ends[1], STDOUT_FILENO);
  pid_t pid = 0;
  const int failed = ::posix_spawn(&pid, program.c_str(), &files, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  ::close(ends[1]);
  std::string out;
  std::array<char, 256> buffer{};
  // One line: the server that was started keeps the other end open.
  while (failed == 0 && out.find('\n') == std::string::npos) {
    const ssize_t got = ::read(ends[0], buffer.data(), buffer.size());
    if (got <= 0) break;
    out.append(buffer.data(), static_cast<std::size_t>(got));
  }
  ::close(ends[0]);
  int status = -1;
  if (failed != 0 || ::waitpid(pid, &status, 0) != pid || status != 0) return {};
  return out.substr(0, out.find('\n'));
}

}  // namespace

PrivatePostgres* PrivatePostgres::get() {
  static const std::unique_ptr<PrivatePostgres> only = [] {
    std::string folder = (std::filesystem::temp_directory_path() / "purser-pg-XXXXXX").string();
    return ::mkdtemp(folder.data()) == nullptr ? nullptr : in(folder);
  }();
  return only.get();
}

std::unique_ptr<PrivatePostgres> PrivatePostgres::in(const std::string& folder) {
  std::string conninfo = run("start", folder);
  return std::unique_ptr<PrivatePostgres>(conninfo.empty() ? nullptr
                                                           : new PrivatePostgres(folder, std::move(conninfo)));
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
