// Bytes both ways between two processes: through memory that both see, and a socket that wakes who sleeps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string_view>

#include "canonical/event/event.h"
#include "plugins/line/library.h"

namespace purser::plugin {

/// Waits for a socket. The worker waits for ever, the gateway until a deadline.
class Waiter {
 public:
  virtual ~Waiter() = default;
  /// Returns when `descriptor` is ready for `events` (POLLIN), or with a status.
  virtual Outcome wait(int descriptor, short events) = 0;
};

enum class Side : std::uint8_t { gateway, worker };

/// One end. A document goes to a worker and comes back without its bytes passing through the kernel; the
/// socket carries single bytes that mean "look again", and its end means that the other side has gone.
///
/// What the other side does to the memory is hostile: its counters are checked each time they are looked at,
/// nothing is judged before it was copied out, and the size of the memory is sealed. [serial]
class Stream {
 public:
  /// Each way: two frames of a good size, so that a side rarely waits half way.
  static constexpr std::size_t capacity = 256 << 10;

  /// The memory of both ways, for one stream. HOST-0015 if there is none.
  static std::expected<Descriptor, Status> make_memory();
  /// `memory` stays the caller's. Without memory (it could not be mapped) every call fails with HOST-0015.
  Stream(Descriptor socket, const Descriptor& memory, Side side, Waiter& waiter);
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  /// Takes all of `bytes`, waiting for room; the other side sees them at the latest after publish(). Codes:
  /// HOST-CRASH when the other side has gone, HOST-0016 when its counters cannot be, the waiter's.
  Outcome write(std::string_view bytes);
  Outcome publish();
  /// At least one byte; waits. Publishes nothing: who waits for an answer publishes before.
  std::expected<std::size_t, Status> read(std::span<char> into);
  /// What is there now, perhaps nothing.
  std::expected<std::size_t, Status> read_now(std::span<char> into);

 private:
  struct Counters;
  struct Ring;
  struct Memory;

  Outcome sleep();
  void wake();

  Descriptor socket_;
  Waiter& waiter_;
  Memory* memory_ = nullptr;
  Ring* out_ = nullptr;
  Ring* in_ = nullptr;
  std::uint64_t written_ = 0;    // by this side, published or not
  std::uint64_t published_ = 0;  // of them
  std::uint64_t taken_ = 0;      // by this side
  bool gone_ = false;            // the other one; what it wrote before can still be read
};

}  // namespace purser::plugin
