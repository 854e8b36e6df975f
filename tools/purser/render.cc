#include "tools/purser/render.h"

#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "tools/purser/terminal.h"

namespace purser::cli {

using nlohmann::ordered_json;

namespace {

std::string_view severity_name(Severity severity) {
  constexpr std::string_view names[] = {"", "info", "warning", "error", "fatal"};
  return names[static_cast<std::size_t>(severity)];
}

template <typename List>
ordered_json list_json(const List& list) {
  ordered_json out = ordered_json::array();
  for (const auto& item : list) out.push_back(to_json(item));
  return out;
}

void put(ordered_json& out, const char* name, const std::string& value) {
  if (!value.empty()) out[name] = value;
}

}  // namespace

ordered_json to_json(const Position& at) {
  ordered_json out = ordered_json::object();
  const std::pair<const char*, std::uint64_t> members[] = {
      {"line", at.line},       {"column", at.column},       {"segment", at.segment},
      {"element", at.element}, {"component", at.component}};
  for (const auto& [name, value] : members) {
    if (value != 0) out[name] = value;
  }
  if (at.line != 0) out["offset"] = at.offset;
  return out;
}

ordered_json to_json(const Finding& finding) {
  ordered_json out{{"code", finding.code}, {"severity", severity_name(finding.severity)}};
  if (const ordered_json at = to_json(finding.at); !at.empty()) out["at"] = at;
  put(out, "source", finding.source);
  put(out, "path", finding.path);
  put(out, "message", finding.message);
  put(out, "expected", finding.expected);
  put(out, "remedy", finding.remedy);
  return out;
}

ordered_json to_json(const Loss& loss) {
  return {{"source", loss.source}, {"value", loss.value}, {"at", to_json(loss.at)}};
}

ordered_json to_json(const gateway::MessageSummary& summary) {
  ordered_json out{{"id", gateway::text(summary.id)},
                   {"state", gateway::name(summary.state)},
                   {"received", gateway::text(summary.received)},
                   {"source", summary.source}};
  put(out, "partner", summary.partner);
  put(out, "format", summary.format);
  put(out, "file", summary.file_name);
  put(out, "why", summary.why);
  out["bytes"] = summary.body_length;
  out["documents"] = summary.documents;
  if (summary.type != DocumentType::none) out["type"] = type_name(summary.type);
  put(out, "number", summary.number);
  return out;
}

ordered_json to_json(const gateway::DeliveryView& delivery) {
  ordered_json out{{"id", gateway::text(delivery.id)},
                   {"document", delivery.document},
                   {"state", gateway::name(delivery.state)},
                   {"route", delivery.route},
                   {"target", delivery.target}};
  put(out, "lane", delivery.lane);
  put(out, "connector", delivery.connector);
  out["due"] = gateway::text(delivery.due);
  if (delivery.waits_for.is_set()) out["waits_for"] = gateway::text(delivery.waits_for);
  if (delivery.finding) out["finding"] = to_json(*delivery.finding);
  out["attempts"] = ordered_json::array();
  for (const gateway::AttemptView& attempt : delivery.attempts) {
    out["attempts"].push_back({{"started", gateway::text(attempt.started)},
                               {"took_us", attempt.took.count()},
                               {"answer", attempt.answer},
                               {"detail", attempt.detail}});
  }
  return out;
}

ordered_json to_json(const gateway::DocumentView& document) {
  ordered_json out{
      {"ordinal", document.ordinal}, {"type", type_name(document.type)}, {"number", document.number}};
  out["keys"] = ordered_json::array();
  for (const gateway::Key& key : document.keys) out["keys"].push_back({{"kind", key.kind}, {"value", key.value}});
  out["findings"] = list_json(document.findings);
  out["losses"] = list_json(document.losses);
  return out;
}

ordered_json to_json(const gateway::MessageView& message) {
  ordered_json out = to_json(message.summary);
  put(out, "credential", message.credential);
  put(out, "media_type", message.media_type);
  out["sha256"] = gateway::hex(message.hash);
  if (message.resubmits.is_set()) out["resubmits"] = gateway::text(message.resubmits);
  for (const gateway::MessageId copy : message.resubmitted_as) out["resubmitted_as"].push_back(gateway::text(copy));
  out["findings"] = list_json(message.findings);
  out["documents"] = list_json(message.documents);
  out["deliveries"] = list_json(message.deliveries);
  return out;
}

ordered_json to_json(const gateway::Step& step) {
  ordered_json out{{"at", gateway::text(step.at)}, {"who", step.who}, {"what", step.what}};
  if (step.message.is_set()) out["message"] = gateway::text(step.message);
  if (step.delivery.is_set()) out["delivery"] = gateway::text(step.delivery);
  put(out, "why", step.why);
  return out;
}

void print_json(const ordered_json& value) {
  print_line(value.dump(2, ' ', false, ordered_json::error_handler_t::replace));
}

std::string short_time(gateway::Instant at) {
  std::string text = gateway::text(at);
  text.resize(19);
  text[10] = ' ';
  return text;
}

std::string type_name(DocumentType type) {
  const DocumentDescriptor* document = find_document(type);
  return document != nullptr ? std::string(document->name) : "-";
}

namespace {

// A lane is target and values with a unit separator between them, which no terminal should get.
std::string shown_lane(std::string lane) {
  for (std::size_t at = 0; (at = lane.find('\x1f')) != std::string::npos;) lane.replace(at, 1, " / ");
  return lane;
}

std::string indented(const Finding& finding, std::string_view file) {
  std::string out = fmt::format("    {}\n", to_line(finding, file));
  return out;
}

// What the other side said; a folder has no status, and an HTTP answer begins with its own.
std::string answered(const gateway::AttemptView& attempt) {
  const std::string status = attempt.answer == 0 ? "" : std::to_string(attempt.answer);
  std::string_view detail = attempt.detail;
  detail = detail.substr(0, detail.find_last_not_of(" \n") + 1);
  if (status.empty() || detail.starts_with(status)) return std::string(detail);
  return fmt::format("{} {}", status, detail);
}

std::string describe(const gateway::DeliveryView& delivery) {
  std::string out = fmt::format("  delivery {}  {} to {} by route {}{}\n", gateway::text(delivery.id),
                                gateway::name(delivery.state), delivery.target, delivery.route,
                                delivery.lane.empty() ? "" : fmt::format(", lane {}", shown_lane(delivery.lane)));
  for (const gateway::AttemptView& attempt : delivery.attempts) {
    out += fmt::format("    {}  {}  ({} ms)\n", short_time(attempt.started), answered(attempt),
                       attempt.took.count() / 1000);
  }
  if (delivery.waits_for.is_set()) {
    const std::string other = gateway::text(delivery.waits_for);
    out += fmt::format(
        "    waits in its lane behind {}{}\n", other,
        delivery.behind_parked ? fmt::format(", which is parked: purser release or cancel {}", other) : "");
  } else if (delivery.state == gateway::DeliveryState::due) {
    out += fmt::format("    next attempt {}\n", short_time(delivery.due));
  }
  if (delivery.finding) out += indented(*delivery.finding, delivery.target);
  return out;
}

}  // namespace

namespace {

// What stopped the reading is kept with the message, too; the document has it with its place.
bool told_of_a_document(const gateway::MessageView& message, const Finding& finding) {
  return std::ranges::any_of(message.documents, [&](const gateway::DocumentView& document) {
    return std::ranges::any_of(document.findings, [&](const Finding& one) {
      return one.code == finding.code && one.message == finding.message && one.at.line != 0;
    });
  });
}

}  // namespace

std::string describe(const gateway::MessageView& message) {
  const gateway::MessageSummary& summary = message.summary;
  const std::string file = summary.file_name.empty() ? summary.format : summary.file_name;
  std::string out = fmt::format("{}  {}\n  received {} from {}{}\n", gateway::text(summary.id),
                                gateway::name(summary.state), short_time(summary.received), summary.source,
                                summary.partner.empty() ? "" : fmt::format(" ({})", summary.partner));
  out += fmt::format("  {} bytes of {}{}, sha256 {}\n", summary.body_length,
                     summary.format.empty() ? "unknown format" : summary.format,
                     summary.file_name.empty() ? "" : fmt::format(" in {}", summary.file_name),
                     gateway::hex(message.hash));
  if (message.resubmits.is_set()) out += fmt::format("  an edited copy of {}\n", gateway::text(message.resubmits));
  for (const gateway::MessageId copy : message.resubmitted_as) {
    out += fmt::format("  resubmitted as {}\n", gateway::text(copy));
  }
  for (const Finding& finding : message.findings) {
    if (!told_of_a_document(message, finding)) out += indented(finding, file);
  }
  for (const gateway::DocumentView& document : message.documents) {
    out += fmt::format("  document {}  {} {}\n", document.ordinal, type_name(document.type), document.number);
    for (const gateway::Key& key : document.keys) out += fmt::format("    {} {}\n", key.kind, key.value);
    for (const Finding& finding : document.findings) out += indented(finding, file);
    for (const Loss& loss : document.losses) {
      out += fmt::format("    {}:{}:{}: lost {} = {}\n", file, loss.at.line, loss.at.column, loss.source, loss.value);
    }
  }
  for (const gateway::DeliveryView& delivery : message.deliveries) out += describe(delivery);
  return out;
}

std::string describe(const std::vector<gateway::Step>& timeline) {
  Table table({"time (UTC)", "who", "what", "delivery", "why"});
  for (const gateway::Step& step : timeline) {
    table.add({short_time(step.at), step.who, step.what,
               step.delivery.is_set() ? gateway::text(step.delivery) : "", with_title(step.why)});
  }
  return table.text();
}

std::string with_title(const std::string& why) {
  const std::size_t end = why.find(' ');
  const CatalogueEntry* entry = find_catalogue_entry(why.substr(0, end));
  if (entry == nullptr) return why;
  return fmt::format("{} {}{}", entry->code, entry->title,
                     end == std::string::npos ? "" : ":" + why.substr(end));
}

}  // namespace purser::cli
