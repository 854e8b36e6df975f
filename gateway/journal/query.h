// Questions to the journal, and what it answers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/message/delivery.h"
#include "gateway/message/message.h"

namespace purser::gateway {

/// Filter of a list. Empty members do not restrict. Newest first.
struct ListQuery {
  static constexpr std::uint32_t max_limit = 1000;  ///< one page; more is asked for with `before`
  std::string tenant;
  std::optional<MessageState> state;
  std::string source;
  std::string partner;
  DocumentType type = DocumentType::none;
  MessageId before;  ///< continues after the last id of the page before
  std::uint32_t limit = 50;
};

/// Whose messages a question is about. Empty members do not restrict.
struct WhoseWork {
  std::string tenant, partner;
};

/// Where a hit of a business key stands: newest first, the last of a message first; one document carries a value
/// under several kinds.
struct HitPlace {
  MessageId message;  ///< not set: before all
  std::uint32_t document = 0;
  std::string kind;
  friend bool operator==(const HitPlace&, const HitPlace&) = default;
  [[nodiscard]] bool is_before(const HitPlace& other) const;
};
/// Shown form, the cursor of a list: "m03F7ZK2M9Q0X4.1.order".
std::string text(const HitPlace& place);
std::optional<HitPlace> parse_hit_place(std::string_view text);

/// Asks for documents by business key. Empty members do not restrict, but for `value`.
struct KeyQuery {
  std::string kind, value;
  WhoseWork whose{};
  std::uint32_t limit = ListQuery::max_limit;
  HitPlace after{};  ///< continues after the last hit of the page before
};

/// Asks for entries of the audit trail: one chain, upwards behind `after`, or downwards before `before`.
struct TrailQuery {
  static constexpr std::int64_t most_looked_at = 100'000;  ///< entries of others passed over in one question
  std::string tenant;                                      ///< empty: of all
  std::int64_t chain = 0;
  std::int64_t after = 0;
  std::int64_t before = 0;  ///< 0: upwards
  std::uint32_t limit = 100;
};
struct TrailChain {
  std::int64_t chain = 0, last = 0;
};

/// One line of a list.
struct MessageSummary {
  MessageId id;
  std::string tenant;
  MessageState state = MessageState::admitted;
  Instant received;
  std::string source, partner, format, file_name;
  std::uint64_t body_length = 0;
  std::string why;  ///< code of the finding that stopped it, empty if nothing did
  std::uint32_t documents = 0;
  DocumentType type = DocumentType::none;  ///< of the first document
  std::string number;                      ///< of the first document
};

struct DocumentView {
  std::uint32_t ordinal = 0;
  DocumentType type = DocumentType::none;
  std::string number;
  BodyRef canonical;
  std::vector<Key> keys;
  std::vector<Finding> findings;
  std::vector<Loss> losses;
};

struct AttemptView {
  Instant started;
  std::chrono::microseconds took{0};
  std::uint16_t answer = 0;
  std::string detail;
};

struct DeliveryView {
  DeliveryId id;
  MessageId message;
  std::uint32_t document = 0;
  DeliveryState state = DeliveryState::due;
  std::string route, target, lane, connector, format;
  Instant due;
  DeliveryId waits_for;        ///< due, but behind this delivery of its lane; not set: behind none
  bool behind_parked = false;  ///< that one is parked, and its target holds the lane
  std::uint32_t attempts_made = 0;
  BodyRef encoded;
  std::optional<Finding> finding;
  std::vector<AttemptView> attempts;
};

/// Which of a message's documents, an interchange may have a million: those behind an ordinal, so many at most, all of
/// them by itself. Their deliveries, and the steps of these, go with them; steps of the message itself go with the first.
struct DocumentRange {
  std::uint32_t after = 0;
  std::uint32_t limit = UINT32_MAX;
};
/// What is known of the message itself.
inline constexpr DocumentRange no_documents{0, 0};

/// Everything about one message, or about a part of its documents.
struct MessageView {
  MessageSummary summary;
  std::string credential, media_type;
  BodyRef body;
  Sha256 hash{};
  MessageId resubmits;                     ///< the message of which this one is an edited copy
  std::vector<MessageId> resubmitted_as;   ///< its own edited copies
  std::vector<Finding> findings;  ///< of the message itself
  std::vector<DocumentView> documents;
  std::vector<DeliveryView> deliveries;
  bool more = false;  ///< there are documents behind these
};

/// One step of a message's or a delivery's life, as the audit trail keeps it.
struct Step {
  Instant at;
  std::string who;   ///< credential, node or person
  std::string what;  ///< "admitted", "planned", "delivered", "parked", "released", …
  MessageId message;
  DeliveryId delivery;
  std::string why;  ///< finding code, target, reason given by a person
};

/// A step with its place in the trail.
struct TrailEntry {
  std::int64_t chain = 0, sequence = 0;
  std::string tenant;
  Step step;
};

/// A document found by business key.
struct KeyHit {
  MessageId message;
  std::uint32_t document = 0;
  DocumentType type = DocumentType::none;
  std::string number;
  std::string kind;
  MessageState state = MessageState::admitted;
  Instant received;
  [[nodiscard]] HitPlace place() const { return {message, document, kind}; }
};

/// Which parked work. Empty members do not restrict.
struct ParkedQuery {
  static constexpr std::uint32_t max_limit = 1000;  ///< one page; more is asked for with `after`
  std::string tenant;
  std::string code;  ///< cause: a finding's code
  std::string target;
  std::string partner;
  std::string source;
  std::string key_kind;  ///< kind of `key`; empty: any
  std::string key;       ///< a business key of the document
  /// When it parked: from `since` on, before `until`. A message that was stopped counts from its receipt.
  std::optional<Instant> since, until;
  MessageId after;  ///< continues after the last message and delivery of the page before
  DeliveryId after_delivery;
  std::uint32_t limit = 50;
};

/// A delivery that parked, or a message that was stopped before anything of it was planned.
struct ParkedItem {
  MessageId message;
  DeliveryId delivery;  ///< not set: the message itself
  std::uint32_t document = 0;
  DocumentType type = DocumentType::none;
  std::string number;
  std::string code, target, route, connector, format, lane, partner, source, file_name;
  Instant parked, received;
  std::uint32_t attempts = 0;
  std::uint64_t length = 0;  ///< bytes that would be sent; of a stopped message those that were received
  Finding finding;           ///< why, with its remedy
};

/// Parked work with one cause and one target.
struct ParkedGroup {
  std::string code;    ///< finding
  std::string target;  ///< empty: parked before anything was planned
  std::uint64_t count = 0;
  Instant oldest;
  Instant newest;
  MessageId example;
  Finding finding;  ///< of the example: message and remedy
};

/// Which awaited acknowledgements. Empty members do not restrict.
struct ExpectationQuery {
  static constexpr std::uint32_t max_limit = 1000;  ///< one page; more is asked for with `after`
  std::string tenant;  ///< empty: of all
  std::optional<ExpectationState> state;
  bool open = false;  ///< waiting, overdue or refused
  std::string target;
  DeliveryId after;  ///< continues after the last delivery of the page before
  std::uint32_t limit = 50;
};

/// An acknowledgement that was, or is, awaited for a delivery.
struct ExpectationView {
  DeliveryId delivery;
  MessageId message;
  std::string tenant;
  std::uint32_t document = 0;
  DocumentType type = DocumentType::none;  ///< of what was delivered, with its number
  std::string number, route, target;
  Awaited awaited;
  std::string partner;
  std::chrono::seconds within{0};
  ExpectationState state = ExpectationState::waiting;
  std::optional<Instant> due;       ///< none: the delivery has not arrived yet
  std::optional<Instant> answered;  ///< when `answer` came
  MessageId answer;
  Finding finding;  ///< filled by raise_overdue
};

/// How many messages and deliveries are in which state, and what is due.
struct JournalFigures {
  std::uint64_t admitted = 0, delivering = 0, delivered = 0, parked = 0, rejected = 0, cancelled = 0;
  std::uint64_t deliveries_open = 0;
};

}  // namespace purser::gateway
