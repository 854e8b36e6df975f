#include "tests/conformance/support/corpus.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace purser::conformance {

namespace fs = std::filesystem;

std::optional<fs::path> corpus_folder(const std::string& folder) {
  const char* set = std::getenv("PURSER_CORPUS");
  const char* source = std::getenv("PURSER_SOURCE");
  const auto root =
      set != nullptr ? fs::path(set) : fs::path(source == nullptr ? "." : source) / "../shared/corpus";
  if (!fs::is_directory(root / folder)) return std::nullopt;
  return fs::weakly_canonical(root);
}

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

int run(const std::vector<std::string>& command, const fs::path& output) {
  std::vector<char*> arguments;
  for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                   0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  pid_t child = 0;
  const int started = posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (started != 0) return -1;
  int status = 0;
  if (waitpid(child, &status, 0) < 0 || !WIFEXITED(status)) return -1;
  constexpr int not_found = 127;
  return WEXITSTATUS(status) == not_found ? -1 : WEXITSTATUS(status);
}

std::optional<std::set<fs::path>> valid_files(const fs::path& schema, const std::vector<fs::path>& files,
                                              std::string* complaints) {
  std::set<fs::path> valid;
  if (files.empty()) return valid;
  const auto output = files.front().parent_path() / "xmllint.txt";
  if (schema.extension() == ".dtd") {  // of a DTD, xmllint names what is wrong only
    for (const auto& file : files) {
      const int said =
          run({"xmllint", "--nonet", "--noout", "--dtdvalid", schema.string(), file.string()}, output);
      if (said < 0) return std::nullopt;
      if (said == 0) valid.insert(file);
    }
    return valid;
  }
  std::vector<std::string> command = {"xmllint", "--nonet", "--noout", "--schema", schema.string()};
  for (const auto& file : files) command.push_back(file.string());
  if (run(command, output) < 0) return std::nullopt;
  std::ifstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    constexpr std::string_view ending = " validates";
    if (line.ends_with(ending)) {
      valid.insert(line.substr(0, line.size() - ending.size()));
    } else if (complaints != nullptr && !line.ends_with("fails to validate")) {
      *complaints += line + "\n";
    }
  }
  return valid;
}

WorkFolder::WorkFolder(const std::string& name)
    : path_(fs::temp_directory_path() / ("purser_" + name + "_" + std::to_string(::getpid()))) {
  fs::create_directories(path_);
}

WorkFolder::~WorkFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace purser::conformance
