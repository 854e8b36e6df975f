// What commands that administer stand on.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/administer/keys.h"
#include "gateway/port/random.h"
#include "gateway/settings/settings.h"
#include "tools/purser/command.h"
#include "tools/purser/commands.h"
#include "tools/purser/journal_access.h"

namespace purser::cli {

/// The journal with the configuration as it is with what was administered.
struct Administering {
  std::unique_ptr<JournalAccess> access;
  std::shared_ptr<const gateway::Settings> settings;
  std::string tenant;  ///< --tenant, else the default one
  gateway::SystemRandom random;
};
/// Nothing after the reason was said on standard error.
std::optional<Administering> open_for_change(const Arguments& arguments);
gateway::KeyPlace key_place(Administering& in);
/// Says why a change was refused; gives the exit code.
int refused(const gateway::ChangeRefusal& refusal);
/// `key new --keep`.
int keep_new_key(const Arguments& arguments, std::vector<std::string> scopes);

}  // namespace purser::cli
