#include "tests/simulation/disk.h"

#include <algorithm>
#include <cstring>

namespace purser::simulation {
namespace {

constexpr std::uint64_t sector = 512;  // what a disk writes whole

std::unexpected<Status> failed(const std::string& path, std::string_view why) {
  return std::unexpected(Status{StatusClass::unavailable, "JOURNAL-0001", path + ": " + std::string(why)});
}

class DiskFile final : public gateway::File {
 public:
  DiskFile(Disk& disk, Life life, std::string path, std::shared_ptr<Inode> inode)
      : disk_(disk), life_(life), path_(std::move(path)), inode_(std::move(inode)) {}

  Outcome write_at(std::uint64_t offset, std::span<const char> bytes) override {
    if (!usable()) return failed(path_, "gone");
    const std::uint64_t end = offset + bytes.size();
    const std::uint64_t growth = end > inode_->seen.size() ? end - inode_->seen.size() : 0;
    if (!disk_.has_room(growth)) return failed(path_, "no space left on device");
    if (disk_.write_fails()) return failed(path_, "input/output error");
    inode_->write(offset, {bytes.data(), bytes.size()});
    return {};
  }
  std::expected<std::size_t, Status> read_at(std::uint64_t offset, std::span<char> into) override {
    if (!usable()) return failed(path_, "gone");
    if (offset >= inode_->seen.size()) return 0;
    const std::size_t count = std::min<std::size_t>(into.size(), inode_->seen.size() - offset);
    std::memcpy(into.data(), inode_->seen.data() + offset, count);
    return count;
  }
  Outcome allocate(std::uint64_t length) override {
    if (!usable()) return failed(path_, "gone");
    if (length <= inode_->seen.size()) return {};
    if (!disk_.has_room(length - inode_->seen.size())) return failed(path_, "no space left on device");
    inode_->resize(length);
    return {};
  }
  Outcome sync() override {
    if (!usable()) return failed(path_, "gone");
    if (disk_.sync_fails()) {
      inode_->unsynced.clear();  // the kernel forgets the pages, and says so once
      inode_->seen = inode_->durable;
      return failed(path_, "input/output error on sync");
    }
    inode_->sync();
    return {};
  }
  std::expected<std::uint64_t, Status> size() override {
    if (!usable()) return failed(path_, "gone");
    return inode_->seen.size();
  }

 private:
  [[nodiscard]] bool usable() const { return disk_.world().is_alive(life_); }
  Disk& disk_;
  Life life_;
  std::string path_;
  std::shared_ptr<Inode> inode_;
};

void apply(std::string& content, std::uint64_t offset, std::string_view bytes) {
  if (content.size() < offset + bytes.size()) content.resize(offset + bytes.size());
  content.replace(offset, bytes.size(), bytes);
}

}  // namespace

void Inode::write(std::uint64_t offset, std::string_view bytes) {
  apply(seen, offset, bytes);
  unsynced.push_back({offset, std::string(bytes), {}});
}

void Inode::resize(std::uint64_t length) {
  seen.resize(length);
  unsynced.push_back({0, {}, length});
}

void Inode::sync() {
  for (const Change& change : unsynced) {
    if (change.length) {
      durable.resize(*change.length);
    } else {
      apply(durable, change.offset, change.bytes);
    }
  }
  unsynced.clear();
}

std::shared_ptr<Inode> Disk::find(const std::string& path) {
  const auto found = names_.find(path);
  return found == names_.end() ? nullptr : found->second;
}

std::shared_ptr<Inode> Disk::create(const std::string& path) {
  return names_[path] = std::make_shared<Inode>();
}

bool Disk::rename(const std::string& from, const std::string& to) {
  auto node = names_.extract(from);
  if (node.empty()) return false;
  names_[to] = node.mapped();
  return true;
}

void Disk::sync_names(const std::string& folder) {
  const auto below = [&](const std::string& path) {
    return path.starts_with(folder + "/") && path.find('/', folder.size() + 1) == std::string::npos;
  };
  std::erase_if(durable_names_, [&](const auto& entry) { return below(entry.first); });
  for (const auto& [path, inode] : names_) {
    if (below(path)) durable_names_[path] = inode;
  }
}

void Disk::sync_name(const std::string& path) {
  if (const auto inode = find(path)) {
    durable_names_[path] = inode;
  } else {
    durable_names_.erase(path);
  }
}

std::vector<std::string> Disk::list(const std::string& folder) {
  std::vector<std::string> found;
  for (const auto& [path, inode] : names_) {
    if (path.starts_with(folder + "/")) found.push_back(path.substr(folder.size() + 1));
  }
  return found;
}

void Disk::lose(Inode& inode) {
  for (Inode::Change& change : inode.unsynced) {
    if (world_.chance(500)) continue;  // never reached the platters
    if (change.length) {
      inode.durable.resize(*change.length);
      continue;
    }
    if (change.bytes.size() > sector && world_.chance(300)) {
      change.bytes.resize(sector * (1 + world_.below(change.bytes.size() / sector)));
    }
    apply(inode.durable, change.offset, change.bytes);
  }
  inode.unsynced.clear();
  inode.seen = inode.durable;
}

void Disk::lose_power() {
  std::map<std::string, std::shared_ptr<Inode>> left = durable_names_;
  for (const auto& [path, inode] : names_) {
    if (!durable_names_.contains(path) && world_.chance(500)) left[path] = inode;
  }
  for (const auto& [path, inode] : durable_names_) {
    const auto now = names_.find(path);
    if (now == names_.end() && world_.chance(500)) left.erase(path);  // removed, and that was not synced
    if (now != names_.end() && now->second != inode && world_.chance(500)) left[path] = now->second;
  }
  names_ = left;
  durable_names_ = std::move(left);
  for (const auto& [path, inode] : names_) lose(*inode);
}

std::expected<std::unique_ptr<gateway::File>, Status> DiskFiles::open_for_reading(const std::string& path) {
  return open(path, false);
}

std::expected<std::unique_ptr<gateway::File>, Status> DiskFiles::open(const std::string& path, bool create) {
  if (!disk_.world().is_alive(life_)) return failed(path, "gone");
  auto inode = disk_.find(path);
  if (!inode && !create) return failed(path, "no such file");
  if (!inode) inode = disk_.create(path);
  return std::make_unique<DiskFile>(disk_, life_, path, std::move(inode));
}

std::expected<std::unique_ptr<gateway::File>, Status> DiskFiles::create_new(const std::string& path) {
  if (!disk_.world().is_alive(life_)) return failed(path, "gone");
  if (disk_.find(path)) return failed(path, "file exists");
  return std::make_unique<DiskFile>(disk_, life_, path, disk_.create(path));
}

Outcome DiskFiles::make_directory(const std::string&) { return {}; }

Outcome DiskFiles::rename(const std::string& from, const std::string& to) {
  if (!disk_.world().is_alive(life_)) return failed(from, "gone");
  if (!disk_.rename(from, to)) return failed(from, "no such file");
  return {};
}

Outcome DiskFiles::remove(const std::string& path) {
  if (!disk_.world().is_alive(life_)) return failed(path, "gone");
  disk_.remove(path);
  return {};
}

Outcome DiskFiles::sync_directory(const std::string& path) {
  if (!disk_.world().is_alive(life_)) return failed(path, "gone");
  disk_.sync_names(path);
  return {};
}

std::expected<std::vector<std::string>, Status> DiskFiles::list(const std::string& path) {
  if (!disk_.world().is_alive(life_)) return failed(path, "gone");
  return disk_.list(path);
}

}  // namespace purser::simulation
