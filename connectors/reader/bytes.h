// Where readers take their bytes from and writers put theirs: memory, files, strings.
#pragma once

#include <cstddef>
#include <expected>
#include <span>
#include <string>
#include <string_view>

#include "canonical/event/bytes.h"

namespace purser::reader {

using purser::ByteSink;
using purser::ByteSource;

/// Bytes that are in memory already; they are borrowed and must outlive the source. [serial]
class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : all_(bytes), rest_(bytes) {}
  std::expected<std::size_t, Status> read(std::span<char> into) override;
  bool rewind() override;

 private:
  std::string_view all_;
  std::string_view rest_;
};

/// Bytes of a file, pipe or socket. A descriptor passed in stays the caller's; an opened file is closed.
/// [serial]
class FileSource : public ByteSource {
 public:
  explicit FileSource(int descriptor) : descriptor_(descriptor) {}
  /// The error says why the file cannot be opened (denied, unavailable).
  static std::expected<FileSource, Status> open(const std::string& path);
  FileSource(FileSource&& other) noexcept;
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  FileSource& operator=(FileSource&&) = delete;
  ~FileSource() override;
  std::expected<std::size_t, Status> read(std::span<char> into) override;
  bool rewind() override;  ///< to the file's first byte; false for a pipe

 private:
  int descriptor_ = -1;
  bool owned_ = false;
};

/// Gives `head` first, then the rest of `tail`: for a caller that peeked to detect the format. [serial]
class ConcatenatedSource : public ByteSource {
 public:
  ConcatenatedSource(std::string_view head, ByteSource& tail) : head_(head), tail_(tail) {}
  std::expected<std::size_t, Status> read(std::span<char> into) override;

 private:
  MemorySource head_;
  ByteSource& tail_;
};

/// Collects what is written in a string. [serial]
class StringSink : public ByteSink {
 public:
  Outcome write(std::span<const char> bytes) override;
  std::string text;
};

/// Writes to a descriptor, which stays the caller's. Not buffered: writers write in large pieces. [serial]
class FileSink : public ByteSink {
 public:
  explicit FileSink(int descriptor) : descriptor_(descriptor) {}
  Outcome write(std::span<const char> bytes) override;

 private:
  int descriptor_;
};

}  // namespace purser::reader
