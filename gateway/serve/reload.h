// SIGHUP: the configuration read again, checked whole, swapped whole, answered.
#pragma once

#include <string>

#include "gateway/api/configuration.h"
#include "gateway/intake/folder_intake.h"
#include "gateway/intake/http_front.h"
#include "gateway/intake/sftp_fetch.h"
#include "gateway/journal/sealing.h"
#include "gateway/observe/log.h"
#include "gateway/observe/metrics.h"
#include "gateway/pipeline/engine.h"
#include "gateway/port/file_system.h"
#include "gateway/route/route.h"
#include "gateway/serve/connectors.h"
#include "gateway/serve/serve.h"

namespace purser::gateway {

/// What a reload reads with and swaps into. All of it outlives the Reload.
struct ReloadParts {
  const ServeOptions& options;
  Clock& clock;
  const Log& log;
  std::string connector_folder;
  plugin::HostServices& services;
  Journal& journal;
  Sealing& sealing;
  LiveConfiguration& live;
  KeyCache& key_cache;
  HostConnectors& host;
  Router& router;
  Engine& engine;
  FolderIntake& folders;
  SftpFetch& fetch;
  HttpFront& front;
  Metrics& metrics;
};

/// Makes the folders of targets that lie in the data folder. Others are somebody's mount: if it is not there,
/// deliveries must wait for it instead of filling the disk below.
void make_target_folders(const Settings& settings, FileSystem& files);

/// One after the other, on the thread that waits for signals.
class Reload {
 public:
  Reload(ReloadParts parts, LoadedConnectors connectors)
      : parts_(std::move(parts)), connectors_(std::move(connectors)) {}
  /// With an error anywhere (settings, a connector that was there before, the certificate) nothing changes.
  /// The answer goes to the log, the audit trail and /health/ready.
  /// `who` for the audit trail.
  void run(const std::string& who = "signal:SIGHUP");

 private:
  void answer(const std::string& who, const Report& report, bool swapped, const std::string& version);

  ReloadParts parts_;
  LoadedConnectors connectors_;
};

}  // namespace purser::gateway
