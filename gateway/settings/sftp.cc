#include "gateway/settings/load.h"

namespace purser::gateway {

SftpServer read_sftp_server(const EntryReader& in) {
  SftpServer server;
  server.host = in.text("host");
  server.port = static_cast<std::uint16_t>(in.number("port", server.port));
  server.path = in.text("path");
  if (server.path.size() > 1 && server.path.ends_with('/')) server.path.pop_back();
  server.user = in.text("user");
  server.private_key = in.existing_path("private_key");
  if (const Node* password = in.find("password"))
    server.password = in.secret(*password, in.path() + ".password");
  constexpr std::string_view digest = "SHA256:";  // libcurl wants what stands behind it
  server.host_key = in.text("host_key");
  if (server.host_key.starts_with(digest)) server.host_key.erase(0, digest.size());
  server.connect_timeout = in.duration("connect_timeout", server.connect_timeout);
  server.total_timeout = in.duration("total_timeout", server.total_timeout);
  server.allow_private_addresses = in.private_flag("allow_private_addresses");
  if (server.private_key.empty() && server.password.empty()) {
    in.complain("CONFIG-0012", "user", in.path() + " has neither a private_key nor a password",
                "private_key or password");
  }
  return server;
}

}  // namespace purser::gateway
