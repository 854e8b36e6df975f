// Parses the command line with CLI11 and calls the command. The library stays in this file.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>

#include "gateway/settings/quantity.h"
#include "tools/purser/command.h"

namespace purser::cli {

std::string Arguments::get(std::string_view option, std::string_view fallback) const {
  const auto found = options_.find(std::string(option));
  return found == options_.end() ? std::string(fallback) : found->second;
}

namespace {

// What CLI11 fills while it parses one command.
struct Parsed {
  std::map<std::string, std::string> values;
  std::map<std::string, bool> flags;
  std::vector<std::string> operands;
};

// Help that names a command's operands as its row does: "Usage: purser read [OPTIONS] FILE...".
class Help : public CLI::Formatter {
 public:
  explicit Help(std::string_view operands) : operands_(operands) {}
  std::string make_usage(const CLI::App* /*app*/, std::string name) const override {
    return fmt::format("Usage: {} [OPTIONS]{}{}\n", name, operands_.empty() ? "" : " ", operands_);
  }
  std::string make_positionals(const CLI::App* /*app*/) const override { return {}; }

 private:
  std::string operands_;
};

// "connector list" hangs below "connector"; the parents are made on the way.
CLI::App* place(CLI::App& root, std::string_view words, std::map<std::string, CLI::App*>& parents) {
  const std::size_t blank = words.find(' ');
  if (blank == std::string_view::npos) return root.add_subcommand(std::string(words));
  const std::string first(words.substr(0, blank));
  CLI::App*& parent = parents[first];
  if (parent == nullptr) {
    parent = root.add_subcommand(first);
    parent->require_subcommand(1);
    parent->footer("");
  }
  return parent->add_subcommand(std::string(words.substr(blank + 1)));
}

void declare(CLI::App& app, const Command& command, Parsed& parsed) {
  app.description(std::string(command.summary));
  app.formatter(std::make_shared<Help>(command.operands));
  if (!command.details.empty()) app.footer(std::string(command.details));
  for (const Option& option : command.options) {
    const std::string name(option.name);
    if (option.value_name.empty()) {
      app.add_flag(name, parsed.flags[name], std::string(option.description));
      continue;
    }
    CLI::Option* declared = app.add_option(name, parsed.values[name], std::string(option.description));
    declared->type_name(std::string(option.value_name));
    if (!option.environment.empty()) declared->envname(std::string(option.environment));
  }
  // How many there may be is judged afterwards, in the words of the command's row.
  if (command.max_operands != 0) {
    app.add_option("operands", parsed.operands)->expected(0, CLI::detail::expected_max_vector_size);
  }
}

// The groups of commands tell what is in them: "connector" is "list, inspect, check, new".
void describe_groups(std::span<const Command> all, const std::map<std::string, CLI::App*>& parents) {
  for (const auto& [first, app] : parents) {
    std::string words;
    for (const Command& command : all) {
      if (!command.words.starts_with(first + " ")) continue;
      words += fmt::format("{}{}", words.empty() ? "" : ", ", command.words.substr(first.size() + 1));
    }
    app->description(words);
  }
}

int wrong_usage(const std::string& what, std::string_view words) {
  std::fprintf(stderr, "purser: %s; see purser %.*s%s--help\n", what.c_str(), static_cast<int>(words.size()),
               words.data(), words.empty() ? "" : " ");
  return exit_usage;
}

// Judges the words before the first option: a command that is not there, with the nearest that is. Empty if
// it is.
std::string unknown_command(std::span<const Command> all, int argc, char** argv) {
  std::string typed;
  std::vector<std::string> known;
  for (int at = 1; at <= 2; ++at) {
    if (at >= argc || argv[at][0] == '-') return {};
    typed += typed.empty() ? argv[at] : std::string(" ") + argv[at];
    bool group = false;
    known.clear();
    for (const Command& command : all) {
      const std::string words(command.words);
      if (words == typed) return {};
      group |= words.starts_with(typed + " ");
      const std::string word = at == 1 ? words.substr(0, words.find(' ')) : words;
      if (at == 2 && !words.starts_with(typed.substr(0, typed.find(' ')) + " ")) continue;
      if (std::ranges::find(known, word) == known.end()) known.push_back(word);
    }
    if (!group) break;
  }
  const std::string nearest = gateway::nearest_name(typed, known);
  return fmt::format("there is no command \"{}\"{}", typed,
                     nearest.empty() ? "" : fmt::format(", perhaps {}", nearest));
}

std::string misfit(const Command& command, std::size_t operands) {
  const bool few = operands < static_cast<std::size_t>(command.min_operands);
  const bool many = command.max_operands >= 0 && operands > static_cast<std::size_t>(command.max_operands);
  if (!few && !many) return {};
  return fmt::format("{} takes {}{}", command.words, command.operands, few ? "" : " and no more");
}

Arguments to_arguments(const Parsed& parsed) {
  Arguments arguments;
  for (const auto& [name, value] : parsed.values) {
    if (!value.empty()) arguments.set(name, value);
  }
  for (const auto& [name, given] : parsed.flags) {
    if (given) arguments.set(name, "");
  }
  for (const std::string& operand : parsed.operands) arguments.add_operand(operand);
  return arguments;
}

int call(const Command& command, const Arguments& arguments) {
  try {
    return command.run(arguments);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "purser: %s\n", error.what());
    return exit_environment;
  }
}

}  // namespace

int run(std::span<const Command> all, int argc, char** argv) {
  CLI::App root("Purser, a procurement integration gateway", "purser");
  root.require_subcommand(1);
  root.set_version_flag("--version", "purser " PURSER_VERSION);
  root.footer(
      "Exit codes: 0 well, 1 findings, 2 wrong usage, 3 something of the environment is missing.\n"
      "What prints results prints JSON with --json. `purser completion bash` completes these words.");
  std::vector<Parsed> parsed(all.size());
  std::vector<CLI::App*> apps;
  std::map<std::string, CLI::App*> parents;
  for (std::size_t i = 0; i < all.size(); ++i) {
    apps.push_back(place(root, all[i].words, parents));
    declare(*apps.back(), all[i], parsed[i]);
  }
  describe_groups(all, parents);
  if (const std::string unknown = unknown_command(all, argc, argv); !unknown.empty())
    return wrong_usage(unknown, {});
  try {
    root.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return root.exit(error);
    std::string_view words;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (apps[i]->parsed()) words = all[i].words;
    }
    for (const auto& [first, app] : parents) {
      if (words.empty() && app->parsed()) words = first;
    }
    std::string what = error.what();
    if (!what.empty()) what[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(what[0])));
    return wrong_usage(what, words);
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!apps[i]->parsed()) continue;
    if (const std::string wrong = misfit(all[i], parsed[i].operands.size()); !wrong.empty()) {
      return wrong_usage(wrong, all[i].words);
    }
    return call(all[i], to_arguments(parsed[i]));
  }
  return exit_usage;
}

}  // namespace purser::cli
