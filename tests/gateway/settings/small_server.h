// An HTTP server of thirty lines on a port of its own, for what asks others over HTTP.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>

namespace purser::gateway::testing {

/// Answers each request by `answer`, which gets its head and body, one after the other until it goes away.
class SmallServer {
 public:
  explicit SmallServer(std::function<std::string(const std::string&)> answer) : answer_(std::move(answer)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
        ::listen(listener_, 8) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length) != 0)
      throw std::runtime_error("no port");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~SmallServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  SmallServer(const SmallServer&) = delete;
  SmallServer& operator=(const SmallServer&) = delete;
  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  void serve() {
    for (int caller = ::accept(listener_, nullptr, nullptr); caller >= 0;
         caller = ::accept(listener_, nullptr, nullptr)) {
      std::string head;
      char byte = 0;
      while (!head.ends_with("\r\n\r\n") && ::read(caller, &byte, 1) == 1) head += byte;
      std::size_t left = 0;
      if (const auto at = head.find("Content-Length: "); at != std::string::npos)
        left = std::stoul(head.substr(at + 16));
      for (; left > 0 && ::read(caller, &byte, 1) == 1; --left) head += byte;
      const std::string reply = answer_(head);
      static_cast<void>(!::write(caller, reply.data(), reply.size()));
      ::close(caller);
    }
  }
  std::function<std::string(const std::string&)> answer_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

inline std::string reply(const std::string& status, const std::string& body) {
  return "HTTP/1.1 " + status +
         "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace purser::gateway::testing
