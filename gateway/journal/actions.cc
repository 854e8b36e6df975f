// What people do: release, replay, park, cancel. Each is audited with who and why.
#include <fmt/format.h>

#include "canonical/finding/finding.h"
#include "gateway/journal/jobs.h"
#include "gateway/journal/packing.h"

namespace purser::gateway {
namespace {

struct DeliveryRow {
  DeliveryId id;
  DeliveryState state = DeliveryState::due;
  std::string lane;
};

class ActionsJob final : public AnsweringJob<ActionResult> {
 public:
  ActionsJob(std::vector<Action> batch, Completion<ActionResult> done)
      : AnsweringJob(std::move(done)), batch_(std::move(batch)) {}

 private:
  void work(Transaction& t, std::span<const BodyRef>) override {
    for (const Action& action : batch_) results_.push_back(act(t, action));
    t.made_work();
  }

  static ActionResult act(Transaction& t, Action action) {
    if (!action.message.is_set() && action.delivery.is_set()) {
      auto row = t.db.query("SELECT message FROM delivery WHERE id = ?", action.delivery.value);
      if (row.next()) action.message = {row.number(0)};
    }
    ActionResult result;
    result.message = action.message;
    {
      auto row = t.db.query("SELECT state, tenant, partner FROM message WHERE id = ? /*FOR UPDATE*/",
                            action.message.value);
      // Another's message looks like none.
      const bool seen = row.next() && (action.tenant.empty() || action.tenant == row.view(1)) &&
                        (action.partner.empty() || action.partner == row.view(2));
      if (!seen) {
        result.message = {};
        result.said = "there is no such message";
        return result;
      }
      action.tenant = row.text(1);
      result.state = static_cast<MessageState>(row.number(0));
    }
    switch (action.kind) {
      case ActionKind::release:
        release(t, action, result);
        break;
      case ActionKind::replay:
        replay(t, action, result);
        break;
      case ActionKind::park:
        stop(t, action, result, DeliveryState::parked);
        break;
      case ActionKind::cancel:
        stop(t, action, result, DeliveryState::cancelled);
        break;
    }
    return result;
  }

  static std::vector<DeliveryRow> deliveries_of(Transaction& t, const Action& action) {
    std::vector<DeliveryRow> list;
    auto rows = t.db.query("SELECT id, state, lane FROM delivery WHERE message = ? ORDER BY id",
                           action.message.value);
    while (rows.next()) {
      const DeliveryRow row{{rows.number(0)}, static_cast<DeliveryState>(rows.number(1)), rows.text(2)};
      if (!action.delivery.is_set() || action.delivery == row.id) list.push_back(row);
    }
    return list;
  }

  static void understand_again(Transaction& t, const Action& action, ActionResult& result,
                               bool only_undelivered) {
    t.step(action.message, result.state, MessageState::admitted);
    t.db.post(
        "UPDATE message SET stopped = 0, why = '', only_undelivered = ?, settled = 0, holder = NULL, "
        "held_until = 0"
        " WHERE id = ?",
        only_undelivered, action.message.value);
    result.state = MessageState::admitted;
  }

  static void release(Transaction& t, const Action& action, ActionResult& result) {
    for (const DeliveryRow& row : deliveries_of(t, action)) {
      if (row.state != DeliveryState::parked || action.without_parked) continue;
      if (!row.lane.empty()) t.lock_lane(row.lane);
      const bool blocked =
          !row.lane.empty() &&
          t.db.query("SELECT 1 FROM delivery WHERE lane = ? AND in_lane = 1 AND blocked = 0 AND id <> ?",
                     row.lane, row.id.value)
              .next();
      t.db.post(
          "UPDATE delivery SET state = 1, due = ?, first_due = ?, attempts = 0, in_lane = ?, blocked = ?, "
          "code = '',"
          " finding = '' WHERE id = ?",
          to_number(t.now), to_number(t.now), !row.lane.empty(), blocked, row.id.value);
      t.enter(action.tenant, action.who, "released", action.message, row.id, action.why);
      result.deliveries.push_back(row.id);
    }
    const bool stopped =
        result.state == MessageState::parked && !action.delivery.is_set() &&
        t.db.query("SELECT 1 FROM message WHERE id = ? AND stopped = 1", action.message.value).next();
    if (stopped) {
      understand_again(t, action, result, true);
      t.enter(action.tenant, action.who, "released", action.message, {}, action.why);
    } else if (result.deliveries.empty()) {
      result.said = fmt::format("nothing is parked: the message is {}", name(result.state));
    } else {
      result.state = t.refresh(action.message, action.who, action.why);
    }
  }

  static void replay(Transaction& t, const Action& action, ActionResult& result) {
    if (!is_at_rest(result.state)) {
      result.said = fmt::format("the message is still {}; park or cancel it first", name(result.state));
      return;
    }
    for (const DeliveryRow& row : deliveries_of(t, {action.kind, action.message, {}, {}, {}, {}, {}})) {
      if (is_open(row.state)) {
        result.said = fmt::format("delivery {} is still open; park or cancel it first", text(row.id));
        return;
      }
    }
    for (const DeliveryRow& row : deliveries_of(t, {action.kind, action.message, {}, {}, {}, {}, {}})) {
      if (row.state != DeliveryState::parked) continue;
      t.db.post("UPDATE delivery SET state = 5, holder = NULL WHERE id = ?", row.id.value);
      t.enter(action.tenant, action.who, "cancelled", action.message, row.id, "replaced by a replay");
      t.leave_lane(row.id, row.lane);
    }
    understand_again(t, action, result, false);
    t.enter(action.tenant, action.who, "replayed", action.message, {}, action.why);
  }

  // Parks what is open, or cancels what is open or parked.
  static void stop(Transaction& t, const Action& action, ActionResult& result, DeliveryState to) {
    Finding finding;
    if (to == DeliveryState::parked) {
      finding = make_finding("DELIVER-0010", {}, fmt::format("Parked by {}: {}", action.who, action.why));
    }
    const std::string packed = to == DeliveryState::parked ? pack(finding) : std::string();
    for (const DeliveryRow& row : deliveries_of(t, action)) {
      if (!is_open(row.state) && !(to == DeliveryState::cancelled && row.state == DeliveryState::parked))
        continue;
      // The fence keeps an attempt that is under way from settling it.
      t.db.post(
          "UPDATE delivery SET state = ?, fence = fence + 1, holder = NULL, held_until = 0, due = ?, code = ?, "
          "finding = ?"
          " WHERE id = ?",
          static_cast<int>(to), to_number(t.now), finding.code, packed, row.id.value);
      t.enter(action.tenant, action.who, name(to), action.message, row.id, action.why);
      t.leave_lane(row.id, row.lane);
      result.deliveries.push_back(row.id);
    }
    stop_message(t, action, result, to, finding.code, packed);
  }

  static void stop_message(Transaction& t, const Action& action, ActionResult& result, DeliveryState to,
                           const std::string& code, const std::string& packed) {
    if (action.delivery.is_set() && result.deliveries.empty()) {
      result.said = "the delivery is at rest";
      return;
    }
    const bool whole = !action.delivery.is_set();
    if (whole && result.state == MessageState::admitted) {
      const auto state = to == DeliveryState::parked ? MessageState::parked : MessageState::cancelled;
      t.step(action.message, result.state, state);
      t.db.post("UPDATE message SET stopped = ?, why = ?, holder = NULL, held_until = 0 WHERE id = ?",
                state == MessageState::parked, code, action.message.value);
      if (state == MessageState::parked) {
        t.add_finding(action.message, 0, code, Severity::error, packed);
      }
      t.enter(action.tenant, action.who, name(state), action.message, {}, action.why);
      result.state = state;
      return;
    }
    if (is_at_rest(result.state) && result.state != MessageState::parked) {
      result.said = fmt::format("the message is {} already", name(result.state));
      return;
    }
    if (whole && to == DeliveryState::cancelled) {
      t.db.post("UPDATE message SET stopped = 0 WHERE id = ?", action.message.value);
    }
    result.state = t.refresh(action.message, action.who, code.empty() ? action.why : code);
  }

  std::vector<Action> batch_;
};

}  // namespace

std::unique_ptr<Job> make_actions(std::vector<Action> batch, Completion<ActionResult> done) {
  return std::make_unique<ActionsJob>(std::move(batch), std::move(done));
}

}  // namespace purser::gateway
