// A Redis server of the test's own, on a port of its own, gone with the object.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

namespace purser::gateway {

class PrivateRedis {
 public:
  explicit PrivateRedis(std::string password = {});
  PrivateRedis(const PrivateRedis&) = delete;
  PrivateRedis& operator=(const PrivateRedis&) = delete;
  ~PrivateRedis() { kill(); }

  /// False where Redis is not installed.
  [[nodiscard]] static bool installed();
  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// Starts it, with nothing in it, and waits until it answers. False if it does not within ten seconds.
  bool start();
  /// Ends it as a crash does.
  void kill();

 private:
  std::string password_;
  std::uint16_t port_ = 0;
  pid_t pid_ = 0;
};

}  // namespace purser::gateway
