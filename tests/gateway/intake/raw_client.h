// A TCP client that sends exactly what a test says, byte for byte.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace purser::gateway::testing {

/// One connection to 127.0.0.1. Reads give up after ten seconds, so that a test fails instead of hanging.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  void send(std::string_view bytes) const;
  /// One response: head, and as many bytes as its Content-Length says. What was read so far at the end.
  std::string response();
  /// Everything until the other side closes.
  std::string rest();
  /// True once the other side has closed and nothing is left to read.
  bool is_closed();
  void shut_down() const;

 private:
  bool fill();
  int socket_ = -1;
  std::string buffer_;
};

/// Status code of a response text, 0 if there is none.
int status_of(std::string_view response);
/// What follows the blank line.
std::string body_of(std::string_view response);

}  // namespace purser::gateway::testing
