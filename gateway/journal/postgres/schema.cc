#include "gateway/journal/postgres/schema.h"

#include <fmt/format.h>

#include <array>

namespace purser::gateway {
namespace {

// As in the embedded journal: hot tables narrow, indexes partial, so that what is at rest costs nothing. Room
// is left on the pages of what changes state, so that the new row stays beside the old one.
constexpr const char* version_1 = R"sql(
CREATE TABLE message (
  id BIGINT PRIMARY KEY, tenant TEXT NOT NULL, state SMALLINT NOT NULL, received BIGINT NOT NULL,
  source TEXT NOT NULL, partner TEXT NOT NULL, credential TEXT NOT NULL, format TEXT NOT NULL,
  media_type TEXT NOT NULL, file_name TEXT NOT NULL, reject_invalid SMALLINT NOT NULL,
  body_file BIGINT NOT NULL, body_offset BIGINT NOT NULL, body_length BIGINT NOT NULL, hash BYTEA NOT NULL,
  documents INTEGER NOT NULL DEFAULT 0, type SMALLINT NOT NULL DEFAULT 0, number TEXT NOT NULL DEFAULT '',
  stopped SMALLINT NOT NULL DEFAULT 0, only_undelivered SMALLINT NOT NULL DEFAULT 0,
  settled INTEGER NOT NULL DEFAULT 0, why TEXT NOT NULL DEFAULT '', holder TEXT,
  held_until BIGINT NOT NULL DEFAULT 0) WITH (fillfactor = 80);
CREATE INDEX message_admitted ON message (id) WHERE state = 1;
CREATE INDEX message_parked ON message (why) WHERE state = 4;
CREATE TABLE document (
  message BIGINT NOT NULL, ordinal INTEGER NOT NULL, type SMALLINT NOT NULL, number TEXT NOT NULL,
  canonical_file BIGINT NOT NULL, canonical_offset BIGINT NOT NULL, canonical_length BIGINT NOT NULL,
  keys TEXT NOT NULL, findings_dropped BIGINT NOT NULL, losses_dropped BIGINT NOT NULL,
  PRIMARY KEY (message, ordinal));
CREATE TABLE document_key (
  value TEXT NOT NULL, kind TEXT NOT NULL, tenant TEXT NOT NULL, message BIGINT NOT NULL, ordinal INTEGER NOT NULL,
  PRIMARY KEY (value, kind, tenant, message, ordinal));
CREATE TABLE finding (
  message BIGINT NOT NULL, ordinal INTEGER NOT NULL, sequence INTEGER NOT NULL, code TEXT NOT NULL,
  severity SMALLINT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (message, ordinal, sequence));
CREATE TABLE loss (
  message BIGINT NOT NULL, ordinal INTEGER NOT NULL, sequence INTEGER NOT NULL, content TEXT NOT NULL,
  PRIMARY KEY (message, ordinal, sequence));
CREATE TABLE delivery (
  id BIGINT PRIMARY KEY, message BIGINT NOT NULL, document INTEGER NOT NULL, state SMALLINT NOT NULL,
  route TEXT NOT NULL, target TEXT NOT NULL, lane TEXT NOT NULL, connector TEXT NOT NULL, format TEXT NOT NULL,
  due BIGINT NOT NULL, first_due BIGINT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
  in_lane SMALLINT NOT NULL DEFAULT 0, blocked SMALLINT NOT NULL DEFAULT 0, holder TEXT,
  held_until BIGINT NOT NULL DEFAULT 0, fence BIGINT NOT NULL DEFAULT 0,
  encoded_file BIGINT NOT NULL DEFAULT 0, encoded_offset BIGINT NOT NULL DEFAULT 0,
  encoded_length BIGINT NOT NULL DEFAULT 0, code TEXT NOT NULL DEFAULT '', finding TEXT NOT NULL DEFAULT '')
  WITH (fillfactor = 80);
CREATE INDEX delivery_message ON delivery (message);
CREATE INDEX delivery_due ON delivery (target, due) WHERE state = 1 AND blocked = 0;
CREATE INDEX delivery_in_flight ON delivery (held_until) WHERE state = 2;
CREATE INDEX delivery_parked ON delivery (code, target) WHERE state = 4;
CREATE INDEX delivery_lane ON delivery (lane, id) WHERE in_lane = 1;
CREATE TABLE attempt (
  delivery BIGINT NOT NULL, number INTEGER NOT NULL, started BIGINT NOT NULL, took BIGINT NOT NULL,
  answer INTEGER NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (delivery, number));
CREATE TABLE idempotency (
  scope TEXT NOT NULL, key TEXT NOT NULL, tenant TEXT NOT NULL, hash BYTEA NOT NULL, message BIGINT NOT NULL,
  PRIMARY KEY (scope, key, tenant));
CREATE TABLE audit (
  chain SMALLINT NOT NULL, sequence BIGINT NOT NULL, at BIGINT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
  message BIGINT NOT NULL, delivery BIGINT NOT NULL, why TEXT NOT NULL, hash BYTEA NOT NULL,
  PRIMARY KEY (chain, sequence));
CREATE INDEX audit_message ON audit (message) WHERE message <> 0;
CREATE TABLE audit_head (
  chain SMALLINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, sequence BIGINT NOT NULL, hash BYTEA NOT NULL,
  last_id BIGINT NOT NULL, commits BIGINT NOT NULL) WITH (fillfactor = 10);
CREATE TABLE timer (name TEXT PRIMARY KEY, payload TEXT NOT NULL, due BIGINT NOT NULL);
CREATE INDEX timer_due ON timer (due);
CREATE TABLE sequence (name TEXT PRIMARY KEY, next BIGINT NOT NULL);
CREATE TABLE kv (key TEXT PRIMARY KEY, value BYTEA NOT NULL);
CREATE TABLE leader (
  name TEXT PRIMARY KEY, holder TEXT NOT NULL, held_until BIGINT NOT NULL, fence BIGINT NOT NULL);
-- A body in pieces. Not compressed: documents are read back often and whole.
CREATE TABLE body (
  id BIGINT NOT NULL, piece INTEGER NOT NULL, checksum BIGINT NOT NULL, content BYTEA NOT NULL,
  PRIMARY KEY (id, piece));
ALTER TABLE body ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE SEQUENCE large_body INCREMENT BY -1 START WITH -1 MAXVALUE -1 MINVALUE -9223372036854775808;
)sql";

// Rows of these two change state several times: what they leave behind is cleared soon. Programs of version 1
// go on.
constexpr const char* to_version_2 =
    "ALTER TABLE delivery SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);"
    "ALTER TABLE message SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);";
constexpr const char* back_to_version_1 =
    "ALTER TABLE delivery RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_cost_delay);"
    "ALTER TABLE message RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_cost_delay);";

// Edited copies linked to what they stand for, and acknowledgements that are awaited. Only adds: programs of
// version 2 go on.
constexpr const char* to_version_3 = R"sql(
ALTER TABLE message ADD COLUMN resubmits BIGINT NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN leaves_out SMALLINT NOT NULL DEFAULT 0;
CREATE INDEX message_resubmits ON message (resubmits) WHERE resubmits <> 0;
CREATE TABLE expectation (
  delivery BIGINT NOT NULL, awaited SMALLINT NOT NULL, tenant TEXT NOT NULL, message BIGINT NOT NULL,
  partner TEXT NOT NULL, within BIGINT NOT NULL, due BIGINT NOT NULL, state SMALLINT NOT NULL,
  answer BIGINT NOT NULL, answered BIGINT NOT NULL, PRIMARY KEY (delivery, awaited));
CREATE INDEX expectation_due ON expectation (due) WHERE state = 1 AND due > 0;
CREATE INDEX expectation_alarm ON expectation (state, due) WHERE state > 2;
CREATE TABLE expectation_key (
  value TEXT NOT NULL, delivery BIGINT NOT NULL, awaited SMALLINT NOT NULL,
  PRIMARY KEY (value, delivery, awaited));
CREATE INDEX expectation_key_delivery ON expectation_key (delivery);
)sql";
constexpr const char* back_to_version_2 =
    "DROP TABLE expectation_key; DROP TABLE expectation; DROP INDEX message_resubmits;"
    "ALTER TABLE message DROP COLUMN leaves_out, DROP COLUMN resubmits;";

// Whose an entry of the trail is, and what is administered while the gateway runs. Programs of version 1 go
// on: they know no tenants.
constexpr const char* to_version_4 =
    "ALTER TABLE audit ADD COLUMN tenant TEXT NOT NULL DEFAULT 'default';"
    "CREATE TABLE record (kind TEXT NOT NULL, tenant TEXT NOT NULL, name TEXT NOT NULL, version BIGINT NOT "
    "NULL,"
    " content TEXT NOT NULL, PRIMARY KEY (kind, tenant, name));";
constexpr const char* back_to_version_3 = "DROP TABLE record; ALTER TABLE audit DROP COLUMN tenant;";

// A body that fits into a page stays beside its key, compressed where that makes it fit: elsewhere it is cut into rows
// of another table, each with an entry in its index. Where the server knows no lz4, what is larger than a page is
// kept as it was, since its own compression costs more than it saves here. Programs of version 1 go on.
constexpr const char* to_version_5 = R"sql(
ALTER TABLE body SET (toast_tuple_target = 8160);
DO $$ BEGIN
  EXECUTE 'ALTER TABLE body ALTER COLUMN content SET COMPRESSION lz4';
  ALTER TABLE body ALTER COLUMN content SET STORAGE EXTENDED;
EXCEPTION WHEN feature_not_supported OR syntax_error THEN NULL;
END $$;
)sql";
constexpr const char* back_to_version_4 =
    "ALTER TABLE body RESET (toast_tuple_target);"
    "ALTER TABLE body ALTER COLUMN content SET STORAGE EXTERNAL;";

// Sealed bodies, and the wrapped keys of tenants. Programs of version 1 go on as long as nothing is sealed.
constexpr const char* to_version_6 =
    "ALTER TABLE message ADD COLUMN body_seal BIGINT NOT NULL DEFAULT 0;"
    "ALTER TABLE document ADD COLUMN canonical_seal BIGINT NOT NULL DEFAULT 0;"
    "ALTER TABLE delivery ADD COLUMN encoded_seal BIGINT NOT NULL DEFAULT 0;"
    "CREATE TABLE tenant_key (id BIGINT PRIMARY KEY, tenant TEXT NOT NULL, state SMALLINT NOT NULL,"
    " created BIGINT NOT NULL, ended BIGINT NOT NULL, master TEXT NOT NULL, wrapped BYTEA NOT NULL);"
    "CREATE UNIQUE INDEX tenant_key_active ON tenant_key (tenant) WHERE state = 1;";
// Not while keys are needed: a program of version 5 could not read what they sealed, nor keep it.
constexpr const char* back_to_version_5 =
    "CREATE TABLE going_back (keys BIGINT, CONSTRAINT sealed_bodies_need_their_keys CHECK (keys = 0));"
    "INSERT INTO going_back SELECT count(*) FROM tenant_key WHERE state <> 3;"
    "DROP TABLE going_back; DROP TABLE tenant_key; ALTER TABLE delivery DROP COLUMN encoded_seal;"
    "ALTER TABLE document DROP COLUMN canonical_seal; ALTER TABLE message DROP COLUMN body_seal;";

// A body of more than a quarter of a page is compressed, and stays beside its key as long as it fits into one: pages, the
// log and what a checkpoint writes shrink with it, which costs a server more than lz4 does. Programs of version 1 go on.
constexpr const char* to_version_7 = R"sql(
DO $$ BEGIN
  IF (SELECT attcompression FROM pg_attribute WHERE attrelid = 'body'::regclass AND attname = 'content') = 'l' THEN
    ALTER TABLE body ALTER COLUMN content SET STORAGE MAIN;
    ALTER TABLE body SET (toast_tuple_target = 2048);
  END IF;
END $$;
)sql";
constexpr const char* back_to_version_6 = R"sql(
DO $$ BEGIN
  IF (SELECT attcompression FROM pg_attribute WHERE attrelid = 'body'::regclass AND attname = 'content') = 'l' THEN
    ALTER TABLE body SET (toast_tuple_target = 8160);
    ALTER TABLE body ALTER COLUMN content SET STORAGE EXTENDED;
  END IF;
END $$;
)sql";

// The one that holds a lane lies before those that wait in it: the next is found at once, however many wait. Programs
// of version 1 go on, with an index that serves them less.
constexpr const char* to_version_8 =
    "DROP INDEX delivery_lane; CREATE INDEX delivery_lane ON delivery (lane, blocked, id) WHERE in_lane = 1;";
constexpr const char* back_to_version_7 =
    "DROP INDEX delivery_lane; CREATE INDEX delivery_lane ON delivery (lane, id) WHERE in_lane = 1;";

struct Step {
  const char* forward;
  const char* back;
  int least;  ///< oldest program that may work beside this version
};
constexpr std::array<Step, postgres_schema_version> steps = {
    {{version_1, nullptr, 1},
     {to_version_2, back_to_version_1, 1},
     {to_version_3, back_to_version_2, 1},
     {to_version_4, back_to_version_3, 1},
     {to_version_5, back_to_version_4, 1},
     {to_version_6, back_to_version_5, 1},
     {to_version_7, back_to_version_6, 1},
     {to_version_8, back_to_version_7, 1}}};

constexpr const char* migration_lock = "SELECT pg_advisory_xact_lock(5782981, 0)";

Outcome other_version(const std::string& what) {
  return std::unexpected(Status{StatusClass::defect, "JOURNAL-0007", what});
}

}  // namespace

PostgresVersion postgres_version(PostgresDatabase& database) {
  bool there = false;
  {
    auto rows =
        database.query("SELECT 1 FROM pg_catalog.pg_class WHERE oid = to_regclass('journal_version')");
    there = rows.next();
  }
  if (!there) return {};
  auto rows = database.query("SELECT version, least FROM journal_version");
  if (!rows.next()) return {};
  return {static_cast<int>(rows.number(0)), static_cast<int>(rows.number(1))};
}

std::vector<MigrationStep> migration_steps(int from, int to) {
  std::vector<MigrationStep> out;
  for (; from < to; ++from) out.push_back({from, from + 1, steps[static_cast<std::size_t>(from)].forward});
  for (; from > to; --from) out.push_back({from, from - 1, steps[static_cast<std::size_t>(from - 1)].back});
  return out;
}

Outcome migrate_postgres(PostgresDatabase& database, int to) {
  if (to < 1 || to > postgres_schema_version) {
    return other_version(
        fmt::format("this program knows versions 1 to {}, not {}", postgres_schema_version, to));
  }
  while (true) {
    const int before = postgres_version(database).version;
    if (before == to) return {};
    if (before > postgres_schema_version) {
      return other_version(fmt::format("the journal has version {}, this program knows version {}", before,
                                       postgres_schema_version));
    }
    database.execute("BEGIN");
    database.execute(migration_lock);
    const int from =
        postgres_version(database).version;  // another one may have migrated while this one waited
    if (from == before) {
      const MigrationStep step = migration_steps(from, to).front();
      database.execute(
          "CREATE TABLE IF NOT EXISTS journal_version (version INTEGER NOT NULL, least INTEGER NOT NULL)");
      database.execute(step.sql.c_str());
      const int least = steps[static_cast<std::size_t>(step.to - 1)].least;
      const std::string note = fmt::format(
          "DELETE FROM journal_version; INSERT INTO journal_version VALUES ({}, {})", step.to, least);
      database.execute(note.c_str());
    }
    database.execute("COMMIT");
  }
}

Outcome prepare_postgres(PostgresDatabase& database, bool may_write) {
  const PostgresVersion found = postgres_version(database);
  if (found.version >= postgres_schema_version && found.least <= postgres_schema_version) return {};
  if (found.version == 0 && !may_write)
    return other_version("the database holds no journal yet: the gateway makes it when it starts");
  if (found.version > postgres_schema_version || !may_write) {
    return other_version(
        fmt::format("the journal has version {}, for programs from version {}; this one has {}",
                    found.version, found.least, postgres_schema_version));
  }
  return migrate_postgres(database, postgres_schema_version);
}

}  // namespace purser::gateway
