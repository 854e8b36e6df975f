#include "plugins/worker/wire.h"

#include <utility>

#include <xxhash.h>

namespace purser::plugin::wire {
namespace {

constexpr std::uint64_t check_seed =
    0x50555253'45522f31;  // "PURSER/1": another revision of this protocol differs

std::uint64_t check_of(const Header& header) { return XXH64(&header, offsetof(Header, check), check_seed); }

bool is_known(Kind kind) {
  return (kind >= Kind::start && kind <= Kind::decode_all) || (kind >= Kind::hello && kind <= Kind::done);
}

}  // namespace

Header make_header(Kind kind, std::size_t length) {
  Header header{kind, {}, static_cast<std::uint32_t>(length), 0};
  header.check = check_of(header);
  return header;
}

bool is_valid(const Header& header) {
  return header.check == check_of(header) && header.length <= max_payload && is_known(header.kind);
}

void Writer::texts(std::span<const std::string> values) {
  number(static_cast<std::uint32_t>(values.size()));
  for (const std::string& value : values) text(value);
}

void Writer::position(const Position& at) {
  number(at.offset);
  number(at.line);
  number(at.column);
  number(at.segment);
  number(at.element);
  number(at.component);
  number(at.table);
  number(at.row);
}

void Writer::status(const Outcome& outcome) {
  number(static_cast<std::uint8_t>(outcome ? 0 : static_cast<std::uint8_t>(outcome.error().what)));
  text(outcome ? std::string_view() : outcome.error().code);
  text(outcome ? std::string_view() : outcome.error().message);
}

void Writer::finding(const Finding& finding) {
  number(static_cast<std::uint8_t>(finding.severity));
  position(finding.at);
  for (const std::string* part :
       {&finding.code, &finding.source, &finding.path, &finding.message, &finding.expected, &finding.remedy})
    text(*part);
}

void Writer::loss(const Loss& loss) {
  position(loss.at);
  text(loss.source);
  text(loss.value);
}

void Writer::request(const Request& request) {
  for (const std::string* part : {&request.format, &request.message, &request.version, &request.media_type,
                                  &request.file_name, &request.tenant, &request.partner, &request.settings})
    text(*part);
  texts(request.overlays);
  flag(request.strict);
}

void Writer::detection(const Detection& detection) {
  number(detection.confidence);
  text(detection.format);
  text(detection.message);
  text(detection.version);
}

void Writer::info(const ConnectorInfo& info) {
  text(info.name);
  text(info.version);
  text(info.title);
  number(info.abi_major);
  number(info.abi_minor);
  flag(info.serial);
  number(static_cast<std::uint32_t>(info.formats.size()));
  for (const FormatInfo& format : info.formats) {
    text(format.name);
    text(format.title);
    flag(format.decodes);
    flag(format.encodes);
    texts(format.media_types);
    number(static_cast<std::uint32_t>(format.messages.size()));
    for (const MessageInfo& message : format.messages) {
      text(message.name);
      number(static_cast<std::uint16_t>(message.document));
      flag(message.decodes);
      flag(message.encodes);
      texts(message.versions);
    }
  }
  text(info.settings_schema);
  texts(info.secrets);
  texts(info.needs);
}

bool Reader::flag() {
  const auto value = number<std::uint8_t>();
  if (value > 1) fail();
  return value == 1;
}

std::string_view Reader::text() {
  const auto size = number<std::uint32_t>();
  if (size > rest_.size()) return fail(), std::string_view();
  const std::string_view value = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return value;
}

std::uint32_t Reader::count(std::size_t least) {
  const auto value = number<std::uint32_t>();
  if (value > rest_.size() / least) return fail(), 0;
  return value;
}

std::vector<std::string> Reader::texts() {
  std::vector<std::string> values;
  for (auto left = count(sizeof(std::uint32_t)); left != 0 && good_; --left) values.push_back(string());
  return values;
}

Position Reader::position() {
  Position at;
  at.offset = number<std::uint64_t>();
  at.line = number<std::uint32_t>();
  at.column = number<std::uint32_t>();
  at.segment = number<std::uint32_t>();
  at.element = number<std::uint16_t>();
  at.component = number<std::uint16_t>();
  at.table = number<std::uint16_t>();
  at.row = number<std::uint16_t>();
  return at;
}

Outcome Reader::status() {
  const auto what = number<std::uint8_t>();
  Status status{StatusClass::defect, string(), string()};
  if (what == 0) return {};
  if (what > static_cast<std::uint8_t>(StatusClass::defect)) fail();
  if (good_) status.what = static_cast<StatusClass>(what);
  return std::unexpected(std::move(status));
}

Finding Reader::finding() {
  Finding finding;
  const auto severity = number<std::uint8_t>();
  if (severity < static_cast<std::uint8_t>(Severity::info) ||
      severity > static_cast<std::uint8_t>(Severity::fatal))
    fail();
  if (good_) finding.severity = static_cast<Severity>(severity);
  finding.at = position();
  for (std::string* part :
       {&finding.code, &finding.source, &finding.path, &finding.message, &finding.expected, &finding.remedy})
    *part = text();
  return finding;
}

Loss Reader::loss() {
  Loss loss;
  loss.at = position();
  loss.source = text();
  loss.value = text();
  return loss;
}

Request Reader::request() {
  Request request;
  for (std::string* part : {&request.format, &request.message, &request.version, &request.media_type,
                            &request.file_name, &request.tenant, &request.partner, &request.settings})
    *part = text();
  request.overlays = texts();
  request.strict = flag();
  return request;
}

Detection Reader::detection() {
  Detection detection;
  detection.confidence = number<std::uint32_t>();
  detection.format = text();
  detection.message = text();
  detection.version = text();
  if (detection.confidence > 100) fail();
  return detection;
}

ConnectorInfo Reader::info() {
  constexpr std::size_t least_format = 18;  // the size of a format or message of empty texts
  constexpr std::size_t least_message = 12;
  ConnectorInfo info;
  info.name = text();
  info.version = text();
  info.title = text();
  info.abi_major = number<std::uint32_t>();
  info.abi_minor = number<std::uint32_t>();
  info.serial = flag();
  for (auto formats = count(least_format); formats != 0 && good_; --formats) {
    FormatInfo& format = info.formats.emplace_back();
    format.name = text();
    format.title = text();
    format.decodes = flag();
    format.encodes = flag();
    format.media_types = texts();
    for (auto messages = count(least_message); messages != 0 && good_; --messages) {
      MessageInfo& message = format.messages.emplace_back();
      message.name = text();
      message.document = static_cast<DocumentType>(number<std::uint16_t>());
      message.decodes = flag();
      message.encodes = flag();
      message.versions = texts();
      if (message.document != DocumentType::none && find_document(message.document) == nullptr) fail();
    }
  }
  info.settings_schema = text();
  info.secrets = texts();
  info.needs = texts();
  return info;
}

}  // namespace purser::plugin::wire
