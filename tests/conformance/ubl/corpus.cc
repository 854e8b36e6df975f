#include "tests/conformance/ubl/corpus.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <pugixml.hpp>
#include <sstream>

#include "connectors/ubl/format.h"
#include "tests/connectors/table/trial.h"

namespace purser::ubl::testing {
namespace {

/// A rule test holds several documents without file headers; each becomes one of its own.
void add_rule_tests(const std::string& name, const std::string& text, std::vector<CorpusDocument>& all) {
  pugi::xml_document file;
  if (!file.load_string(text.c_str(), pugi::parse_default | pugi::parse_ws_pcdata)) return;
  int ordinal = 0;
  for (const auto& test : file.child("testSet").children("test")) {
    for (const auto& element : test.children()) {
      const std::string_view full = element.name();
      const std::string root(full.substr(full.find(':') == std::string_view::npos ? 0 : full.find(':') + 1));
      if (root != "Invoice" && root != "CreditNote") continue;
      std::ostringstream out;
      element.print(out, "", pugi::format_raw);
      all.push_back({name + "#" + std::to_string(++ordinal), root, out.str()});
    }
  }
}

}  // namespace

std::optional<std::filesystem::path> corpus_folder() {
  const char* set = std::getenv("PURSER_CORPUS");
  const char* source = std::getenv("PURSER_SOURCE");
  const auto folder = set != nullptr
                          ? std::filesystem::path(set)
                          : std::filesystem::path(source == nullptr ? "." : source) / "../shared/corpus";
  if (!std::filesystem::is_directory(folder / "ubl")) return std::nullopt;
  return std::filesystem::weakly_canonical(folder);
}

std::vector<CorpusDocument> corpus_documents(const std::filesystem::path& corpus) {
  const table::XmlTables tables(format());
  std::vector<CorpusDocument> all;
  for (const char* folder :
       {"ubl/ph-ubl-testfiles", "ubl-cii/xrechnung-testsuite", "ubl/en16931-rule-tests"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus / folder)) {
      if (entry.path().extension() != ".xml") continue;
      const auto name = std::filesystem::relative(entry.path(), corpus).string();
      auto text = table::testing::file_text(entry.path());
      if (const auto* document = tables.detect(text).document) {
        all.push_back({name, std::string(document->root), std::move(text)});
      } else if (name.find("rule-tests") != std::string::npos) {
        add_rule_tests(name, text, all);
      }
    }
  }
  std::ranges::sort(all, {}, &CorpusDocument::name);
  return all;
}

int run(const std::vector<std::string>& command, const std::filesystem::path& output) {
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

}  // namespace purser::ubl::testing
