#include "gateway/pipeline/understand.h"

#include <fmt/format.h>

#include <algorithm>

#include "gateway/pipeline/answers.h"

namespace purser::gateway {
namespace {

bool may_pass(const Status& status) {
  return status.what == StatusClass::unavailable || status.what == StatusClass::overloaded;
}

std::string format_name(const EncodeOrder& order) {
  return order.format.empty() ? order.connector : fmt::format("{} {}", order.connector, order.format);
}

Finding cannot_write(const EncodeOrder& order, std::string_view code, std::string_view message) {
  return make_finding("DELIVER-0009", {}, fmt::format("{}: {} {}", format_name(order), code, message));
}

void write_ahead(Translator& translator, const std::string& partner, Understanding& what) {
  if (what.deliveries.size() > max_written_ahead) return;
  for (PlannedDelivery& planned : what.deliveries) {
    // The canonical form is stored anyway.
    if (planned.connector.empty()) continue;
    const auto document = std::ranges::find(what.documents, planned.document, &Document::ordinal);
    if (document == what.documents.end()) continue;
    EncodeOrder order;
    order.connector = planned.connector;
    order.format = planned.format;
    order.partner = partner;
    auto written = write_delivery(translator, order, document->canonical);
    if (!written) continue;  // it passes: written at the first attempt
    if (*written) {
      planned.encoded = std::move(**written);
      planned.is_encoded = true;
    } else {
      planned.parked = std::move(written->error());
    }
  }
}

/// What the source wants its connector to answer, as the connector's settings.
std::string reading_settings(const RouteTable& table, const std::string& source) {
  const auto found = table.acknowledging.find(source);
  if (found == table.acknowledging.end() || found->second.technical.empty()) return {};
  return fmt::format(R"({{"acknowledge":"{}"}})", found->second.technical);
}

}  // namespace

std::expected<Understanding, Status> understand(Translator& translator, const RouteTable& table,
                                                const Incoming& incoming, const Pull& source, Instant now) {
  DecodeOrder order;
  order.connector = incoming.format;
  order.file_name = incoming.file_name;
  order.media_type = incoming.media_type;
  order.partner = incoming.partner;
  order.settings = reading_settings(table, incoming.source);
  auto what = translator.decode(order, source);
  if (!what) return what;
  answer_contents(table, incoming, now, *what);
  plan(table, incoming, *what);
  write_ahead(translator, incoming.partner, *what);
  return what;
}

std::expected<std::expected<std::string, Finding>, Status> write_delivery(Translator& translator,
                                                                          const EncodeOrder& order,
                                                                          std::string_view canonical) {
  auto written = translator.encode(order, canonical);
  if (!written) {
    if (may_pass(written.error())) return std::unexpected(written.error());
    return std::expected<std::string, Finding>(
        std::unexpect, cannot_write(order, written.error().code, written.error().message));
  }
  const auto serious =
      std::ranges::find_if(written->findings, [](const Finding& f) { return f.severity >= Severity::error; });
  if (serious != written->findings.end()) {
    Finding finding = cannot_write(order, serious->code, serious->message);
    finding.path = serious->path;
    return std::expected<std::string, Finding>(std::unexpect, std::move(finding));
  }
  return std::expected<std::string, Finding>(std::move(written->bytes));
}

}  // namespace purser::gateway
