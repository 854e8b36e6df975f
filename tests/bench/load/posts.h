// The requests that the load bench sends.
#pragma once

#include <cstdint>
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
  /// A whole request.
  std::string next();

 private:
  Posts(std::string key, std::string path);

  std::string key_, path_, run_;
  std::uint64_t count_ = 0;
  std::string body_;
  std::vector<std::size_t> places_;  ///< of the number in the body
};

}  // namespace purser::bench
