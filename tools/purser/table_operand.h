// A mapping table named on the command line, and the files it is tried on: map explain TABLE FILE...
#pragma once

#include <filesystem>

#include "tools/purser/command.h"

namespace purser::cli {

/// Where the layouts, blocks and overlays of the table at `table` are: --tables, else its own folder, else,
/// as connectors keep layouts in a folder beside the one of the tables, the folder above.
std::filesystem::path folder_of_table(const Arguments& arguments, const std::filesystem::path& table);

/// Calls `run` with `flag` on the files; by the table, if the first operand is one. What the arguments say
/// themselves (--as, --tables, --settings) stays. Misuse is told and gives exit_usage.
int read_by_table(const Arguments& arguments, const char* flag, int (*run)(const Arguments&));

}  // namespace purser::cli
