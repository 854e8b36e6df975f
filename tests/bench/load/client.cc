#include "tests/bench/load/client.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <utility>

namespace purser::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Connection {
  int socket = -1;
  std::string out;
  std::size_t sent = 0;
  std::string in;
  bool waits = false;  // for room to write
  Clock::time_point started;
};

int connect_to(std::uint16_t port) {
  int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(handle, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    ::close(handle);
    return -1;
  }
  int on = 1;
  ::setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return handle;
}

// Status of a whole answer in `in`, which is then emptied; 0 if more must come.
int take_answer(std::string& in) {
  auto end = in.find("\r\n\r\n");
  if (end == std::string::npos) return 0;
  std::size_t length = 0;
  if (auto at = in.find("Content-Length: "); at != std::string::npos && at < end) {
    std::from_chars(in.data() + at + 16, in.data() + end, length);
  }
  if (in.size() < end + 4 + length) return 0;
  int status = 0;
  std::from_chars(in.data() + 9, in.data() + 12, status);
  in.clear();
  return status;
}

class Load {
 public:
  Load(int expected, const std::function<std::string()>& next)
      : expected_(expected), next_(next), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}
  ~Load() {
    for (auto& connection : connections_) {
      if (connection.socket >= 0) ::close(connection.socket);
    }
    ::close(epoll_);
  }

  LoadResult run(std::uint16_t port, std::size_t clients, std::chrono::seconds how_long) {
    connections_.resize(clients);
    auto start = Clock::now();
    until_ = start + how_long;
    for (auto& connection : connections_) {
      connection.socket = connect_to(port);
      if (connection.socket < 0) {
        ++result_.broken;
        continue;
      }
      epoll_event event{EPOLLIN, {.ptr = &connection}};
      ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.socket, &event);
      begin(connection);
    }
    std::array<epoll_event, 256> events{};
    while (open_ > 0) {
      int count = ::epoll_wait(epoll_, events.data(), events.size(), 1000);
      if (count == 0 && Clock::now() > until_ + std::chrono::seconds(10)) break;
      for (int i = 0; i < count; ++i) {
        auto& connection = *static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr);
        if ((events[static_cast<std::size_t>(i)].events & EPOLLOUT) != 0U) write_some(connection);
        if ((events[static_cast<std::size_t>(i)].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0U)
          read_some(connection);
      }
    }
    result_.took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
    std::sort(result_.microseconds.begin(), result_.microseconds.end());
    return std::move(result_);
  }

 private:
  void begin(Connection& connection) {
    ++open_;
    connection.out = next_();
    connection.sent = 0;
    connection.started = Clock::now();
    write_some(connection);
  }

  void write_some(Connection& connection) {
    while (connection.sent < connection.out.size()) {
      auto count = ::send(connection.socket, connection.out.data() + connection.sent,
                          connection.out.size() - connection.sent, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (count < 0) {
        connection.waits = true;
        return wait_for(connection, EPOLLIN | EPOLLOUT);
      }
      connection.sent += static_cast<std::size_t>(count);
    }
    if (std::exchange(connection.waits, false)) wait_for(connection, EPOLLIN);
  }

  void wait_for(Connection& connection, std::uint32_t what) const {
    epoll_event event{what, {.ptr = &connection}};
    ::epoll_ctl(epoll_, EPOLL_CTL_MOD, connection.socket, &event);
  }

  void read_some(Connection& connection) {
    std::array<char, 8192> piece{};
    auto count = ::recv(connection.socket, piece.data(), piece.size(), MSG_DONTWAIT);
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) {
      ++result_.broken;
      --open_;
      ::epoll_ctl(epoll_, EPOLL_CTL_DEL, connection.socket, nullptr);
      return;
    }
    connection.in.append(piece.data(), static_cast<std::size_t>(count));
    int status = take_answer(connection.in);
    if (status == 0) return;
    ++(status == expected_ ? result_.good : result_.other);
    auto now = Clock::now();
    result_.microseconds.push_back(static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(now - connection.started).count()));
    --open_;
    if (now < until_) begin(connection);
  }

  int expected_;
  const std::function<std::string()>& next_;
  int epoll_;
  Clock::time_point until_;
  std::vector<Connection> connections_;
  std::size_t open_ = 0;  // requests without an answer
  LoadResult result_;
};

}  // namespace

std::uint64_t LoadResult::a_second() const {
  return took.count() == 0 ? 0 : good * 1'000'000 / static_cast<std::uint64_t>(took.count());
}

std::uint32_t LoadResult::percentile(std::uint32_t percent) const {
  if (microseconds.empty()) return 0;
  return microseconds[std::min(microseconds.size() - 1, microseconds.size() * percent / 100)];
}

LoadResult load(std::uint16_t port, std::size_t clients, std::chrono::seconds how_long, int expected,
                const std::function<std::string()>& next) {
  return Load(expected, next).run(port, clients, how_long);
}

}  // namespace purser::bench
