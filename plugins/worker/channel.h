// One end of a stream as frames: out, gathered; in, checked.
#pragma once

#include <cstdint>
#include <expected>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "canonical/event/event.h"
#include "plugins/worker/stream.h"
#include "plugins/worker/wire.h"

namespace purser::plugin {

struct Frame {
  wire::Kind kind{};
  std::string_view payload;  ///< until the next receive()
};

/// [serial] A failed channel stays failed. Codes: HOST-0016 for what is not of the protocol, HOST-CRASH when
/// the other side has gone, and whatever the waiter says.
class Channel {
 public:
  Channel(Descriptor socket, const Descriptor& memory, Side side, Waiter& waiter)
      : stream_(std::move(socket), memory, side, waiter) {}

  /// Appends a frame to what goes out; the other side sees it when much has gathered.
  Outcome send(wire::Kind kind, std::string_view payload) { return send_pieces(kind, {&payload, 1}); }
  /// The same for a payload in pieces.
  Outcome send_pieces(wire::Kind kind, std::span<const std::string_view> pieces);
  Outcome flush();
  /// Flushes, then waits for the next frame.
  std::expected<Frame, Status> receive();

  /// The payload of the last frame stays beyond the next receive(), until the next keep().
  void keep();

  /// Takes the next frame if it is there already, of this kind and empty; does not wait.
  bool take_if(wire::Kind kind);

 private:
  Outcome fill(std::size_t needed);
  void make_room();

  Stream stream_;
  std::size_t gathered_ = 0;
  std::vector<char> in_, kept_;
  std::size_t begin_ = 0;  // of what was received and not yet given
  std::size_t end_ = 0;
};

}  // namespace purser::plugin
