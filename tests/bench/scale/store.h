// A journal that is filled with invoices, and the questions that people and senders ask it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "gateway/journal/sqlite_journal.h"

namespace purser::bench {

/// Processor time of this process, in user mode and in the kernel.
std::chrono::microseconds processor_time();

/// Microseconds: the median and the worst of a hundred.
struct Times {
  std::int64_t p50 = 0, p99 = 0;
};

/// Numbers of documents count from 0. Everything throws std::runtime_error.
class Store {
 public:
  Store(std::string folder, std::size_t bytes);
  /// Admits documents until there are `count`, each with one delivery to "app" in a lane of its own, and
  /// records all as delivered if `delivered`; else they stay open.
  void fill(std::uint64_t count, bool delivered);
  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] std::uint64_t database_bytes() const;

  Times find_rare_key();      ///< the order of one invoice
  Times find_frequent_key();  ///< the newest 50 of a supplier's
  Times find_claim();
  Times list_newest();
  Times show();

 private:
  gateway::Admission admission(std::uint64_t number) const;
  std::vector<gateway::ClaimedDelivery> admit(std::uint64_t from, std::uint64_t to, bool leased);
  void settle(const std::vector<gateway::ClaimedDelivery>& deliveries);
  template <typename Ask>
  Times measure(Ask ask);

  std::string folder_, body_;
  gateway::SystemClock clock_;
  gateway::SystemFiles files_;
  gateway::OpenJournal opened_;
  std::uint64_t count_ = 0;
  gateway::MessageId some_message_;
};

}  // namespace purser::bench
