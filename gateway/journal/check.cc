// Reads a whole data folder and says what is wrong with it.
#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <functional>

#include "gateway/journal/schema.h"
#include "gateway/journal/sealed_bodies.h"
#include "gateway/journal/segment_store.h"
#include "gateway/journal/sqlite_journal.h"
#include "gateway/seal/body_seal.h"
#include "gateway/sqlite/sqlite.h"

namespace purser::gateway {
namespace {

constexpr std::chrono::milliseconds busy{10'000};
constexpr std::int64_t page = 10'000;  // rows read at a time: memory does not grow with the journal

using Verify = std::function<Outcome(const BodyRef&)>;

/// Opens what is sealed where it can, and counts where it cannot: one fault says it for all.
class Opening {
 public:
  Opening(BodyStore& bodies, BodyStore& stored) : bodies_(bodies), stored_(stored) {}
  Outcome operator()(const BodyRef& where) {
    Outcome opened = bodies_.verify(where);
    if (opened || where.seal == 0) return opened;
    const std::string& code = opened.error().code;
    if (code != "SEAL-0001" && code != "SEAL-0002") return opened;
    if (code == "SEAL-0001") {
      ++unopened_;
      why_ = fmt::format("{} ({})", opened.error().message, code);
    }
    return stored_.verify(as_stored(where));
  }
  void tell(std::vector<JournalFault>& faults) const {
    if (unopened_ == 0) return;
    faults.push_back(
        {"sealed bodies", fmt::format("{} were compared with their checksums only: {}", unopened_, why_)});
  }

 private:
  BodyStore& bodies_;
  BodyStore& stored_;
  std::uint64_t unopened_ = 0;
  std::string why_;
};

/// Rows that refer to a body: message, second part of the key, place.
struct Bodies {
  const char* kind;
  const char* sql;
};
constexpr Bodies all_bodies[] = {
    {"body",
     "SELECT id, 0, body_file, body_offset, body_length, body_seal FROM message WHERE id > ? AND ? = 0 ORDER "
     "BY id "
     "LIMIT ?"},
    {"canonical form",
     "SELECT message, ordinal, canonical_file, canonical_offset, canonical_length, canonical_seal FROM "
     "document"
     " WHERE (message, ordinal) > (?, ?) ORDER BY message, ordinal LIMIT ?"},
    {"written form",
     "SELECT message, id, encoded_file, encoded_offset, encoded_length, encoded_seal FROM delivery"
     " WHERE id > ?2 AND ?1 <> -1 ORDER BY id LIMIT ?3"}};

void check_bodies(Database& database, const Bodies& which, const Verify& verify,
                  std::vector<JournalFault>& faults) {
  std::int64_t message = 0;
  std::int64_t second = 0;
  for (std::int64_t got = page; got == page;) {
    auto rows = database.query_with(
        which.sql, std::array{Parameter::of(message), Parameter::of(second), Parameter::of(page)});
    for (got = 0; rows.next(); ++got) {
      message = rows.number(0);
      second = rows.number(1);
      const BodyRef where{static_cast<std::uint32_t>(rows.number(2)),
                          static_cast<std::uint64_t>(rows.number(3)),
                          static_cast<std::uint64_t>(rows.number(4)), rows.number(5)};
      if (!where.is_set()) continue;
      if (auto holds = verify(where); !holds) {
        faults.push_back({fmt::format("{} of {}", which.kind, text(MessageId{message})),
                          fmt::format("{} ({})", holds.error().message, holds.error().code)});
      }
    }
  }
}

void check_records(Database& database, const Verify& verify, std::vector<JournalFault>& faults) {
  for (const Bodies& which : all_bodies) check_bodies(database, which, verify, faults);
  auto lost = database.query(
      "SELECT d.id, d.message FROM delivery d LEFT JOIN message m ON m.id = d.message WHERE m.id IS NULL");
  while (lost.next()) {
    faults.push_back({fmt::format("delivery {}", text(DeliveryId{lost.number(0)})),
                      fmt::format("its message {} is missing", text(MessageId{lost.number(1)}))});
  }
}

// SQLite says a page's fault by its number.
std::string in_words(std::string said) {
  const std::string number = fmt::format("unable to get the page. error code={}", SQLITE_IOERR_DATA);
  if (const auto at = said.find(number); at != said.npos) {
    said.replace(at, number.size(), "the checksum does not hold (JOURNAL-0004)");
  }
  return said;
}

/// Damaged records are a fault like others: what can be read without them is looked at all the same.
void look(std::vector<JournalFault>& faults, const std::function<void()>& reads) {
  try {
    reads();
  } catch (const SqlError& error) {
    if (error.fault() != SqlFault::damaged) throw;
    faults.push_back({"journal.db", fmt::format("{} (JOURNAL-0004)", error.what())});
  }
}

void check_all(Database& database, BodyStore& bodies, BodyStore& stored, std::vector<JournalFault>& faults) {
  Opening opening(bodies, stored);
  check_records(
      database, [&](const BodyRef& where) { return opening(where); }, faults);
  opening.tell(faults);
}

}  // namespace

std::expected<std::vector<JournalFault>, Status> check_journal(const std::string& folder, FileSystem& files,
                                                               const SealRules& rules) {
  std::vector<JournalFault> faults;
  try {
    SqliteDatabase database(folder + "/journal.db", true, false, busy);
    if (auto known = migrate_journal(database, false); !known) return std::unexpected(known.error());
    SegmentStore bodies(folder + "/bodies", files);
    look(faults, [&] {
      auto rows = database.query("PRAGMA integrity_check");
      while (rows.next()) {
        if (rows.view(0) != "ok") faults.push_back({"journal.db", in_words(rows.text(0))});
      }
    });
    const SystemClock clock;
    Sealing sealing(
        [&] { return std::make_unique<SqliteDatabase>(folder + "/journal.db", true, false, busy); }, clock);
    // Where a master key is missing, opening says so.
    static_cast<void>(sealing.use(rules));
    SealedBodies opened(bodies, sealing);
    look(faults, [&] { check_all(database, opened, bodies, faults); });
  } catch (const SqlError& error) {
    return std::unexpected(error.status());
  }
  return faults;
}

std::expected<std::vector<JournalFault>, Status> check_journal(Database& database, BodyStore& bodies,
                                                               BodyStore& stored) {
  std::vector<JournalFault> faults;
  try {
    check_all(database, bodies, stored, faults);
  } catch (const SqlError& error) {
    return std::unexpected(error.status());
  }
  return faults;
}

}  // namespace purser::gateway
