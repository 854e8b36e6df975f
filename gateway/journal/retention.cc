#include "gateway/journal/retention.h"

#include <algorithm>

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
      if (!forget(t, message)) continue;
      t.enter("purser", "forgotten", message, {}, "retention");
      results_.push_back(message);
    }
  }

  static void forget_body(Transaction& t, const Rows& row, int column) {
    // Beside SQLite the space comes back when the segment is compacted.
    if (t.db.asks_ahead() && row.number(column) != 0) {
      t.db.post("DELETE FROM body WHERE id = ?", row.number(column + 1));
    }
  }

  static bool forget(Transaction& t, MessageId message) {
    std::string tenant;
    {
      auto row =
          t.db.query("SELECT state, tenant, body_file, body_offset FROM message WHERE id = ? /*FOR UPDATE*/",
                     message.value);
      if (!row.next()) return false;
      const auto state = static_cast<MessageState>(row.number(0));
      if (!is_at_rest(state) || state == MessageState::parked) return false;
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
      forget_body(t, deliveries, 1);
    }
    t.db.post("DELETE FROM delivery WHERE message = ?", message.value);
    t.db.post("DELETE FROM finding WHERE message = ?", message.value);
    t.db.post("DELETE FROM loss WHERE message = ?", message.value);
    t.db.post("DELETE FROM document WHERE message = ?", message.value);
    t.db.post("DELETE FROM message WHERE id = ?", message.value);
    return true;
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

std::vector<MessageId> find_forgettable(Database& database, const Retention& rule, Instant now,
                                        MessageId after, std::uint32_t limit) {
  const auto before = [&](MessageState state) {
    const auto age = age_of(rule, state);
    return age.count() == 0 ? std::int64_t{0} : to_number(now - age);
  };
  std::vector<MessageId> out;
  // Along the primary key, on a connection that keeps nobody waiting: no index for it slows an admission
  // down.
  auto rows = database.query(
      "SELECT id FROM message WHERE id > ? AND ((state = 3 AND received < ?) OR (state = 5 AND received < ?)"
      " OR (state = 6 AND received < ?)) ORDER BY id LIMIT ?",
      after.value, before(MessageState::delivered), before(MessageState::rejected),
      before(MessageState::cancelled), limit);
  while (rows.next()) out.push_back({rows.number(0)});
  return out;
}

std::unique_ptr<Job> make_forgetting(std::vector<MessageId> batch, Completion<MessageId> done) {
  return std::make_unique<Forgetting>(std::move(batch), std::move(done));
}

}  // namespace purser::gateway
