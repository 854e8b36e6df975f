#include <fmt/format.h>

#include "gateway/audit/audit.h"
#include "gateway/audit/head.h"
#include "gateway/sqlite/sqlite.h"

namespace purser::gateway {
namespace {

// Later than any transaction of a busy gateway takes.
constexpr std::chrono::milliseconds busy{5'000};

AuditEntry entry_of(const Rows& row) {
  AuditEntry entry;
  entry.sequence = row.number(0);
  entry.at = to_instant(row.number(1));
  entry.who = row.text(2);
  entry.what = row.text(3);
  entry.message = {row.number(4)};
  entry.delivery = {row.number(5)};
  entry.why = row.text(6);
  const std::string_view hash = row.view(7);
  if (hash.size() == entry.hash.size()) std::copy(hash.begin(), hash.end(), entry.hash.begin());
  return entry;
}

// A head record says what entry `head.sequence` must be; `passed` is the hash found there.
void compare_with_head(AuditVerdict& verdict, const AuditHead& head, const std::optional<Sha256>& passed,
                       std::string_view which) {
  if (verdict.first_wrong != 0) return;
  if (head.sequence > verdict.entries) {
    verdict.first_wrong = verdict.entries + 1;
    verdict.what = fmt::format("the end is cut off after entry {}: the {} knows entry {}", verdict.entries,
                               which, head.sequence);
  } else if (passed && *passed != head.hash) {
    verdict.first_wrong = head.sequence;
    verdict.what = fmt::format("rewritten: the {} has another hash for entry {}", which, head.sequence);
  }
}

AuditVerdict walk(Database& database, const std::optional<AuditHead>& side) {
  AuditVerdict verdict;
  AuditHead stored;
  database.execute("BEGIN");  // one view of the chain and its head
  {
    auto head = database.query("SELECT sequence, hash FROM audit_head");
    if (head.next()) {
      stored.sequence = head.number(0);
      const std::string_view hash = head.view(1);
      if (hash.size() == stored.hash.size()) std::copy(hash.begin(), hash.end(), stored.hash.begin());
    }
    std::optional<Sha256> at_side;
    auto rows = database.query(
        "SELECT sequence, at, who, what, message, delivery, why, hash FROM audit ORDER BY sequence");
    while (verdict.first_wrong == 0 && rows.next()) {
      const AuditEntry entry = entry_of(rows);
      const std::int64_t wanted = verdict.entries + 1;
      if (entry.sequence != wanted) {
        verdict.first_wrong = wanted;
        verdict.what = fmt::format("missing: entry {} is followed by {}", verdict.entries, entry.sequence);
      } else if (chain_hash(verdict.head, entry) != entry.hash) {
        verdict.first_wrong = wanted;
        verdict.what = fmt::format("changed: entry {} does not follow from its predecessor", wanted);
      } else {
        verdict.entries = wanted;
        verdict.head = entry.hash;
        if (side && side->sequence == wanted) at_side = entry.hash;
      }
    }
    compare_with_head(verdict, stored,
                      stored.sequence == verdict.entries ? std::optional(verdict.head) : std::nullopt,
                      "head record");
    if (side) compare_with_head(verdict, *side, at_side, "head file");
    if (verdict.first_wrong == 0 && stored.sequence < verdict.entries) {
      verdict.first_wrong = stored.sequence + 1;
      verdict.what = fmt::format("added: the head record ends at entry {}", stored.sequence);
    }
  }
  database.execute("COMMIT");
  return verdict;
}

}  // namespace

std::expected<AuditVerdict, Status> verify_audit(const std::string& folder) {
  SystemFiles files;
  // Read before the chain: entries may be added meanwhile, never taken away.
  const auto side = read_head(folder + "/audit.head", files);
  if (!side) return std::unexpected(side.error());
  try {
    SqliteDatabase database(folder + "/journal.db", true, false, busy);
    return walk(database, *side);
  } catch (const SqlError& error) {
    return std::unexpected(error.status());
  }
}

}  // namespace purser::gateway
