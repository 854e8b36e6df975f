// A source that can be read again, whatever it reads from, as long as the file is small.
#pragma once

#include <algorithm>
#include <cstring>
#include <string>

#include "canonical/event/bytes.h"

namespace purser::plugin {

/// Keeps the first bytes, so that a document gets its second try in another worker. [serial]
class KeptSource : public ByteSource {
 public:
  static constexpr std::size_t most =
      4 << 20;  ///< nearly all documents; larger ones are read again from `from`

  explicit KeptSource(ByteSource& from) : from_(from) {}

  std::expected<std::size_t, Status> read(std::span<char> into) override {
    if (at_ < kept_.size()) {
      const std::size_t count = std::min(into.size(), kept_.size() - at_);
      std::memcpy(into.data(), kept_.data() + at_, count);
      at_ += count;
      return count;
    }
    const auto got = from_.read(into);
    if (!got || !whole_) return got;
    if (kept_.size() + *got > most) {
      whole_ = false;
      std::string().swap(kept_);
      at_ = 0;
    } else {
      kept_.append(into.data(), *got);
      at_ = kept_.size();
    }
    return got;
  }

  bool rewind() override {
    if (!whole_) return from_.rewind();
    at_ = 0;
    return true;
  }

 private:
  ByteSource& from_;
  std::string kept_;
  std::size_t at_ = 0;
  bool whole_ = true;
};

}  // namespace purser::plugin
