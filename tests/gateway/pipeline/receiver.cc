#include "tests/gateway/pipeline/receiver.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

namespace purser::gateway {
namespace {

// Value of a header, names in any case.
std::string header(const std::string& head, std::string name) {
  std::string lower = head;
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  name = "\r\n" + name + ":";
  const auto at = lower.find(name);
  if (at == std::string::npos) return {};
  const auto begin = head.find_first_not_of(' ', at + name.size());
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

}  // namespace

Receiver::Receiver(std::function<Reply(const Request&)> judge) : judge_(std::move(judge)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 256) != 0) {
    throw std::runtime_error("receiver cannot listen");
  }
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_loop(); });
}

Receiver::~Receiver() {
  stopping_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  ::close(listener_);
  {
    const std::lock_guard lock(mutex_);
    for (const int connection : connections_) ::shutdown(connection, SHUT_RDWR);
  }
  for (std::thread& thread : threads_) thread.join();
  for (const int connection : connections_) ::close(connection);
}

std::string Receiver::Request::field(const std::string& name) const { return header(head, name); }

std::string Receiver::url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/in"; }

std::map<std::string, std::string> Receiver::booked() {
  const std::lock_guard lock(mutex_);
  return booked_;
}

std::vector<Receiver::Request> Receiver::requests() {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void Receiver::accept_loop() {
  while (!stopping_) {
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) continue;
    const int on = 1;
    ::setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const std::lock_guard lock(mutex_);
    connections_.push_back(connection);
    threads_.emplace_back([this, connection] { serve(connection); });
  }
}

Receiver::Reply Receiver::book(const Request& request) {
  const Reply reply = judge_ ? judge_(request) : Reply{};
  const std::lock_guard lock(mutex_);
  requests_.push_back(request);
  if (reply.code / 100 == 2) {
    const auto [at, fresh] = booked_.emplace(request.id, request.body);
    if (!fresh && at->second != request.body) ++differing_;
  }
  return reply;
}

void Receiver::serve(int connection) {
  std::string input;
  char piece[16384];
  while (true) {
    const auto end = input.find("\r\n\r\n");
    const std::string head = end == std::string::npos ? std::string() : input.substr(0, end + 2);
    const auto length =
        static_cast<std::size_t>(std::strtoul(header(head, "content-length").c_str(), nullptr, 10));
    if (end != std::string::npos && input.size() >= end + 4 + length) {
      const Reply reply = book({header(head, "purser-delivery-id"), input.substr(end + 4, length),
                                header(head, "content-type"), head});
      input.erase(0, end + 4 + length);
      if (reply.drop) {
        ::shutdown(connection, SHUT_RDWR);
        return;
      }
      const std::string answer =
          "HTTP/1.1 " + std::to_string(reply.code) + " x\r\n" + reply.headers + "Content-Length: 0\r\n\r\n";
      if (::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL) < 0) return;
      continue;
    }
    const ssize_t got = ::recv(connection, piece, sizeof piece, 0);
    if (got <= 0) return;
    input.append(piece, static_cast<std::size_t>(got));
  }
}

}  // namespace purser::gateway
