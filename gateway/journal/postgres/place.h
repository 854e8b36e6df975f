// Opens the journal wherever the settings say that it is.
#pragma once

#include <string>

#include "gateway/journal/sqlite_journal.h"

namespace purser::gateway {

/// Where a journal is.
struct JournalPlace {
  std::string folder;           ///< data folder
  std::string postgres;         ///< connection string; empty: SQLite in the data folder
  std::string node = "node-1";  ///< of a shared journal
  SealRules seal{};             ///< whose bodies are sealed, and with which master keys
};

enum class JournalUse : std::uint8_t {
  serve,  ///< makes what is missing, migrates, hears of other nodes
  act,    ///< writes as the command line does, beside a gateway or without one
  look    ///< writes nothing
};

/// To serve, SEAL-0001 if a master key is missing; commands open a journal without one and read what is not
/// sealed.
std::expected<OpenJournal, Status> open_journal(const JournalPlace& place, JournalUse use, Clock& clock,
                                                FileSystem& files);

}  // namespace purser::gateway
