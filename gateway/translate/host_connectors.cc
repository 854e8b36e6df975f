#include "gateway/translate/host_connectors.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "gateway/message/tenant.h"

namespace purser::gateway {
namespace {

constexpr std::uint32_t least_confidence = 50;  // below that a connector only says that it could be

/// Reads from a Pull.
class PullSource final : public ByteSource {
 public:
  explicit PullSource(const Pull& pull) : pull_(pull) {}
  std::expected<std::size_t, Status> read(std::span<char> into) override { return pull_(into); }

 private:
  const Pull& pull_;
};

/// Writes into a function.
class FunctionSink final : public ByteSink {
 public:
  explicit FunctionSink(const std::function<Outcome(std::string_view)>& take) : take_(take) {}
  Outcome write(std::span<const char> bytes) override { return take_({bytes.data(), bytes.size()}); }

 private:
  const std::function<Outcome(std::string_view)>& take_;
};

std::expected<std::shared_ptr<plugin::Connector>, Status> usable(const ConnectorSet& set,
                                                                 const std::string& name) {
  const auto found = set.connectors.find(name);
  if (found == set.connectors.end() || !found->second) {
    return std::unexpected(
        Status{StatusClass::defect, "ROUTE-0009", fmt::format("Connector {} is not loaded", name)});
  }
  if (auto same = found->second->unchanged_on_disk(); !same) return std::unexpected(same.error());
  return found->second;
}

std::vector<std::string> overlays_of(const ConnectorSet& set, const std::string& partner,
                                     const std::string& name) {
  const auto own = set.overlays.find(partner);
  if (own == set.overlays.end()) return {};
  const auto found = own->second.find(name);
  return found == own->second.end() ? std::vector<std::string>() : found->second;
}

std::string take_text(nlohmann::json& from, const char* name) {
  const auto found = from.find(name);
  if (found == from.end() || !found->is_string()) return {};
  std::string value = found->get<std::string>();
  from.erase(found);
  return value;
}

// What connectors keep for the default tenant was kept without a name before there were others.
std::string scope_of(const std::string& tenant) { return tenant == default_tenant ? std::string() : tenant; }

// The route's format object names format, message and version; the rest is the connector's own settings.
plugin::Request request_of(const EncodeOrder& order) {
  plugin::Request request;
  nlohmann::json format = nlohmann::json::parse(order.format.empty() ? "{}" : order.format, nullptr, false);
  if (format.is_object()) {
    request.format = take_text(format, "format");
    request.message = take_text(format, "message");
    request.version = take_text(format, "version");
    if (!format.empty()) request.settings = format.dump();
  }
  request.tenant = scope_of(order.tenant);
  request.partner = order.partner;
  return request;
}

const plugin::FormatInfo* format_of(const plugin::ConnectorInfo& info, const std::string& name) {
  const auto found = std::ranges::find_if(info.formats, [&](const plugin::FormatInfo& format) {
    return name.empty() ? format.encodes : format.name == name;
  });
  return found == info.formats.end() ? nullptr : &*found;
}

std::string extension_of(std::string_view media_type) {
  for (const auto& [part, extension] : {std::pair<std::string_view, std::string_view>{"xml", ".xml"},
                                        {"edifact", ".edi"},
                                        {"EDI-X12", ".edi"},
                                        {"csv", ".csv"},
                                        {"json", ".json"},
                                        {"text/", ".txt"}}) {
    if (media_type.find(part) != std::string_view::npos) return std::string(extension);
  }
  return ".dat";
}

}  // namespace

std::string HostConnectors::detect(const DecodeOrder&, std::string_view first_bytes) {
  const auto set = set_.get();
  std::string best;
  std::uint32_t confidence = least_confidence - 1;
  for (const auto& [name, connector] : set->connectors) {
    if (!connector) continue;
    const auto found = connector->detect(first_bytes);
    if (found && found->confidence > confidence) {
      confidence = found->confidence;
      best = name;
    }
  }
  return best;
}

/// A connector whose settings take `rules` judges what only the source can tell.
static std::string with_rules(const DecodeOrder& order, const plugin::ConnectorInfo& about) {
  const auto& rules = order.source_rules.empty() ? order.rules : order.source_rules;
  if (rules.empty() || about.settings_schema.find("\"rules\"") == std::string::npos) return order.settings;
  auto json = nlohmann::json::parse(order.settings.empty() ? "{}" : order.settings, nullptr, false);
  if (!json.is_object()) return order.settings;
  json["rules"] = rules;
  return json.dump();
}

static plugin::Request request_of(const DecodeOrder& order, const ConnectorSet& set,
                                  const plugin::ConnectorInfo& about) {
  plugin::Request request;
  request.media_type = order.media_type;
  request.file_name = order.file_name;
  request.tenant = scope_of(order.tenant);
  request.partner = order.partner;
  request.settings = with_rules(order, about);
  request.overlays = overlays_of(set, order.partner, order.connector);
  return request;
}

Outcome HostConnectors::decode(const DecodeOrder& order, const Pull& source, DocumentSink& into) {
  if (order.handed != nullptr) return order.handed->decode(into);
  const auto set = set_.get();
  const auto connector = usable(*set, order.connector);
  if (!connector) return std::unexpected(connector.error());
  PullSource bytes(source);
  return (*connector)->decode(request_of(order, *set, (*connector)->info()), bytes, into);
}

std::shared_ptr<plugin::Handed> HostConnectors::hand_over(std::span<const DecodeOrder> orders,
                                                          std::span<const std::string_view> documents) {
  const auto set = set_.get();
  const auto connector = usable(*set, orders.front().connector);
  if (!connector) return nullptr;
  std::vector<plugin::WholeDocument> all;
  for (std::size_t i = 0; i < orders.size(); ++i)
    all.push_back({request_of(orders[i], *set, (*connector)->info()), documents[i]});
  // What was handed over ends before its connector.
  struct Kept {
    std::shared_ptr<plugin::Connector> connector;
    std::unique_ptr<plugin::Handed> handed;
  };
  auto kept = std::make_shared<Kept>(*connector, (*connector)->hand_over(std::move(all)));
  plugin::Handed* handed = kept->handed.get();
  return handed == nullptr ? nullptr : std::shared_ptr<plugin::Handed>(std::move(kept), handed);
}

Outcome HostConnectors::encode(const EncodeOrder& order, const std::function<Outcome(EventSink&)>& feed,
                               const std::function<Outcome(std::string_view)>& bytes, DocumentSink& notes) {
  const auto set = set_.get();
  const auto connector = usable(*set, order.connector);
  if (!connector) return std::unexpected(connector.error());
  plugin::Request request = request_of(order);
  request.overlays = overlays_of(*set, order.partner, order.connector);
  FunctionSink sink(bytes);
  return (*connector)->encode(request, feed, sink, notes);
}

std::pair<std::string, std::string> HostConnectors::media_of(const EncodeOrder& order) {
  const auto set = set_.get();
  const auto found = set->connectors.find(order.connector);
  if (found == set->connectors.end() || !found->second) return {};
  const plugin::FormatInfo* format = format_of(found->second->info(), request_of(order).format);
  if (format == nullptr || format->media_types.empty()) return {"application/octet-stream", ".dat"};
  return {format->media_types[0], extension_of(format->media_types[0])};
}

}  // namespace purser::gateway
