// The journal: the one store of what was accepted, what it means, where it went. Takes and gives batches.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "gateway/journal/query.h"
#include "gateway/message/delivery.h"
#include "gateway/message/message.h"
#include "gateway/message/tenant.h"

namespace purser::gateway {

/// A message to be admitted: with its understanding (fast path) or without (it is understood later).
/// Body, claims, business keys, findings, deliveries and first entry become durable in one transaction.
struct Admission {
  Incoming incoming;
  Sha256 hash{};  ///< of the body; compared when a claim was seen before
  std::optional<Understanding> understanding;
  std::optional<Lease>
      lease;  ///< set: planned deliveries, and a message not understood, are held by the caller
};

/// What became of an admission. Deliveries that were leased to the caller come in `claimed`.
struct Admitted {
  AnswerKind kind = AnswerKind::accepted;
  MessageId message;
  MessageState state = MessageState::admitted;
  std::vector<ClaimedDelivery> claimed;
};

/// The second half of an admission on the slow path: a message's documents, whole or in parts. Each part is
/// durable with everything that belongs to its documents; a reading that was interrupted goes on behind the
/// last one.
struct Settlement {
  MessageId message;
  Understanding understanding;  ///< of this part; its state and findings those of the part
  std::optional<Lease> lease;   ///< for the deliveries that are planned
  std::uint32_t after = 0;  ///< documents read in the parts before. Refused if the journal has another number
  std::uint32_t settled =
      0;  ///< documents read up to the end of this part; of the last one it does not matter
  std::optional<Lease> more;  ///< set: parts follow, and the message is held until then
  /// Made with this part. If another message made one meanwhile the part is refused as a conflict, and the
  /// message is free to be read again at once: by then the claim is found.
  std::vector<Claim> claims;
  std::string tenant{default_tenant};  ///< the message's: its key seals the bodies
};

/// A message that was admitted and waits to be understood.
struct PendingMessage {
  MessageId id;
  Incoming incoming;  ///< `body` is empty
  BodyRef body;
  std::uint32_t settled = 0;  ///< documents whose parts are durable: the reading goes on behind them
};

/// Asks for due deliveries of one target.
struct ClaimRequest {
  std::string target;
  std::uint32_t limit = 64;
  Lease lease;
};

/// What a person may do to a message or a delivery.
enum class ActionKind : std::uint8_t {
  release,  ///< parked deliveries become due; a parked message without deliveries is understood again
  replay,   ///< understood again from its stored body, new deliveries with new ids
  park,     ///< open deliveries stop
  cancel    ///< open and parked deliveries end
};
struct Action {
  ActionKind kind = ActionKind::release;
  MessageId message;
  DeliveryId delivery;  ///< set: this delivery only
  std::string who;
  std::string why;
  bool without_parked = false;  ///< release of a stopped message leaves its parked deliveries alone
  std::string tenant{}, partner{};  ///< set: whose messages alone may be touched; others look like none
};
/// What an action did, or would do in a dry run.
struct ActionResult {
  MessageId message;
  std::vector<DeliveryId> deliveries;
  MessageState state = MessageState::admitted;
  std::string said;  ///< empty if done; else why nothing was done
};

/// An edited copy of a message that is at rest, to be taken in its place. Both stay, and name each other.
struct Resubmission {
  MessageId of;
  BodyRef copy;  ///< from BodyStore::open_large
  Sha256 hash{};
  std::string format;       ///< of the copy; empty: as of the message
  bool everywhere = false;  ///< documents that arrived somewhere already go there again
  std::string who;
  std::string why;
};

/// Deliveries to `target` that have waited longer than `after` since they were planned or released.
struct Expiry {
  std::string target;
  std::chrono::seconds after{0};
  std::uint32_t limit = 100;
};
struct ExpiredDelivery {
  DeliveryId delivery;
  MessageId message;
  Finding finding;
};

/// An event that concerns no message: a login refused, a configuration swapped.
struct AuditNote {
  std::string who, what, why;
  std::string tenant{default_tenant};
};

/// Something administered while the gateway runs (an API key, a tenant, a subscription), in the form its
/// owner gives it. Versions start at 1 and grow with every change.
struct KeptRecord {
  std::string kind, tenant, name;
  std::int64_t version = 0;
  std::string content;  ///< empty: removed
};

/// A row with a due time: retries beyond deliveries, expiries, schedules.
struct Timer {
  std::string name;  ///< unique; setting it again moves it
  std::string payload;
  Instant due;
};

/// How long messages at rest are kept, from when they were received; 0: for ever. Parked ones wait for a
/// person.
struct Retention {
  std::chrono::seconds delivered{0}, rejected{0}, cancelled{0};
  [[nodiscard]] bool forgets() const { return delivered.count() + rejected.count() + cancelled.count() != 0; }
};
/// The rule for all, and those of tenants that have their own.
struct RetentionRules {
  Retention all;
  std::map<std::string, Retention> tenants;
  [[nodiscard]] const Retention& of(const std::string& tenant) const {
    const auto own = tenants.find(tenant);
    return own == tenants.end() ? all : own->second;
  }
  [[nodiscard]] bool forgets() const;
};
/// A delivery that was written at its first attempt.
struct EncodedDelivery {
  ClaimedDelivery delivery;
  std::string bytes;
  std::vector<Finding> findings;  ///< of writing it; stand with its document's from then on
};

/// What keeping house came to.
struct HouseKept {
  std::uint64_t forgotten = 0;    ///< messages
  std::uint64_t bytes_freed = 0;  ///< of bodies; beside SQLite some time after the messages went
};

/// Called once, on the journal's thread: return quickly. On an error nothing of the batch was stored.
template <typename T>
using Completion = std::move_only_function<void(std::expected<std::vector<T>, Status>)>;

/// Writes complete after they are durable, in the order in which they were handed in. All calls are [any].
class Journal {
 public:
  virtual ~Journal() = default;

  virtual void admit(std::vector<Admission> batch, Completion<Admitted> done) = 0;
  virtual void settle(std::vector<Settlement> batch, Completion<Admitted> done) = 0;
  /// The same for who has nothing else to do meanwhile.
  virtual std::expected<std::vector<Admitted>, Status> settle_now(std::vector<Settlement> batch) = 0;
  /// Messages nobody has understood yet and nobody holds, oldest first.
  virtual void claim_pending(std::uint32_t limit, Lease lease, Completion<PendingMessage> done) = 0;
  /// Due deliveries that are first in their lane, oldest first.
  virtual void claim_due(std::vector<ClaimRequest> batch, Completion<ClaimedDelivery> done) = 0;
  /// Keeps the bytes of a delivery before they are sent for the first time.
  virtual void keep_encoded(std::vector<EncodedDelivery> batch, Completion<BodyRef> done) = 0;
  /// Records attempts. Gives the deliveries that came first in their lane thereby and are leased to `lease`.
  virtual void record(std::vector<Attempt> batch, std::optional<Lease> lease,
                      Completion<ClaimedDelivery> done) = 0;
  /// Gives back what `owner` holds: at start, before anything else, and at a graceful stop.
  virtual Outcome give_back(const std::string& owner) = 0;
  /// Gives back claims of which nothing was sent; those that somebody else has meanwhile stay his.
  virtual void give_back(std::vector<ClaimedDelivery> unsent, Completion<bool> done) = 0;

  /// Awaits acknowledgements of deliveries: before they are sent, so that no answer comes before the question.
  /// Their time runs from when the delivery is recorded as delivered. Again for the same changes nothing.
  virtual void expect(std::vector<Expectation> batch, Completion<bool> done) = 0;
  /// What should have come by now and did not: each is given once, and is a finding of its document from then
  /// on.
  virtual std::expected<std::vector<ExpectationView>, Status> raise_overdue(std::uint32_t limit) = 0;
  /// Parks what has expired and is not on its way. Those behind in a lane may expire next.
  virtual std::expected<std::vector<ExpiredDelivery>, Status> expire(const Expiry& rule) = 0;
  /// A person says that nothing has to come for this delivery any more. False: nothing was awaited.
  /// `tenant` empty: whosever it is.
  virtual std::expected<bool, Status> waive(DeliveryId delivery, const std::string& tenant, const std::string& who,
                                            const std::string& why) = 0;
  virtual std::expected<std::vector<ExpectationView>, Status> expectations(const ExpectationQuery& query) = 0;

  virtual std::expected<std::vector<ActionResult>, Status> act(std::span<const Action> batch) = 0;
  /// What act() would do now; changes nothing.
  virtual std::expected<std::vector<ActionResult>, Status> would(std::span<const Action> batch) = 0;
  /// Admits the copy as a message of its own that is understood next, and cancels what of the first one is
  /// parked. The same copy again gives the message it became. `said` if the first one is not at rest.
  virtual std::expected<ActionResult, Status> resubmit(const Resubmission& copy) = 0;
  virtual Outcome note(std::span<const AuditNote> batch) = 0;
  virtual Outcome set_timers(std::span<const Timer> batch) = 0;
  /// Removes and gives timers that are due.
  virtual std::expected<std::vector<Timer>, Status> take_due_timers(std::uint32_t limit) = 0;
  /// The first of `count` consecutive numbers of a sequence; they are never given again.
  virtual std::expected<std::int64_t, Status> take_numbers(const std::string& sequence,
                                                           std::uint32_t count) = 0;
  /// Makes `lease.owner` the one who does `what` (schedules, retention) until the lease ends, and again
  /// before it ends. Gives a number that grows with every change of leader; none if somebody else leads.
  virtual std::expected<std::optional<std::int64_t>, Status> lead(const std::string& what,
                                                                  const Lease& lease) = 0;
  /// Forgets what the rule lets go, and gives back the room of bodies. Takes its time; from one thread of one
  /// node.
  virtual std::expected<HouseKept, Status> keep_house(const RetentionRules& rules) = 0;
  /// Key-value store for connectors. Put succeeds (true) only if the stored value is `expected` (empty:
  /// none).
  virtual std::expected<std::optional<std::string>, Status> get(const std::string& key) = 0;
  virtual std::expected<bool, Status> put(const std::string& key, const std::optional<std::string>& expected,
                                          const std::string& value) = 0;

  /// Questions are answered in this process: asking one pays where it mostly spares nothing.
  [[nodiscard]] virtual bool is_local() const = 0;
  /// The first answer to a claim, none if it is new: spares the work; the transaction decides.
  virtual std::expected<std::optional<Admitted>, Status> find_claim(const std::string& tenant,
                                                                    const Claim& claim,
                                                                    const Sha256& hash) = 0;
  virtual std::expected<std::vector<MessageSummary>, Status> list(const ListQuery& query) = 0;
  /// JOURNAL-0003 (invalid) if there is no such message.
  virtual std::expected<MessageView, Status> show(MessageId id, const DocumentRange& which = {}) = 0;
  /// A delivery with its document and what is known of the message. JOURNAL-0003 if there is no such delivery.
  virtual std::expected<MessageView, Status> show(DeliveryId id) = 0;
  /// A message's deliveries behind one, so many at most, in the order in which they were planned.
  virtual std::expected<std::vector<DeliveryView>, Status> deliveries(MessageId id, DeliveryId after,
                                                                      std::uint32_t limit) = 0;
  virtual std::expected<std::vector<Step>, Status> timeline(MessageId id, const DocumentRange& which = {}) = 0;
  /// In the order of HitPlace.
  virtual std::expected<std::vector<KeyHit>, Status> find_by_key(const KeyQuery& query) = 0;
  /// What stands still by cause and target, the most first.
  virtual std::expected<std::vector<ParkedGroup>, Status> parked(const ParkedQuery& query = {}) = 0;
  /// The same one by one, in the order of message and delivery.
  virtual std::expected<std::vector<ParkedItem>, Status> parked_items(const ParkedQuery& query) = 0;
  /// Every chain of the audit trail with its last number.
  virtual std::expected<std::vector<TrailChain>, Status> trail_chains() = 0;
  /// Entries of one chain. No entry is missed: numbers of a chain become visible in order.
  virtual std::expected<std::vector<TrailEntry>, Status> trail(const TrailQuery& query) = 0;

  /// Removed ones left out, in order of tenant and name. `tenant` empty: of all.
  virtual std::expected<std::vector<KeptRecord>, Status> records(const std::string& kind,
                                                                 const std::string& tenant) = 0;
  /// Another number whenever a record of the kind was changed.
  virtual std::expected<std::int64_t, Status> records_stamp(const std::string& kind) = 0;
  /// Stores a record whose version still is `record.version` (0: there is none) and enters `note`, unless its
  /// `what` is empty, in one transaction. Gives the new version; none if somebody else changed it.
  virtual std::expected<std::optional<std::int64_t>, Status> put_record(const KeptRecord& record,
                                                                        const AuditNote& note) = 0;
  /// Counts everything: for tests and people, not for what asks every second.
  virtual std::expected<JournalFigures, Status> figures() = 0;
  /// Whether it can be asked at all.
  virtual Outcome answers() = 0;
  /// `tell` is called on a thread of the journal when other nodes have made work; never again after an empty
  /// function was set. Where nodes cannot tell each other, it is not called at all.
  virtual void on_news(std::function<void()> tell) = 0;
  /// Body or canonical JSON of a message, by place.
  virtual std::expected<std::string, Status> body(const BodyRef& where) = 0;
};

}  // namespace purser::gateway
