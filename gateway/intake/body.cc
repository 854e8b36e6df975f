#include <unistd.h>

#include "gateway/intake/http_front.h"

namespace purser::gateway {

Body::Body(Body&& other) noexcept
    : bytes(std::move(other.bytes)),
      file(std::exchange(other.file, {})),
      size(std::exchange(other.size, 0)) {}

Body& Body::operator=(Body&& other) noexcept {
  std::swap(bytes, other.bytes);
  std::swap(file, other.file);
  std::swap(size, other.size);
  return *this;
}

Body::~Body() {
  if (!file.empty()) ::unlink(file.c_str());
}

}  // namespace purser::gateway
