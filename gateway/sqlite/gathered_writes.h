// Writes that lie one behind the other in a file, handed to it in one go.
#pragma once

#include <sqlite3.h>

#include <string>

namespace purser::gateway {

/// SQLite writes its log in two calls a page, a head of 24 bytes and the page. Here they wait for each other
/// until somebody needs them in the file: its sync, a read, a write elsewhere. What cannot be written is told
/// by that call, and is no longer there. [serial]
class GatheredWrites {
 public:
  GatheredWrites() { bytes_.reserve(capacity); }
  /// As sqlite3_io_methods::xWrite.
  int write(sqlite3_file* file, const void* bytes, int amount, sqlite3_int64 offset);
  int flush(sqlite3_file* file);

 private:
  static constexpr std::size_t capacity =
      64 * 1024;  ///< SQLite's own file system takes less than 128 KiB at once

  sqlite3_int64 start_ = 0;
  std::string bytes_;
};

}  // namespace purser::gateway
