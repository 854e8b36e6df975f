// A data folder with sealed bodies: what lies in its files, and what happens to it.
#include <fcntl.h>
#include <unistd.h>

#include "gateway/journal/backup.h"
#include "gateway/journal/postgres/place.h"
#include "gateway/journal/segment_store.h"
#include "gateway/sqlite/sqlite.h"
#include "tests/gateway/journal/fixture.h"
#include "tests/gateway/journal/sealing_keys.h"

namespace purser::gateway {
namespace {

class SealedFolder : public JournalTest {
 protected:
  void SetUp() override {
    open();
    ASSERT_TRUE(opened.sealing->use(sealed_by('m')));
  }
  void change(const std::string& path, std::uint64_t at, std::string_view bytes) const {
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    ASSERT_GE(file, 0);
    ASSERT_EQ(::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(at)), static_cast<ssize_t>(bytes.size()));
    ::close(file);
  }
  /// What the record of a body holds, header and all.
  std::string record(const BodyRef& where) const {
    return bytes_of(path(where)).substr(where.offset, SegmentStore::header_size + where.length + 48);
  }
  std::string path(const BodyRef& where) const {
    return static_cast<const SegmentStore&>(*opened.stored).path_of(where.file);
  }
};

TEST_F(SealedFolder, TheClearTextIsNowhereInTheDataFolder) {
  MessageId last = admit(admission("k0", "F-0", {})).message;
  for (int i = 0; i < 50; ++i) {
    Admission one = admission("k" + std::to_string(i + 1), "F-1", {planned(1, "erp")});
    one.incoming.body = "<Order>strictly between us</Order>";
    one.understanding->documents[0].canonical = R"({"note":"strictly between us"})";
    one.understanding->deliveries[0].encoded = "UNH+strictly between us";
    one.understanding->findings.push_back(make_finding("DELIVER-0001", {}, "strictly between us"));
    one.understanding->documents[0].findings.push_back(make_finding("DELIVER-0001", {}, "strictly between us"));
    one.understanding->documents[0].losses.push_back({{}, "NAD", "strictly between us"});
    one.understanding->deliveries[0].parked = make_finding("DELIVER-0001", {}, "strictly between us");
    last = admit(std::move(one)).message;
  }
  const auto view = journal().show(last);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->findings.at(0).message, "strictly between us");
  EXPECT_EQ(view->documents[0].findings.at(0).message, "strictly between us");
  EXPECT_EQ(view->documents[0].losses.at(0).value, "strictly between us");
  EXPECT_EQ(view->deliveries[0].finding->message, "strictly between us");
  EXPECT_EQ(journal().parked()->at(0).finding.message, "strictly between us");
  EXPECT_EQ(journal().parked_items({})->at(0).finding.message, "strictly between us");
  auto large = opened.bodies->open_large("default");
  ASSERT_TRUE((*large)->write(std::string(100'000, 'x') + "strictly between us"));
  ASSERT_TRUE((*large)->finish());
  ASSERT_GT(std::filesystem::file_size(folder.path() + "/journal.db-wal"), 0U);
  EXPECT_TRUE(holding(folder.path(), "strictly between us").empty())
      << holding(folder.path(), "strictly between us").front();
  ASSERT_TRUE(opened.sealing->use([] {
    SealRules off = sealed_by('m');
    off.on = false;
    return off;
  }()));
  Admission clear = admission("clear", "F-2", {});
  clear.incoming.body = "strictly between us";
  admit(std::move(clear));
  EXPECT_FALSE(holding(folder.path(), "strictly between us").empty()) << "the search finds what is there";
}

// The checksum is put right as well: whoever can write the file can do that.
TEST_F(SealedFolder, OneChangedByteIsFound) {
  const Admitted one = admit(admission("k1", "F-1", {}));
  const BodyRef where = journal().show(one.message)->body;
  const std::string before = record(where);
  for (const std::size_t at : {std::size_t{24}, std::size_t{60}, before.size() - 1}) {
    std::string changed = before;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    change(path(where), where.offset, changed);
    EXPECT_EQ(opened.bodies->read(where).error().code, "JOURNAL-0004");
    change(path(where), where.offset, before);
    EXPECT_TRUE(opened.bodies->read(where));
  }
}

// Two records change places, each with its own valid checksum.
TEST_F(SealedFolder, TwoSwappedBodiesAreFound) {
  const Admitted one = admit(admission("k1", "F-1", {}));
  const Admitted two = admit(admission("k2", "F-2", {}));
  const BodyRef first = journal().show(one.message)->body;
  const BodyRef second = journal().show(two.message)->body;
  ASSERT_EQ(first.length, second.length);
  const std::string a = record(first);
  const std::string b = record(second);
  change(path(first), first.offset, b);
  change(path(second), second.offset, a);
  EXPECT_EQ(opened.bodies->read(first).error().code, "SEAL-0003");
  EXPECT_EQ(opened.bodies->read(second).error().code, "SEAL-0003");
  const auto found = check_journal(folder.path(), system_files, sealed_by('m'));
  ASSERT_EQ(found->size(), 2U);
  EXPECT_NE(found->at(0).what.find("SEAL-0003"), std::string::npos) << found->at(0).what;
  EXPECT_EQ(found->at(0).what.find("body of"), std::string::npos) << "and shows nothing of them";
  EXPECT_EQ(check_journal(folder.path(), system_files)->size(), 1U) << "checksums hold: only that it was not opened";
}

TEST_F(SealedFolder, ABackupIsReadWithTheKeysItHolds) {
  const Admitted one = admit(admission("k1", "F-1", {}));
  TemporaryFolder parent;
  ASSERT_TRUE(back_up_journal(folder.path(), parent.path() + "/copy", system_files));
  ASSERT_TRUE(opened.sealing->shred("default", "anna", {}));
  EXPECT_FALSE(journal().body(journal().show(one.message)->body));
  const auto restored = [&](SealRules rules) {
    return open_journal({parent.path() + "/copy", {}, "node-1", std::move(rules)}, JournalUse::serve, clock,
                        system_files);
  };
  auto copy = restored(sealed_by('m'));
  ASSERT_TRUE(copy);
  EXPECT_EQ(copy->journal->body(copy->journal->show(one.message)->body), "body of F-1")
      << "a copy from before still has the wrapped key";
  copy->journal.reset();
  EXPECT_EQ(restored(sealed_by('n')).error().code, "SEAL-0001") << "worth nothing once the master key is gone";
}

TEST_F(SealedFolder, CompactionMovesWhatItCannotRead) {
  std::vector<MessageId> ids;
  for (int i = 0; i < 20; ++i) {
    Admission one = admission("k" + std::to_string(i), "F-" + std::to_string(i), {});
    one.incoming.body = "body " + std::to_string(i) + std::string(1000, '.');
    ids.push_back(admit(std::move(one)).message);
  }
  open();  // the segment is at rest, and its master key not there
  const BodyRef before = journal().show(ids.back())->body;
  {
    SqliteDatabase database(folder.path() + "/journal.db", false, false, std::chrono::seconds(5));
    // Most of what lies in the segment is not referred to any more.
    const std::string forget = "PRAGMA synchronous = FULL; DELETE FROM document; DELETE FROM message WHERE id < " +
                               std::to_string(ids.back().value);
    database.execute(forget.c_str());
  }
  clock.advance(std::chrono::hours(1));
  ASSERT_TRUE(journal().keep_house({}));
  std::uint64_t left = 0;
  const auto list = journal().list({});
  ASSERT_TRUE(opened.sealing->use(sealed_by('m')));
  for (const MessageSummary& one : *list) {
    const BodyRef now = journal().show(one.id)->body;
    left += now.file != before.file ? 1 : 0;
    EXPECT_TRUE(journal().body(now)) << "moved, and still what was sealed there";
  }
  EXPECT_GT(left, 0U) << "something was moved";
}

}  // namespace
}  // namespace purser::gateway
