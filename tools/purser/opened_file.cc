#include "tools/purser/opened_file.h"

#include <fmt/format.h>

#include <string_view>

namespace purser::cli {
namespace {

Unopened unopened(int code, std::string_view finding_code, std::string message) {
  return {code, make_finding(finding_code, {}, std::move(message))};
}

// What a person sees at once in a file that no connector takes.
std::string_view looks_like(std::string_view bytes) {
  if (bytes.empty()) return "the file is empty";
  if (bytes.starts_with("PK\x03\x04")) return "this is a ZIP archive: unpack it first";
  if (bytes.starts_with("\x1f\x8b")) return "this is packed with gzip: unpack it first";
  if (bytes.find('\0') != std::string_view::npos) return "these are no characters of a text";
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  const char begin = first == std::string_view::npos ? ' ' : bytes[first];
  if (begin == '{' || begin == '[')
    return "this is JSON: purser write takes it if it is a canonical document";
  if (begin == '<') return "no connector and no table has this root element";
  return "no connector and no table has these headings or this beginning";
}

}  // namespace

std::expected<OpenedFile, Unopened> open_file(const Arguments& arguments, ConnectorAccess& access,
                                              const std::string& path) {
  auto source = FileSource::open(path);
  if (!source) return std::unexpected(unopened(exit_environment, "FILE-0001", source.error()));
  OpenedFile opened{*std::move(source), request_of(arguments), nullptr};
  plugin::Request& request = opened.request;
  request.file_name = path.substr(path.rfind('/') + 1);
  if (request.format.empty()) {
    const std::string bytes = opened.source->first_bytes();
    auto detected = access.detect(bytes);
    if (!detected) {
      return std::unexpected(unopened(exit_findings, "FILE-0002", std::string(looks_like(bytes))));
    }
    opened.connector = detected->connector;
    request.format = detected->detection.format;
  } else {
    auto found = access.for_format(request.format);
    // Where a connector did not load, it has been said why; the word may be right.
    if (!found) {
      return std::unexpected(
          unopened(access.all_loaded() ? exit_usage : exit_findings, "FILE-0002", found.error()));
    }
    opened.connector = *found;
  }
  return opened;
}

}  // namespace purser::cli
