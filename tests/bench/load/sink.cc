#include "tests/bench/load/sink.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace purser::bench {
namespace {

constexpr std::size_t piece_size = 64 * 1024;

int listen_on(std::uint16_t port) {
  const int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(handle, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(handle, SOMAXCONN) != 0)
    throw std::system_error(errno, std::generic_category(), "the receiver cannot listen");
  return handle;
}

// `head` ends with an empty line.
std::string_view field(std::string_view head, std::string_view name) {
  for (std::size_t at = head.find("\r\n"); at + 2 < head.size(); at = head.find("\r\n", at + 2)) {
    const std::string_view line = head.substr(at + 2, head.find("\r\n", at + 2) - at - 2);
    if (line.size() <= name.size() || line[name.size()] != ':') continue;
    if (::strncasecmp(line.data(), name.data(), name.size()) != 0) continue;
    const std::size_t begin = line.find_first_not_of(' ', name.size() + 1);
    return begin == std::string_view::npos ? std::string_view() : line.substr(begin);
  }
  return {};
}

void answer(int socket, std::string_view status) {
  const std::string text = "HTTP/1.1 " + std::string(status) + "\r\n\r\n";
  // A handful of bytes: there is room for them, or the other side is gone.
  static_cast<void>(::send(socket, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT));
}

}  // namespace

Sink::Sink(std::uint16_t port) : listener_(listen_on(port)), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
  epoll_event event{EPOLLIN, {.fd = listener_}};
  ::epoll_ctl(epoll_, EPOLL_CTL_ADD, listener_, &event);
  thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
}

Sink::~Sink() {
  thread_.request_stop();
  thread_.join();
  for (const auto& [socket, in] : connections_) ::close(socket);
  ::close(listener_);
  ::close(epoll_);
}

void Sink::serve(const std::stop_token& stop) {
  constexpr int look_again_ms = 100;
  std::array<epoll_event, 64> events{};
  while (!stop.stop_requested()) {
    const int some = ::epoll_wait(epoll_, events.data(), events.size(), look_again_ms);
    for (int i = 0; i < some; ++i) {
      const int socket = events[static_cast<std::size_t>(i)].data.fd;
      if (socket == listener_) {
        accept_one();
      } else if (!read_some(socket, connections_[socket])) {
        connections_.erase(socket);
        ::close(socket);
      }
    }
  }
}

void Sink::accept_one() {
  const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (socket < 0) return;
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  epoll_event event{EPOLLIN, {.fd = socket}};
  ::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
  connections_[socket].clear();
}

// False: the connection has ended.
bool Sink::read_some(int socket, std::string& in) {
  std::array<char, piece_size> piece;
  const auto got = ::recv(socket, piece.data(), piece.size(), 0);
  if (got <= 0) return got < 0 && errno == EAGAIN;
  std::string_view here(piece.data(), static_cast<std::size_t>(got));
  if (!in.empty()) here = in.append(here);
  std::size_t done = 0;
  for (;;) {
    const std::string_view rest = here.substr(done);
    const std::size_t end = rest.find("\r\n\r\n");
    if (end == std::string_view::npos) break;
    const std::string_view head = rest.substr(0, end + 4);
    std::size_t length = 0;
    const std::string_view stated = field(head, "Content-Length");
    if (stated.empty()) {
      answer(socket, "411 Length Required");
      return false;
    }
    std::from_chars(stated.data(), stated.data() + stated.size(), length);
    if (rest.size() < head.size() + length) break;
    count(head);
    answer(socket, "204 No Content");
    done += head.size() + length;
  }
  in = std::string(here.substr(done));
  return true;
}

void Sink::count(std::string_view head) {
  const std::scoped_lock lock(mutex_);
  const std::string_view id = field(head, "Purser-Delivery-Id");
  if (id.empty()) {
    ++nameless_;
  } else if (!ids_.emplace(id).second) {
    ++repeated_;
  }
  arrivals_.try_emplace(std::string(field(head, "Purser-Message-Id")), std::chrono::steady_clock::now());
}

std::uint64_t Sink::distinct() {
  const std::scoped_lock lock(mutex_);
  return ids_.size();
}

std::unordered_map<std::string, std::chrono::steady_clock::time_point> Sink::take_arrivals() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(arrivals_, {});
}

std::uint64_t Sink::nameless() {
  const std::scoped_lock lock(mutex_);
  return nameless_;
}

std::uint64_t Sink::repeated() {
  const std::scoped_lock lock(mutex_);
  return repeated_;
}

}  // namespace purser::bench
