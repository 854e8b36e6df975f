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

// Status of a whole answer in `in`, which is then emptied; 0 if more must come. `id`: the one in a JSON body.
int take_answer(std::string& in, std::string& id) {
  auto end = in.find("\r\n\r\n");
  if (end == std::string::npos) return 0;
  std::size_t length = 0;
  if (auto at = in.find("Content-Length: "); at != std::string::npos && at < end) {
    std::from_chars(in.data() + at + 16, in.data() + end, length);
  }
  if (in.size() < end + 4 + length) return 0;
  int status = 0;
  std::from_chars(in.data() + 9, in.data() + 12, status);
  id.clear();
  if (auto at = in.find("\"id\":\"", end); at != std::string::npos)
    id = in.substr(at + 6, in.find('"', at + 6) - at - 6);
  in.clear();
  return status;
}

class Load {
 public:
  Load(const LoadOrder& order, const std::function<std::string()>& next)
      : order_(order), next_(next), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}
  ~Load() {
    for (auto& connection : connections_) {
      if (connection.socket >= 0) ::close(connection.socket);
    }
    ::close(epoll_);
  }

  LoadResult run() {
    connections_.resize(order_.clients);
    std::size_t turn = 0;
    for (auto& connection : connections_) {
      connection.socket = connect_to(order_.ports[turn++ % order_.ports.size()]);
      if (connection.socket < 0) {
        ++result_.broken;
        continue;
      }
      epoll_event event{EPOLLIN, {.ptr = &connection}};
      ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.socket, &event);
      idle_.push_back(&connection);
    }
    start_ = Clock::now();
    until_ = start_ + order_.how_long;
    std::array<epoll_event, 256> events{};
    for (begin_due(); open_ > 0 || Clock::now() < until_; begin_due()) {
      int count = ::epoll_wait(epoll_, events.data(), events.size(), order_.rate == 0 ? 1000 : 1);
      if (Clock::now() > until_ + std::chrono::seconds(10)) break;
      for (int i = 0; i < count; ++i) {
        auto& connection = *static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr);
        if ((events[static_cast<std::size_t>(i)].events & EPOLLOUT) != 0U) write_some(connection);
        if ((events[static_cast<std::size_t>(i)].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0U)
          read_some(connection);
      }
      if (idle_.size() + open_ == 0) break;
    }
    result_.took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start_);
    std::sort(result_.microseconds.begin(), result_.microseconds.end());
    return std::move(result_);
  }

 private:
  void begin_due() {
    auto now = Clock::now();
    while (!idle_.empty() && now < until_) {
      auto due = now;
      if (order_.rate != 0) {
        due = start_ + std::chrono::nanoseconds(sent_ * 1'000'000'000 / order_.rate);
        if (due > now) return;
      }
      Connection& connection = *idle_.back();
      idle_.pop_back();
      begin(connection, due);
    }
  }

  void begin(Connection& connection, Clock::time_point due) {
    ++open_;
    ++sent_;
    connection.out = next_();
    connection.sent = 0;
    connection.started = due;
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
    int status = take_answer(connection.in, id_);
    if (status == 0) return;
    ++(status == order_.expected ? result_.good : result_.other);
    if (status == order_.expected && !id_.empty()) result_.documents.emplace_back(id_, connection.started);
    auto now = Clock::now();
    result_.microseconds.push_back(static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(now - connection.started).count()));
    --open_;
    idle_.push_back(&connection);
  }

  const LoadOrder& order_;
  const std::function<std::string()>& next_;
  int epoll_;
  Clock::time_point start_, until_;
  std::vector<Connection> connections_;
  std::vector<Connection*> idle_;
  std::size_t open_ = 0;  // requests without an answer
  std::uint64_t sent_ = 0;
  std::string id_;
  LoadResult result_;
};

}  // namespace

std::uint64_t LoadResult::a_second() const {
  return took.count() == 0 ? 0 : good * 1'000'000 / static_cast<std::uint64_t>(took.count());
}

std::uint32_t percentile(const std::vector<std::uint32_t>& sorted, std::uint32_t per_mille) {
  if (sorted.empty()) return 0;
  return sorted[std::min(sorted.size() - 1, sorted.size() * per_mille / 1000)];
}

LoadResult load(const LoadOrder& order, const std::function<std::string()>& next) {
  return Load(order, next).run();
}

}  // namespace purser::bench
