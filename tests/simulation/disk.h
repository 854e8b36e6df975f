// A disk that forgets: what was not synced may be lost, torn or kept when the power goes. Gateway files and
// SQLite (through a VFS of its own) lie on it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/port/file_system.h"
#include "tests/simulation/world.h"

namespace purser::simulation {

/// A file's content: as the running system sees it, and as it is on the platters.
struct Inode {
  struct Change {
    std::uint64_t offset = 0;
    std::string bytes;
    std::optional<std::uint64_t> length;  ///< set: cut or grown to this length
  };
  std::string seen;
  std::string durable;
  std::vector<Change> unsynced;
  void write(std::uint64_t offset, std::string_view bytes);
  void resize(std::uint64_t length);
  void sync();
};

/// What may go wrong with it.
struct DiskFaults {
  bool full = false;                 ///< files cannot grow
  std::uint64_t failing_syncs = 0;   ///< per mille; what was not synced is gone then
  std::uint64_t failing_writes = 0;  ///< per mille
};

class Disk {
 public:
  explicit Disk(World& world) : world_(world) {}
  World& world() { return world_; }

  std::shared_ptr<Inode> find(const std::string& path);
  std::shared_ptr<Inode> create(const std::string& path);
  void remove(const std::string& path) { names_.erase(path); }
  bool rename(const std::string& from, const std::string& to);
  /// Names below a folder become durable.
  void sync_names(const std::string& folder);
  void sync_name(const std::string& path);
  std::vector<std::string> list(const std::string& folder);
  /// Whether a write may grow a file by so much; whether a write or sync fails for once.
  [[nodiscard]] bool has_room(std::uint64_t growth) const { return growth == 0 || !faults.full; }
  bool write_fails() { return faults.failing_writes > 0 && world_.chance(faults.failing_writes); }
  bool sync_fails() { return faults.failing_syncs > 0 && world_.chance(faults.failing_syncs); }

  /// The power goes: of everything not synced, chance decides what stays.
  void lose_power();

  DiskFaults faults;

 private:
  void lose(Inode& inode);
  World& world_;
  std::map<std::string, std::shared_ptr<Inode>> names_;
  std::map<std::string, std::shared_ptr<Inode>> durable_names_;
};

/// The gateway's files on it. Calls of a life that has ended fail.
class DiskFiles final : public gateway::FileSystem {
 public:
  DiskFiles(Disk& disk, Life life) : disk_(disk), life_(life) {}
  std::expected<std::unique_ptr<gateway::File>, Status> open_for_reading(const std::string& path) override;
  std::expected<std::unique_ptr<gateway::File>, Status> open(const std::string& path, bool create) override;
  std::expected<std::unique_ptr<gateway::File>, Status> create_new(const std::string& path) override;
  Outcome make_directory(const std::string& path) override;
  Outcome rename(const std::string& from, const std::string& to) override;
  Outcome remove(const std::string& path) override;
  Outcome sync_directory(const std::string& path) override;
  std::expected<std::vector<std::string>, Status> list(const std::string& path) override;

 private:
  Disk& disk_;
  Life life_;
};

/// Makes `disk` what SQLite opens files on, until the end of this object. One at a time.
class DiskForSqlite {
 public:
  explicit DiskForSqlite(Disk& disk);
  ~DiskForSqlite();
  DiskForSqlite(const DiskForSqlite&) = delete;
  DiskForSqlite& operator=(const DiskForSqlite&) = delete;

 private:
  struct Vfs;
  std::unique_ptr<Vfs> vfs_;
};

}  // namespace purser::simulation
