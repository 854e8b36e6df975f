#include "gateway/checkpoint/trail.h"

#include "gateway/postgres/postgres.h"

namespace purser::gateway {

TrailWalk walk_trail(const std::string& folder, const std::string& postgres) {
  return [folder, postgres](const AuditVisitor& visitor) -> std::expected<AuditVerdict, Status> {
    if (postgres.empty()) return verify_audit(folder, visitor);
    try {
      PostgresDatabase database(postgres, "purser/audit");
      return verify_audit(database, {}, visitor);
    } catch (const SqlError& error) {
      return std::unexpected(error.status());
    }
  };
}

}  // namespace purser::gateway
