// Watched folders: whole files are claimed, made durable, and moved to archive/ or error/.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gateway/observe/log.h"
#include "gateway/pipeline/engine.h"
#include "gateway/port/random.h"
#include "gateway/settings/settings.h"

namespace purser::gateway {

/// Watches the folders of all folder sources with one thread.
///
/// A file is whole when it was renamed into the folder, or when nothing changed it for the source's quiet
/// time. It is claimed by a rename into work/, handed to the engine, and after the engine has made it durable
/// moved to archive/ (its name behind the message id) or, if it was refused, rejected or parked, to error/
/// with NAME.error beside it: the findings in words and in JSON. Whatever is in work/ at start is done again;
/// the claim on name and content (or on the name in work/) keeps it from being booked twice.
class FolderIntake {
 public:
  FolderIntake(Engine& engine, Random& random, const Log& log);
  ~FolderIntake();
  /// Makes the folders and starts to watch. Called again after a reload: watches what the new settings say.
  /// Folders that cannot be made or watched are logged, and tried again at the next look.
  void watch(std::shared_ptr<const Settings> settings);
  /// Takes no more files and waits for those handed to the engine. Idempotent.
  void stop();

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace purser::gateway
