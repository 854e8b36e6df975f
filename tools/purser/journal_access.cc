#include "tools/purser/journal_access.h"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

#include "tools/purser/terminal.h"

namespace purser::cli {

std::unique_ptr<JournalAccess> open_journal(const Arguments& arguments, bool for_actions) {
  auto access = std::make_unique<JournalAccess>();
  access->folder = data_folder(arguments);
  if (access->folder.empty()) {
    fail(exit_usage, "which data folder? Give --data DIR or --config DIR (or PURSER_DATA, PURSER_CONFIG)");
    return nullptr;
  }
  gateway::SqliteJournalOptions options{
      .folder = access->folder, .clock = access->clock, .files = access->files, .create = false};
  options.read_only = !for_actions;
  auto opened = gateway::open_sqlite_journal(options);
  if (!opened) {
    fail(exit_environment, fmt::format("{}: {} ({})", access->folder, opened.error().message, opened.error().code));
    return nullptr;
  }
  access->open = std::move(*opened);
  return access;
}

std::expected<gateway::MessageId, std::string> message_operand(const std::string& typed) {
  if (const auto id = gateway::parse_message_id(typed)) return *id;
  return std::unexpected(fmt::format("\"{}\" is no message id: one looks like m03F7ZK2M9Q0X4", typed));
}

std::string person() {
  if (const char* sudo = std::getenv("SUDO_USER"); sudo != nullptr && *sudo != '\0') return sudo;
  const passwd* entry = getpwuid(geteuid());
  return entry != nullptr ? entry->pw_name : fmt::format("uid {}", geteuid());
}

}  // namespace purser::cli
