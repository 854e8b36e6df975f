// Where bytes of documents come from and go to.
#pragma once

#include <cstddef>
#include <expected>
#include <span>

#include "canonical/event/event.h"

namespace purser {

/// A source of bytes, read from front to back. [serial]
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Fills up to `into.size()` bytes; 0 means the end. May return less than asked for.
  virtual std::expected<std::size_t, Status> read(std::span<char> into) = 0;
  /// Starts again from the first byte. False where the source cannot: its document gets one try only.
  virtual bool rewind() { return false; }
};

/// Takes bytes in order. Borrowed until the call returns. [serial]
class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual Outcome write(std::span<const char> bytes) = 0;
};

}  // namespace purser
