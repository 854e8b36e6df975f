// A copy of a data folder that can be put in its place, made while a gateway works on it.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "gateway/message/message.h"
#include "gateway/port/file_system.h"

namespace purser::gateway {

/// What was copied.
struct BackupCount {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
};

/// Copies the journal of `folder` into the empty or missing folder `to`, synced: SQLite's records as they are
/// at one moment, then the bodies they refer to, which were on disk before. JOURNAL-0001 if there is no
/// writing or `to` has files in it. To restore, a stopped gateway's data folder is replaced by the copy.
std::expected<BackupCount, Status> back_up_journal(const std::string& folder, const std::string& to,
                                                   FileSystem& files);

}  // namespace purser::gateway
