// A file to be read, with the connector that reads it.
#pragma once

#include <expected>
#include <memory>
#include <string>

#include "canonical/finding/finding.h"
#include "tools/purser/command.h"
#include "tools/purser/connector_access.h"
#include "tools/purser/files.h"

namespace purser::cli {

struct OpenedFile {
  std::unique_ptr<FileSource> source;
  plugin::Request request;  ///< as the arguments say it, with the format
  std::shared_ptr<plugin::Connector> connector;
};

/// Why a file is not read at all, and the command's exit code for it.
struct Unopened {
  int code = exit_ok;
  Finding finding;
};

/// The connector is the one of --as, or that knows the content.
std::expected<OpenedFile, Unopened> open_file(const Arguments& arguments, ConnectorAccess& access,
                                              const std::string& path);

}  // namespace purser::cli
