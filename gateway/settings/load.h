// Inside settings: the merged configuration, read entry by entry.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/settings/node.h"
#include "gateway/settings/settings.h"

namespace purser::gateway {

/// A named entry of a section, with its place.
struct Entry {
  const Node* key;
  const Node* value;
  [[nodiscard]] const std::string& name() const { return key->text; }
};

/// All files of a configuration, parsed and checked for shape.
struct SettingsFiles {
  std::vector<Node> files;
  std::string folder;
  std::string version;
  /// Entries of a section over all files, in order of file name and place.
  [[nodiscard]] std::vector<Entry> section(std::string_view name) const;
  /// A section that is one block; null if no file has it.
  [[nodiscard]] const Node* block(std::string_view name) const;
};

/// Reads and checks the files' shape; names given twice over several files, too.
SettingsFiles read_settings_files(const std::string& folder, Report& report);

/// Reads leniently: what has a wrong shape was reported before and gives the fallback.
class EntryReader {
 public:
  EntryReader(const Node& node, std::string path, const std::string& folder, Report& report)
      : node_(node), path_(std::move(path)), folder_(folder), report_(report) {}

  [[nodiscard]] const Node* find(std::string_view name) const { return node_.find(name); }
  [[nodiscard]] std::string text(std::string_view name, std::string_view fallback = {}) const;
  [[nodiscard]] bool flag(std::string_view name, bool fallback) const;
  [[nodiscard]] std::uint64_t number(std::string_view name, std::uint64_t fallback) const;
  [[nodiscard]] std::uint64_t size(std::string_view name, std::uint64_t fallback) const;
  [[nodiscard]] std::chrono::milliseconds duration(std::string_view name,
                                                   std::chrono::milliseconds fallback) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view name) const;
  /// The block below `name`; an empty one if there is none.
  [[nodiscard]] EntryReader below(std::string_view name) const;
  /// A path that must exist, relative to the configuration folder; CONFIG-0011 if it does not.
  [[nodiscard]] std::string existing_path(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> existing_paths(
      std::string_view name) const;  ///< the same for a list
  /// A secret's content; CONFIG-0009 if it cannot be read. Literal texts are given as they are.
  [[nodiscard]] std::string secret(const Node& reference, std::string_view path) const;
  /// The texts of a map, secrets resolved.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> pairs(std::string_view name) const;

  void complain(std::string_view code, std::string_view name, std::string message,
                std::string expected = {}) const;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  const Node& node_;
  std::string path_;
  const std::string& folder_;
  Report& report_;
};

/// Where an SFTP server is and how we log in; the same settings for targets and sources.
SftpServer read_sftp_server(const EntryReader& in);
/// The parts of Settings out of their sections. Each reports what is wrong beyond the shape.
void read_server(const SettingsFiles& files, Settings& into, Report& report);
void read_connectors(const SettingsFiles& files, Settings& into, Report& report);
void read_partners(const SettingsFiles& files, Settings& into, Report& report);
void read_sources(const SettingsFiles& files, Settings& into, Report& report);
void read_access_limits(const EntryReader& in, AccessLimits& limits);
/// Before keys, issuers and signers, which refer to them.
void read_roles(const SettingsFiles& files, Settings& into, Report& report);
void read_issuers(const SettingsFiles& files, Settings& into, Report& report);  ///< signers, certificates
void read_keys(const SettingsFiles& files, Settings& into, Report& report);
void read_routes(const SettingsFiles& files, Settings& into, Report& report);  ///< targets, too
/// What holds between entries: references, use, contradictions.
void check_references(const SettingsFiles& files, const Settings& settings, Report& report);

}  // namespace purser::gateway
