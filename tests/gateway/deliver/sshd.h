// A real sshd of a test's own, on a port of its own.
#pragma once

#include <cstdint>
#include <string>

#include "gateway/deliver/sftp_server.h"

namespace purser::gateway {

/// Lets one user in: who runs the test, with one key. Keys, configuration and log lie in `folder`, which
/// outlives it. Ends with this object.
class Sshd {
 public:
  explicit Sshd(const std::string& folder);
  ~Sshd();
  Sshd(const Sshd&) = delete;
  Sshd& operator=(const Sshd&) = delete;

  /// How to log in to it and reach `path`.
  [[nodiscard]] SftpServer login(const std::string& path) const;
  [[nodiscard]] std::string log() const;

 private:
  std::string folder_, log_;
  std::uint16_t port_;
};

std::string content(const std::string& path);

}  // namespace purser::gateway
