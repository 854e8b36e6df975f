#include "gateway/attention/forecast.h"

#include <fmt/format.h>

#include <algorithm>

#include "gateway/pipeline/understand.h"
#include "gateway/translate/pull_text.h"

namespace purser::gateway {
namespace {

struct PlaceOf {
  std::string operator()(const HttpTarget& http) const { return http.url; }
  std::string operator()(const FolderTarget& folder) const { return folder.path; }
  std::string operator()(const SftpTarget& sftp) const {
    return fmt::format("sftp://{}:{}/{}", sftp.server.host, sftp.server.port, sftp.server.path);
  }
};

void place(const RouteTable& table, Outgoing& out) {
  const Target* target = table.find_target(out.target);
  out.held = target == nullptr || !target->enabled;
  if (target != nullptr) out.place = std::visit(PlaceOf(), target->where);
}

/// What is there, or on its way there, of a message's documents: by number and type in an edited copy, which
/// may hold fewer documents than the first one; by place in the message itself.
bool is_there(const MessageView& view, const Document& document, const std::string& target, bool same_message) {
  return std::ranges::any_of(view.deliveries, [&](const DeliveryView& delivery) {
    if (delivery.state == DeliveryState::cancelled) return false;
    if (same_message) return delivery.document == document.ordinal;
    if (delivery.target != target || delivery.state == DeliveryState::parked) return false;
    const auto first = std::ranges::find(view.documents, delivery.document, &DocumentView::ordinal);
    return first != view.documents.end() && first->type == document.type && first->number == document.number &&
           (!document.number.empty() || first->ordinal == document.ordinal);
  });
}

std::expected<Forecast, Status> foresee(const Foresight& with, const MessageView& view, const std::string& format,
                                        std::string_view bytes, bool same_message, bool everywhere) {
  Forecast out;
  if (with.translator == nullptr) return out;
  Incoming incoming;
  incoming.tenant = view.summary.tenant;
  incoming.source = view.summary.source;
  incoming.partner = view.summary.partner;
  incoming.format = format.empty() ? view.summary.format : format;
  incoming.media_type = view.media_type;
  incoming.file_name = view.summary.file_name;
  auto what = understand(*with.translator, with.table, incoming, pull_text(bytes), with.now);
  if (!what) return std::unexpected(what.error());
  out.state = what->state;
  out.findings = std::move(what->findings);
  for (const Document& document : what->documents) {
    out.findings.insert(out.findings.end(), document.findings.begin(), document.findings.end());
  }
  for (PlannedDelivery& planned : what->deliveries) {
    const auto document = std::ranges::find(what->documents, planned.document, &Document::ordinal);
    if (document == what->documents.end()) continue;
    if (!everywhere && is_there(view, *document, planned.target, same_message)) continue;
    Outgoing one;
    one.message = view.summary.id;
    one.document = planned.document;
    one.type = document->type;
    one.number = document->number;
    one.route = std::move(planned.route);
    one.target = std::move(planned.target);
    one.connector = std::move(planned.connector);
    one.format = std::move(planned.format);
    one.lane = std::move(planned.lane);
    one.length = document->canonical.size();
    place(with.table, one);
    out.deliveries.push_back(std::move(one));
  }
  return out;
}

}  // namespace

Outgoing foresee_delivery(const RouteTable& table, const ParkedItem& item) {
  Outgoing out;
  out.message = item.message;
  out.delivery = item.delivery;
  out.document = item.document;
  out.type = item.type;
  out.number = item.number;
  out.route = item.route;
  out.target = item.target;
  out.connector = item.connector;
  out.format = item.format;
  out.lane = item.lane;
  out.length = item.length;
  place(table, out);
  return out;
}

std::expected<Forecast, Status> foresee_message(const Foresight& with, MessageId message) {
  const auto view = with.journal.show(message);
  if (!view) return std::unexpected(view.error());
  if (view->body.length > max_foreseen) {
    return std::unexpected(Status{StatusClass::invalid, "JOURNAL-0011",
                                  fmt::format("{} has {} bytes", text(message), view->body.length)});
  }
  if (with.translator == nullptr) return Forecast{};
  const auto bytes = with.bodies.read(view->body);
  if (!bytes) return std::unexpected(bytes.error());
  return foresee(with, *view, {}, *bytes, true, false);
}

std::expected<Forecast, Status> foresee_copy(const Foresight& with, const Resubmission& copy, std::string_view bytes) {
  const auto view = with.journal.show(copy.of);
  if (!view) return std::unexpected(view.error());
  return foresee(with, *view, copy.format, bytes, false, copy.everywhere);
}

}  // namespace purser::gateway
