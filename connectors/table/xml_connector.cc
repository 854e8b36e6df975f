#include "connectors/table/xml_connector.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace purser::table {

sdk::Detection XmlConnector::detect(std::string_view prefix) {
  const auto [document, refused, enveloped, nearly] = tables_.detect(prefix);
  constexpr std::uint32_t certain = 100, in_an_envelope = 90, by_name_only = 20;
  if (refused != nullptr)
    return {certain, std::string(tables_.format().name), std::string(refused->root), {}};
  if (document == nullptr && nearly != nullptr)  // nobody else may know it: reading says what is wrong
    return {by_name_only,
            std::string(tables_.format().name),
            std::string(nearly->inside.empty() ? nearly->message : std::string_view{}),
            {}};
  if (document == nullptr) return {};
  return {enveloped ? in_an_envelope : certain, std::string(tables_.format().name),
          std::string(document->message), std::string(document->version)};
}

Outcome XmlConnector::decode(const sdk::Request& request, ByteSource& in, DocumentSink& out) {
  return tables_.read(request, in, out);
}

std::expected<std::unique_ptr<sdk::Encoder>, Status> XmlConnector::encode(const sdk::Request& request,
                                                                          ByteSink& out,
                                                                          DocumentSink& notes) {
  auto filter = writing_filter(request, notes);
  if (!filter) return std::unexpected(filter.error());
  return tables_.write(
      request, out, notes, [this, &request](std::string_view name) { return variable(request, name); },
      *std::move(filter));
}

std::expected<SyntaxFilter, Status> XmlConnector::writing_filter(const sdk::Request& /*request*/,
                                                                 DocumentSink& /*notes*/) const {
  return SyntaxFilter{};
}

std::string XmlConnector::variable(const sdk::Request& /*request*/, std::string_view name) const {
  if (name != "$today" && name != "$now") return {};
  const std::chrono::sys_time<std::chrono::nanoseconds> now{std::chrono::nanoseconds(host_.now())};
  const auto day = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::year_month_day date{day};
  const auto text = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  if (name == "$today") return text;
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(now - day)};
  return fmt::format("{}T{:02}:{:02}:{:02}Z", text, time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

sdk::Description describe_xml(const XmlFormat& format, std::string version) {
  sdk::Description description;
  description.name = format.name;
  description.version = std::move(version);
  description.title = format.title;
  plugin::FormatInfo info;
  info.name = format.name;
  info.title = format.title;
  info.decodes = info.encodes = true;
  info.media_types = {"application/xml", "text/xml"};
  for (const XmlDocument& document : format.documents) {
    const auto same = std::ranges::find(info.messages, document.message, &plugin::MessageInfo::name);
    if (same == info.messages.end()) {
      info.messages.push_back(
          {std::string(document.message), document.type, true, true, {std::string(document.version)}});
    } else {
      same->versions.emplace_back(document.version);
    }
  }
  description.formats.push_back(std::move(info));
  return description;
}

std::expected<void, Status> check_tables(XmlConnector& connector, DocumentSink& notes) {
  const Report report = connector.check();
  for (const Finding& finding : report.findings()) notes.finding(finding);
  if (!report.has(Severity::error)) return {};
  return std::unexpected(
      Status{StatusClass::invalid, report.findings().front().code, "a table does not compile"});
}

}  // namespace purser::table
