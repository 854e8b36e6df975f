// One server for one data folder.
#pragma once

#include <expected>
#include <string>

#include "canonical/event/event.h"

namespace purser::gateway {

/// Held by a server from before its first look into the folder until it ends, however it ends. The command
/// line works beside it and takes none.
class FolderLock {
 public:
  /// JOURNAL-0008 with the other's process id if somebody holds it, JOURNAL-0001 if there is no taking it.
  static std::expected<FolderLock, Status> take(const std::string& folder);
  FolderLock(FolderLock&& other) noexcept;
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace purser::gateway
