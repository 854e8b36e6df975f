#include "gateway/intake/http_spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

namespace purser::gateway {

Spool::Spool(Spool&& other) noexcept
    : body_(std::move(other.body_)),
      file_(std::exchange(other.file_, -1)),
      folder_(other.folder_),
      threshold_(other.threshold_) {}

Spool& Spool::operator=(Spool&& other) noexcept {
  std::swap(body_, other.body_);
  std::swap(file_, other.file_);
  folder_ = other.folder_;
  threshold_ = other.threshold_;
  return *this;
}

Spool::~Spool() {
  if (file_ >= 0) ::close(file_);
}

void Spool::reserve(std::uint64_t length) {
  if (length <= threshold_) body_.bytes.reserve(static_cast<std::size_t>(length));
}

bool Spool::put(std::span<const char> piece) {
  body_.size += piece.size();
  if (file_ < 0 && body_.size <= threshold_) {
    body_.bytes.append(piece.data(), piece.size());
    return true;
  }
  if (file_ < 0 && !open_file()) return false;
  return write_all(piece);
}

Body Spool::take() {
  if (file_ >= 0) ::close(std::exchange(file_, -1));
  return std::exchange(body_, Body{});
}

bool Spool::open_file() {
  std::string path = *folder_ + "/body-XXXXXX";
  file_ = ::mkostemp(path.data(), O_CLOEXEC);
  if (file_ < 0) return false;
  body_.file = std::move(path);
  bool written = write_all(body_.bytes);
  std::string().swap(body_.bytes);
  return written;
}

bool Spool::write_all(std::span<const char> piece) const {
  while (!piece.empty()) {
    auto written = ::write(file_, piece.data(), piece.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    piece = piece.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace purser::gateway
