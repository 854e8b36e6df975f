// Puts streamed lists last, so that an encoder knows the whole head of a document before its first line.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "canonical/event/event.h"

namespace purser {

/// Passes everything on at once but the elements of streamed lists, which follow when the document ends. They
/// are kept in memory up to `memory_limit` bytes, beyond that in a file without a name in `folder` (it
/// vanishes with the process). Order within each list is kept, and so are positions. [serial]
class HeaderFirst : public EventSink {
 public:
  static constexpr std::size_t default_memory = std::size_t{4}
                                                << 20;  ///< about 40,000 values: most documents

  /// `folder` empty means TMPDIR or /tmp.
  explicit HeaderFirst(EventSink& next, std::size_t memory_limit = default_memory, std::string folder = {});
  ~HeaderFirst() override;
  Outcome push(std::span<const Event> batch) override;
  /// Bytes that went to the file since the start: for tests and measurements.
  [[nodiscard]] std::uint64_t spilled() const;

 private:
  class Store;
  Outcome replay();

  EventSink& next_;
  std::unique_ptr<Store> store_;
  const DocumentDescriptor* document_ = nullptr;
  std::uint32_t depth_ = 0;   ///< open groups below the root
  bool in_streamed_ = false;  ///< inside an element of a streamed list
};

}  // namespace purser
