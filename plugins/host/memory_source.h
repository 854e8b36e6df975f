// Bytes in memory as source and sink of a connector's call.
#pragma once

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

#include "canonical/event/bytes.h"

namespace purser::plugin {

/// Borrows `bytes`. Can be read again, so a document gets its second try. [serial]
class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
  std::expected<std::size_t, Status> read(std::span<char> into) override {
    const std::size_t count = std::min(into.size(), bytes_.size() - at_);
    if (count != 0) std::memcpy(into.data(), bytes_.data() + at_, count);  // nothing may be at no address
    at_ += count;
    return count;
  }
  bool rewind() override {
    at_ = 0;
    return true;
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

/// Keeps all that is written. [serial]
class MemorySink : public ByteSink {
 public:
  Outcome write(std::span<const char> bytes) override {
    bytes_.append(bytes.data(), bytes.size());
    return {};
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

}  // namespace purser::plugin
