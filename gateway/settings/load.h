// Inside settings: the merged configuration, read entry by entry.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/message/tenant.h"
#include "gateway/settings/node.h"
#include "gateway/settings/settings.h"

namespace purser::gateway {

/// What a relative path in a file means, and whose file it is.
struct Place {
  std::string folder;      ///< absolute
  std::string tenant;      ///< empty: the operator's, which may name anything
  bool may_go_in = false;  ///< the tenant's addresses may lead into the operator's network
};

/// A named entry of a section, with its place. Names of a tenant's entries carry the tenant
/// (message/tenant.h).
struct Entry {
  const Node* key;
  const Node* value;
  const Place* place;
  [[nodiscard]] const std::string& name() const { return key->text; }
};

/// One file, its names and references qualified if it is a tenant's.
struct SettingsFile {
  Node root;
  std::shared_ptr<const Place> place;
};

/// All files of a configuration, parsed and checked for shape.
struct SettingsFiles {
  std::vector<SettingsFile> files;
  Place own;  ///< of the configuration folder
  std::string version;
  /// Entries of a section over all files, in order of file name and place.
  [[nodiscard]] std::vector<Entry> section(std::string_view name) const;
  /// A section that is one block; null if no file has it. Tenants have none.
  [[nodiscard]] const Node* block(std::string_view name) const;
};

/// Reads and checks the files' shape; names given twice over several files, too. `administered` is what the
/// journal keeps besides (Administered).
SettingsFiles read_settings_files(const std::string& folder, const Administered& administered,
                                  Report& report);

/// Adds the tenant to all names and references of a tenant's file. CONFIG-0024 for what a tenant may not say.
/// tenant_file.cc
void qualify(Node& root, const Place& place, Report& report);

/// Reads leniently: what has a wrong shape was reported before and gives the fallback.
class EntryReader {
 public:
  EntryReader(const Node& node, std::string path, const Place& place, Report& report)
      : node_(node), path_(std::move(path)), place_(place), report_(report) {}

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
  /// A path that must exist, relative to the file's folder; CONFIG-0011 if it does not, CONFIG-0024 if it
  /// leads out of a tenant's folder.
  [[nodiscard]] std::string existing_path(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> existing_paths(
      std::string_view name) const;  ///< the same for a list
  /// A folder of documents, relative to `data`; a tenant's below its own part of it, CONFIG-0024 if it leads
  /// out.
  [[nodiscard]] std::string data_path(std::string_view name, const std::string& data) const;
  /// CONFIG-0024 if `path` leads out of a tenant's folder: absolute, or with a `..` in it.
  void check_inside(std::string_view path, std::string_view name) const;
  /// A flag that opens the operator's network: CONFIG-0024 for a tenant that may not.
  [[nodiscard]] bool private_flag(std::string_view name) const;
  /// A secret's content; CONFIG-0009 if it cannot be read. Literal texts are given as they are.
  [[nodiscard]] std::string secret(const Node& reference, std::string_view path) const;
  /// The texts of a map, secrets resolved.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> pairs(std::string_view name) const;

  void complain(std::string_view code, std::string_view name, std::string message,
                std::string expected = {}) const;
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const std::string& folder() const { return place_.folder; }  ///< of relative paths
  [[nodiscard]] std::string_view tenant() const {
    return place_.tenant.empty() ? default_tenant : std::string_view(place_.tenant);
  }

 private:
  [[nodiscard]] std::string checked_path(std::string value, std::string_view name) const;

  const Node& node_;
  std::string path_;
  const Place& place_;
  Report& report_;
};

/// Where an SFTP server is and how we log in; the same settings for targets and sources.
SftpServer read_sftp_server(const EntryReader& in);
/// The parts of Settings out of their sections. Each reports what is wrong beyond the shape.
void read_server(const SettingsFiles& files, Settings& into, Report& report);
void read_deprecated(const SettingsFiles& files, Settings& into, Report& report);
void read_tenants(const SettingsFiles& files, Settings& into, Report& report);  ///< tenant_file.cc
void read_connectors(const SettingsFiles& files, Settings& into, Report& report);
void read_partners(const SettingsFiles& files, Settings& into, Report& report);
void read_sources(const SettingsFiles& files, Settings& into, Report& report);
void read_access_limits(const EntryReader& in, AccessLimits& limits);
void read_rate(const EntryReader& in, Rate& rate);
Retention read_retention(const EntryReader& in);
/// Before keys, issuers and signers, which refer to them.
void read_roles(const SettingsFiles& files, Settings& into, Report& report);
void read_issuers(const SettingsFiles& files, Settings& into, Report& report);  ///< signers, certificates
void read_keys(const SettingsFiles& files, Settings& into, Report& report);
void read_routes(const SettingsFiles& files, Settings& into, Report& report);  ///< targets, too
/// What holds between entries: references, use, contradictions.
void check_references(const SettingsFiles& files, const Settings& settings, Report& report);

}  // namespace purser::gateway
