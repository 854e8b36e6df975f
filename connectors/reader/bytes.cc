#include "connectors/reader/bytes.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace purser::reader {
namespace {

// A file that is missing or a disk that fails may be there later; missing permission will not mend itself.
Status system_status(int error, std::string what) {
  const StatusClass status_class =
      error == EACCES || error == EPERM ? StatusClass::denied : StatusClass::unavailable;
  return Status{status_class, {}, std::move(what) + ": " + std::generic_category().message(error)};
}

}  // namespace

std::expected<std::size_t, Status> MemorySource::read(std::span<char> into) {
  const std::size_t size = std::min(into.size(), rest_.size());
  if (size != 0) std::memcpy(into.data(), rest_.data(), size);
  rest_.remove_prefix(size);
  return size;
}

bool MemorySource::rewind() {
  rest_ = all_;
  return true;
}

std::expected<FileSource, Status> FileSource::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return std::unexpected(system_status(errno, "cannot open " + path));
  ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
  FileSource source(descriptor);
  source.owned_ = true;
  return source;
}

FileSource::FileSource(FileSource&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), owned_(std::exchange(other.owned_, false)) {}

FileSource::~FileSource() {
  if (owned_) ::close(descriptor_);
}

std::expected<std::size_t, Status> FileSource::read(std::span<char> into) {
  for (;;) {
    const ssize_t got = ::read(descriptor_, into.data(), into.size());
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return std::unexpected(system_status(errno, "cannot read"));
  }
}

bool FileSource::rewind() { return ::lseek(descriptor_, 0, SEEK_SET) == 0; }

std::expected<std::size_t, Status> ConcatenatedSource::read(std::span<char> into) {
  auto got = head_.read(into);
  return got && *got == 0 ? tail_.read(into) : got;
}

Outcome StringSink::write(std::span<const char> bytes) {
  text.append(bytes.data(), bytes.size());
  return {};
}

Outcome FileSink::write(std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(descriptor_, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return std::unexpected(system_status(errno, "cannot write"));
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return {};
}

}  // namespace purser::reader
