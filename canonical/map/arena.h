// Memory for texts that live as long as one line or one document.
#pragma once

#include <cstddef>
#include <cstdint>
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
    held_ += size;
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
    copy_bytes(bytes, text.data(), text.size());
    return {bytes, text.size()};
  }
  /// Chunks that are in use.
  [[nodiscard]] std::size_t chunks() const { return used_ + large_.size(); }
  /// Chunks that are kept, in use or not.
  [[nodiscard]] std::size_t kept() const { return chunks_.size() + large_.size(); }
  /// Bytes handed out since reset().
  [[nodiscard]] std::size_t held() const { return held_; }
  void reset() {
    held_ = 0;
    large_.clear();
    used_ = 0;
    left_ = 0;
  }

 private:
  /// Most texts are a few bytes: copied as two words that may overlap.
  static void copy_bytes(char* to, const char* from, std::size_t size) {
    if (size > 16) {
      std::memcpy(to, from, size);
    } else if (size >= 8) {
      std::uint64_t first = 0, last = 0;
      std::memcpy(&first, from, 8);
      std::memcpy(&last, from + size - 8, 8);
      std::memcpy(to, &first, 8);
      std::memcpy(to + size - 8, &last, 8);
    } else if (size >= 4) {
      std::uint32_t first = 0, last = 0;
      std::memcpy(&first, from, 4);
      std::memcpy(&last, from + size - 4, 4);
      std::memcpy(to, &first, 4);
      std::memcpy(to + size - 4, &last, 4);
    } else {
      for (std::size_t i = 0; i < size; ++i) to[i] = from[i];
    }
  }
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
  std::size_t used_ = 0, left_ = 0, held_ = 0;
  char* at_ = nullptr;
};

}  // namespace purser::map
