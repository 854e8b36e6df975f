// A file to be read, with the connector that reads it.
#pragma once

#include <expected>
#include <memory>
#include <string>

#include "tools/purser/command.h"
#include "tools/purser/connector_access.h"
#include "tools/purser/files.h"

namespace purser::cli {

struct OpenedFile {
  std::unique_ptr<FileSource> source;
  plugin::Request request;  ///< as the arguments say it, with the format
  std::shared_ptr<plugin::Connector> connector;
};

/// The connector is the one of --as, or that knows the content. If that fails it has been said, and the error
/// is the command's exit code.
std::expected<OpenedFile, int> open_file(const Arguments& arguments, ConnectorAccess& access,
                                         const std::string& path);

}  // namespace purser::cli
