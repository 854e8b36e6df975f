#include "gateway/api/waiting_room.h"

#include <algorithm>

namespace purser::gateway {
namespace {

constexpr std::chrono::milliseconds first_pause{10};  // a delivery to a folder takes no longer
constexpr std::chrono::milliseconds longest_pause{250};

}  // namespace

WaitingRoom::WaitingRoom(Journal& journal) : journal_(journal), thread_([this] { run(); }) {}

bool WaitingRoom::wait(MessageId message, std::chrono::seconds longest, Done& done) {
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  if (stopped_ || inside_ >= places) return false;
  ++inside_;
  guests_.push_back({message, now + longest, now + first_pause, first_pause, std::move(done)});
  changed_.notify_one();
  return true;
}

void WaitingRoom::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

std::list<WaitingRoom::Guest> WaitingRoom::due(std::unique_lock<std::mutex>& lock) {
  std::list<Guest> out;
  const auto now = std::chrono::steady_clock::now();
  Time next = now + longest_pause;
  for (auto guest = guests_.begin(); guest != guests_.end();) {
    const auto here = guest++;
    if (stopped_ || here->next <= now) {
      out.splice(out.end(), guests_, here);
    } else {
      next = std::min(next, here->next);
    }
  }
  if (!out.empty() || stopped_) return out;
  if (guests_.empty()) {
    changed_.wait(lock, [this] { return stopped_ || !guests_.empty(); });
  } else {
    changed_.wait_until(lock, next);
  }
  return out;
}

bool WaitingRoom::looked_at(Guest& guest) {
  auto view = journal_.show(guest.message, no_documents);
  if (view && is_at_rest(view->summary.state)) view = journal_.show(guest.message, {.limit = ListQuery::max_limit});
  if (view && is_at_rest(view->summary.state)) {
    guest.done(std::move(*view));
    return true;
  }
  const auto now = std::chrono::steady_clock::now();
  if (!view || now >= guest.until) {
    guest.done(std::nullopt);
    return true;
  }
  guest.pause = std::min(2 * guest.pause, longest_pause);
  guest.next = std::min(now + guest.pause, guest.until);
  return false;
}

void WaitingRoom::run() {
  std::unique_lock lock(mutex_);
  while (!stopped_ || !guests_.empty()) {
    auto guests = due(lock);
    const bool ending = stopped_;
    lock.unlock();
    std::size_t gone = 0;
    for (auto guest = guests.begin(); guest != guests.end();) {
      if (ending) guest->done(std::nullopt);
      const bool left = ending || looked_at(*guest);
      gone += left ? 1 : 0;
      guest = left ? guests.erase(guest) : std::next(guest);
    }
    lock.lock();
    inside_ -= gone;
    guests_.splice(guests_.end(), guests);
  }
}

}  // namespace purser::gateway
