// Deliveries whose time is over before they could be sent.
#include <fmt/format.h>

#include "canonical/finding/finding.h"
#include "gateway/journal/jobs.h"
#include "gateway/journal/packing.h"
#include "gateway/message/tenant.h"

namespace purser::gateway {
namespace {

class Expiring final : public AnsweringJob<ExpiredDelivery> {
 public:
  Expiring(Expiry rule, Completion<ExpiredDelivery> done) : AnsweringJob(std::move(done)), rule_(std::move(rule)) {}

 private:
  struct Row {
    DeliveryId id;
    MessageId message;
    std::string lane;
    Instant since;
  };

  void work(Transaction& t, std::span<const BodyRef>) override {
    std::vector<Row> expired;
    {
      // Those that wait in a lane come first in it once the one before has expired.
      auto rows = t.db.query(
          "SELECT id, message, lane, first_due FROM delivery WHERE target = ? AND state = 1 AND blocked = 0"
          " AND first_due < ? LIMIT ? /*FOR UPDATE SKIP LOCKED*/",
          rule_.target, to_number(t.now - rule_.after), rule_.limit);
      while (rows.next()) expired.push_back({{rows.number(0)}, {rows.number(1)}, rows.text(2), to_instant(rows.number(3))});
    }
    for (const Row& row : expired) expire(t, row);
    if (!expired.empty()) t.made_work();
  }

  void expire(Transaction& t, const Row& row) {
    ExpiredDelivery out{row.id, row.message,
                        make_finding("DELIVER-0016", {},
                                     fmt::format("{}: not sent since {}", rule_.target, text(row.since)))};
    t.db.post(
        "UPDATE delivery SET state = 4, fence = fence + 1, holder = NULL, held_until = 0, due = ?, code = ?,"
        " finding = ? WHERE id = ?",
        to_number(t.now), out.finding.code, pack(out.finding), row.id.value);
    t.enter(tenant_of(rule_.target), "purser", "expired", row.message, row.id, rule_.target);
    t.enter(tenant_of(rule_.target), "purser", "parked", row.message, row.id, out.finding.code);
    t.leave_lane(row.id, row.lane);
    t.refresh(row.message, "purser", out.finding.code);
    results_.push_back(std::move(out));
  }

  Expiry rule_;
};

}  // namespace

std::unique_ptr<Job> make_expiring(Expiry rule, Completion<ExpiredDelivery> done) {
  return std::make_unique<Expiring>(std::move(rule), std::move(done));
}

}  // namespace purser::gateway
