// Reads a connector's static description into C++ and checks it on the way.
#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include <fmt/format.h>

#include "plugins/abi/clock.h"
#include "plugins/abi/codelist.h"
#include "plugins/abi/kv.h"
#include "plugins/abi/log.h"
#include "plugins/abi/metrics.h"
#include "plugins/abi/secret.h"
#include "plugins/abi/sequence.h"
#include "plugins/abi/settings.h"
#include "plugins/abi/tables.h"
#include "plugins/line/convert.h"
#include "plugins/line/library.h"

namespace purser::plugin {
namespace {

constexpr std::size_t max_name = 64;            // names stand in tables, metrics and file names
constexpr std::size_t max_title = 200;          // a few words for people
constexpr std::size_t max_list = 1000;          // formats, messages, versions: no real connector is near it
constexpr std::size_t max_schema = 256 * 1024;  // a large schema of settings is 10 KiB

constexpr std::array offered = {PURSER_SETTINGS_1, PURSER_TABLES_1, PURSER_KV_1,
                                PURSER_SEQUENCE_1, PURSER_LOG_1,    PURSER_METRICS_1,
                                PURSER_CLOCK_1,    PURSER_SECRET_1, PURSER_CODELIST_1};

class Reader {
 public:
  Report report;

  void wrong(std::string message) { report.add(make_finding("HOST-0007", Position{}, std::move(message))); }

  std::string text(const char* from, std::size_t limit, std::string_view what) {
    if (from == nullptr) {
      wrong(fmt::format("{} is missing", what));
      return {};
    }
    const std::size_t length = ::strnlen(from, limit + 1);
    if (length == 0 || length > limit) wrong(fmt::format("{} is empty or longer than {} bytes", what, limit));
    return std::string(from, std::min(length, limit));
  }

  std::string name(const char* from, std::string_view what) {
    std::string result = text(from, max_name, what);
    const auto allowed = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    };
    if (!std::ranges::all_of(result, allowed))
      wrong(fmt::format("{} has other characters than lower case letters, digits, '-', '_' and '.'", what));
    return result;
  }

  std::vector<std::string> texts(const char* const* list, std::string_view what) {
    std::vector<std::string> result;
    each(list, what, [&](const char* item) { result.push_back(text(item, max_title, what)); });
    return result;
  }

  template <class T, class Use>
  void each(const T* list, std::string_view what, Use use) {
    std::size_t count = 0;
    for (; list != nullptr && *list != nullptr && count < max_list; ++list, ++count) use(*list);
    if (count == max_list) wrong(fmt::format("more than {} {}", max_list, what));
  }
};

void read_directions(Reader& reader, unsigned directions, std::string_view what, bool& decodes,
                     bool& encodes) {
  decodes = (directions & PURSER_DECODES) != 0;
  encodes = (directions & PURSER_ENCODES) != 0;
  if (directions == 0 || (directions & ~(PURSER_DECODES | PURSER_ENCODES)) != 0)
    reader.wrong(fmt::format("{} has no known direction", what));
}

MessageInfo read_message(Reader& reader, const purser_message& from, const std::string& format) {
  MessageInfo info;
  if (!PURSER_HAS(&from, versions)) {
    reader.wrong(fmt::format("a message of format {} is shorter than version 1.0", format));
    return info;
  }
  info.name = reader.text(from.name, max_name, "a message's name");
  info.document = static_cast<DocumentType>(from.document);
  if (from.document != PURSER_DOCUMENT_ANY && find_document(info.document) == nullptr)
    reader.wrong(
        fmt::format("message {} of format {}: no document type {}", info.name, format, from.document));
  read_directions(reader, from.directions, fmt::format("message {}", info.name), info.decodes, info.encodes);
  info.versions = reader.texts(from.versions, "versions");
  return info;
}

FormatInfo read_format(Reader& reader, const purser_format& from) {
  FormatInfo info;
  if (!PURSER_HAS(&from, messages)) {
    reader.wrong("a format is shorter than version 1.0");
    return info;
  }
  info.name = reader.name(from.name, "a format's name");
  info.title = reader.text(from.title, max_title, "a format's title");
  read_directions(reader, from.directions, fmt::format("format {}", info.name), info.decodes, info.encodes);
  info.media_types = reader.texts(from.media_types, "media types");
  reader.each(from.messages, "messages", [&](const purser_message* message) {
    info.messages.push_back(read_message(reader, *message, info.name));
  });
  return info;
}

void check_functions(Reader& reader, const purser_connector& entry, const ConnectorInfo& info) {
  if (entry.create == nullptr || entry.destroy == nullptr) reader.wrong("create or destroy is null");
  const bool decodes = std::ranges::any_of(info.formats, &FormatInfo::decodes);
  const bool encodes = std::ranges::any_of(info.formats, &FormatInfo::encodes);
  if (decodes && entry.decode == nullptr) reader.wrong("a format is decoded but decode is null");
  if (encodes && (entry.encode_open == nullptr || entry.encode_push == nullptr ||
                  entry.encode_finish == nullptr || entry.encode_close == nullptr))
    reader.wrong("a format is encoded but a function of encode is null");
}

}  // namespace

std::expected<ConnectorInfo, Report> describe(const purser_connector& entry) {
  Reader reader;
  ConnectorInfo info;
  info.abi_major = entry.major;
  info.abi_minor = entry.minor;
  info.serial = (entry.flags & PURSER_SERIAL) != 0;
  info.name = reader.name(entry.name, "the connector's name");
  info.version = reader.text(entry.version, max_name, "the connector's version");
  info.title = reader.text(entry.title, max_title, "the connector's title");
  reader.each(entry.formats, "formats",
              [&](const purser_format* format) { info.formats.push_back(read_format(reader, *format)); });
  if (info.formats.empty()) reader.wrong("it has no formats");
  if (entry.settings_schema != nullptr)
    info.settings_schema = reader.text(entry.settings_schema, max_schema, "the settings schema");
  info.secrets = reader.texts(entry.secrets, "secrets");
  info.needs = reader.texts(entry.needs, "needed extensions");
  check_functions(reader, entry, info);
  for (const std::string& id : info.needs)
    if (std::ranges::find(offered, std::string_view(id)) == offered.end())
      reader.report.add(
          make_finding("HOST-0008", Position{}, fmt::format("needs {}, which this host has not", id)));
  if (!reader.report.empty()) return std::unexpected(std::move(reader.report));
  return info;
}

}  // namespace purser::plugin
