// Shell completion and the manual page, made from the table of commands.
#include <fmt/format.h>

#include <set>

#include "tools/purser/command.h"

namespace purser::cli {
namespace {

std::string option_words(const Command& command) {
  std::string words = "--help";
  for (const Option& option : command.options) words += fmt::format(" {}", option.name);
  return words;
}

// The words that may follow `prefix` ("" or "connector").
std::string next_words(std::span<const Command> all, std::string_view prefix) {
  std::set<std::string> words;
  for (const Command& command : all) {
    std::string_view rest = command.words;
    if (!prefix.empty()) {
      if (!rest.starts_with(fmt::format("{} ", prefix))) continue;
      rest.remove_prefix(prefix.size() + 1);
    }
    words.insert(std::string(rest.substr(0, rest.find(' '))));
  }
  return fmt::format("{}", fmt::join(words, " "));
}

std::set<std::string> group_words(std::span<const Command> all) {
  std::set<std::string> groups;
  for (const Command& command : all) {
    const std::size_t blank = command.words.find(' ');
    if (blank != std::string_view::npos) groups.insert(std::string(command.words.substr(0, blank)));
  }
  return groups;
}

std::string bash_script(std::span<const Command> all) {
  std::string cases;
  for (const Command& command : all) {
    cases += fmt::format("    \"{}\"*) words=\"{}\" ;;\n", command.words, option_words(command));
  }
  for (const std::string& group : group_words(all)) {
    cases += fmt::format("    \"{}\"*) words=\"{}\" ;;\n", group, next_words(all, group));
  }
  return fmt::format(R"(_purser() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} words
  local line="${{COMP_WORDS[*]:1:COMP_CWORD-1}}"
  case "$line" in
    "") words="{}" ;;
{}    *) words="" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _purser purser
)",
                     next_words(all, ""), cases);
}

std::string fish_script(std::span<const Command> all) {
  std::string script;
  const std::set<std::string> groups = group_words(all);
  for (const std::string& group : groups) {
    script += fmt::format("complete -c purser -n __fish_use_subcommand -a {}\n", group);
  }
  for (const Command& command : all) {
    const std::size_t blank = command.words.find(' ');
    const std::string_view last = command.words.substr(blank == std::string_view::npos ? 0 : blank + 1);
    const std::string condition = blank == std::string_view::npos
                                      ? std::string("__fish_use_subcommand")
                                      : fmt::format("'__fish_seen_subcommand_from {}'", command.words.substr(0, blank));
    script += fmt::format("complete -c purser -n {} -a {} -d '{}'\n", condition, last, command.summary);
    for (const Option& option : command.options) {
      script += fmt::format("complete -c purser -n '__fish_seen_subcommand_from {}' -l {} -d '{}'{}\n", last,
                            option.name.substr(2), option.description, option.value_name.empty() ? "" : " -r");
    }
  }
  return script;
}

}  // namespace

std::string completion_script(std::span<const Command> all, std::string_view shell) {
  if (shell == "bash") return bash_script(all);
  if (shell == "zsh") return "autoload -U +X bashcompinit && bashcompinit\n" + bash_script(all);
  if (shell == "fish") return fish_script(all);
  return {};
}

std::string manual(std::span<const Command> all) {
  std::string page =
      "# The command line\n\n"
      "Everything a person does with Purser. Every command takes `--help` and, where it prints results, `--json`.\n"
      "This page is generated from the commands themselves (`purser manual`).\n\n"
      "Exit codes: `0` well; `1` the work was done and found something wrong with the input; `2` the words on the\n"
      "command line are off; `3` a file, folder, port or connector that should be there is not.\n\n"
      "Completion: `source <(purser completion bash)`; `zsh` and `fish` likewise.\n";
  for (const Command& command : all) {
    page += fmt::format("\n## purser {}{}{}\n\n{}\n", command.words, command.operands.empty() ? "" : " ",
                        command.operands, command.summary);
    if (!command.details.empty()) page += fmt::format("\n{}\n", command.details);
    if (command.options.empty()) continue;
    page += "\n| option | meaning |\n|---|---|\n";
    for (const Option& option : command.options) {
      const std::string from =
          option.environment.empty() ? "" : fmt::format(" (default: `${}`)", option.environment);
      page += fmt::format("| `{}{}{}` | {}{} |\n", option.name, option.value_name.empty() ? "" : " ",
                          option.value_name, option.description, from);
    }
  }
  return page;
}

}  // namespace purser::cli
