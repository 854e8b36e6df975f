// All commands of `purser`, in the order of the help text.
#include <vector>

#include "tools/purser/commands.h"

namespace purser::cli {
namespace {

const Option json{"--json", "", "print JSON"};
const Option config{"--config", "DIR", "configuration folder", "PURSER_CONFIG"};
const Option data_folder{"--data", "DIR", "data folder, where the journal lives", "PURSER_DATA"};
const Option connectors{"--connectors", "DIR", "folder of connector libraries", "PURSER_CONNECTORS"};

}  // namespace

std::span<const Command> commands() {
  static const std::vector<Command> all = {
      {"serve", "", 0, 0, "Run the gateway until SIGTERM; SIGHUP reloads the configuration",
       "What was accepted is on disk before it is answered: stopping, or being killed, loses nothing.",
       {config, data_folder, connectors, {"--port", "PORT", "listen here instead; 0 lets the system choose"},
        {"--quiet", "", "no start-up lines"}},
       serve_command},
      {"explain", "CODE", 1, 1, "Say what a finding code means and what to do about it", "", {json},
       explain_command},
      {"completion", "SHELL", 1, 1, "Print a completion script for bash, zsh or fish",
       "For bash: source <(purser completion bash)", {}, completion_command},
      {"manual", "", 0, 0, "Print the reference of all commands in Markdown", "", {}, manual_command},
  };
  return all;
}

}  // namespace purser::cli
