// The table of wrapped data keys: what is asked of it, and what is done to it in a transaction.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/journal/sealing.h"
#include "gateway/journal/transaction.h"

namespace purser::gateway::tenant_keys {

/// One row.
struct Row {
  DataKeyView view;
  std::string wrapped;  ///< empty if destroyed
};
std::optional<Row> find(Database& database, std::int64_t id);
std::optional<Row> find_active(Database& database, const std::string& tenant);
std::int64_t last_destroyed(Database& database, const std::string& tenant);  ///< 0: none
std::vector<DataKeyView> list(Database& database, const std::string& tenant);
/// Another number whenever anything about keys was changed.
std::int64_t stamp(Database& database);
/// Ids of the master keys that wrap something.
std::vector<std::string> masters(Database& database);

/// Everything throws SqlError; make() std::runtime_error beyond max_data_keys.
///
/// The tenant's active key if it has one and it is not to be replaced, else a new one.
std::int64_t make(Transaction& t, const std::string& tenant, const MasterKey& master, const std::string& who,
                  bool instead);
/// Some keys that another master wraps; gives how many, 0 when all are wrapped by `rules.master`.
std::uint64_t rewrap_some(Transaction& t, const SealRules& rules, const std::string& who);
std::uint64_t destroy(Transaction& t, const std::string& tenant, const std::string& who,
                      const std::string& why);
/// Throws std::runtime_error if a body was sealed with a key that was destroyed since: what is accepted must
/// be readable.
void refuse_destroyed(Database& database, std::span<const Content> bodies);

}  // namespace purser::gateway::tenant_keys
