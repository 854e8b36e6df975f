#include "gateway/port/file_system.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace purser::gateway {
namespace {

std::unexpected<Status> failure(std::string_view doing, std::string_view path, int error) {
  return std::unexpected(
      Status{StatusClass::unavailable, "JOURNAL-0001",
             fmt::format("{} {}: {}", doing, path, std::generic_category().message(error))});
}

class SystemFile final : public File {
 public:
  SystemFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
  SystemFile(const SystemFile&) = delete;
  SystemFile& operator=(const SystemFile&) = delete;
  ~SystemFile() override { ::close(descriptor_); }

  Outcome write_at(std::uint64_t offset, std::span<const char> bytes) override {
    while (!bytes.empty()) {
      const ssize_t wrote = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (wrote < 0) {
        if (errno == EINTR) continue;
        return failure("cannot write", path_, errno);
      }
      bytes = bytes.subspan(static_cast<std::size_t>(wrote));
      offset += static_cast<std::uint64_t>(wrote);
    }
    return {};
  }

  std::expected<std::size_t, Status> read_at(std::uint64_t offset, std::span<char> into) override {
    std::size_t got = 0;
    while (got < into.size()) {
      const ssize_t more =
          ::pread(descriptor_, into.data() + got, into.size() - got, static_cast<off_t>(offset + got));
      if (more < 0) {
        if (errno == EINTR) continue;
        return failure("cannot read", path_, errno);
      }
      if (more == 0) break;
      got += static_cast<std::size_t>(more);
    }
    return got;
  }

  Outcome allocate(std::uint64_t length) override {
    const int error = ::posix_fallocate(descriptor_, 0, static_cast<off_t>(length));
    if (error != 0) return failure("cannot reserve room in", path_, error);
    return {};
  }

  void start_sync(std::uint64_t offset, std::uint64_t length) override {
    // A failure shows in sync().
    static_cast<void>(::sync_file_range(descriptor_, static_cast<off_t>(offset), static_cast<off_t>(length),
                                        SYNC_FILE_RANGE_WRITE));
  }

  void let_go(std::uint64_t offset, std::uint64_t length) override {
    static_cast<void>(::posix_fadvise(descriptor_, static_cast<off_t>(offset), static_cast<off_t>(length),
                                      POSIX_FADV_DONTNEED));
  }

  Outcome sync() override {
    if (::fdatasync(descriptor_) != 0) return failure("cannot sync", path_, errno);
    return {};
  }

  std::expected<std::uint64_t, Status> size() override {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) return failure("cannot ask the size of", path_, errno);
    return static_cast<std::uint64_t>(status.st_size);
  }

 private:
  int descriptor_;
  std::string path_;
};

constexpr mode_t owner_only = 0600;  // bodies are business documents: nobody else's to read

std::expected<std::unique_ptr<File>, Status> open_file(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, owner_only);
  if (descriptor < 0) return failure("cannot open", path, errno);
  return std::make_unique<SystemFile>(descriptor, path);
}

}  // namespace

std::expected<std::unique_ptr<File>, Status> SystemFiles::open_for_reading(const std::string& path) {
  return open_file(path, O_RDONLY);
}

std::expected<std::unique_ptr<File>, Status> SystemFiles::open(const std::string& path, bool create) {
  return open_file(path, O_RDWR | (create ? O_CREAT : 0));
}

std::expected<std::unique_ptr<File>, Status> SystemFiles::create_new(const std::string& path) {
  return open_file(path, O_RDWR | O_CREAT | O_EXCL);
}

Outcome SystemFiles::make_directory(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return failure("cannot make folder", path, error.value());
  return {};
}

Outcome SystemFiles::rename(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) return failure("cannot rename to", to, errno);
  return {};
}

Outcome SystemFiles::remove(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return failure("cannot remove", path, errno);
  return {};
}

Outcome SystemFiles::sync_directory(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return failure("cannot open folder", path, errno);
  const int error = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  if (error != 0) return failure("cannot sync folder", path, error);
  return {};
}

std::expected<std::vector<std::string>, Status> SystemFiles::list(const std::string& path) {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(path, error), end; !error && entry != end;
       entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  if (error) return failure("cannot list", path, error.value());
  std::ranges::sort(names);
  return names;
}

}  // namespace purser::gateway
