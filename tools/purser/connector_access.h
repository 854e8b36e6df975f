// The connectors a command works with: those in the connectors' folder, loaded when asked for.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "canonical/finding/finding.h"
#include "plugins/host/connector.h"
#include "tools/purser/command.h"

namespace purser::cli {

/// The connectors of a folder. Not thread safe.
class ConnectorAccess {
 public:
  /// --connectors, else PURSER_CONNECTORS, else lib/purser/connectors beside this program.
  explicit ConnectorAccess(const Arguments& arguments);

  [[nodiscard]] const std::string& folder() const { return folder_; }
  /// Paths of the libraries, sorted by name.
  [[nodiscard]] std::vector<std::string> libraries() const;
  /// Opens one library. In process for --in-process, else in a worker.
  std::expected<std::shared_ptr<plugin::Connector>, Report> open(const std::string& library);
  /// The connector that has the format; the reason why none has, with the formats there are.
  std::expected<std::shared_ptr<plugin::Connector>, std::string> for_format(const std::string& format);
  /// The connector most confident about these first bytes, with its guess.
  struct Detected {
    std::shared_ptr<plugin::Connector> connector;
    plugin::Detection detection;
  };
  std::expected<Detected, std::string> detect(std::string_view first_bytes);
  /// Whether every library that was to be opened is; why one is not has been said.
  [[nodiscard]] bool all_loaded() const { return all_loaded_; }

 private:
  void open_all();

  std::string folder_;
  plugin::Isolation isolation_;
  std::vector<plugin::NamedText> tables_;
  plugin::NoServices services_;
  std::vector<std::shared_ptr<plugin::Connector>> opened_;
  bool all_open_ = false;
  bool all_loaded_ = true;
};

/// "FORMAT", "FORMAT:MESSAGE" or "FORMAT:MESSAGE:VERSION" as --as takes it: "edifact:INVOIC:D96A".
plugin::Request request_of(const Arguments& arguments);

}  // namespace purser::cli
