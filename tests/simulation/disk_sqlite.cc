// SQLite's view of the simulated disk: files, locks and shared memory (https://sqlite.org/vfs.html).
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>

#include "tests/simulation/disk.h"

namespace purser::simulation {
namespace {

constexpr int shm_locks = SQLITE_SHM_NLOCK;

/// Locks and shared memory of one path, for all connections: they are in one process.
struct Shared {
  int readers = 0;
  bool reserved = false, pending = false, exclusive = false;
  std::vector<std::unique_ptr<char[]>> regions;
  std::array<int, shm_locks> shm_shared{};
  std::array<bool, shm_locks> shm_exclusive{};
  int mapped = 0;
};

struct Context {
  Disk& disk;
  std::map<std::string, Shared> shared;
};

struct OpenFile : sqlite3_file {
  struct State {
    Context& context;
    Life life;
    std::string path;
    std::shared_ptr<Inode> inode;
    bool delete_on_close;
    int lock = SQLITE_LOCK_NONE;
    bool mapped = false;
    std::array<bool, shm_locks> own_shared{};
    std::array<bool, shm_locks> own_exclusive{};
    [[nodiscard]] Shared& shared() const { return context.shared[path]; }
    [[nodiscard]] bool dead() const { return !context.disk.world().is_alive(life); }
  };
  State* state;
};

OpenFile::State& state_of(sqlite3_file* file) { return *static_cast<OpenFile*>(file)->state; }

void set_lock(OpenFile::State& s, int level) {
  Shared& shared = s.shared();
  if (s.lock >= SQLITE_LOCK_SHARED && level < SQLITE_LOCK_SHARED) --shared.readers;
  if (s.lock < SQLITE_LOCK_SHARED && level >= SQLITE_LOCK_SHARED) ++shared.readers;
  if (s.lock >= SQLITE_LOCK_RESERVED || level >= SQLITE_LOCK_RESERVED)
    shared.reserved = level >= SQLITE_LOCK_RESERVED;
  if (s.lock >= SQLITE_LOCK_PENDING || level >= SQLITE_LOCK_PENDING)
    shared.pending = level >= SQLITE_LOCK_PENDING;
  if (s.lock >= SQLITE_LOCK_EXCLUSIVE || level >= SQLITE_LOCK_EXCLUSIVE) {
    shared.exclusive = level >= SQLITE_LOCK_EXCLUSIVE;
  }
  s.lock = level;
}

int close(sqlite3_file* file) {
  OpenFile::State* s = static_cast<OpenFile*>(file)->state;
  set_lock(*s, SQLITE_LOCK_NONE);
  if (s->delete_on_close) s->context.disk.remove(s->path);
  delete s;
  return SQLITE_OK;
}

int read(sqlite3_file* file, void* into, int amount, sqlite3_int64 offset) {
  OpenFile::State& s = state_of(file);
  if (s.dead()) return SQLITE_IOERR_READ;
  const auto wanted = static_cast<std::size_t>(amount);
  const auto at = static_cast<std::size_t>(offset);
  const std::string& content = s.inode->seen;
  const std::size_t there = at >= content.size() ? 0 : std::min(wanted, content.size() - at);
  std::memcpy(into, content.data() + std::min(at, content.size()), there);
  std::memset(static_cast<char*>(into) + there, 0, wanted - there);
  return there == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* file, const void* bytes, int amount, sqlite3_int64 offset) {
  OpenFile::State& s = state_of(file);
  if (s.dead()) return SQLITE_IOERR_WRITE;
  const auto end = static_cast<std::uint64_t>(offset) + static_cast<std::uint64_t>(amount);
  const std::uint64_t growth = end > s.inode->seen.size() ? end - s.inode->seen.size() : 0;
  if (!s.context.disk.has_room(growth)) return SQLITE_FULL;
  if (s.context.disk.write_fails()) return SQLITE_IOERR_WRITE;
  s.inode->write(static_cast<std::uint64_t>(offset),
                 {static_cast<const char*>(bytes), static_cast<std::size_t>(amount)});
  return SQLITE_OK;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  OpenFile::State& s = state_of(file);
  if (s.dead()) return SQLITE_IOERR_TRUNCATE;
  s.inode->resize(static_cast<std::uint64_t>(size));
  return SQLITE_OK;
}

int sync(sqlite3_file* file, int) {
  OpenFile::State& s = state_of(file);
  if (s.dead()) return SQLITE_IOERR_FSYNC;
  if (s.context.disk.sync_fails()) {
    s.inode->unsynced.clear();
    s.inode->seen = s.inode->durable;
    return SQLITE_IOERR_FSYNC;
  }
  s.inode->sync();
  s.context.disk.sync_name(s.path);  // SQLite's own VFS syncs the folder of a new file with it
  return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(state_of(file).inode->seen.size());
  return SQLITE_OK;
}

int lock(sqlite3_file* file, int level) {
  OpenFile::State& s = state_of(file);
  if (s.lock >= level) return SQLITE_OK;
  Shared& shared = s.shared();
  const bool own_pending = s.lock >= SQLITE_LOCK_PENDING;
  if (shared.exclusive || (shared.pending && !own_pending)) return SQLITE_BUSY;
  if (level == SQLITE_LOCK_RESERVED && shared.reserved) return SQLITE_BUSY;
  if (level == SQLITE_LOCK_EXCLUSIVE && shared.readers > (s.lock >= SQLITE_LOCK_SHARED ? 1 : 0)) {
    set_lock(s, SQLITE_LOCK_PENDING);
    return SQLITE_BUSY;
  }
  set_lock(s, level);
  return SQLITE_OK;
}

int unlock(sqlite3_file* file, int level) {
  if (state_of(file).lock > level) set_lock(state_of(file), level);
  return SQLITE_OK;
}

int check_reserved(sqlite3_file* file, int* result) {
  *result = state_of(file).shared().reserved ? 1 : 0;
  return SQLITE_OK;
}

int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int sector_size(sqlite3_file*) { return 512; }
int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

int shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
  OpenFile::State& s = state_of(file);
  Shared& shared = s.shared();
  if (!s.mapped) ++shared.mapped;
  s.mapped = true;
  const auto index = static_cast<std::size_t>(region);
  *out = nullptr;
  if (index >= shared.regions.size()) {
    if (extend == 0) return SQLITE_OK;
    while (shared.regions.size() <= index) {
      shared.regions.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
    }
  }
  *out = shared.regions[index].get();
  return SQLITE_OK;
}

int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  OpenFile::State& s = state_of(file);
  Shared& shared = s.shared();
  const auto first = static_cast<std::size_t>(offset);
  const std::size_t end = first + static_cast<std::size_t>(count);
  if ((flags & SQLITE_SHM_UNLOCK) != 0) {
    for (std::size_t i = first; i < end; ++i) {
      if (s.own_exclusive[i]) shared.shm_exclusive[i] = s.own_exclusive[i] = false;
      if (s.own_shared[i]) {
        --shared.shm_shared[i];
        s.own_shared[i] = false;
      }
    }
    return SQLITE_OK;
  }
  const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  for (std::size_t i = first; i < end; ++i) {
    if (shared.shm_exclusive[i] && !s.own_exclusive[i]) return SQLITE_BUSY;
    if (exclusive && shared.shm_shared[i] > (s.own_shared[i] ? 1 : 0)) return SQLITE_BUSY;
  }
  for (std::size_t i = first; i < end; ++i) {
    if (exclusive) {
      shared.shm_exclusive[i] = s.own_exclusive[i] = true;
    } else if (!s.own_shared[i]) {
      ++shared.shm_shared[i];
      s.own_shared[i] = true;
    }
  }
  return SQLITE_OK;
}

void shm_barrier(sqlite3_file*) {}

int shm_unmap(sqlite3_file* file, int) {
  OpenFile::State& s = state_of(file);
  shm_lock(file, 0, shm_locks, SQLITE_SHM_UNLOCK | SQLITE_SHM_SHARED);
  if (s.mapped && --s.shared().mapped == 0) s.shared().regions.clear();
  s.mapped = false;
  return SQLITE_OK;
}

constexpr sqlite3_io_methods methods = {
    2,         close,          read,    write,       truncate,        sync,    file_size, lock,
    unlock,    check_reserved, control, sector_size, characteristics, shm_map, shm_lock,  shm_barrier,
    shm_unmap, nullptr,        nullptr};

Context& context_of(sqlite3_vfs* vfs) { return *static_cast<Context*>(vfs->pAppData); }

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  Context& context = context_of(vfs);
  file->pMethods = nullptr;
  const std::string path = name == nullptr ? "(temporary)" : name;
  const Life life = context.disk.world().current();
  if (!context.disk.world().is_alive(life)) return SQLITE_CANTOPEN;
  auto inode = name == nullptr ? std::make_shared<Inode>() : context.disk.find(path);
  if (!inode && (flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
  if (!inode) inode = context.disk.create(path);
  file->pMethods = &methods;
  static_cast<OpenFile*>(file)->state =
      new OpenFile::State{context, life, path, std::move(inode), (flags & SQLITE_OPEN_DELETEONCLOSE) != 0};
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  Context& context = context_of(vfs);
  if (!context.disk.world().is_alive(context.disk.world().current())) return SQLITE_IOERR_DELETE;
  context.disk.remove(name);
  if (sync_folder != 0) context.disk.sync_name(name);
  return SQLITE_OK;
}

int access(sqlite3_vfs* vfs, const char* name, int, int* result) {
  *result = context_of(vfs).disk.find(name) ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* name, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}

int randomness(sqlite3_vfs* vfs, int size, char* out) {
  for (int i = 0; i < size; ++i) out[i] = static_cast<char>(context_of(vfs).disk.world().below(256));
  return size;
}

int sleep(sqlite3_vfs*, int amount) { return amount; }

int current_time(sqlite3_vfs* vfs, sqlite3_int64* out) {
  constexpr sqlite3_int64 unix_epoch = 210866760000000;  // milliseconds since noon, 24 November 4714 BC
  *out = unix_epoch + std::chrono::duration_cast<milliseconds>(context_of(vfs).disk.world().now()).count();
  return SQLITE_OK;
}

int last_error(sqlite3_vfs*, int, char*) { return 0; }

}  // namespace

struct DiskForSqlite::Vfs {
  Context context;
  sqlite3_vfs vfs{};
};

DiskForSqlite::DiskForSqlite(Disk& disk) : vfs_(new Vfs{{disk, {}}, {}}) {
  sqlite3_vfs& vfs = vfs_->vfs;
  vfs.iVersion = 2;
  vfs.szOsFile = sizeof(OpenFile);
  vfs.mxPathname = 512;
  vfs.zName = "purser-simulation";
  vfs.pAppData = &vfs_->context;
  vfs.xOpen = open;
  vfs.xDelete = remove;
  vfs.xAccess = access;
  vfs.xFullPathname = full_path;
  vfs.xRandomness = randomness;
  vfs.xSleep = sleep;
  vfs.xCurrentTimeInt64 = current_time;
  vfs.xGetLastError = last_error;
  sqlite3_vfs_register(&vfs, 1);
  sqlite3_randomness(0, nullptr);  // its own chance begins anew, from ours
}

DiskForSqlite::~DiskForSqlite() { sqlite3_vfs_unregister(&vfs_->vfs); }

}  // namespace purser::simulation
