// Parses the command line with CLI11 and calls the command. The library stays in this file.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>

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

// "connector list" hangs below "connector"; the parents are made on the way.
CLI::App* place(CLI::App& root, std::string_view words, std::map<std::string, CLI::App*>& parents) {
  const std::size_t blank = words.find(' ');
  if (blank == std::string_view::npos) return root.add_subcommand(std::string(words));
  const std::string first(words.substr(0, blank));
  CLI::App*& parent = parents[first];
  if (parent == nullptr) {
    parent = root.add_subcommand(first);
    parent->require_subcommand(1);
    parent->description("see: purser " + first + " --help");
  }
  return parent->add_subcommand(std::string(words.substr(blank + 1)));
}

void declare(CLI::App& app, const Command& command, Parsed& parsed) {
  app.description(std::string(command.summary));
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
  if (command.max_operands == 0) return;
  CLI::Option* operands = app.add_option("operands", parsed.operands, std::string(command.operands));
  operands->type_name("");
  operands->expected(command.min_operands, command.max_operands < 0 ? CLI::detail::expected_max_vector_size
                                                                    : command.max_operands);
  if (command.min_operands > 0) operands->required();
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
  root.footer("Exit codes: 0 well, 1 findings, 2 wrong usage, 3 something of the environment is missing.\n"
              "Every command prints JSON with --json. `purser completion bash` completes these words.");
  std::vector<Parsed> parsed(all.size());
  std::vector<CLI::App*> apps;
  std::map<std::string, CLI::App*> parents;
  for (std::size_t i = 0; i < all.size(); ++i) {
    apps.push_back(place(root, all[i].words, parents));
    declare(*apps.back(), all[i], parsed[i]);
  }
  try {
    root.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = root.exit(error);
    return code == 0 ? exit_ok : exit_usage;
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (apps[i]->parsed()) return call(all[i], to_arguments(parsed[i]));
  }
  return exit_usage;
}

}  // namespace purser::cli
