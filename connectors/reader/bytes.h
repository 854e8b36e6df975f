// Where readers take their bytes from and writers put theirs.
#pragma once

#include <cstddef>
#include <expected>
#include <span>

#include "canonical/event/event.h"

namespace purser::reader {

/// A source of bytes, read once from front to back. Not thread safe.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Fills up to `into.size()` bytes; 0 means the end. May return less than asked for.
  virtual std::expected<std::size_t, Status> read(std::span<char> into) = 0;
};

/// Takes bytes in order. Borrowed until the call returns.
class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual Outcome write(std::span<const char> bytes) = 0;
};

}  // namespace purser::reader
