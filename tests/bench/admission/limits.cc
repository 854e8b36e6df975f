#include "tests/bench/admission/limits.h"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "gateway/postgres/postgres.h"
#include "gateway/sqlite/sqlite.h"

namespace purser::gateway {
namespace {

constexpr off_t preallocated = 256LL << 20;

class Stopwatch {
 public:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
  }

 private:
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

int preallocate(const std::string& path) {
  ::unlink(path.c_str());
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0 || ::posix_fallocate(file, 0, preallocated) != 0)
    throw std::runtime_error("cannot make " + path);
  return file;
}

void write_at(int file, const std::string& bytes, off_t& at) {
  if (::pwrite(file, bytes.data(), bytes.size(), at) < 0) throw std::runtime_error("cannot write");
  at += static_cast<off_t>(bytes.size());
}

}  // namespace

double sync_rate(const std::string& folder, std::size_t size, double seconds) {
  const int file = preallocate(folder + "/sync.bin");
  const std::string bytes(size, 'x');
  off_t at = 0;
  std::uint64_t count = 0;
  const Stopwatch watch;
  while (watch.seconds() < seconds) {
    if (at + static_cast<off_t>(size) > preallocated) at = 0;
    write_at(file, bytes, at);
    if (::fdatasync(file) != 0) throw std::runtime_error("cannot sync");
    ++count;
  }
  const double rate = static_cast<double>(count) / watch.seconds();
  ::close(file);
  return rate;
}

double bare_group_commit_rate(const std::string& folder, std::size_t size, int group, double seconds) {
  const std::string bodies = folder + "/bodies.bin";
  std::filesystem::remove(folder + "/bare.db");
  int file = preallocate(bodies);
  SqliteDatabase database(folder + "/bare.db", false, true, std::chrono::seconds(1));
  database.execute(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;"
      "CREATE TABLE document (id INTEGER PRIMARY KEY, key TEXT UNIQUE, at INTEGER, length INTEGER)");
  const std::string body(size, 'x');
  off_t at = 0;
  std::int64_t count = 0;
  const Stopwatch watch;
  while (watch.seconds() < seconds) {
    // What is kept is not written over: a disk is twice as quick where a file has been written before.
    if (at + static_cast<off_t>(size) * group > preallocated) {
      ::close(file);
      file = preallocate(bodies);
      at = 0;
    }
    database.execute("BEGIN IMMEDIATE");
    for (int i = 0; i < group; ++i) {
      write_at(file, body, at);
      ++count;
      database.run("INSERT INTO document VALUES (?,?,?,?)", count,
                   "key-" + std::to_string(count * 7919 % 1'000'000'007), static_cast<std::int64_t>(at),
                   size);
    }
    if (::fdatasync(file) != 0) throw std::runtime_error("cannot sync");
    database.execute("COMMIT");
  }
  const double rate = static_cast<double>(count) / watch.seconds();
  ::close(file);
  return rate;
}

// Rows kept in their page, uncompressed, as the journal keeps bodies of this size.
double bare_pipeline_rate(const std::string& conninfo, const std::string& body, int group, double seconds) {
  PostgresDatabase database(conninfo, "bench");
  database.execute(
      "CREATE TABLE bare (id BIGINT PRIMARY KEY, key TEXT UNIQUE, body BYTEA) WITH (toast_tuple_target = "
      "8160)");
  const Blob bytes{{reinterpret_cast<const std::uint8_t*>(body.data()), body.size()}};
  std::int64_t count = 0;
  const Stopwatch watch;
  while (watch.seconds() < seconds) {
    database.begin();
    for (int i = 0; i < group; ++i) {
      ++count;
      database.post("INSERT INTO bare VALUES (?,?,?)", count,
                    "key-" + std::to_string(count * 7919 % 1'000'000'007), bytes);
    }
    database.commit();
  }
  const double rate = static_cast<double>(count) / watch.seconds();
  database.execute("DROP TABLE bare");
  return rate;
}

}  // namespace purser::gateway
