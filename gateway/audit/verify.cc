#include <fmt/format.h>

#include <vector>

#include "gateway/audit/audit.h"
#include "gateway/audit/head.h"
#include "gateway/sqlite/sqlite.h"

namespace purser::gateway {
namespace {

// Later than any transaction of a busy gateway takes.
constexpr std::chrono::milliseconds busy{5'000};
constexpr std::int64_t page = 10'000;  // entries read at a time

AuditEntry entry_of(const Rows& row) {
  AuditEntry entry;
  entry.sequence = row.number(0);
  entry.at = to_instant(row.number(1));
  entry.who = row.text(2);
  entry.what = row.text(3);
  entry.message = {row.number(4)};
  entry.delivery = {row.number(5)};
  entry.why = row.text(6);
  entry.tenant = row.text(8);
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

/// A chain and what its head record says.
struct ChainHead {
  std::int64_t number = 0;
  AuditHead head;
};

std::vector<ChainHead> chains_of(Database& database) {
  std::vector<ChainHead> out;
  auto rows = database.query("SELECT chain, sequence, hash FROM audit_head ORDER BY chain");
  while (rows.next()) {
    ChainHead& one = out.emplace_back();
    one.number = rows.number(0);
    one.head.sequence = rows.number(1);
    const std::string_view hash = rows.view(2);
    if (hash.size() == one.head.hash.size()) std::copy(hash.begin(), hash.end(), one.head.hash.begin());
  }
  return out;
}

// The next entries of a chain, so that memory does not grow with it. False after the last.
bool walk_page(Database& database, std::int64_t chain, const std::optional<AuditHead>& side,
               const AuditVisitor& visitor, AuditVerdict& verdict, std::optional<Sha256>& at_side) {
  auto rows = database.query(
      "SELECT sequence, at, who, what, message, delivery, why, hash, tenant FROM audit WHERE chain = ? AND "
      "sequence "
      "> ?"
      " ORDER BY sequence LIMIT ?",
      chain, verdict.entries, page);
  std::int64_t count = 0;
  for (; verdict.first_wrong == 0 && rows.next(); ++count) {
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
      if (visitor) visitor(chain, entry);
    }
  }
  return count == page;
}

AuditVerdict walk(Database& database, const ChainHead& chain, const std::optional<AuditHead>& side,
                  const AuditVisitor& visitor) {
  AuditVerdict verdict;
  std::optional<Sha256> at_side;
  while (walk_page(database, chain.number, side, visitor, verdict, at_side)) {
  }
  const AuditHead& stored = chain.head;
  compare_with_head(verdict, stored,
                    stored.sequence == verdict.entries ? std::optional(verdict.head) : std::nullopt,
                    "head record");
  if (side) compare_with_head(verdict, *side, at_side, "head file");
  if (verdict.first_wrong == 0 && stored.sequence < verdict.entries) {
    verdict.first_wrong = stored.sequence + 1;
    verdict.what = fmt::format("added: the head record ends at entry {}", stored.sequence);
  }
  return verdict;
}

}  // namespace

std::expected<AuditVerdict, Status> verify_audit(Database& database, const std::optional<AuditHead>& side,
                                                 const AuditVisitor& visitor) {
  try {
    database.begin_snapshot();  // one view of the chains and their heads
    AuditVerdict all;
    for (const ChainHead& chain : chains_of(database)) {
      const bool first = chain.number == 0;
      AuditVerdict verdict = walk(database, chain, first ? side : std::nullopt, visitor);
      verdict.chain = chain.number;
      if (verdict.first_wrong != 0) {
        database.roll_back();
        return verdict;
      }
      all.entries += verdict.entries;
      all.head = verdict.head;
    }
    database.roll_back();
    return all;
  } catch (const SqlError& error) {
    return std::unexpected(error.status());
  }
}

std::vector<ChainEntry> entries_of(Database& database, MessageId message) {
  std::vector<ChainEntry> out;
  auto rows = database.query(
      "SELECT sequence, at, who, what, message, delivery, why, hash, tenant, chain FROM audit WHERE message "
      "= ?"
      " AND message <> 0 ORDER BY chain, sequence",
      message.value);
  while (rows.next()) out.push_back({rows.number(9), entry_of(rows)});
  return out;
}

std::expected<AuditVerdict, Status> verify_audit(const std::string& folder, const AuditVisitor& visitor) {
  SystemFiles files;
  // Read before the chain: entries may be added meanwhile, never taken away.
  const auto side = read_head(folder + "/audit.head", files);
  if (!side) return std::unexpected(side.error());
  try {
    SqliteDatabase database(folder + "/journal.db", true, false, busy);
    return verify_audit(database, *side, visitor);
  } catch (const SqlError& error) {
    return std::unexpected(error.status());
  }
}

}  // namespace purser::gateway
