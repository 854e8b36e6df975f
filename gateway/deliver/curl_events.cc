#include "gateway/deliver/curl_events.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace purser::gateway {
namespace {

constexpr int longest_wait_ms = 60'000;     // wake() ends it earlier
constexpr std::size_t events_a_round = 64;  // the others come with the next

int actions_of(std::uint32_t events) {
  int out = 0;
  if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) out |= CURL_CSELECT_IN;
  if ((events & EPOLLOUT) != 0) out |= CURL_CSELECT_OUT;
  if ((events & EPOLLERR) != 0) out |= CURL_CSELECT_ERR;
  return out;
}

std::uint32_t events_of(int what) {
  if (what == CURL_POLL_REMOVE) return 0;
  return ((what & CURL_POLL_IN) != 0 ? EPOLLIN : 0U) | ((what & CURL_POLL_OUT) != 0 ? EPOLLOUT : 0U);
}

}  // namespace

CurlEvents::CurlEvents()
    : multi_(curl_multi_init()),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  epoll_event event{EPOLLIN | EPOLLET, {.fd = wake_}};  // each call of wake() is an event: nobody reads it
  if (multi_ == nullptr || ::epoll_ctl(epoll_, EPOLL_CTL_ADD, wake_, &event) != 0)
    throw std::runtime_error("nothing is left to deliver with");
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, on_change);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
}

CurlEvents::~CurlEvents() {
  curl_multi_cleanup(multi_);
  ::close(epoll_);
  ::close(wake_);
}

void CurlEvents::follow(CURL* easy) {
  curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, on_open);
  curl_easy_setopt(easy, CURLOPT_SOCKOPTDATA, this);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, on_close);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, this);
}

void CurlEvents::wake() const { ::eventfd_write(wake_, 1); }

void CurlEvents::round() {
  std::array<epoll_event, events_a_round> events;
  const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), longest_wait());
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    const curl_socket_t socket = event.data.fd;
    if (socket == wake_) continue;
    if (known(socket).wanted != 0) {
      act(socket, actions_of(event.events));
    } else {
      watch(socket, known(socket));
    }
  }
  if (due_ && *due_ <= Clock::now()) act(CURL_SOCKET_TIMEOUT, 0);
}

void CurlEvents::act(curl_socket_t socket, int events) {
  if (socket == CURL_SOCKET_TIMEOUT) due_.reset();  // it says anew when it wants to be called again
  int running = 0;
  curl_multi_socket_action(multi_, socket, events, &running);
}

int CurlEvents::longest_wait() const {
  if (!due_) return longest_wait_ms;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*due_ - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, longest_wait_ms));
}

CurlEvents::Socket& CurlEvents::known(curl_socket_t socket) {
  const auto at = static_cast<std::size_t>(socket);
  if (sockets_.size() <= at) sockets_.resize(at + 1);
  return sockets_[at];
}

void CurlEvents::watch(curl_socket_t socket, Socket& known) const {
  if (known.wanted == known.watched) return;
  epoll_event event{known.wanted, {.fd = socket}};
  const int how = known.wanted == 0 ? EPOLL_CTL_DEL : known.watched == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
  ::epoll_ctl(epoll_, how, socket, &event);
  known.watched = known.wanted;
}

int CurlEvents::on_open(void* self, curl_socket_t socket, curlsocktype) {
  static_cast<CurlEvents*>(self)->known(socket) = {.kept = true};
  return CURL_SOCKOPT_OK;
}

int CurlEvents::on_close(void* self, curl_socket_t socket) {
  static_cast<CurlEvents*>(self)->known(socket) = {};  // closing it takes it out of epoll
  return ::close(socket);
}

// Only of kept sockets is known when they are closed; others, such as those that wait for a name's addresses,
// are let go with the request.
int CurlEvents::on_change(CURL*, curl_socket_t socket, int what, void* self, void*) {
  auto& events = *static_cast<CurlEvents*>(self);
  Socket& known = events.known(socket);
  known.wanted = events_of(what);
  if (known.wanted != 0 || !known.kept) events.watch(socket, known);
  return 0;
}

int CurlEvents::on_timer(CURLM*, long milliseconds, void* self) {
  auto& due = static_cast<CurlEvents*>(self)->due_;
  due.reset();
  if (milliseconds >= 0) due = Clock::now() + std::chrono::milliseconds(milliseconds);
  return 0;
}

}  // namespace purser::gateway
