// Fills folder sources from SFTP servers.
#pragma once

#include <memory>

#include "gateway/observe/log.h"
#include "gateway/port/file_system.h"
#include "gateway/port/scheduler.h"
#include "gateway/settings/settings.h"

namespace purser::gateway {

/// Asks the server of each folder source that has `fetch`, one watch a source. A file is fetched when two
/// looks, at least the source's quiet time apart, show it unchanged. It is written beside the source's
/// folder, synced and renamed into it before the server's copy is archived or removed: a crash between the
/// two fetches it again, and the source's claim on name and content keeps it from being booked twice.
class SftpFetch {
 public:
  SftpFetch(Scheduler& scheduler, FileSystem& files, const Clock& clock, const Log& log);
  ~SftpFetch();
  /// Begins; called again after a reload. Waits for a transfer under way.
  void watch(const Settings& settings);
  void stop();  ///< Idempotent.

 private:
  class Fetcher;
  Scheduler& scheduler_;
  FileSystem& files_;
  const Clock& clock_;
  const Log& log_;
  std::vector<std::unique_ptr<Fetcher>> fetchers_;
};

}  // namespace purser::gateway
