#include "tools/purser/outlook.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "gateway/api/attention_json.h"
#include "gateway/attention/forecast.h"
#include "gateway/observe/log.h"
#include "gateway/serve/connectors.h"
#include "gateway/settings/load.h"
#include "gateway/translate/services.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {

using nlohmann::ordered_json;

struct Outlook::Loaded {
  explicit Loaded(const Arguments& arguments, JournalAccess& access)
      : access_(access), log(access.clock, STDERR_FILENO, gateway::LogForm::text, gateway::LogLevel::error),
        services(access.journal(), access.clock, log) {
    const std::string folder = arguments.get("--config");
    if (folder.empty()) return;
    auto found = gateway::load_settings(folder, arguments.get("--data"));
    settings = found.settings;
    if (settings == nullptr) {
      fail(exit_environment, fmt::format("{} cannot be used (purser config check)", folder));
      return;
    }
    Report report;
    const std::string libraries = arguments.get("--connectors");
    connectors = gateway::load_connectors(*settings, libraries.empty() ? gateway::default_connector_folder() : libraries,
                                          services, {}, report);
    host = std::make_unique<gateway::HostConnectors>(connectors.set);
    formats = std::make_unique<gateway::WithCanonical>(*host);
    translator = std::make_unique<gateway::Translator>(*formats);
  }
  [[nodiscard]] gateway::Foresight foresight() const {
    static const gateway::RouteTable nothing;
    return {access_.journal(), *access_.open.bodies, translator.get(), settings ? *settings->table : nothing,
            access_.clock.now()};
  }

  JournalAccess& access_;
  gateway::Log log;
  gateway::JournalServices services;
  std::shared_ptr<const gateway::Settings> settings;
  gateway::LoadedConnectors connectors;
  std::unique_ptr<gateway::HostConnectors> host;
  std::unique_ptr<gateway::WithCanonical> formats;
  std::unique_ptr<gateway::Translator> translator;
};

namespace {

void print_outgoing(const gateway::Outgoing& one, bool knows_targets) {
  const std::string place = !one.place.empty() ? " at " + one.place : knows_targets ? ", which is not in the settings" : "";
  print_line(fmt::format("    {} {} as {} to {}{}{}", type_name(one.type), one.number,
                         one.connector.empty() ? "canonical JSON" : one.connector + (one.format.empty() ? "" : " " + one.format),
                         one.target, place, knows_targets && one.held ? " (held: it would wait)" : ""));
}

void print_forecast(const gateway::Forecast& forecast) {
  for (const gateway::Outgoing& one : forecast.deliveries) print_outgoing(one, true);
  if (forecast.state == gateway::MessageState::delivering) {
    if (forecast.deliveries.empty()) print_line("    nothing would be sent: everything is there already");
    return;
  }
  print_line(fmt::format("    it would be {} again:", gateway::name(forecast.state)));
  for (const Finding& finding : forecast.findings) print_line("      " + to_line(finding, ""));
}

}  // namespace

Outlook::Outlook(const Arguments& arguments, JournalAccess& access) : arguments_(arguments), access_(access) {}
Outlook::~Outlook() = default;

Outlook::Loaded& Outlook::loaded() {
  if (!loaded_) loaded_ = std::make_unique<Loaded>(arguments_, access_);
  return *loaded_;
}

void Outlook::show(const gateway::ParkedItem& item, ordered_json& json) {
  const Loaded& with = loaded();
  if (item.delivery.is_set()) {
    const auto one = gateway::foresee_delivery(with.foresight().table, item);
    if (arguments_.json()) {
      json["would_send"] = ordered_json::array({gateway::to_json(one)});
    } else {
      print_outgoing(one, with.settings != nullptr);
    }
    return;
  }
  if (!with.translator) {
    if (!arguments_.json()) print_line("    would be read again; with --config this says where it would go");
    return;
  }
  const auto forecast = gateway::foresee_message(with.foresight(), item.message);
  if (!forecast) {
    json["said"] = forecast.error().message;
    if (!arguments_.json()) print_line(fmt::format("    {} ({})", forecast.error().message, forecast.error().code));
  } else if (arguments_.json()) {
    json["forecast"] = gateway::to_json(*forecast);
  } else {
    print_forecast(*forecast);
  }
}

void Outlook::show(const gateway::ActionResult& released, ordered_json& json) {
  gateway::ParkedQuery query;
  query.limit = gateway::ParkedQuery::max_limit;
  query.after = {released.message.value - 1};
  const auto items = access_.journal().parked_items(query);
  if (!items) return;
  for (const gateway::ParkedItem& item : *items) {
    if (item.message != released.message) break;
    const bool meant = item.delivery.is_set() ? std::ranges::find(released.deliveries, item.delivery) != released.deliveries.end()
                                              : released.state == gateway::MessageState::admitted;
    if (!meant) continue;
    ordered_json one;
    show(item, one);
    if (arguments_.json()) json["would"].push_back(std::move(one));
  }
}

int Outlook::show(const gateway::Resubmission& copy, std::string_view bytes) {
  const Loaded& with = loaded();
  if (!with.translator) return fail(exit_usage, "a dry run reads the copy: give --config DIR (or PURSER_CONFIG)");
  const auto forecast = gateway::foresee_copy(with.foresight(), copy, bytes);
  if (!forecast) return fail(exit_environment, fmt::format("{} ({})", forecast.error().message, forecast.error().code));
  if (arguments_.json()) {
    print_json(gateway::to_json(*forecast));
  } else {
    print_line(fmt::format("would stand for {}", gateway::text(copy.of)));
    print_forecast(*forecast);
  }
  return forecast->state == gateway::MessageState::delivering ? exit_ok : exit_findings;
}

}  // namespace purser::cli
