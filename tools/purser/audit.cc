// audit verify, journal check: is the record whole and unchanged?
#include "gateway/audit/audit.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "gateway/journal/sqlite_journal.h"
#include "tools/purser/commands.h"
#include "tools/purser/journal_access.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {

int audit_verify_command(const Arguments& arguments) {
  const std::string folder = data_folder(arguments);
  if (folder.empty()) return fail(exit_usage, "which data folder? Give --data DIR or --config DIR");
  const auto verdict = gateway::verify_audit(folder);
  if (!verdict) return fail(exit_environment, fmt::format("{}: {}", folder, verdict.error().message));
  const bool whole = verdict->first_wrong == 0 && verdict->what.empty();
  if (arguments.json()) {
    print_json({{"whole", whole},
                {"entries", verdict->entries},
                {"first_wrong", verdict->first_wrong},
                {"what", verdict->what},
                {"head", gateway::hex(verdict->head)}});
  } else if (whole) {
    print_line(fmt::format("{} entries, all in place\nhead {}", verdict->entries, gateway::hex(verdict->head)));
  } else {
    print_line(fmt::format("entry {}: {}\n{} entries before it hold", verdict->first_wrong, verdict->what,
                           verdict->entries));
  }
  return whole ? exit_ok : exit_findings;
}

int journal_check_command(const Arguments& arguments) {
  const std::string folder = data_folder(arguments);
  if (folder.empty()) return fail(exit_usage, "which data folder? Give --data DIR or --config DIR");
  gateway::SystemFiles files;
  const auto faults = gateway::check_journal(folder, files);
  if (!faults) return fail(exit_environment, fmt::format("{}: {}", folder, faults.error().message));
  if (arguments.json()) {
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    for (const auto& fault : *faults) out.push_back({{"where", fault.where}, {"what", fault.what}});
    print_json(out);
  } else {
    for (const auto& fault : *faults) print_line(fault.where + ": " + fault.what);
    if (faults->empty()) print_line("every body and every reference is whole");
  }
  return faults->empty() ? exit_ok : exit_findings;
}

}  // namespace purser::cli
