// Documents that others wrote, and the programs that judge ours.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace purser::conformance {

/// PURSER_CORPUS, or ../shared/corpus beside the project; nothing where `folder` is not in it.
std::optional<std::filesystem::path> corpus_folder(const std::string& folder);

/// The files below a folder, in order of their names.
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder);

/// Runs a program with its output and errors in `output`. Returns its exit code, -1 if it could not be
/// started.
int run(const std::vector<std::string>& command, const std::filesystem::path& output);

/// Which of these files xmllint finds valid against an XML Schema or a DTD (*.dtd); what it says of the
/// others goes to `complaints`, unless null. Nothing if there is no xmllint.
std::optional<std::set<std::filesystem::path>> valid_files(const std::filesystem::path& schema,
                                                           const std::vector<std::filesystem::path>& files,
                                                           std::string* complaints);

/// A folder for what a test writes, removed with this. [serial]
class WorkFolder {
 public:
  explicit WorkFolder(const std::string& name);
  ~WorkFolder();
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace purser::conformance
