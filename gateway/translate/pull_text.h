#pragma once

#include <algorithm>
#include <cstring>

#include "gateway/translate/translator.h"

namespace purser::gateway {

/// A body that is in memory as a source of bytes. Borrows them until the last call.
inline Pull pull_text(std::string_view bytes) {
  return [bytes](std::span<char> into) mutable -> std::expected<std::size_t, Status> {
    const std::size_t count = std::min(into.size(), bytes.size());
    std::memcpy(into.data(), bytes.data(), count);
    bytes.remove_prefix(count);
    return count;
  };
}

}  // namespace purser::gateway
