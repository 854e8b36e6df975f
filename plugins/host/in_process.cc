// The connector as part of this process: quick, and trusted with everything.
#include <utility>

#include "plugins/host/guard.h"
#include "plugins/host/runners.h"
#include "plugins/host/settings.h"

namespace purser::plugin {
namespace {

class InProcess : public LoadedConnector {
 public:
  InProcess(std::string path, std::string sha256, const ConnectorConfig& config, HostServices& services,
            ConnectorInfo info, std::unique_ptr<Instance> instance)
      : LoadedConnector(std::move(path), std::move(sha256), config.limits, services),
        info_(std::move(info)),
        instance_(std::move(instance)) {}

  [[nodiscard]] const ConnectorInfo& info() const override { return info_; }

  std::expected<Detection, Status> detect(std::string_view prefix) override {
    return instance_->detect(prefix);
  }

  Outcome decode(const Request& request, ByteSource& in, DocumentSink& out) override {
    if (auto fits = settings_fit(request, out); !fits) return fits;
    Guard guard(out, nullptr, limits());
    GuardedSource source(in, guard);
    return guard.finish(instance_->decode(request, source, guard));
  }

  Outcome encode(const Request& request, const EventProducer& events, ByteSink& out,
                 DocumentSink& notes) override {
    if (auto fits = settings_fit(request, notes); !fits) return fits;
    Guard guard(notes, &out, limits());
    return guard.finish(instance_->encode(request, events, guard, guard));
  }

  std::vector<std::string> tables() override { return instance_->tables(); }

  std::string table_row(std::uint16_t table, std::uint16_t row) override {
    return table == 0 ? std::string() : instance_->table_row(table - 1U, row);
  }

 private:
  ConnectorInfo info_;
  std::unique_ptr<Instance> instance_;
};

}  // namespace

std::expected<std::shared_ptr<Connector>, Report> load_in_process(Image image, const ConnectorConfig& config,
                                                                  HostServices& services) {
  const auto entry = load_entry(std::move(image.file));
  if (!entry) return std::unexpected(report_of(entry.error()));
  auto info = describe(**entry);
  if (!info) return std::unexpected(std::move(info.error()));
  Report settings = check_settings(info->settings_schema, config.settings);
  if (!settings.empty()) return std::unexpected(std::move(settings));
  auto instance = Instance::create(**entry, info->name, config.settings, config.tables, services);
  if (!instance) return std::unexpected(std::move(instance.error()));
  return std::make_shared<InProcess>(config.path, std::move(image.sha256), config, services, *std::move(info),
                                     *std::move(instance));
}

}  // namespace purser::plugin
