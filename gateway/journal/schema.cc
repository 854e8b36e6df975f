#include "gateway/journal/schema.h"

#include <fmt/format.h>

#include <array>

namespace purser::gateway {
namespace {

// Hot tables are kept narrow and their indexes partial: what is at rest costs nothing when the next comes in.
constexpr const char* version_1 = R"sql(
CREATE TABLE message (
  id INTEGER PRIMARY KEY, state INTEGER NOT NULL, received INTEGER NOT NULL,
  source TEXT NOT NULL, partner TEXT NOT NULL, credential TEXT NOT NULL, format TEXT NOT NULL,
  media_type TEXT NOT NULL, file_name TEXT NOT NULL, reject_invalid INTEGER NOT NULL,
  body_file INTEGER NOT NULL, body_offset INTEGER NOT NULL, body_length INTEGER NOT NULL, hash BLOB NOT NULL,
  documents INTEGER NOT NULL DEFAULT 0, type INTEGER NOT NULL DEFAULT 0, number TEXT NOT NULL DEFAULT '',
  stopped INTEGER NOT NULL DEFAULT 0,      -- parked by a finding, not by a delivery
  only_undelivered INTEGER NOT NULL DEFAULT 0,  -- understood again: documents with deliveries get no new ones
  why TEXT NOT NULL DEFAULT '', holder TEXT, held_until INTEGER NOT NULL DEFAULT 0);
CREATE INDEX message_admitted ON message (id) WHERE state = 1;
CREATE INDEX message_parked ON message (why) WHERE state = 4;

CREATE TABLE document (
  message INTEGER NOT NULL, ordinal INTEGER NOT NULL, type INTEGER NOT NULL, number TEXT NOT NULL,
  canonical_file INTEGER NOT NULL, canonical_offset INTEGER NOT NULL, canonical_length INTEGER NOT NULL,
  keys TEXT NOT NULL, findings_dropped INTEGER NOT NULL, losses_dropped INTEGER NOT NULL,
  PRIMARY KEY (message, ordinal)) WITHOUT ROWID;
CREATE TABLE document_key (
  value TEXT NOT NULL, kind TEXT NOT NULL, message INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  PRIMARY KEY (value, kind, message, ordinal)) WITHOUT ROWID;

CREATE TABLE finding (
  message INTEGER NOT NULL, ordinal INTEGER NOT NULL, sequence INTEGER NOT NULL,  -- ordinal 0: of the message
  code TEXT NOT NULL, severity INTEGER NOT NULL, content TEXT NOT NULL,
  PRIMARY KEY (message, ordinal, sequence)) WITHOUT ROWID;
CREATE TABLE loss (
  message INTEGER NOT NULL, ordinal INTEGER NOT NULL, sequence INTEGER NOT NULL, content TEXT NOT NULL,
  PRIMARY KEY (message, ordinal, sequence)) WITHOUT ROWID;

CREATE TABLE delivery (
  id INTEGER PRIMARY KEY, message INTEGER NOT NULL, document INTEGER NOT NULL, state INTEGER NOT NULL,
  route TEXT NOT NULL, target TEXT NOT NULL, lane TEXT NOT NULL, connector TEXT NOT NULL, format TEXT NOT NULL,
  due INTEGER NOT NULL, first_due INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
  in_lane INTEGER NOT NULL DEFAULT 0,  -- the next of its lane waits for it
  blocked INTEGER NOT NULL DEFAULT 0,  -- waits for another of its lane
  holder TEXT, held_until INTEGER NOT NULL DEFAULT 0, fence INTEGER NOT NULL DEFAULT 0,
  encoded_file INTEGER NOT NULL DEFAULT 0, encoded_offset INTEGER NOT NULL DEFAULT 0,
  encoded_length INTEGER NOT NULL DEFAULT 0,
  code TEXT NOT NULL DEFAULT '', finding TEXT NOT NULL DEFAULT '');
CREATE INDEX delivery_message ON delivery (message);
CREATE INDEX delivery_due ON delivery (target, due) WHERE state = 1 AND blocked = 0;
CREATE INDEX delivery_in_flight ON delivery (held_until) WHERE state = 2;
CREATE INDEX delivery_parked ON delivery (code, target) WHERE state = 4;
CREATE INDEX delivery_lane ON delivery (lane, id) WHERE in_lane = 1;
CREATE TABLE attempt (
  delivery INTEGER NOT NULL, number INTEGER NOT NULL, started INTEGER NOT NULL, took INTEGER NOT NULL,
  answer INTEGER NOT NULL, detail TEXT NOT NULL,
  PRIMARY KEY (delivery, number)) WITHOUT ROWID;

CREATE TABLE idempotency (
  scope TEXT NOT NULL, key TEXT NOT NULL, hash BLOB NOT NULL, message INTEGER NOT NULL,
  PRIMARY KEY (scope, key)) WITHOUT ROWID;
CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
  message INTEGER NOT NULL, delivery INTEGER NOT NULL, why TEXT NOT NULL, hash BLOB NOT NULL);
CREATE INDEX audit_message ON audit (message) WHERE message <> 0;
CREATE TABLE audit_head (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), sequence INTEGER NOT NULL, hash BLOB NOT NULL);
INSERT INTO audit_head VALUES (1, 0, zeroblob(32));
CREATE TABLE timer (name TEXT PRIMARY KEY, payload TEXT NOT NULL, due INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX timer_due ON timer (due);
CREATE TABLE sequence (name TEXT PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE kv (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
PRAGMA user_version = 1;
)sql";

// Tenants, and the place up to which a message that is read in parts has been settled.
constexpr const char* to_version_2 = R"sql(
ALTER TABLE message ADD COLUMN tenant TEXT NOT NULL DEFAULT 'default';
ALTER TABLE message ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;
DROP INDEX audit_message;
ALTER TABLE audit RENAME TO old_audit;
CREATE TABLE audit (
  chain INTEGER NOT NULL, sequence INTEGER NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
  message INTEGER NOT NULL, delivery INTEGER NOT NULL, why TEXT NOT NULL, hash BLOB NOT NULL,
  PRIMARY KEY (chain, sequence)) WITHOUT ROWID;
INSERT INTO audit SELECT 0, sequence, at, who, what, message, delivery, why, hash FROM old_audit;
DROP TABLE old_audit;
CREATE INDEX audit_message ON audit (message) WHERE message <> 0;
ALTER TABLE audit_head RENAME TO old_head;
CREATE TABLE audit_head (
  chain INTEGER PRIMARY KEY, name TEXT NOT NULL, sequence INTEGER NOT NULL, hash BLOB NOT NULL,
  last_id INTEGER NOT NULL, commits INTEGER NOT NULL);
INSERT INTO audit_head SELECT 0, '', sequence, hash, max((SELECT coalesce(max(id), 0) FROM message),
  (SELECT coalesce(max(id), 0) FROM delivery)), 0 FROM old_head;
DROP TABLE old_head;
CREATE TABLE leader (
  name TEXT PRIMARY KEY, holder TEXT NOT NULL, held_until INTEGER NOT NULL, fence INTEGER NOT NULL) WITHOUT ROWID;
ALTER TABLE document_key RENAME TO old_key;
CREATE TABLE document_key (
  value TEXT NOT NULL, kind TEXT NOT NULL, tenant TEXT NOT NULL, message INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  PRIMARY KEY (value, kind, tenant, message, ordinal)) WITHOUT ROWID;
INSERT INTO document_key SELECT value, kind, 'default', message, ordinal FROM old_key;
DROP TABLE old_key;
ALTER TABLE idempotency RENAME TO old_claim;
CREATE TABLE idempotency (
  scope TEXT NOT NULL, key TEXT NOT NULL, tenant TEXT NOT NULL, hash BLOB NOT NULL, message INTEGER NOT NULL,
  PRIMARY KEY (scope, key, tenant)) WITHOUT ROWID;
INSERT INTO idempotency SELECT scope, key, 'default', hash, message FROM old_claim;
DROP TABLE old_claim;
PRAGMA user_version = 2;
)sql";
constexpr const char* back_to_version_1 = R"sql(
ALTER TABLE document_key RENAME TO new_key;
CREATE TABLE document_key (
  value TEXT NOT NULL, kind TEXT NOT NULL, message INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  PRIMARY KEY (value, kind, message, ordinal)) WITHOUT ROWID;
INSERT INTO document_key SELECT DISTINCT value, kind, message, ordinal FROM new_key;
DROP TABLE new_key;
ALTER TABLE idempotency RENAME TO new_claim;
CREATE TABLE idempotency (
  scope TEXT NOT NULL, key TEXT NOT NULL, hash BLOB NOT NULL, message INTEGER NOT NULL,
  PRIMARY KEY (scope, key)) WITHOUT ROWID;
INSERT OR IGNORE INTO idempotency SELECT scope, key, hash, message FROM new_claim ORDER BY message;
DROP TABLE new_claim;
DROP TABLE leader;
ALTER TABLE audit_head RENAME TO new_head;
CREATE TABLE audit_head (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), sequence INTEGER NOT NULL, hash BLOB NOT NULL);
INSERT INTO audit_head SELECT 1, sequence, hash FROM new_head;
DROP TABLE new_head;
DROP INDEX audit_message;
ALTER TABLE audit RENAME TO new_audit;
CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
  message INTEGER NOT NULL, delivery INTEGER NOT NULL, why TEXT NOT NULL, hash BLOB NOT NULL);
INSERT INTO audit SELECT sequence, at, who, what, message, delivery, why, hash FROM new_audit WHERE chain = 0;
DROP TABLE new_audit;
CREATE INDEX audit_message ON audit (message) WHERE message <> 0;
ALTER TABLE message DROP COLUMN settled;
ALTER TABLE message DROP COLUMN tenant;
PRAGMA user_version = 1;
)sql";

// Edited copies linked to what they stand for, and acknowledgements that are awaited for deliveries.
constexpr const char* to_version_3 = R"sql(
ALTER TABLE message ADD COLUMN resubmits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN leaves_out INTEGER NOT NULL DEFAULT 0;  -- what the resubmitted one delivered
CREATE INDEX message_resubmits ON message (resubmits) WHERE resubmits <> 0;
CREATE TABLE expectation (
  delivery INTEGER NOT NULL, awaited INTEGER NOT NULL, tenant TEXT NOT NULL, message INTEGER NOT NULL,
  partner TEXT NOT NULL, within INTEGER NOT NULL,
  due INTEGER NOT NULL,  -- 0: the delivery has not arrived yet
  state INTEGER NOT NULL, answer INTEGER NOT NULL, answered INTEGER NOT NULL,
  PRIMARY KEY (delivery, awaited)) WITHOUT ROWID;
CREATE INDEX expectation_due ON expectation (due) WHERE state = 1 AND due > 0;
CREATE INDEX expectation_alarm ON expectation (state, due) WHERE state > 2;
CREATE TABLE expectation_key (
  value TEXT NOT NULL, delivery INTEGER NOT NULL, awaited INTEGER NOT NULL,
  PRIMARY KEY (value, delivery, awaited)) WITHOUT ROWID;
CREATE INDEX expectation_key_delivery ON expectation_key (delivery);
PRAGMA user_version = 3;
)sql";
constexpr const char* back_to_version_2 = R"sql(
DROP TABLE expectation_key;
DROP TABLE expectation;
DROP INDEX message_resubmits;
ALTER TABLE message DROP COLUMN leaves_out;
ALTER TABLE message DROP COLUMN resubmits;
PRAGMA user_version = 2;
)sql";

// Whose an entry of the trail is, and what is administered while the gateway runs.
constexpr const char* to_version_4 = R"sql(
ALTER TABLE audit ADD COLUMN tenant TEXT NOT NULL DEFAULT 'default';
CREATE TABLE record (
  kind TEXT NOT NULL, tenant TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, content TEXT NOT NULL,
  PRIMARY KEY (kind, tenant, name)) WITHOUT ROWID;
PRAGMA user_version = 4;
)sql";
constexpr const char* back_to_version_3 = R"sql(
DROP TABLE record;
ALTER TABLE audit DROP COLUMN tenant;
PRAGMA user_version = 3;
)sql";

// Sealed bodies, and the wrapped keys of tenants. No index holds a wrapped key, so that one lies in one place.
constexpr const char* to_version_5 = R"sql(
ALTER TABLE message ADD COLUMN body_seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN canonical_seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN encoded_seal INTEGER NOT NULL DEFAULT 0;
CREATE TABLE tenant_key (
  id INTEGER PRIMARY KEY, tenant TEXT NOT NULL, state INTEGER NOT NULL, created INTEGER NOT NULL,
  ended INTEGER NOT NULL, master TEXT NOT NULL, wrapped BLOB NOT NULL);
CREATE UNIQUE INDEX tenant_key_active ON tenant_key (tenant) WHERE state = 1;
PRAGMA user_version = 5;
)sql";
// Not while keys are needed: a program of version 4 could not read what they sealed, nor keep it.
constexpr const char* back_to_version_4 = R"sql(
CREATE TABLE going_back (keys INTEGER, CONSTRAINT sealed_bodies_need_their_keys CHECK (keys = 0));
INSERT INTO going_back SELECT count(*) FROM tenant_key WHERE state <> 3;
DROP TABLE going_back;
DROP TABLE tenant_key;
ALTER TABLE delivery DROP COLUMN encoded_seal;
ALTER TABLE document DROP COLUMN canonical_seal;
ALTER TABLE message DROP COLUMN body_seal;
PRAGMA user_version = 4;
)sql";

// The one that holds a lane lies before those that wait in it: the next is found at once, however many wait.
constexpr const char* to_version_6 = R"sql(
DROP INDEX delivery_lane;
CREATE INDEX delivery_lane ON delivery (lane, blocked, id) WHERE in_lane = 1;
PRAGMA user_version = 6;
)sql";
constexpr const char* back_to_version_5 = R"sql(
DROP INDEX delivery_lane;
CREATE INDEX delivery_lane ON delivery (lane, id) WHERE in_lane = 1;
PRAGMA user_version = 5;
)sql";

/// The step from version n to n + 1, and the way back.
struct Step {
  const char* forward;
  const char* back;
};
constexpr std::array<Step, journal_schema_version> steps = {
    {{version_1, nullptr},
     {to_version_2, back_to_version_1},
     {to_version_3, back_to_version_2},
     {to_version_4, back_to_version_3},
     {to_version_5, back_to_version_4},
     {to_version_6, back_to_version_5}}};

Outcome other_version(int found) {
  return std::unexpected(Status{StatusClass::defect, "JOURNAL-0007",
                                found == 0
                                    ? "the file holds no journal yet: the gateway makes it when it starts"
                                    : fmt::format("the journal has version {}, this program knows version {}",
                                                  found, journal_schema_version)});
}

}  // namespace

int journal_version(Database& database) {
  auto rows = database.query("PRAGMA user_version");
  return rows.next() ? static_cast<int>(rows.number(0)) : 0;
}

std::vector<MigrationStep> journal_steps(int from, int to) {
  std::vector<MigrationStep> out;
  for (; from < to; ++from) out.push_back({from, from + 1, steps[static_cast<std::size_t>(from)].forward});
  for (; from > to; --from) out.push_back({from, from - 1, steps[static_cast<std::size_t>(from - 1)].back});
  return out;
}

Outcome take_journal_to(Database& database, int to) {
  database.begin();
  // Asked within: another process may have migrated while this one waited for the lock.
  const int from = journal_version(database);
  if (from > journal_schema_version || to < 1 || to > journal_schema_version) {
    database.roll_back();
    return other_version(from);
  }
  try {
    for (const MigrationStep& step : journal_steps(from, to)) database.execute(step.sql.c_str());
  } catch (const SqlError&) {
    database.roll_back();
    throw;
  }
  database.commit();
  return {};
}

Outcome migrate_journal(Database& database, bool may_write) {
  const int found = journal_version(database);
  if (found == journal_schema_version) return {};
  if (found > journal_schema_version || !may_write) return other_version(found);
  return take_journal_to(database, journal_schema_version);
}

}  // namespace purser::gateway
