#include "tests/gateway/intake/raw_client.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace purser::gateway::testing {

RawClient::RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  timeval patience{10, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("cannot connect to the server under test");
  }
}

RawClient::~RawClient() { ::close(socket_); }

void RawClient::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return;  // the server may close early; the test looks at what it answered
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

bool RawClient::fill() {
  std::array<char, 16384> piece{};
  auto count = ::recv(socket_, piece.data(), piece.size(), 0);
  if (count <= 0) return false;
  buffer_.append(piece.data(), static_cast<std::size_t>(count));
  return true;
}

std::string RawClient::response() {
  std::size_t end = std::string::npos;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill()) return std::exchange(buffer_, {});
  }
  std::size_t length = 0;
  if (auto at = buffer_.find("Content-Length: "); at != std::string::npos && at < end) {
    std::from_chars(buffer_.data() + at + 16, buffer_.data() + end, length);
  }
  while (buffer_.size() < end + 4 + length) {
    if (!fill()) break;
  }
  auto size = std::min(buffer_.size(), end + 4 + length);
  auto text = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return text;
}

std::string RawClient::rest() {
  while (fill()) {
  }
  return std::exchange(buffer_, {});
}

bool RawClient::is_closed() {
  std::array<char, 1> byte{};
  return buffer_.empty() && ::recv(socket_, byte.data(), byte.size(), 0) == 0;
}

void RawClient::shut_down() const { ::shutdown(socket_, SHUT_WR); }

int status_of(std::string_view response) {
  int status = 0;
  if (response.starts_with("HTTP/1.1 ")) std::from_chars(response.data() + 9, response.data() + 12, status);
  return status;
}

std::string body_of(std::string_view response) {
  auto blank = response.find("\r\n\r\n");
  return blank == std::string_view::npos ? std::string() : std::string(response.substr(blank + 4));
}

}  // namespace purser::gateway::testing
