// An SFTP server and how we log in: for targets that push to it and sources that fetch from it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace purser::gateway {

struct SftpServer {
  std::string host;
  std::uint16_t port = 22;
  std::string path;  ///< of the folder: absolute, or "/~/…" below the user's home; no slash at its end
  std::string user;
  std::string private_key;  ///< file, in OpenSSH or PEM form; empty: password
  std::string password;     ///< of the user, or of the private key
  std::string
      host_key;  ///< SHA-256 of the server's key in Base64 without padding, as `ssh-keygen -l` shows it
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds total_timeout{30'000};  ///< of one file; of a delivery: below its lease
  bool allow_private_addresses = false;
};

}  // namespace purser::gateway
