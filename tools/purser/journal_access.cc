#include "tools/purser/journal_access.h"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tools/purser/terminal.h"

namespace purser::cli {

namespace {

// By the process that the gateway's lock names. The lock itself is not tried: a gateway that starts just then
// would find it taken.
bool gateway_runs(const std::string& folder) {
  std::ifstream lock(folder + "/server.lock");
  pid_t process = 0;
  return static_cast<bool>(lock >> process) && process > 0 && (kill(process, 0) == 0 || errno == EPERM);
}

}  // namespace

std::unique_ptr<JournalAccess> open_journal(const Arguments& arguments, bool for_actions) {
  auto access = std::make_unique<JournalAccess>();
  const gateway::JournalPlace place = journal_place(arguments);
  access->folder = place.folder;
  if (access->folder.empty()) {
    fail(exit_usage, "which data folder? Give --data DIR or --config DIR (or PURSER_DATA, PURSER_CONFIG)");
    return nullptr;
  }
  // A wrong --data would else be "unable to open database file".
  if (place.postgres.empty() && !std::filesystem::exists(place.folder + "/journal.db")) {
    fail(exit_environment, fmt::format("no journal in {}: the data folder of a gateway has one since its first start; "
                                       "give that folder with --data DIR, or its configuration with --config DIR",
                                       place.folder));
    return nullptr;
  }
  auto opened =
      gateway::open_journal(place, for_actions ? gateway::JournalUse::act : gateway::JournalUse::look,
                            access->clock, access->files);
  if (!opened) {
    fail(exit_environment,
         fmt::format("{}: {} ({})", access->folder, opened.error().message, opened.error().code));
    return nullptr;
  }
  if (for_actions && place.postgres.empty() && !gateway_runs(place.folder)) {
    fail(exit_ok,
         fmt::format("no gateway runs on {}: what is done here takes effect when one starts", place.folder));
  }
  access->open = std::move(*opened);
  return access;
}

std::expected<gateway::MessageId, std::string> message_operand(const std::string& typed) {
  if (const auto id = gateway::parse_message_id(typed)) return *id;
  return std::unexpected(fmt::format("\"{}\" is no message id: one looks like m03F7ZK2M9Q0X4", typed));
}

int fail(const Status& status) {
  return fail(exit_environment, fmt::format("{} ({})", status.message, status.code));
}

int fail_by_class(const Status& status) {
  const bool invalid = status.what == StatusClass::invalid;
  return fail(invalid ? exit_findings : exit_environment, fmt::format("{} ({})", status.message, status.code));
}

std::string person() {
  if (const char* sudo = std::getenv("SUDO_USER"); sudo != nullptr && *sudo != '\0') return sudo;
  const passwd* entry = getpwuid(geteuid());
  return entry != nullptr ? entry->pw_name : fmt::format("uid {}", geteuid());
}

}  // namespace purser::cli
