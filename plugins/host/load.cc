#include <chrono>
#include <utility>

#include "plugins/host/connector.h"
#include "plugins/host/runners.h"

namespace purser::plugin {

Report report_of(const Status& status) {
  Report report;
  report.add(make_finding(find_catalogue_entry(status.code) != nullptr ? status.code : "HOST-0021",
                          Position{}, status.message));
  return report;
}

LoadedConnector::LoadedConnector(std::string path, std::string sha256, CallLimits limits,
                                 HostServices& services)
    : path_(std::move(path)), sha256_(std::move(sha256)), limits_(limits), services_(services) {}

Outcome LoadedConnector::unchanged_on_disk() {
  const auto time = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  if (time < fresh_until_) return {};
  struct stat now {};
  const bool there = ::stat(path_.c_str(), &now) == 0;
  const auto same = [&](const timespec& a, const timespec& b) {
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
  };
  const bool as_seen = there && now.st_ino == seen_.st_ino && now.st_dev == seen_.st_dev &&
                       now.st_size == seen_.st_size && same(now.st_mtim, seen_.st_mtim) &&
                       same(now.st_ctim, seen_.st_ctim);
  if (!as_seen) {
    const auto hash = hash_file(path_);
    if (!hash) return std::unexpected(hash.error());
    if (*hash != sha256_)
      return std::unexpected(Status{StatusClass::defect, "HOST-0002",
                                    path_ + ": has SHA-256 " + *hash + ", loaded was " + sha256_});
    seen_ = now;
  }
  fresh_until_ = time + look_again;
  return {};
}

std::expected<std::shared_ptr<Connector>, Report> load_connector(const ConnectorConfig& config,
                                                                 HostServices& services) {
  auto image = read_image(config.path, config.sha256);
  if (!image) return std::unexpected(report_of(image.error()));
  if (config.isolation == Isolation::in_process) return load_in_process(*std::move(image), config, services);
  return load_in_worker(*std::move(image), config, services);
}

std::expected<std::string, Status> file_sha256(const std::string& path) { return hash_file(path); }

}  // namespace purser::plugin
