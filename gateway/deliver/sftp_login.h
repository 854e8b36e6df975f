// What every call over libcurl to an SFTP server sets. libcurl is seen by who includes this only.
#pragma once

#include <curl/curl.h>

#include <string>
#include <string_view>

#include "gateway/deliver/sftp_server.h"

namespace purser::gateway {

/// Server key, user, timeouts. The strings of `server` outlive the call. [any]
void log_in(CURL* easy, const SftpServer& server);
/// "sftp://host:port/path/NAME", escaped; `name` empty: the folder itself, with a slash at its end.
std::string sftp_url(CURL* easy, const SftpServer& server, std::string_view name);

}  // namespace purser::gateway
