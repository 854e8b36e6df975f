// One end of the socket pair: frames out, gathered; frames in, checked.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/event.h"
#include "plugins/line/library.h"
#include "plugins/worker/wire.h"

namespace purser::plugin {

/// Waits for a socket. The worker waits for ever, the gateway until a deadline.
class Waiter {
 public:
  virtual ~Waiter() = default;
  /// Returns when `descriptor` is ready for `events` (POLLIN or POLLOUT), or with a status.
  virtual Outcome wait(int descriptor, short events) = 0;
};

struct Frame {
  wire::Kind kind{};
  std::string_view payload;  ///< until the next receive()
};

/// [serial] A failed channel stays failed. Codes: HOST-0016 for what is not of the protocol, HOST-CRASH when
/// the other side has gone, and whatever the waiter says.
class Channel {
 public:
  Channel(Descriptor socket, Waiter& waiter);

  /// Appends a frame to what goes out; sends when much has gathered.
  Outcome send(wire::Kind kind, std::string_view payload);
  Outcome flush();
  /// Flushes, then waits for the next frame.
  std::expected<Frame, Status> receive();

  /// Keeps the payload of the last frame beyond the next receive(): its bytes now live in `into`.
  void keep(std::vector<char>& into);

  /// Takes the next frame if it is there already, of this kind and empty; does not wait.
  bool take_if(wire::Kind kind);

 private:
  Outcome fill(std::size_t needed);

  Descriptor socket_;
  Waiter& waiter_;
  std::string out_;
  std::vector<char> in_;
  std::size_t begin_ = 0;  // of what was received and not yet given
  std::size_t end_ = 0;
};

}  // namespace purser::plugin
