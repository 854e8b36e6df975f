#include "tests/scenario/kill/sender.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "tests/gateway/pipeline/node.h"

namespace purser::gateway {
namespace {

int connect_to(std::uint16_t port) {
  const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int on = 1;
  ::setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(connection, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return connection;
  ::close(connection);
  return -1;
}

// The status of one whole answer; 0 if the connection ended before.
int read_answer(int connection) {
  std::string input;
  char piece[4096];
  while (true) {
    const auto end = input.find("\r\n\r\n");
    if (end != std::string::npos) {
      const auto at = input.find("ontent-Length: ");
      const std::size_t length =
          at == std::string::npos ? 0 : std::strtoul(input.c_str() + at + 15, nullptr, 10);
      if (input.size() >= end + 4 + length)
        return static_cast<int>(std::strtol(input.c_str() + 9, nullptr, 10));
    }
    const ssize_t got = ::recv(connection, piece, sizeof piece, 0);
    if (got <= 0) return 0;
    input.append(piece, static_cast<std::size_t>(got));
  }
}

}  // namespace

HttpSenders::HttpSenders(int documents, std::string key) : key_(std::move(key)) {
  for (int i = 1; i <= documents; ++i) open_.insert(i);
}

void HttpSenders::start(std::uint16_t port, int connections) {
  taken_.clear();
  for (int i = 0; i < connections; ++i) threads_.emplace_back([this, port] { post_all(port); });
}

void HttpSenders::join() {
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

std::size_t HttpSenders::open() {
  const std::lock_guard lock(mutex_);
  return open_.size();
}

bool HttpSenders::take(int& number) {
  const std::lock_guard lock(mutex_);
  for (const int candidate : open_) {
    if (taken_.insert(candidate).second) {
      number = candidate;
      return true;
    }
  }
  return false;
}

void HttpSenders::post_all(std::uint16_t port) {
  const int connection = connect_to(port);
  if (connection < 0) return;
  int number = 0;
  while (take(number)) {
    const std::string body = order_json(std::to_string(number));
    const std::string request = fmt::format(
        "POST /v1/documents?source=api HTTP/1.1\r\nHost: purser\r\nAuthorization: Bearer {}\r\n"
        "Idempotency-Key: order-{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
        key_, number, body.size(), body);
    if (::send(connection, request.data(), request.size(), MSG_NOSIGNAL) < 0) break;
    const int status = read_answer(connection);
    if (status == 0) break;
    if (status == 503)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));  // as Retry-After asks, if shorter
    const std::lock_guard lock(mutex_);
    if (status / 100 == 2) {
      open_.erase(number);
    } else {
      taken_.erase(number);
      unexpected_ += status == 503 ? 0 : 1;
    }
  }
  ::close(connection);
}

}  // namespace purser::gateway
