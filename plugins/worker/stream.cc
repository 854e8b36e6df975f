#include "plugins/worker/stream.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

namespace purser::plugin {
namespace {

constexpr std::size_t cache_line = 64;

Status gone() { return {StatusClass::defect, "HOST-CRASH", "the other side has gone"}; }
Status impossible() { return {StatusClass::defect, "HOST-0016", "a counter that cannot be"}; }
Status no_memory() { return {StatusClass::unavailable, "HOST-0015", "no memory to share with the worker"}; }

}  // namespace

/// Only grow; their difference is what is on its way. A side that is about to sleep says so, looks once more,
/// and sleeps; the other changes a counter first and then looks whether anybody sleeps: one of them notices.
struct Stream::Ring {
  alignas(cache_line) std::atomic<std::uint64_t> written;
  std::atomic<std::uint32_t> reader_sleeps;
  alignas(cache_line) std::atomic<std::uint64_t> taken;
  std::atomic<std::uint32_t> writer_sleeps;
  alignas(cache_line) std::array<char, capacity> bytes;
};

struct Stream::Memory {
  Ring to_worker, to_gateway;
};

std::expected<Descriptor, Status> Stream::make_memory() {
  static_assert(std::atomic<std::uint64_t>::is_always_lock_free);
  Descriptor memory(::memfd_create("purser-stream", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!memory.valid() || ::ftruncate(memory.get(), sizeof(Memory)) != 0 ||
      ::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
    return std::unexpected(no_memory());
  return memory;
}

Stream::Stream(Descriptor socket, const Descriptor& memory, Side side, Waiter& waiter)
    : socket_(std::move(socket)), waiter_(waiter) {
  void* mapped = ::mmap(nullptr, sizeof(Memory), PROT_READ | PROT_WRITE, MAP_SHARED, memory.get(), 0);
  if (mapped == MAP_FAILED) return;
  memory_ = static_cast<Memory*>(mapped);
  out_ = side == Side::gateway ? &memory_->to_worker : &memory_->to_gateway;
  in_ = side == Side::gateway ? &memory_->to_gateway : &memory_->to_worker;
}

Stream::~Stream() {
  if (memory_ != nullptr) ::munmap(memory_, sizeof(Memory));
}

Outcome Stream::write(std::string_view bytes) {
  if (memory_ == nullptr) return std::unexpected(no_memory());
  while (!bytes.empty()) {
    const std::uint64_t taken = out_->taken.load();
    const std::uint64_t on_the_way = written_ - taken;
    if (taken > written_ || on_the_way > capacity) return std::unexpected(impossible());
    const std::size_t at = written_ % capacity;
    const std::size_t part =
        std::min({bytes.size(), capacity - static_cast<std::size_t>(on_the_way), capacity - at});
    if (part == 0) {
      if (Outcome seen = publish(); !seen) return seen;
      out_->writer_sleeps = 1;
      const bool still_full = written_ - out_->taken.load() == capacity;
      Outcome woken = still_full ? sleep() : Outcome();
      out_->writer_sleeps = 0;
      if (!woken) return woken;
      if (gone_) return std::unexpected(gone());
      continue;
    }
    std::memcpy(out_->bytes.data() + at, bytes.data(), part);
    written_ += part;
    bytes.remove_prefix(part);
  }
  return {};
}

Outcome Stream::publish() {
  if (memory_ == nullptr) return std::unexpected(no_memory());
  if (published_ == written_) return {};
  published_ = written_;
  out_->written = written_;
  if (out_->reader_sleeps != 0 && out_->reader_sleeps.exchange(0) != 0) wake();
  return {};
}

std::expected<std::size_t, Status> Stream::read_now(std::span<char> into) {
  if (memory_ == nullptr) return std::unexpected(no_memory());
  const std::uint64_t written = in_->written.load();
  const std::uint64_t there = written - taken_;
  if (written < taken_ || there > capacity) return std::unexpected(impossible());
  const std::size_t count = std::min<std::size_t>(into.size(), there);
  if (count == 0) return 0;
  const std::size_t at = taken_ % capacity;
  const std::size_t first = std::min(count, capacity - at);
  std::memcpy(into.data(), in_->bytes.data() + at, first);
  if (first < count) std::memcpy(into.data() + first, in_->bytes.data(), count - first);
  taken_ += count;
  in_->taken = taken_;
  if (in_->writer_sleeps != 0 && in_->writer_sleeps.exchange(0) != 0) wake();
  return count;
}

std::expected<std::size_t, Status> Stream::read(std::span<char> into) {
  for (;;) {
    const bool last = gone_;
    auto got = read_now(into);
    if (!got || *got != 0) return got;
    if (last) return std::unexpected(gone());
    in_->reader_sleeps = 1;
    const bool still_empty = in_->written.load() == taken_;
    Outcome woken = still_empty ? sleep() : Outcome();
    in_->reader_sleeps = 0;
    if (!woken) return std::unexpected(std::move(woken.error()));
  }
}

// Until the other side has rung, or has gone. Bytes of earlier rings may be there still: then it was short.
Outcome Stream::sleep() {
  if (Outcome ready = waiter_.wait(socket_.get(), POLLIN); !ready) return ready;
  std::array<char, 64> rings{};
  const ssize_t got = ::recv(socket_.get(), rings.data(), rings.size(), MSG_DONTWAIT);
  gone_ = got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
  return {};
}

// What cannot be sent need not be: rings that nobody has heard are waiting there, or nobody is.
void Stream::wake() {
  const char ring = 0;
  static_cast<void>(::send(socket_.get(), &ring, 1, MSG_NOSIGNAL | MSG_DONTWAIT));
}

}  // namespace purser::plugin
