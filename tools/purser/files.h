// Files as byte sources and sinks.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "canonical/event/bytes.h"

namespace purser::cli {

/// Reads a file from front to back; "-" is standard input (which cannot be rewound). Shows how far it is on
/// standard error when that is a terminal and the file is large.
class FileSource final : public ByteSource {
 public:
  static std::expected<std::unique_ptr<FileSource>, std::string> open(const std::string& path);
  ~FileSource() override;
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  std::expected<std::size_t, Status> read(std::span<char> into) override;
  bool rewind() override;
  /// The first bytes, without moving on: enough for detection. [serial]
  std::string first_bytes();

 private:
  FileSource(std::string path, int descriptor, std::uint64_t size);
  void show_progress();

  static constexpr std::uint64_t worth_progress = 64U << 20U;  // below, it is done before one looks
  std::string path_;
  int descriptor_;
  std::uint64_t size_;
  std::uint64_t done_ = 0;
  int shown_ = -1;
  bool progress_;
  std::string ahead_;  // bytes read for detection from a source that cannot be rewound
};

/// Writes to a file descriptor that somebody else owns.
class DescriptorSink final : public ByteSink {
 public:
  explicit DescriptorSink(int descriptor) : descriptor_(descriptor) {}
  Outcome write(std::span<const char> bytes) override;

 private:
  int descriptor_;
};

/// True for a mapping table, a layout and an overlay, by the ending of the name.
bool is_table_file(const std::filesystem::path& path);

/// A file's whole content, up to 64 MiB; "-" is standard input. Nothing if it cannot be read.
std::optional<std::string> content_of(const std::string& path);

}  // namespace purser::cli
