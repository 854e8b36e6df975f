// audit verify: is the record whole and unchanged?
#include "gateway/audit/audit.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "gateway/postgres/postgres.h"
#include "tools/purser/commands.h"
#include "tools/purser/journal_access.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {
namespace {

std::expected<gateway::AuditVerdict, Status> verify_shared(const std::string& conninfo) {
  try {
    gateway::PostgresDatabase database(conninfo, "purser/audit");
    return gateway::verify_audit(database, {});
  } catch (const gateway::SqlError& error) {
    return std::unexpected(error.status());
  }
}

}  // namespace

int audit_verify_command(const Arguments& arguments) {
  const gateway::JournalPlace place = journal_place(arguments);
  if (place.folder.empty()) return fail(exit_usage, "which data folder? Give --data DIR or --config DIR");
  const auto verdict =
      place.postgres.empty() ? gateway::verify_audit(place.folder) : verify_shared(place.postgres);
  if (!verdict) return fail(exit_environment, fmt::format("{}: {}", place.folder, verdict.error().message));
  const bool whole = verdict->first_wrong == 0 && verdict->what.empty();
  if (arguments.json()) {
    print_json({{"whole", whole},
                {"entries", verdict->entries},
                {"chain", verdict->chain},
                {"first_wrong", verdict->first_wrong},
                {"what", verdict->what},
                {"head", gateway::hex(verdict->head)}});
  } else if (whole) {
    print_line(
        fmt::format("{} entries, all in place\nhead {}", verdict->entries, gateway::hex(verdict->head)));
  } else {
    print_line(fmt::format("entry {}: {}\n{} entries before it hold", verdict->first_wrong, verdict->what,
                           verdict->entries));
  }
  return whole ? exit_ok : exit_findings;
}

}  // namespace purser::cli
