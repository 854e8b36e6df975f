// The requests that the load bench sends.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace purser::bench {

/// UBL invoices that differ in number and id. [serial]
class Posts {
 public:
  /// Signed with `key` as Standard Webhooks, for Purser's source "shop".
  static Posts signed_with(std::string key);
  /// With an Idempotency-Key, for anything else that takes a POST at `path`.
  static Posts plain(std::string path);
  /// Signs the next so many now: the load is on who is measured. Used within what a signature's time allows,
  /// five minutes; those behind them are signed when they go.
  void sign_ahead(std::uint64_t count);
  /// A whole request.
  std::string next();

 private:
  Posts(std::string key, std::string path);
  void number(std::uint64_t count);
  [[nodiscard]] std::string fields(std::uint64_t count) const;

  std::string key_, path_, run_;
  std::uint64_t count_ = 0;
  std::deque<std::string> ahead_;  ///< fields of those that are signed
  std::string body_;
  std::vector<std::size_t> places_;  ///< of the number in the body
};

}  // namespace purser::bench
