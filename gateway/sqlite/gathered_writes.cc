#include "gateway/sqlite/gathered_writes.h"

namespace purser::gateway {

int GatheredWrites::write(sqlite3_file* file, const void* bytes, int amount, sqlite3_int64 offset) {
  const auto size = static_cast<std::size_t>(amount);
  const bool follows = offset == start_ + static_cast<sqlite3_int64>(bytes_.size());
  if (!follows || bytes_.size() + size > capacity) {
    if (const int code = flush(file); code != SQLITE_OK) return code;
  }
  if (size > capacity) return file->pMethods->xWrite(file, bytes, amount, offset);
  if (bytes_.empty()) start_ = offset;
  bytes_.append(static_cast<const char*>(bytes), size);
  return SQLITE_OK;
}

int GatheredWrites::flush(sqlite3_file* file) {
  if (bytes_.empty()) return SQLITE_OK;
  const int code = file->pMethods->xWrite(file, bytes_.data(), static_cast<int>(bytes_.size()), start_);
  bytes_.clear();
  return code;
}

}  // namespace purser::gateway
