#include "gateway/journal/retention.h"

#include <algorithm>
#include <optional>

#include "gateway/journal/expectations.h"
#include "gateway/journal/jobs.h"
#include "gateway/journal/packing.h"

namespace purser::gateway {
namespace {

class Forgetting final : public AnsweringJob<MessageId> {
 public:
  Forgetting(std::vector<MessageId> batch, Completion<MessageId> done)
      : AnsweringJob(std::move(done)), batch_(std::move(batch)) {}

 private:
  void work(Transaction& t, std::span<const BodyRef>) override {
    for (const MessageId message : batch_) {
      const auto tenant = forget(t, message);
      if (!tenant) continue;
      t.enter(*tenant, "purser", "forgotten", message, {}, "retention");
      results_.push_back(message);
    }
  }

  static void forget_body(Transaction& t, const Rows& row, int column) {
    // Beside SQLite the space comes back when the segment is compacted.
    if (t.db.asks_ahead() && row.number(column) != 0) {
      t.db.post("DELETE FROM body WHERE id = ?", row.number(column + 1));
    }
  }

  static std::optional<std::string> forget(Transaction& t, MessageId message) {
    std::string tenant;
    {
      auto row =
          t.db.query("SELECT state, tenant, body_file, body_offset FROM message WHERE id = ? /*FOR UPDATE*/",
                     message.value);
      if (!row.next()) return std::nullopt;
      const auto state = static_cast<MessageState>(row.number(0));
      if (!is_at_rest(state) || state == MessageState::parked) return std::nullopt;
      tenant = row.text(1);
      forget_body(t, row, 2);
    }
    auto documents =
        t.db.query("SELECT ordinal, keys, canonical_file, canonical_offset FROM document WHERE message = ?",
                   message.value);
    while (documents.next()) {
      for (const Key& key : unpack_keys(documents.view(1))) {
        t.db.post(
            "DELETE FROM document_key WHERE value = ? AND kind = ? AND tenant = ? AND message = ? AND "
            "ordinal = ?",
            key.value, key.kind, tenant, message.value, documents.number(0));
      }
      forget_body(t, documents, 2);
    }
    auto deliveries =
        t.db.query("SELECT id, encoded_file, encoded_offset FROM delivery WHERE message = ?", message.value);
    while (deliveries.next()) {
      t.db.post("DELETE FROM attempt WHERE delivery = ?", deliveries.number(0));
      forget_expectations(t, {deliveries.number(0)});
      forget_body(t, deliveries, 1);
    }
    t.db.post("DELETE FROM delivery WHERE message = ?", message.value);
    t.db.post("DELETE FROM finding WHERE message = ?", message.value);
    t.db.post("DELETE FROM loss WHERE message = ?", message.value);
    t.db.post("DELETE FROM document WHERE message = ?", message.value);
    t.db.post("DELETE FROM message WHERE id = ?", message.value);
    return tenant;
  }

  std::vector<MessageId> batch_;
};

}  // namespace

std::chrono::seconds age_of(const Retention& rule, MessageState state) {
  switch (state) {
    case MessageState::delivered:
      return rule.delivered;
    case MessageState::rejected:
      return rule.rejected;
    case MessageState::cancelled:
      return rule.cancelled;
    default:
      return {};
  }
}

bool RetentionRules::forgets() const {
  return all.forgets() || std::ranges::any_of(tenants, [](const auto& own) { return own.second.forgets(); });
}

std::vector<MessageId> find_forgettable(Database& database, const RetentionRules& rules, Instant now,
                                        MessageId after, std::uint32_t limit) {
  // What any rule lets go; whose rule it is, is looked at row by row.
  const auto before = [&](MessageState state) {
    auto youngest = std::chrono::seconds::max();
    const auto take = [&](const Retention& rule) {
      const auto age = age_of(rule, state);
      if (age.count() != 0) youngest = std::min(youngest, age);
    };
    take(rules.all);
    for (const auto& [tenant, rule] : rules.tenants) take(rule);
    return youngest == std::chrono::seconds::max() ? std::int64_t{0} : to_number(now - youngest);
  };
  const auto goes = [&](const Rows& row) {
    const auto age = age_of(rules.of(row.text(1)), static_cast<MessageState>(row.number(2)));
    return age.count() != 0 && to_instant(row.number(3)) < now - age;
  };
  const std::int64_t bounds[] = {before(MessageState::delivered), before(MessageState::rejected),
                                 before(MessageState::cancelled)};
  // What was received by then has an id below, unless its admission took longer: then its turn comes later.
  constexpr std::chrono::hours longest_admission{1};
  const std::int64_t last = least_id(to_instant(std::ranges::max(bounds)) + longest_admission);
  std::vector<MessageId> out;
  constexpr std::int64_t page = 1000;  // looked at by one question
  // Along the primary key, on a connection that keeps nobody waiting: no index for it slows an admission
  // down.
  for (std::int64_t got = page; got == page && out.size() < limit;) {
    auto rows = database.query(
        "SELECT id, tenant, state, received FROM message WHERE id > ? AND id < ? AND ((state = 3 AND received < ?)"
        " OR (state = 5 AND received < ?) OR (state = 6 AND received < ?)) ORDER BY id LIMIT ?",
        after.value, last, bounds[0], bounds[1], bounds[2], page);
    for (got = 0; out.size() < limit && rows.next(); ++got) {
      after = {rows.number(0)};
      if (goes(rows)) out.push_back(after);
    }
  }
  return out;
}

std::unique_ptr<Job> make_forgetting(std::vector<MessageId> batch, Completion<MessageId> done) {
  return std::make_unique<Forgetting>(std::move(batch), std::move(done));
}

}  // namespace purser::gateway
