// A delivery as it is handed from the journal to the deliverer and back.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/message/message.h"
#include "gateway/message/tenant.h"

namespace purser::gateway {

/// Who delivers, and until when others keep their hands off.
struct Lease {
  std::string owner;  ///< node name
  Instant until;
};

/// A delivery claimed by its holder. `fence` grows with every claim: a settlement with an older one is
/// refused.
struct ClaimedDelivery {
  DeliveryId id;
  MessageId message;
  std::uint32_t document = 0;
  DocumentType type = DocumentType::none;
  std::string number;
  std::string route, target, lane, connector, format;
  std::string partner;         ///< of the message: chooses the overlay
  std::uint32_t attempts = 0;  ///< made so far
  Instant first_due;           ///< the deadline counts from here
  bool expects = false;        ///< acknowledgements are awaited for it; set before it is sent
  std::int64_t fence = 0;
  Instant leased_until;
  BodyRef canonical;
  BodyRef encoded;  ///< not set: write it first
  /// What lies at `encoded`, or else at `canonical`, where it is still in memory. Null: it is read from
  /// there.
  std::shared_ptr<const std::string> at_hand;
};

/// What one attempt came to.
struct Attempt {
  DeliveryId delivery;
  std::int64_t fence = 0;
  MessageId message;                   ///< of the delivery; not set: looked up
  std::string lane;                    ///< of the delivery, as it was claimed
  std::string tenant{default_tenant};  ///< whose delivery it is, and by whose key its texts are sealed
  Instant started;
  std::chrono::microseconds took{0};
  std::uint16_t answer = 0;                       ///< HTTP status, 0 if there was none
  std::string detail;                             ///< one line: what the other side said
  DeliveryState next = DeliveryState::delivered;  ///< delivered, due (again at `due`) or parked
  Instant due;
  std::optional<Finding> finding;  ///< why it parked or will be tried again
  bool hold_lane = false;          ///< parked, and its target says that the lane waits
  bool expects = false;            ///< delivered, and acknowledgements are awaited from now on
};

}  // namespace purser::gateway
