// Edited copies: a copy is admitted in the place of a message that a person mended.
#include <fmt/format.h>

#include <algorithm>

#include "gateway/journal/jobs.h"
#include "gateway/journal/queries.h"

namespace purser::gateway {
namespace {

class ResubmissionJob final : public AnsweringJob<ActionResult> {
 public:
  ResubmissionJob(Resubmission copy, Completion<ActionResult> done)
      : AnsweringJob(std::move(done)), copy_(std::move(copy)) {}

 private:
  void work(Transaction& t, std::span<const BodyRef>) override { results_.push_back(resubmit(t)); }

  ActionResult resubmit(Transaction& t) {
    ActionResult result;
    std::string tenant;
    {
      auto row = t.db.query("SELECT state, tenant FROM message WHERE id = ? /*FOR UPDATE*/", copy_.of.value);
      if (!row.next()) {
        result.said = "there is no such message";
        return result;
      }
      result.state = static_cast<MessageState>(row.number(0));
      tenant = row.text(1);
    }
    const Claim claim{fmt::format("resubmit/{}", text(copy_.of)), hex(copy_.hash)};
    {
      auto row = t.db.query(queries::claim_sql, claim.scope, claim.key, tenant);
      if (const auto seen = queries::read_claim(row, copy_.hash)) {
        result.message = seen->message;
        result.state = seen->state;
        return result;
      }
    }
    if (!is_at_rest(result.state)) {
      result.message = copy_.of;
      result.said = fmt::format("the message is still {}; park or cancel it first", name(result.state));
      return result;
    }
    if (result.state == MessageState::delivered && !copy_.everywhere) {
      result.message = copy_.of;
      result.said = "the message is delivered: the copy would go out only if it goes everywhere again";
      return result;
    }
    result.message = admit(t, tenant, claim);
    end_first(t, tenant, result);
    result.state = MessageState::admitted;
    t.made_work();
    return result;
  }

  // Parked, not rejected, if it is not valid either: a person is at it.
  MessageId admit(Transaction& t, const std::string& tenant, const Claim& claim) {
    const MessageId id{t.next_id()};
    t.db.post(
        "INSERT INTO message (id, tenant, state, received, source, partner, credential, format, media_type,"
        " file_name, reject_invalid, body_file, body_offset, body_length, body_seal, hash, only_undelivered, resubmits,"
        " leaves_out) SELECT ?1, tenant, ?2, ?3, source, partner, ?4, CASE WHEN ?5 = '' THEN format ELSE ?5"
        " END, media_type, file_name, 0, ?6, ?7, ?8, ?9, ?10, ?11, id, ?11 FROM message WHERE id = ?12",
        id.value, static_cast<int>(MessageState::admitted), to_number(t.now), copy_.who, copy_.format,
        copy_.copy.file, copy_.copy.offset, copy_.copy.length, copy_.copy.seal, Blob{copy_.hash}, copy_.everywhere ? 0 : 1,
        copy_.of.value);
    t.db.insert("INSERT INTO idempotency (scope, key, tenant, hash, message) VALUES (?,?,?,?,?)", claim.scope,
                claim.key, tenant, Blob{copy_.hash}, id.value);
    t.enter(tenant, copy_.who, "resubmitted", copy_.of, {}, with_reason("as", id));
    t.enter(tenant, copy_.who, "admitted", id, {}, "an edited copy");
    t.enter(tenant, copy_.who, "resubmitted", id, {}, with_reason("copy of", copy_.of));
    return id;
  }

  [[nodiscard]] std::string with_reason(std::string_view words, MessageId other) const {
    return fmt::format("{} {}{}{}", words, text(other), copy_.why.empty() ? "" : ": ", copy_.why);
  }

  // What is parked of the first one is done with; what is on its way or arrived stays as it is.
  void end_first(Transaction& t, const std::string& tenant, ActionResult& result) {
    struct Parked {
      DeliveryId id;
      std::string lane;
    };
    std::vector<Parked> parked;
    {
      auto rows = t.db.query("SELECT id, lane FROM delivery WHERE message = ? AND state = 4 ORDER BY id",
                             copy_.of.value);
      while (rows.next()) parked.push_back({{rows.number(0)}, rows.text(1)});
    }
    for (const Parked& one : parked) {
      t.db.post("UPDATE delivery SET state = 5, fence = fence + 1, holder = NULL, held_until = 0 WHERE id = ?",
                one.id.value);
      t.enter(tenant, copy_.who, "cancelled", copy_.of, one.id, "replaced by an edited copy");
      t.leave_lane(one.id, one.lane);
      result.deliveries.push_back(one.id);
    }
    if (result.state != MessageState::parked) return;
    t.db.post("UPDATE message SET stopped = 0 WHERE id = ?", copy_.of.value);
    t.refresh(copy_.of, copy_.who, "replaced by an edited copy");
  }

  Resubmission copy_;
};

}  // namespace

std::unique_ptr<Job> make_resubmission(Resubmission copy, Completion<ActionResult> done) {
  return std::make_unique<ResubmissionJob>(std::move(copy), std::move(done));
}

}  // namespace purser::gateway
