// What would be sent where: the answer of a dry run, by the configuration as it is on disk.
#pragma once

#include <memory>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "gateway/journal/journal.h"
#include "tools/purser/command.h"
#include "tools/purser/journal_access.h"

namespace purser::cli {

/// Loads configuration and connectors when they are first needed. Without --config (or PURSER_CONFIG) it knows
/// targets by name only, and of messages that have to be read again nothing. Not thread safe.
class Outlook {
 public:
  Outlook(const Arguments& arguments, JournalAccess& access);
  ~Outlook();
  Outlook(const Outlook&) = delete;
  Outlook& operator=(const Outlook&) = delete;

  /// Prints lines below what was printed of it, or with --json adds "would_send" to `json`.
  void show(const gateway::ParkedItem& item, nlohmann::ordered_json& json);
  void show(const gateway::ActionResult& released, nlohmann::ordered_json& json);
  /// Of an edited copy. Gives the exit code.
  int show(const gateway::Resubmission& copy, std::string_view bytes);

 private:
  struct Loaded;
  Loaded& loaded();

  const Arguments& arguments_;
  JournalAccess& access_;
  std::unique_ptr<Loaded> loaded_;
};

}  // namespace purser::cli
