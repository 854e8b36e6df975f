#include "gateway/deliver/sftp_login.h"

#include <fmt/format.h>

#include <algorithm>

namespace purser::gateway {
namespace {

// A path as it stands in a URL (RFC 3986, 2.1).
std::string escaped(CURL* easy, std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    if (end > 0) {
      char* part = curl_easy_escape(easy, path.data(), static_cast<int>(end));
      out += part;
      curl_free(part);
    }
    if (end < path.size()) out += '/';
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return out;
}

}  // namespace

void log_in(CURL* easy, const SftpServer& server) {
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "sftp");
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(server.connect_timeout.count()));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(server.total_timeout.count()));
  curl_easy_setopt(easy, CURLOPT_SSH_HOST_PUBLIC_KEY_SHA256, server.host_key.c_str());
  curl_easy_setopt(easy, CURLOPT_USERNAME, server.user.c_str());
  if (!server.private_key.empty()) {
    curl_easy_setopt(easy, CURLOPT_SSH_AUTH_TYPES, static_cast<long>(CURLSSH_AUTH_PUBLICKEY));
    curl_easy_setopt(easy, CURLOPT_SSH_PRIVATE_KEYFILE, server.private_key.c_str());
    curl_easy_setopt(easy, CURLOPT_SSH_PUBLIC_KEYFILE, nullptr);  // derived from the private one
    if (!server.password.empty()) curl_easy_setopt(easy, CURLOPT_KEYPASSWD, server.password.c_str());
  } else {
    curl_easy_setopt(easy, CURLOPT_SSH_AUTH_TYPES, static_cast<long>(CURLSSH_AUTH_PASSWORD));
    curl_easy_setopt(easy, CURLOPT_PASSWORD, server.password.c_str());
  }
}

std::string sftp_url(CURL* easy, const SftpServer& server, std::string_view name) {
  return fmt::format("sftp://{}:{}{}/{}", server.host, server.port, escaped(easy, server.path),
                     escaped(easy, name));
}

}  // namespace purser::gateway
