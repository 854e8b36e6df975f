// Writing down what a message means: documents, keys, findings, deliveries.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/journal/journal.h"
#include "gateway/journal/sealing.h"
#include "gateway/journal/transaction.h"

namespace purser::gateway {

/// A document that gets no new delivery.
struct Skip {
  std::uint32_t document = 0;  ///< ordinal
  std::string target;          ///< to this target; empty: to any
};

/// The rows of an understanding, packed by the caller's thread so that the writer only inserts.
class PackedUnderstanding {
 public:
  /// `is_new`: its message is admitted in the same transaction.
  PackedUnderstanding(Understanding what, bool is_new, const std::string& tenant, Sealer& sealer);
  /// Canonical JSON of each document, then the bytes of each delivery that is written already.
  void collect(std::vector<Content>& bodies) const;

  void name_lanes(std::vector<std::string>& lanes) const;
  /// Asks ahead for what insert() needs to know.
  void foresee(Transaction& t);

  /// Inserts everything under `message`; leaves its state to the caller. Deliveries go to `lease` if it is
  /// given and their lane is free.
  std::vector<ClaimedDelivery> insert(Transaction& t, MessageId message, const std::string& tenant,
                                      const std::string& partner, std::span<const BodyRef> places,
                                      const std::optional<Lease>& lease, std::span<const Skip> skip) const;
  [[nodiscard]] const Understanding& what() const { return what_; }
  /// 1 if it is parked by findings, whatever its deliveries do.
  [[nodiscard]] int stopped() const { return what_.state == MessageState::parked ? 1 : 0; }

 private:
  void insert_document(Transaction& t, MessageId message, const std::string& tenant, std::size_t index,
                       const BodyRef& canonical) const;
  void insert_findings(Transaction& t, MessageId message, std::uint32_t ordinal,
                       const std::vector<Finding>& list, const std::vector<std::string>& packed) const;
  std::optional<ClaimedDelivery> insert_delivery(Transaction& t, MessageId message,
                                                 const PlannedDelivery& planned, ClaimedDelivery row,
                                                 Ticket asked, const std::optional<Lease>& lease) const;

  [[nodiscard]] std::shared_ptr<const std::string> at_hand(std::size_t body) const;

  struct PackedDocument {
    std::string keys;
    std::vector<std::string> findings, losses;
  };
  Understanding what_;  ///< without the bodies
  bool is_new_;
  std::vector<Ticket> lanes_;
  std::vector<PackedDocument> documents_;
  std::vector<std::shared_ptr<const StoredBody>> bodies_;
  std::vector<std::string> findings_;
  std::vector<std::string> parked_;  ///< of each delivery, why it starts parked; empty: it does not
};

}  // namespace purser::gateway
