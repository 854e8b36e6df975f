// Reads a whole data folder and says what is wrong with it.
#include <fmt/format.h>

#include "gateway/journal/schema.h"
#include "gateway/journal/segment_store.h"
#include "gateway/journal/sqlite_journal.h"
#include "gateway/sqlite/sqlite.h"

namespace purser::gateway {
namespace {

constexpr std::chrono::milliseconds busy{10'000};

void check_bodies(Rows rows, std::string_view kind, SegmentStore& bodies, std::vector<JournalFault>& faults) {
  while (rows.next()) {
    const BodyRef where{static_cast<std::uint32_t>(rows.number(1)),
                        static_cast<std::uint64_t>(rows.number(2)),
                        static_cast<std::uint64_t>(rows.number(3))};
    if (auto holds = bodies.verify(where); !holds) {
      faults.push_back(
          {fmt::format("{} of {}", kind, text(MessageId{rows.number(0)})), holds.error().message});
    }
  }
}

}  // namespace

std::expected<std::vector<JournalFault>, Status> check_journal(const std::string& folder, FileSystem& files) {
  std::vector<JournalFault> faults;
  try {
    SqliteDatabase database(folder + "/journal.db", true, false, busy);
    if (auto known = migrate_journal(database, false); !known) return std::unexpected(known.error());
    SegmentStore bodies(folder + "/bodies", files);
    {
      auto rows = database.query("PRAGMA integrity_check");
      while (rows.next()) {
        if (rows.view(0) != "ok") faults.push_back({"journal.db", rows.text(0)});
      }
    }
    check_bodies(
        database.query("SELECT id, body_file, body_offset, body_length FROM message WHERE body_file <> 0"),
        "body", bodies, faults);
    check_bodies(
        database.query("SELECT message, canonical_file, canonical_offset, canonical_length FROM document"
                       " WHERE canonical_file <> 0"),
        "canonical form", bodies, faults);
    check_bodies(database.query("SELECT message, encoded_file, encoded_offset, encoded_length FROM delivery"
                                " WHERE encoded_file <> 0"),
                 "written form", bodies, faults);
    auto lost = database.query(
        "SELECT d.id, d.message FROM delivery d LEFT JOIN message m ON m.id = d.message WHERE m.id IS NULL");
    while (lost.next()) {
      faults.push_back({fmt::format("delivery {}", text(DeliveryId{lost.number(0)})),
                        fmt::format("its message {} is missing", text(MessageId{lost.number(1)}))});
    }
  } catch (const SqlError& error) {
    return std::unexpected(error.status());
  }
  return faults;
}

}  // namespace purser::gateway
