#include "gateway/journal/sqlite_writer.h"

#include "gateway/journal/tenant_keys.h"

namespace purser::gateway {
namespace {

// 4 KB pages. At the first mark a passive checkpoint runs between two groups, and disturbs nobody; at the second
// readers have kept the log from starting over, and the writer waits a moment for them: for pages that are looked at
// in turn. Somebody who reads a whole journal takes minutes: meanwhile the log grows, and it is tried again each time
// it has grown as much once more.
constexpr int passive_frames = 4'000;
constexpr int restart_frames = 32'000;
constexpr std::chrono::milliseconds restart_patience{20};
// How much of the audit trail an attacker with the data folder could cut without the head file telling.
constexpr std::chrono::seconds head_interval{5};

}  // namespace

SqliteWriter::SqliteWriter(const SqliteJournalOptions& options, BodyStore& bodies,
                           std::unique_ptr<SqliteDatabase> database)
    : Writer(options.scheduler, options.max_group),
      options_(options),
      bodies_(bodies),
      database_(std::move(database)) {}

SqliteWriter::~SqliteWriter() {
  stop();
  if (head_.sequence != head_written_) write_head_file();
  // At rest everything is in pages that have a checksum: a log that is damaged just ends there. Where it cannot be
  // done nothing is missing, and a command beside a gateway would keep that from writing.
  if (options_.create) static_cast<void>(database_->empty_log());
}

void SqliteWriter::store(Group& group) {
  run(group);
  keep_house();
}

void SqliteWriter::run(Group& group) {
  const GroupBodies wanted(group);
  std::vector<BodyRef> places;
  synced_ = Outcome();
  if (!wanted.bodies.empty()) {
    auto stored = bodies_.append(wanted.bodies);
    if (!stored) {
      for (const auto& job : group) job->complete(std::unexpected(stored.error()));
      return;
    }
    synced_.reset();
    places = std::move(*stored);
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = referring(places[i], wanted.contents[i]);
  }
  const Outcome all = commit(group, wanted.counts, wanted.contents, places);
  if (all || group.size() == 1 || all.error().what != StatusClass::defect) {
    for (const auto& job : group) job->complete(all);
    return;
  }
  // One of them is at fault: alone, it fails alone.
  std::size_t at = 0;
  for (std::size_t i = 0; i < group.size(); ++i) {
    const auto own = std::span(wanted.contents).subspan(at, wanted.counts[i]);
    group[i]->complete(commit(std::span(group).subspan(i, 1), std::span(wanted.counts).subspan(i, 1), own,
                              std::span(places).subspan(at, wanted.counts[i])));
    at += wanted.counts[i];
  }
}

Outcome SqliteWriter::sync_bodies() {
  if (!synced_) synced_ = bodies_.sync();
  return *synced_;
}

Outcome SqliteWriter::commit(std::span<std::unique_ptr<Job>> jobs, std::span<const std::size_t> counts,
                             std::span<const Content> contents, std::span<const BodyRef> places) {
  Transaction transaction(*database_, options_.clock.now());
  try {
    transaction.begin();
    tenant_keys::refuse_destroyed(*database_, contents);
    std::size_t at = 0;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      jobs[i]->apply(transaction, places.subspan(at, counts[i]));
      at += counts[i];
    }
    if (auto synced = sync_bodies(); !synced) {
      transaction.roll_back();
      return synced;
    }
    transaction.commit();
  } catch (const SqlError& error) {
    transaction.roll_back();
    return std::unexpected(error.status());
  } catch (const std::exception& error) {
    transaction.roll_back();
    return std::unexpected(Status{StatusClass::defect, "JOURNAL-0005", error.what()});
  }
  head_ = transaction.head();
  return {};
}

void SqliteWriter::keep_house() {
  const int frames = database_->wal_frames();
  if (frames < restart_frames) restart_at_ = restart_frames;  // it has begun anew
  if (frames >= restart_at_) {
    restart_at_ = frames + (database_->restart_log(restart_patience) ? 0 : restart_frames);
  } else if (frames >= passive_frames) {
    database_->checkpoint();
  }
  const auto now = options_.clock.monotonic();
  if (head_.sequence != head_written_ && now - head_written_at_ >= head_interval) {
    head_written_at_ = now;
    write_head_file();
  }
}

void SqliteWriter::write_head_file() {
  // A failure shows at the next verification as a head file that lags behind, which is allowed.
  if (write_head(options_.folder + "/audit.head", head_, options_.files)) head_written_ = head_.sequence;
}

}  // namespace purser::gateway
