#include "gateway/journal/tenant_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "gateway/seal/body_seal.h"

namespace purser::gateway::tenant_keys {
namespace {

// What a rewrap holds the writer for: a commit of the size of a busy group's.
constexpr std::int64_t rewrapped_at_once = 200;

Blob blob_of(const std::string& bytes) {
  return {{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}};
}

Row row_of(const Rows& rows) {
  Row out;
  out.view.id = rows.number(0);
  out.view.tenant = rows.text(1);
  out.view.state = static_cast<KeyState>(rows.number(2));
  out.view.created = to_instant(rows.number(3));
  out.view.ended = to_instant(rows.number(4));
  out.view.master = rows.text(5);
  out.wrapped = rows.text(6);
  return out;
}

#define PURSER_KEY_COLUMNS "id, tenant, state, created, ended, master, wrapped"

void changed(Transaction& t) {
  t.db.post(
      "INSERT INTO sequence (name, next) VALUES ('tenant keys', 1) ON CONFLICT (name) DO UPDATE SET next ="
      " sequence.next + 1");
}

}  // namespace

std::optional<Row> find(Database& database, std::int64_t id) {
  auto rows = database.query("SELECT " PURSER_KEY_COLUMNS " FROM tenant_key WHERE id = ?", id);
  return rows.next() ? std::optional(row_of(rows)) : std::nullopt;
}

std::optional<Row> find_active(Database& database, const std::string& tenant) {
  auto rows =
      database.query("SELECT " PURSER_KEY_COLUMNS " FROM tenant_key WHERE tenant = ? AND state = 1", tenant);
  return rows.next() ? std::optional(row_of(rows)) : std::nullopt;
}

std::int64_t last_destroyed(Database& database, const std::string& tenant) {
  auto rows = database.query("SELECT coalesce(max(id), 0) FROM tenant_key WHERE tenant = ? AND state = 3", tenant);
  return rows.next() ? rows.number(0) : 0;
}

std::vector<DataKeyView> list(Database& database, const std::string& tenant) {
  std::vector<DataKeyView> out;
  auto rows = database.query("SELECT " PURSER_KEY_COLUMNS
                             " FROM tenant_key WHERE ?1 = '' OR tenant = ?1 ORDER BY tenant, id",
                             tenant);
  while (rows.next()) out.push_back(row_of(rows).view);
  return out;
}

std::int64_t stamp(Database& database) {
  auto rows = database.query("SELECT next FROM sequence WHERE name = 'tenant keys'");
  return rows.next() ? rows.number(0) : 0;
}

std::vector<std::string> masters(Database& database) {
  std::vector<std::string> out;
  auto rows = database.query("SELECT DISTINCT master FROM tenant_key WHERE state <> 3");
  while (rows.next()) out.push_back(rows.text(0));
  return out;
}

std::int64_t make(Transaction& t, const std::string& tenant, const MasterKey& master, const std::string& who,
                  bool instead) {
  const auto active = find_active(t.db, tenant);
  if (active && !instead) return active->view.id;
  DataKey key{1, tenant, SecretKey::fresh()};
  {
    auto rows = t.db.query("SELECT coalesce(max(id), 0) + 1 FROM tenant_key");
    if (rows.next()) key.id = rows.number(0);
  }
  if (key.id > max_data_keys) throw std::runtime_error("the journal has made all the data keys it may make");
  t.db.post("UPDATE tenant_key SET state = 2, ended = ? WHERE tenant = ? AND state = 1", to_number(t.now),
            tenant);
  const std::string wrapped = wrap(master, key);
  t.db.post("INSERT INTO tenant_key (id, tenant, state, created, ended, master, wrapped) VALUES (?,?,1,?,0,?,?)",
            key.id, tenant, to_number(t.now), master.id, blob_of(wrapped));
  changed(t);
  t.enter(tenant, who, active ? "data key rotated" : "data key made", {}, {}, fmt::format("key {}", key.id));
  return key.id;
}

std::uint64_t rewrap_some(Transaction& t, const SealRules& rules, const std::string& who) {
  std::vector<Row> found;
  {
    auto rows = t.db.query("SELECT " PURSER_KEY_COLUMNS
                           " FROM tenant_key WHERE state <> 3 AND master <> ? ORDER BY id LIMIT ?",
                           rules.master->id, rewrapped_at_once);
    while (rows.next()) found.push_back(row_of(rows));
  }
  for (const Row& one : found) {
    const MasterKey* master = rules.find(one.view.master);
    const auto key =
        master == nullptr ? std::nullopt : unwrap(*master, one.view.id, one.view.tenant, one.wrapped);
    if (!key) {
      throw std::runtime_error(fmt::format("data key {} of {} is wrapped by master key {}, which is not there",
                                           one.view.id, one.view.tenant, one.view.master));
    }
    const std::string wrapped = wrap(*rules.master, {one.view.id, one.view.tenant, *key});
    t.db.post("UPDATE tenant_key SET master = ?, wrapped = ? WHERE id = ?", rules.master->id, blob_of(wrapped),
              one.view.id);
  }
  if (found.empty()) return 0;
  changed(t);
  t.enter(default_tenant, who, "data keys rewrapped", {}, {},
          fmt::format("{} keys, {} to {}, by master key {}", found.size(), found.front().view.id,
                      found.back().view.id, rules.master->id));
  return found.size();
}

std::uint64_t destroy(Transaction& t, const std::string& tenant, const std::string& who,
                      const std::string& why) {
  const auto keys =
      t.db.run("UPDATE tenant_key SET state = 3, ended = ?, wrapped = ? WHERE tenant = ? AND state <> 3",
               to_number(t.now), Blob{}, tenant);
  changed(t);
  t.enter(tenant, who, "tenant shredded", {}, {},
          fmt::format("{} data keys destroyed{}{}", keys, why.empty() ? "" : ": ", why));
  return static_cast<std::uint64_t>(keys);
}

void refuse_destroyed(Database& database, std::span<const Content> bodies) {
  std::set<std::int64_t> keys;
  for (const Content& body : bodies) {
    if (body.seal != 0) keys.insert(key_of_seal(body.seal));
  }
  for (const std::int64_t key : keys) {
    auto rows = database.query("SELECT 1 FROM tenant_key WHERE id = ? AND state <> 3", key);
    if (!rows.next()) throw std::runtime_error("the tenant's key was destroyed meanwhile: send again");
  }
}

}  // namespace purser::gateway::tenant_keys
