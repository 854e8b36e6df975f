// What a job hands to the store, sealed already where its tenant's bodies are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/message/message.h"

namespace purser::gateway {

/// A body's bytes as they will lie, and what its place says of them. Borrowed.
struct Content {
  std::string_view bytes;
  std::uint64_t length = 0;  ///< of what they hold
  std::int64_t seal = 0;     ///< BodyRef::seal
};

/// The same with the bytes. Empty: no body.
struct StoredBody {
  std::string bytes;
  std::uint64_t length = 0;
  std::int64_t seal = 0;
  static StoredBody plain(std::string bytes) {
    StoredBody out{std::move(bytes), 0, 0};
    out.length = out.bytes.size();
    return out;
  }
  [[nodiscard]] Content content() const { return {bytes, length, seal}; }
};

/// The place where `content` was stored, as it is referred to.
inline BodyRef referring(BodyRef place, const Content& content) {
  if (!place.is_set()) return place;
  place.length = content.length;
  place.seal = content.seal;
  return place;
}

}  // namespace purser::gateway
