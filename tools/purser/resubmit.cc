// resubmit: an edited copy in a message's place.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "gateway/attention/copy.h"
#include "tools/purser/commands.h"
#include "tools/purser/journal_access.h"
#include "tools/purser/outlook.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {
namespace {

/// A file that only its owner can read, gone at the end: it holds somebody's invoice.
class PrivateFile {
 public:
  explicit PrivateFile(const std::string& extension) {
    path_ = (std::filesystem::temp_directory_path() / ("purser-XXXXXX" + extension)).string();
    const int descriptor = ::mkstemps(path_.data(), static_cast<int>(extension.size()));
    if (descriptor < 0) throw std::runtime_error("no temporary file can be made");
    ::close(descriptor);
  }
  PrivateFile(const PrivateFile&) = delete;
  PrivateFile& operator=(const PrivateFile&) = delete;
  ~PrivateFile() {
    std::error_code none;
    std::filesystem::remove(path_, none);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::optional<std::string> read_all(const std::string& path) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

// $VISUAL and $EDITOR may hold arguments, as everywhere: the shell takes them apart, the path is given as one word.
bool edit(const std::string& path) {
  const char* editor = std::getenv("VISUAL");
  if (editor == nullptr || *editor == '\0') editor = std::getenv("EDITOR");
  if (editor == nullptr || *editor == '\0') editor = "vi";
  const std::string command = std::string(editor) + " \"$0\"";
  const pid_t child = ::fork();
  if (child < 0) return false;
  if (child == 0) {
    ::execl("/bin/sh", "sh", "-c", command.c_str(), path.c_str(), nullptr);
    ::_exit(127);
  }
  int status = 0;
  return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// The copy: out of a file, or what an editor makes of the original.
std::expected<std::string, std::string> copy_of(const Arguments& arguments, gateway::Journal& journal,
                                                const gateway::MessageView& message) {
  if (!arguments.has("--edit")) {
    auto bytes = read_all(arguments.operands()[1]);
    if (!bytes) return std::unexpected(arguments.operands()[1] + " cannot be read");
    return std::move(*bytes);
  }
  const auto original = journal.body(message.body);
  if (!original) return std::unexpected(original.error().message);
  const std::string extension = std::filesystem::path(message.summary.file_name).extension().string();  // no folder in it
  const PrivateFile file(extension);
  std::ofstream(file.path(), std::ios::binary) << *original;
  if (!edit(file.path())) return std::unexpected("the editor ended with an error: nothing was resubmitted");
  auto bytes = read_all(file.path());
  if (!bytes) return std::unexpected("the edited copy cannot be read");
  return std::move(*bytes);
}

}  // namespace

int resubmit_command(const Arguments& arguments) {
  const auto id = message_operand(arguments.operands().front());
  if (!id) return fail(exit_usage, id.error());
  if (arguments.has("--edit") == (arguments.operands().size() == 2)) {
    return fail(exit_usage, "name the edited copy (- is standard input), or give --edit");
  }
  const bool dry = arguments.has("--dry-run");
  const auto access = open_journal(arguments, !dry);
  if (access == nullptr) return exit_environment;
  const auto message = access->journal().show(*id, gateway::no_documents);
  if (!message) return fail_by_class(message.error());
  const auto bytes = copy_of(arguments, access->journal(), *message);
  if (!bytes) return fail(exit_environment, bytes.error());
  if (bytes->empty()) return fail(exit_usage, "the copy is empty: cancel the message if nothing shall be sent");
  gateway::Resubmission copy;
  copy.of = *id;
  copy.format = arguments.get("--as");
  copy.everywhere = arguments.has("--everywhere");
  copy.who = person();
  copy.why = arguments.get("--why");
  if (dry) return Outlook(arguments, *access).show(copy, *bytes);
  const auto result = gateway::resubmit_copy(access->journal(), *access->open.bodies, copy, *bytes);
  if (!result) return fail_by_class(result.error());
  if (!result->said.empty()) return fail(exit_findings, result->said);
  if (arguments.json()) {
    print_json({{"id", gateway::text(result->message)},
                {"state", gateway::name(result->state)},
                {"resubmits", gateway::text(copy.of)}});
  } else {
    print_line(fmt::format("{} stands for {} and is read next: purser show {}", gateway::text(result->message),
                           gateway::text(copy.of), gateway::text(result->message)));
  }
  return exit_ok;
}

}  // namespace purser::cli
