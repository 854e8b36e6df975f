// The shape of a command: one table row from which parsing, help, completion and the manual are made.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace purser::cli {

/// Exit codes, the same for every command and documented in docs/command-line.md.
enum ExitCode : int {
  exit_ok = 0,
  exit_findings = 1,    ///< the command did its work and found something wrong with the input
  exit_usage = 2,       ///< the words on the command line are off
  exit_environment = 3  ///< a file, folder, port or connector that should be there is not
};

/// One option. A flag has no value name.
struct Option {
  std::string_view name;         ///< "--as"
  std::string_view value_name;   ///< "FORMAT", empty for a flag
  std::string_view description;  ///< one line
  std::string_view environment = {};  ///< variable that gives the default, or empty
};

/// The words a person typed, checked against the command's row.
class Arguments {
 public:
  [[nodiscard]] bool has(std::string_view option) const { return options_.contains(std::string(option)); }
  /// The option's value, or `fallback`.
  [[nodiscard]] std::string get(std::string_view option, std::string_view fallback = {}) const;
  [[nodiscard]] const std::vector<std::string>& operands() const { return operands_; }
  [[nodiscard]] bool json() const { return has("--json"); }

  void set(std::string_view option, std::string value) { options_[std::string(option)] = std::move(value); }
  void add_operand(std::string operand) { operands_.push_back(std::move(operand)); }

 private:
  std::map<std::string, std::string> options_;
  std::vector<std::string> operands_;
};

/// One command. `words` is "read" or "connector list".
struct Command {
  std::string_view words;
  std::string_view operands;  ///< "FILE...", "KIND NUMBER", empty if none
  int min_operands;
  int max_operands;  ///< -1 for any number
  std::string_view summary;
  std::string_view details;  ///< shown by --help after the options; empty if the summary says it all
  std::vector<Option> options;
  int (*run)(const Arguments& arguments);
};

/// The product's commands, in the order of the help text. main.cc
std::span<const Command> commands();

/// Parses and runs. Usage errors print to stderr with the nearest command and give exit_usage.
int run(std::span<const Command> all, int argc, char** argv);

/// A completion script for "bash", "zsh" or "fish"; empty for another shell.
std::string completion_script(std::span<const Command> all, std::string_view shell);
/// The reference page docs/command-line.md.
std::string manual(std::span<const Command> all);

}  // namespace purser::cli
