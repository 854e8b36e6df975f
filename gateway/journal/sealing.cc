#include "gateway/journal/sealing.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <stdexcept>

#include "gateway/journal/jobs.h"
#include "gateway/journal/sql_journal.h"
#include "gateway/journal/tenant_keys.h"
#include "gateway/seal/body_seal.h"

namespace purser::gateway {
namespace {

std::unexpected<Status> refused(StatusClass what, std::string_view code, std::string message) {
  return std::unexpected(Status{what, std::string(code), std::move(message)});
}

std::unexpected<Status> no_master(std::string_view wanted, const SealRules& rules) {
  if (!rules.master) {
    return refused(StatusClass::denied, "SEAL-0001",
                   fmt::format("data keys are wrapped by master key {}, and none is configured", wanted));
  }
  return refused(StatusClass::denied, "SEAL-0001",
                 fmt::format("data keys are wrapped by master key {}; the configured one is {}{}{}", wanted,
                             rules.master->id, rules.previous ? ", the one before it " : "",
                             rules.previous ? rules.previous->id : ""));
}

}  // namespace

std::string_view name(KeyState state) {
  switch (state) {
    case KeyState::active:
      return "active";
    case KeyState::retired:
      return "retired";
    case KeyState::destroyed:
      return "destroyed";
  }
  return "unknown";
}

Sealing::Sealing(std::function<std::unique_ptr<Database>()> connect, const Clock& clock)
    : readers_(std::move(connect)), clock_(clock), rules_(std::make_shared<const SealRules>()) {}

void Sealing::attach(Backend* backend) {
  const std::lock_guard lock(mutex_);
  backend_ = backend;
}

Outcome Sealing::use(SealRules rules) {
  const auto wrapping = readers_.with([](Database& database) { return tenant_keys::masters(database); });
  if (!wrapping) return std::unexpected(wrapping.error());
  for (const std::string& master : *wrapping) {
    if (rules.find(master) == nullptr) return no_master(master, rules);
  }
  const std::lock_guard lock(mutex_);
  rules_ = std::make_shared<const SealRules>(std::move(rules));
  return {};
}

bool Sealing::has_master() const { return rules()->master.has_value(); }

std::shared_ptr<const SealRules> Sealing::rules() const {
  const std::lock_guard lock(mutex_);
  return rules_;
}

Outcome Sealing::forget_what_changed() {
  const auto now = clock_.monotonic();
  {
    const std::lock_guard lock(mutex_);
    if (looked_.count() >= 0 && now - looked_ < look_again) return {};
  }
  const auto stamp = readers_.with([](Database& database) { return tenant_keys::stamp(database); });
  if (!stamp) return std::unexpected(stamp.error());
  const std::lock_guard lock(mutex_);
  looked_ = now;
  if (*stamp != stamp_) {
    by_id_.clear();
    active_.clear();
  }
  stamp_ = *stamp;
  return {};
}

// By id, or the active one of a tenant; null: it has none.
std::expected<Sealing::Key, Status> Sealing::unwrapped(Database& database, const SealRules& rules,
                                                       std::int64_t id, const std::string& active_of) {
  const auto row =
      id != 0 ? tenant_keys::find(database, id) : tenant_keys::find_active(database, active_of);
  if (!row && id == 0) return Key();
  if (!row)
    return refused(StatusClass::defect, "SEAL-0004", fmt::format("the journal has no data key {}", id));
  if (row->view.state == KeyState::destroyed) {
    return refused(StatusClass::invalid, "SEAL-0002",
                   fmt::format("data key {} of {} was destroyed: what it sealed is unreadable for ever",
                               row->view.id, row->view.tenant));
  }
  const MasterKey* master = rules.find(row->view.master);
  if (master == nullptr) return no_master(row->view.master, rules);
  const auto key = unwrap(*master, row->view.id, row->view.tenant, row->wrapped);
  if (!key) {
    return refused(StatusClass::defect, "SEAL-0004",
                   fmt::format("data key {} of {} does not unwrap: its row was changed", row->view.id,
                               row->view.tenant));
  }
  return std::make_shared<const DataKey>(DataKey{row->view.id, row->view.tenant, *key});
}

std::expected<Sealing::Key, Status> Sealing::to_seal(const std::string& tenant, SealFor work) {
  const auto current = rules();
  if (!current->seals(tenant)) return Key();
  if (auto fresh = forget_what_changed(); !fresh) return std::unexpected(fresh.error());
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = active_.find(tenant); found != active_.end()) return found->second;
  }
  const auto find = [&](std::int64_t id) -> std::expected<Key, Status> {
    auto found = readers_.with([&](Database& database) { return unwrapped(database, *current, id, tenant); });
    return found ? std::move(*found) : std::unexpected(found.error());
  };
  auto key = find(0);
  if (!key) return key;
  if (!*key && work == SealFor::old_work) {
    const auto gone = last_destroyed(tenant);
    if (!gone) return std::unexpected(gone.error());
    if (*gone != 0)
      return refused(StatusClass::invalid, "SEAL-0002",
                     fmt::format("{} was shredded: nothing of its documents is kept any more", tenant));
  }
  if (!*key) {
    const auto made = make(tenant, "purser", false);
    if (!made) return std::unexpected(made.error());
    key = find(*made);
    if (!key) return key;
  }
  const std::lock_guard lock(mutex_);
  active_[tenant] = by_id_[(*key)->id] = *key;
  return *key;
}

std::expected<std::int64_t, Status> Sealing::last_destroyed(const std::string& tenant) {
  return readers_.with([&](Database& database) { return tenant_keys::last_destroyed(database, tenant); });
}

std::expected<Sealing::Key, Status> Sealing::to_open(std::int64_t id) {
  if (auto fresh = forget_what_changed(); !fresh) return std::unexpected(fresh.error());
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = by_id_.find(id); found != by_id_.end()) return found->second;
  }
  const auto current = rules();
  auto found = readers_.with([&](Database& database) { return unwrapped(database, *current, id, {}); });
  if (!found) return std::unexpected(found.error());
  if (!*found) return std::unexpected(found->error());
  const std::lock_guard lock(mutex_);
  by_id_[id] = **found;
  return **found;
}

std::expected<std::vector<DataKeyView>, Status> Sealing::keys(const std::string& tenant) {
  return readers_.with([&](Database& database) { return tenant_keys::list(database, tenant); });
}

// One transaction of the journal's writer, waited for.
template <typename T, typename Work>
std::expected<T, Status> Sealing::write(Work work) {
  Writer* writer = backend_ == nullptr ? nullptr : backend_->writer();
  if (writer == nullptr) {
    return std::unexpected(
        Status{StatusClass::denied, "JOURNAL-0006", "the journal is open for reading only"});
  }
  std::promise<std::expected<std::vector<T>, Status>> promise;
  auto done = promise.get_future();
  writer->hand_in(make_job<T>([&work](Transaction& t, std::vector<T>& out) { out.push_back(work(t)); },
                              [&promise](auto result) { promise.set_value(std::move(result)); }));
  writer->help();
  auto result = done.get();
  const std::lock_guard lock(mutex_);
  looked_ = std::chrono::microseconds(-1);  // what is held may be stale
  if (!result) return std::unexpected(result.error());
  return std::move(result->front());
}

std::expected<std::int64_t, Status> Sealing::make(const std::string& tenant, const std::string& who,
                                                  bool instead) {
  const auto current = rules();
  if (!current->master) {
    return refused(StatusClass::invalid, "SEAL-0001",
                   "no master key is configured: journal.seal.master says which one wraps data keys");
  }
  return write<std::int64_t>(
      [&](Transaction& t) { return tenant_keys::make(t, tenant, *current->master, who, instead); });
}

std::expected<std::int64_t, Status> Sealing::rotate(const std::string& tenant, const std::string& who) {
  return make(tenant, who, true);
}

std::expected<std::uint64_t, Status> Sealing::rewrap(const std::string& who) {
  const auto current = rules();
  if (!current->master) {
    return refused(StatusClass::invalid, "SEAL-0001",
                   "no master key is configured: journal.seal.master says which one wraps data keys");
  }
  std::uint64_t all = 0;
  while (true) {
    const auto some = write<std::uint64_t>(
        [&](Transaction& t) { return tenant_keys::rewrap_some(t, *current, who); });
    if (!some) return std::unexpected(some.error());
    if (*some == 0) break;
    all += *some;
  }
  if (all == 0) return all;
  const auto noted = write<bool>([&](Transaction& t) {
    t.enter(default_tenant, who, "master key rotated", {}, {},
            fmt::format("master key {} wraps all data keys", current->master->id));
    return true;
  });
  if (!noted) return std::unexpected(noted.error());
  // What the old master key wrapped goes from the pages too; if a reader is in the way it is worth nothing
  // once that key is gone.
  static_cast<void>(backend_->scrub_keys());
  return all;
}

std::expected<Shredded, Status> Sealing::shred(const std::string& tenant, const std::string& who,
                                               const std::string& why) {
  const auto destroyed =
      write<std::uint64_t>([&](Transaction& t) { return tenant_keys::destroy(t, tenant, who, why); });
  if (!destroyed) return std::unexpected(destroyed.error());
  {
    const std::lock_guard lock(mutex_);
    by_id_.clear();
    active_.clear();
  }
  Shredded out{*destroyed, true, {}};
  if (const Outcome scrubbed = backend_->scrub_keys(); !scrubbed) {
    out.traces_gone = false;
    out.why = scrubbed.error().message;
  }
  return out;
}

StoredBody Sealer::operator()(const std::string& tenant, std::string body) {
  if (body.empty() || !outcome_) return StoredBody::plain(std::move(body));
  return sealed(sealing_.to_seal(tenant, work_), std::move(body));
}

StoredBody Sealer::text(const std::string& tenant, std::string text) {
  if (text.empty() || !outcome_) return StoredBody::plain(std::move(text));
  const auto key = sealing_.to_seal(tenant, work_);
  const bool shredded = !key && key.error().code == "SEAL-0002";
  const auto gone = shredded ? sealing_.last_destroyed(tenant) : std::expected<std::int64_t, Status>(0);
  if (!gone || *gone == 0) return sealed(key, std::move(text));
  StoredBody out;
  out.seal = new_seal(*gone);
  out.bytes.assign(sealed_length(0), '\0');
  return out;
}

StoredBody Sealer::sealed(const std::expected<Sealing::Key, Status>& key, std::string bytes) {
  if (!key) {
    outcome_ = std::unexpected(key.error());
    return {};
  }
  if (!*key) return StoredBody::plain(std::move(bytes));
  StoredBody out;
  out.length = bytes.size();
  out.seal = new_seal((*key)->id);
  try {
    out.bytes = seal_body(**key, out.seal, bytes);
  } catch (const std::runtime_error& error) {
    outcome_ = std::unexpected(Status{StatusClass::unavailable, "SEAL-0001", error.what()});
  }
  return out;
}

}  // namespace purser::gateway
