#include "tools/purser/files.h"

#include <fstream>
#include <iostream>
#include <iterator>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace purser::cli {
namespace {

constexpr std::size_t detection_bytes = 64 * 1024;

Status system_status(const std::string& what) {
  return {StatusClass::unavailable, "FILE-0001", fmt::format("{}: {}", what, std::strerror(errno))};
}

}  // namespace

FileSource::FileSource(std::string path, int descriptor, std::uint64_t size)
    : path_(std::move(path)),
      descriptor_(descriptor),
      size_(size),
      progress_(size >= worth_progress && isatty(STDERR_FILENO) == 1) {}

FileSource::~FileSource() {
  if (shown_ >= 0) std::fputs("\r\033[K", stderr);
  if (descriptor_ != STDIN_FILENO) close(descriptor_);
}

std::expected<std::unique_ptr<FileSource>, std::string> FileSource::open(const std::string& path) {
  const int descriptor = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return std::unexpected(std::strerror(errno));
  struct stat status {};
  if (fstat(descriptor, &status) != 0 || S_ISDIR(status.st_mode)) {
    if (descriptor != STDIN_FILENO) close(descriptor);
    return std::unexpected("is a folder");
  }
  const auto size = S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
  return std::unique_ptr<FileSource>(new FileSource(path, descriptor, size));
}

std::expected<std::size_t, Status> FileSource::read(std::span<char> into) {
  if (!ahead_.empty()) {
    const std::size_t count = std::min(into.size(), ahead_.size());
    std::memcpy(into.data(), ahead_.data(), count);
    ahead_.erase(0, count);
    return count;
  }
  ssize_t count = 0;
  do {
    count = ::read(descriptor_, into.data(), into.size());
  } while (count < 0 && errno == EINTR);
  if (count < 0) return std::unexpected(system_status(path_));
  done_ += static_cast<std::uint64_t>(count);
  if (progress_) show_progress();
  return static_cast<std::size_t>(count);
}

bool FileSource::rewind() {
  if (lseek(descriptor_, 0, SEEK_SET) != 0) return false;
  done_ = 0;
  ahead_.clear();
  return true;
}

std::string FileSource::first_bytes() {
  std::string bytes(detection_bytes, '\0');
  std::size_t have = 0;
  while (have < bytes.size()) {
    const auto count = read(std::span(bytes).subspan(have));
    if (!count || *count == 0) break;
    have += *count;
  }
  bytes.resize(have);
  if (!rewind()) ahead_ = bytes;
  return bytes;
}

void FileSource::show_progress() {
  const int percent = static_cast<int>(done_ * 100 / size_);
  if (percent == shown_) return;
  shown_ = percent;
  std::fprintf(stderr, "\r%s: %d %%", path_.c_str(), percent);
}

Outcome DescriptorSink::write(std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::unexpected(system_status("standard output"));
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return {};
}

bool is_table_file(const std::filesystem::path& path) {
  return path.extension() == ".map" || path.extension() == ".layout" || path.extension() == ".overlay";
}

std::optional<std::string> content_of(const std::string& path) {
  constexpr std::size_t max_input = 64U << 20U;  // a body of a webhook; all else is much smaller
  std::string text;
  if (path == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    text.assign(std::istreambuf_iterator<char>(file), {});
  }
  if (text.size() > max_input) return std::nullopt;
  return text;
}

}  // namespace purser::cli
