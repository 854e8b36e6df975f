// Small questions to other servers and their answers: key sets, introspection, secrets, checkpoints.
#pragma once

#include <expected>
#include <optional>
#include <string>

namespace purser::gateway {

/// A request over HTTP(S). Redirects are not followed, addresses of the own network are refused at connect
/// time unless allowed, an answer is at most 256 KiB and must come within five seconds.
struct FetchRequest {
  std::string url;
  bool private_addresses = false;
  std::string form;                  ///< empty: GET; else POST of application/x-www-form-urlencoded
  std::string user, password;        ///< Basic; empty: none
  std::string bearer{};              ///< empty: none
  std::optional<std::string> put{};  ///< set: PUT of these bytes; 200, 201 and 204 are well
};

/// The body of a 200. The error says what went wrong, without the password. Blocks. [any]
std::expected<std::string, std::string> fetch(const FetchRequest& request);
/// A file's content, or what fetch() gives for a URL.
std::expected<std::string, std::string> fetch_keys(const std::string& where, bool private_addresses);

}  // namespace purser::gateway
