// Entries of the configuration that are kept in the journal: API keys and tenants.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/journal/journal.h"
#include "gateway/settings/settings.h"

namespace purser::gateway {

/// Sections whose entries may be administered; each is a kind of KeptRecord.
inline constexpr std::string_view keys_section = "keys";
inline constexpr std::string_view tenants_section = "tenants";

/// All of them, as load_settings takes them.
std::expected<Administered, Status> administered_entries(Journal& journal);
/// Another number whenever one of them was changed, by whichever node or command.
std::expected<std::int64_t, Status> administered_stamp(Journal& journal);

/// One entry to be put, replaced or removed.
struct Change {
  std::string section;
  std::string tenant;                   ///< whose entry; those of `tenants` are the default one's
  std::string name;                     ///< as its tenant knows it
  std::string content;                  ///< the entry as JSON; empty: it is removed
  std::optional<std::int64_t> version;  ///< it must still have this one; 0: it must not be there
  std::string who;                      ///< for the audit trail
};

/// Why a change was not made. `report` is of the configuration with the change.
struct ChangeRefusal {
  Status status;  ///< CONFIG-0025: changed meanwhile, or there; CONFIG-0026: the entry is not good
  Report report;
};

/// Checks the configuration in `folder` with the change, then stores it and enters it in the tenant's audit
/// trail. Gives the new version. What is in force changes with the next reload.
std::expected<std::int64_t, ChangeRefusal> administer(Journal& journal, const std::string& folder,
                                                      const Change& change);

}  // namespace purser::gateway
