#include "gateway/journal/folder_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace purser::gateway {
namespace {

std::unexpected<Status> unusable(const std::string& path, int error) {
  return std::unexpected(
      Status{StatusClass::unavailable, "JOURNAL-0001",
             fmt::format("cannot lock {}: {}", path, std::generic_category().message(error))});
}

// What the holder wrote into its lock: a process id, for a person.
std::string holder_of(int descriptor) {
  char line[24];
  const ssize_t got = ::pread(descriptor, line, sizeof line, 0);
  std::string out;
  for (ssize_t i = 0; i < got && line[i] >= '0' && line[i] <= '9'; ++i) out += line[i];
  return out.empty() ? "unknown" : out;
}

}  // namespace

std::expected<FolderLock, Status> FolderLock::take(const std::string& folder) {
  const std::string path = folder + "/server.lock";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  if (descriptor < 0) return unusable(path, errno);
  FolderLock lock(descriptor);
  // Of the open file, not of the process: the kernel lets go when the server ends, be it by kill -9.
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return unusable(path, errno);
    return std::unexpected(Status{StatusClass::unavailable, "JOURNAL-0008",
                                  fmt::format("another gateway, process {}, runs on the data folder {}",
                                              holder_of(descriptor), folder)});
  }
  const std::string line = fmt::format("{}\n", ::getpid());
  if (::ftruncate(descriptor, 0) != 0 ||
      ::pwrite(descriptor, line.data(), line.size(), 0) != static_cast<ssize_t>(line.size())) {
    return unusable(path, errno);
  }
  return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace purser::gateway
