// A message as it comes in, the documents found in it, and what is planned for them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/event.h"
#include "canonical/finding/finding.h"
#include "canonical/finding/loss.h"
#include "canonical/spec/descriptor.h"
#include "gateway/message/expectation.h"
#include "gateway/message/ids.h"
#include "gateway/message/state.h"
#include "gateway/port/clock.h"

namespace purser::gateway {

using Sha256 = std::array<std::uint8_t, 32>;
Sha256 sha256(std::string_view bytes);  ///< [any]
std::string hex(const Sha256& hash);

/// Where a body lies in the body store. `file` 0 means none.
struct BodyRef {
  std::uint32_t file = 0;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;  ///< of what it says, sealed or not
  std::int64_t seal = 0;     ///< which sealed body it is: its key's id, then 32 random bits; 0: not sealed
  [[nodiscard]] bool is_set() const { return file != 0; }
};

/// A claim: what makes a message one that was seen before. `scope` keeps callers apart.
struct Claim {
  std::string scope;  ///< "http/acme", "webhook/shop", "folder/erp"
  std::string key;    ///< Idempotency-Key, webhook id, file name and hash
};

/// A message at the door. The body is either here (small) or already staged in the body store (large).
struct Incoming {
  std::string tenant = "default";  ///< whose it is: claims and keys of tenants never meet
  std::string source;              ///< name of the intake in the settings
  std::string partner;             ///< who sent it, as authenticated or configured; may be empty
  std::string credential;          ///< what proved it; goes to the audit trail as the actor
  std::string format;              ///< format asked for ("ubl", "edifact"); empty: detect
  std::string media_type;
  std::string file_name;
  std::vector<Claim> claims;  ///< none: every submission is new
  std::string body;
  BodyRef staged;  ///< set instead of `body`, from BodyStore::finish
  Sha256 staged_hash{};
  bool reject_invalid = false;  ///< the source's setting: invalid documents are rejected, not parked
};

/// A business key of a document: kind out of KeyDescriptor ("order"), value as it stands in the document.
struct Key {
  std::string kind;
  std::string value;
  friend bool operator==(const Key&, const Key&) = default;
};

/// What a document's envelope says of the interchange it came in. Empty where it says nothing.
struct Origin {
  std::string sender, sender_scheme;
  std::string recipient, recipient_scheme;
  std::string reference;  ///< control reference: UNB 0020, ISA13
  std::string message;    ///< reference of the message inside: UNH 0062, ST02
};

/// One document of a message, decoded and checked.
struct Document {
  std::uint32_t ordinal = 0;  ///< 1-based within its message
  DocumentType type = DocumentType::none;
  std::string number;     ///< the document's own number, empty if it has none
  std::string canonical;  ///< canonical JSON
  Origin origin;
  std::vector<Key> keys;
  std::vector<Finding> findings;
  std::vector<Loss> losses;
  Acknowledges acknowledges;  ///< empty unless something that it may answer is awaited
  std::uint64_t findings_dropped = 0;
  std::uint64_t losses_dropped = 0;
  [[nodiscard]] bool has(Severity at_least) const;
};

/// One delivery that a route asks for.
struct PlannedDelivery {
  std::uint32_t document = 0;  ///< ordinal
  std::string route;
  std::string target;
  std::string lane;       ///< deliveries of one lane go out one after the other; empty: no order
  std::string connector;  ///< writes the format; empty: canonical JSON as it is
  std::string format;     ///< with its version and settings as the route gives them, JSON object
  std::string encoded;    ///< bytes to send if written already; empty: at the first attempt
  bool is_encoded = false;
  bool held = false;              ///< its target is switched off: it is due, and nobody claims it at once
  std::optional<Finding> parked;  ///< set: it could not be written; the delivery starts parked
};

/// What decoding, checking and planning made of a message: the second half of its admission.
struct Understanding {
  std::string format;  ///< found or asked for
  std::vector<Document> documents;
  std::vector<Finding> findings;  ///< of the message itself: not readable, no route, connector missing
  std::vector<PlannedDelivery> deliveries;
  MessageState state = MessageState::delivering;  ///< delivering, parked or rejected
  std::string why;                                ///< first finding's code, for the audit trail
};

/// What the caller is told.
enum class AnswerKind : std::uint8_t {
  accepted,   ///< durable
  duplicate,  ///< the claim was seen before with the same content: `message` is the first one
  conflict,   ///< the claim was seen before with other content: nothing was stored
  refused     ///< nothing was stored; `status` says why (unavailable, overloaded, invalid)
};
struct Answer {
  AnswerKind kind = AnswerKind::refused;
  MessageId message;
  MessageState state = MessageState::admitted;
  std::vector<Finding> findings;  ///< at most a few, for the answer's body
  Status status;
};

}  // namespace purser::gateway
