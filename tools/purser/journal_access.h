// Opens the journal of a data folder for a command: beside a running gateway or without one.
#pragma once

#include <expected>
#include <memory>
#include <string>

#include "gateway/journal/postgres/place.h"
#include "gateway/port/clock.h"
#include "gateway/port/file_system.h"
#include "tools/purser/command.h"

namespace purser::cli {

/// An open journal with what it stands on.
struct JournalAccess {
  std::string folder;
  gateway::SystemClock clock;
  gateway::SystemFiles files;
  gateway::OpenJournal open;
  [[nodiscard]] gateway::Journal& journal() const { return *open.journal; }
};

/// The data folder: --data, else PURSER_DATA, else what the configuration folder says. Empty if none is
/// named.
std::string data_folder(const Arguments& arguments);

/// Where its journal is: a shared one if the configuration folder names it, else in the data folder.
gateway::JournalPlace journal_place(const Arguments& arguments);

/// Opens for reading, or for actions as well. Null after the reason was said on standard error.
std::unique_ptr<JournalAccess> open_journal(const Arguments& arguments, bool for_actions);

/// "message-or-delivery id" typed by a person, or the reason why it is none.
std::expected<gateway::MessageId, std::string> message_operand(const std::string& typed);

/// Says what a journal answered, on standard error; exit_environment.
int fail(const Status& status);
/// The same, but exit_findings where what was asked for was wrong (StatusClass::invalid).
int fail_by_class(const Status& status);

/// Who acts: the login name, for the audit trail.
std::string person();

}  // namespace purser::cli
