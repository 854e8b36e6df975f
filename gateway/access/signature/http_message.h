// An HTTP message as signatures see it (RFC 9421 section 2).
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace purser::gateway {

using HttpFields = std::vector<std::pair<std::string, std::string>>;

/// A request or a response. Value type.
struct HttpMessage {
  int status = 0;              ///< 0: a request
  std::string method;          ///< "POST"
  std::string scheme;          ///< "https"; what the caller used, not what a proxy made of it
  std::string authority;       ///< Host as sent
  std::string request_target;  ///< as in the request line
  HttpFields fields;           ///< in the order they came, names in any case
  HttpFields trailers;
  const HttpMessage* request = nullptr;  ///< of a response: what it answers; for `;req`

  [[nodiscard]] bool is_request() const { return status == 0; }
  /// The field's lines, blanks around each trimmed, joined by ", " (section 2.1); null if there is none.
  [[nodiscard]] std::vector<std::string_view> lines(std::string_view name, bool in_trailers = false) const;
  [[nodiscard]] std::string path() const;              ///< "/" if the target has none
  [[nodiscard]] std::string query() const;             ///< with the question mark; "?" if there is none
  [[nodiscard]] std::string normal_authority() const;  ///< lower case, without the scheme's own port
  [[nodiscard]] std::string target_uri() const;
};

/// Message and body out of the text of an HTTP/1.1 message, line ends CR LF or LF: for the command line and
/// tests. `scheme` is not in the text. The body is what follows the blank line.
std::expected<std::pair<HttpMessage, std::string>, std::string> read_http_message(std::string_view text,
                                                                                  std::string_view scheme);

bool same_name(std::string_view a, std::string_view b);  ///< field names, in any case

}  // namespace purser::gateway
