// The configuration in force, and what became of the last reload.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "gateway/access/authenticator.h"
#include "gateway/port/clock.h"
#include "gateway/port/published.h"
#include "gateway/settings/settings.h"

namespace purser::gateway {

/// Settings with what is derived from them. Immutable.
struct Configuration {
  Configuration(std::shared_ptr<const Settings> loaded, KeyCache& keys)
      : settings(std::move(loaded)), callers(*settings, &keys) {}
  std::shared_ptr<const Settings> settings;
  Authenticator callers;
};

/// What /health/ready says of a reload.
struct ReloadResult {
  Instant at;
  bool swapped = false;
  std::size_t findings = 0;
  std::string first;  ///< the first finding, one line; empty if there is none
};

/// Readers keep the snapshot they took; a swap is one step. [any]
class LiveConfiguration {
 public:
  explicit LiveConfiguration(std::shared_ptr<const Configuration> first) : current_(std::move(first)) {}
  [[nodiscard]] std::shared_ptr<const Configuration> get() const { return current_.get(); }
  void swap(std::shared_ptr<const Configuration> next) { current_.swap(std::move(next)); }
  [[nodiscard]] ReloadResult last_reload() const {
    std::scoped_lock lock(mutex_);
    return reload_;
  }
  void set_last_reload(ReloadResult result) {
    std::scoped_lock lock(mutex_);
    reload_ = std::move(result);
  }

 private:
  Published<Configuration> current_;
  mutable std::mutex mutex_;
  ReloadResult reload_;
};

}  // namespace purser::gateway
