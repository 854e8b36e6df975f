// A multi handle of libcurl's with its sockets and its time, by epoll: a round costs what happens in it,
// however many transfers wait.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace purser::gateway {

/// All but wake() on one thread.
class CurlEvents {
 public:
  /// Throws std::runtime_error where the system gives no memory or no descriptor.
  CurlEvents();
  ~CurlEvents();
  CurlEvents(const CurlEvents&) = delete;
  CurlEvents& operator=(const CurlEvents&) = delete;

  [[nodiscard]] CURLM* multi() const { return multi_; }
  /// Learns from `easy` which sockets are opened and closed. To be called before it is added, once unless it
  /// is reset.
  void follow(CURL* easy);
  /// Waits until something happens, a time of libcurl's is up or wake() is called; has libcurl act on it.
  void round();
  /// Ends the wait of this round or of the next. [any]
  void wake() const;

 private:
  using Clock = std::chrono::steady_clock;

  /// What epoll knows of a socket. One that libcurl keeps for its next request is watched on, so that most
  /// requests change nothing; when it speaks although nobody asked, it is let go.
  struct Socket {
    bool kept = false;
    std::uint32_t wanted = 0, watched = 0;  ///< EPOLLIN, EPOLLOUT
  };
  static int on_open(void* self, curl_socket_t socket, curlsocktype purpose);
  static int on_close(void* self, curl_socket_t socket);
  static int on_change(CURL* easy, curl_socket_t socket, int what, void* self, void* of_socket);
  static int on_timer(CURLM* multi, long milliseconds, void* self);
  Socket& known(curl_socket_t socket);
  void watch(curl_socket_t socket, Socket& known) const;
  void act(curl_socket_t socket, int events);
  [[nodiscard]] int longest_wait() const;

  CURLM* multi_;
  int epoll_;
  int wake_;
  std::vector<Socket> sockets_;           ///< by descriptor
  std::optional<Clock::time_point> due_;  ///< when libcurl wants to be called, whatever its sockets do
};

}  // namespace purser::gateway
