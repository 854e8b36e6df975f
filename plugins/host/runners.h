// The two ways to run a connector behind Connector. Made by load_connector.
#pragma once

#include <sys/stat.h>

#include <memory>
#include <mutex>
#include <string>

#include "plugins/host/connector.h"
#include "plugins/host/settings.h"
#include "plugins/line/instance.h"
#include "plugins/line/library.h"
#include "plugins/worker/pool.h"

namespace purser::plugin {

/// What both have: the file on disk and what is known of it. [any]
class LoadedConnector : public Connector {
 public:
  LoadedConnector(std::string path, std::string sha256, CallLimits limits, HostServices& services);
  [[nodiscard]] const std::string& sha256() const override { return sha256_; }
  Outcome unchanged_on_disk() override;

 protected:
  [[nodiscard]] const CallLimits& limits() const { return limits_; }
  [[nodiscard]] HostServices& services() const { return services_; }
  Outcome settings_fit(const Request& request, DocumentSink& notes) {
    return settings_.fit(info().settings_schema, request.settings, notes);
  }

 private:
  std::string path_;
  std::string sha256_;
  CallLimits limits_;
  HostServices& services_;
  RequestSettings settings_;
  std::mutex mutex_;
  struct stat seen_ {};  // of the file when it was last found unchanged
  std::chrono::steady_clock::time_point fresh_until_{};
};

/// Takes the library's image; its code becomes part of this process for good.
std::expected<std::shared_ptr<Connector>, Report> load_in_process(Image image, const ConnectorConfig& config,
                                                                  HostServices& services);

/// Gives the image to workers; none of its code runs here.
std::expected<std::shared_ptr<Connector>, Report> load_in_worker(Image image, const ConnectorConfig& config,
                                                                 HostServices& services);

/// A report of one finding, as a status says it.
Report report_of(const Status& status);

}  // namespace purser::plugin
