// Connectors out of the settings.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "canonical/finding/finding.h"
#include "gateway/settings/settings.h"
#include "gateway/translate/host_connectors.h"
#include "plugins/line/services.h"

namespace purser::gateway {

/// Where connector libraries lie if the settings give a bare name: lib/purser/connectors beside bin/.
std::string default_connector_folder();

/// A set with what each of its connectors was made of.
struct LoadedConnectors {
  std::shared_ptr<const ConnectorSet> set = std::make_shared<ConnectorSet>();
  std::map<std::string, std::string> fingerprints;
};

/// Loads what the settings name. Connectors of `before` whose library, tables and settings did not change are
/// taken over. What cannot be loaded is missing in the set, which closes its routes, and is in `report`.
LoadedConnectors load_connectors(const Settings& settings, const std::string& folder,
                                 plugin::HostServices& services, const LoadedConnectors& before,
                                 Report& report);

/// Warns of routes that ask a loaded connector for a message or a version that it does not describe
/// (CONFIG-0029). Connectors with mapping tables of the configuration are left out: those may bring what they
/// like.
void judge_routes(const Settings& settings, const ConnectorSet& set, Report& report);

/// Adds Purser's own format to what connectors read: "canonical", JSON as the gateway stores it.
class WithCanonical final : public Connectors {
 public:
  explicit WithCanonical(Connectors& others) : others_(others) {}
  std::string detect(const DecodeOrder& order, std::string_view first_bytes) override;
  Outcome decode(const DecodeOrder& order, const Pull& source, DocumentSink& into) override;
  std::shared_ptr<plugin::Handed> hand_over(std::span<const DecodeOrder> orders,
                                            std::span<const std::string_view> documents) override {
    return others_.hand_over(orders, documents);
  }
  Outcome encode(const EncodeOrder& order, const std::function<Outcome(EventSink&)>& feed,
                 const std::function<Outcome(std::string_view)>& bytes, DocumentSink& notes) override;
  std::pair<std::string, std::string> media_of(const EncodeOrder& order) override;

 private:
  Connectors& others_;
};

}  // namespace purser::gateway
