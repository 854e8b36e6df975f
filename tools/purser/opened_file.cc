#include "tools/purser/opened_file.h"

#include <fmt/format.h>

#include "tools/purser/terminal.h"

namespace purser::cli {

std::expected<OpenedFile, int> open_file(const Arguments& arguments, ConnectorAccess& access,
                                         const std::string& path) {
  auto source = FileSource::open(path);
  if (!source) return std::unexpected(fail(exit_environment, source.error()));
  OpenedFile opened{*std::move(source), request_of(arguments), nullptr};
  plugin::Request& request = opened.request;
  request.file_name = path.substr(path.rfind('/') + 1);
  if (request.format.empty()) {
    auto detected = access.detect(opened.source->first_bytes());
    if (!detected) return std::unexpected(fail(exit_findings, fmt::format("{}: {}", path, detected.error())));
    opened.connector = detected->connector;
    request.format = detected->detection.format;
  } else {
    auto found = access.for_format(request.format);
    if (!found) return std::unexpected(fail(exit_usage, found.error()));
    opened.connector = *found;
  }
  return opened;
}

}  // namespace purser::cli
