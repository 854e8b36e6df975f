// Memory for texts that live as long as one line or one document.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace purser::map {

/// Hands out bytes that stay where they are until reset(). Keeps its ordinary chunks, so that a steady
/// stream of lines allocates nothing; a text larger than a chunk has its own, given back at reset. [serial]
class Arena {
 public:
  static constexpr std::size_t chunk_size = 64 * 1024;  ///< a line of an invoice needs 1 to 4 KB

  /// Uninitialised bytes.
  char* take(std::size_t size) {
    if (size > left_) next_chunk(size);
    if (size > left_) return large_.back().get();
    char* bytes = at_;
    at_ += size;
    left_ -= size;
    return bytes;
  }
  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    char* bytes = take(text.size());
    std::memcpy(bytes, text.data(), text.size());
    return {bytes, text.size()};
  }
  /// Bytes held, in whole chunks.
  [[nodiscard]] std::size_t chunks() const { return used_ + large_.size(); }
  void reset() {
    large_.clear();
    used_ = 0;
    left_ = 0;
  }

 private:
  void next_chunk(std::size_t size) {
    if (size > chunk_size / 4) {
      large_.push_back(std::make_unique_for_overwrite<char[]>(size));
      left_ = 0;
      return;
    }
    if (used_ == chunks_.size()) chunks_.push_back(std::make_unique_for_overwrite<char[]>(chunk_size));
    at_ = chunks_[used_++].get();
    left_ = chunk_size;
  }

  std::vector<std::unique_ptr<char[]>> chunks_, large_;
  std::size_t used_ = 0, left_ = 0;
  char* at_ = nullptr;
};

}  // namespace purser::map
