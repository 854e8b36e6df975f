// Small questions to other servers and their answers: key sets, introspection, secrets, checkpoints.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace purser::gateway {

/// A request over HTTP(S), TLS 1.2 or later. Redirects are not followed, addresses of the own network are refused
/// at connect time unless allowed, and the answer must come within five seconds.
struct FetchRequest {
  std::string url;
  bool private_addresses = false;  ///< and then http, too
  std::string form{};              ///< empty: GET; else POST of application/x-www-form-urlencoded
  std::string user{}, password{};  ///< Basic; empty: none
  std::string bearer{};            ///< empty: none
  std::optional<std::string> put{};     ///< set: PUT of these bytes; 200, 201 and 204 are well
  std::vector<std::string> fields{};    ///< more fields: "X-Vault-Request: true"
  std::string authority_file{};         ///< certificates that vouch for the server; empty: the system's
  std::size_t max_answer = 256 * 1024;  ///< bytes
};

/// Why there is no answer. `message` holds no password and no field.
struct FetchFault {
  int status = 0;  ///< of an answer that is not well; 0: none came
  std::string message;
};

/// The body of a 200. Blocks. [any]
std::expected<std::string, FetchFault> fetch(const FetchRequest& request);
/// Whether fetch() is asked for it, not the file system.
bool is_url(std::string_view where);
/// A file's content, or what fetch() gives for a URL.
std::expected<std::string, std::string> fetch_or_read(const std::string& where, bool private_addresses);

}  // namespace purser::gateway
