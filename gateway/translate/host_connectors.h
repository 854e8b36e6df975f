// The connectors that are loaded, as the gateway's translator sees them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gateway/port/published.h"
#include "gateway/translate/translator.h"
#include "plugins/host/connector.h"

namespace purser::gateway {

/// What the settings say about connectors. Immutable once published.
struct ConnectorSet {
  std::map<std::string, std::shared_ptr<plugin::Connector>> connectors;  ///< by the settings' name
  /// partner → connector → overlays, first applied first
  std::map<std::string, std::map<std::string, std::vector<std::string>>> overlays;
};

/// Connectors over plugins/host. The set is swapped whole; calls under way keep the one they began with. A
/// connector that is missing or changed on disk gives ROUTE-0009 and nothing passes. [any]
class HostConnectors final : public Connectors {
 public:
  explicit HostConnectors(std::shared_ptr<const ConnectorSet> set) : set_(std::move(set)) {}
  void swap(std::shared_ptr<const ConnectorSet> set) { set_.swap(std::move(set)); }

  std::string detect(const DecodeOrder& order, std::string_view first_bytes) override;
  Outcome decode(const DecodeOrder& order, const Pull& source, DocumentSink& into) override;
  std::shared_ptr<plugin::Handed> hand_over(std::span<const DecodeOrder> orders,
                                            std::span<const std::string_view> documents) override;
  Outcome encode(const EncodeOrder& order, const std::function<Outcome(EventSink&)>& feed,
                 const std::function<Outcome(std::string_view)>& bytes, DocumentSink& notes) override;
  std::pair<std::string, std::string> media_of(const EncodeOrder& order) override;

 private:
  Published<ConnectorSet> set_;
};

}  // namespace purser::gateway
