// Somebody with the data folder changes the trail in each way there is, and makes chain and heads fit again.
// The checkpoint elsewhere, and nothing else, knows better.
#include "gateway/checkpoint/checkpoint.h"

#include <filesystem>
#include <fstream>
#include <map>

#include <nlohmann/json.hpp>

#include "gateway/checkpoint/proof.h"
#include "gateway/sqlite/sqlite.h"
#include "tests/gateway/journal/fixture.h"
#include "tests/gateway/settings/small_server.h"

namespace purser::gateway {
namespace {

constexpr int before = 300;  // entries: more than a tile

class CheckpointTest : public JournalTest {
 protected:
  void SetUp() override {
    JournalTest::SetUp();
    message = admit(admission("k1", "INV-1", {planned(1, "erp")})).message;
    record(claim("erp").front(), DeliveryState::delivered);
    note_entries(before);
    take();
  }
  void note_entries(int count) {
    std::vector<AuditNote> notes;
    for (int i = 0; i < count; ++i) notes.push_back({"anna", "did", std::to_string(i)});
    ASSERT_TRUE(journal().note(notes));
  }
  void take() {
    auto taken = take_checkpoints(walk(), *place, signer);
    ASSERT_TRUE(taken) << taken.error().message;
    size = taken->empty() ? size : static_cast<std::int64_t>(taken->front().checkpoint.size);
  }
  [[nodiscard]] TrailWalk walk() const {
    return [this](const AuditVisitor& visitor) { return verify_audit(folder.path(), visitor); };
  }
  [[nodiscard]] AuditVerdict verify() {
    auto verdict = verify_against(walk(), *place, std::span(&signer.key, 1));
    EXPECT_TRUE(verdict) << verdict.error().message;
    return verdict.value_or(AuditVerdict{});
  }
  /// Runs SQL, then numbers and hashes the chain anew and writes both heads, as a patient forger would.
  void forge(const char* sql) {
    opened.journal.reset();
    SqliteDatabase database(folder.path() + "/journal.db", false, false, std::chrono::seconds(1));
    database.execute(sql);
    AuditHead head;
    std::vector<AuditEntry> entries;
    {
      auto rows = database.query(
          "SELECT sequence, at, who, what, message, delivery, why, tenant FROM audit ORDER BY sequence");
      while (rows.next())
        entries.push_back({rows.number(0),
                           to_instant(rows.number(1)),
                           rows.text(2),
                           rows.text(3),
                           {rows.number(4)},
                           {rows.number(5)},
                           rows.text(6),
                           rows.text(7),
                           {}});
    }
    for (AuditEntry& entry : entries) {
      const std::int64_t was = entry.sequence;
      entry.sequence = head.sequence + 1;
      head = {entry.sequence, chain_hash(head.hash, entry)};
      database.run("UPDATE audit SET sequence = ?, hash = ? WHERE sequence = ?", entry.sequence,
                   Blob{head.hash}, was);
    }
    database.run("UPDATE audit_head SET sequence = ?, hash = ?", head.sequence, Blob{head.hash});
    SystemFiles disk;
    ASSERT_TRUE(write_head(folder.path() + "/audit.head", head, disk));
    const auto alone = verify_audit(folder.path());
    ASSERT_TRUE(alone);
    ASSERT_EQ(alone->first_wrong, 0) << "the forgery is meant to hold by itself: " << alone->what;
  }
  void spoil(const std::string& name, const std::string& bytes) const {
    std::ofstream(outside.path() + "/" + name, std::ios::binary) << bytes;
  }

  TemporaryFolder outside;
  SystemFiles system_files;
  std::unique_ptr<CheckpointPlace> place = folder_place(outside.path(), system_files);
  CheckpointSigner signer{"purser.example", *CryptoKey::generate(KeyKind::ed25519), {}};
  MessageId message;
  std::int64_t size = 0;
};

TEST_F(CheckpointTest, AnUntouchedTrailHoldsAndMayGrow) {
  EXPECT_EQ(verify().what, "");
  note_entries(10);
  EXPECT_EQ(verify().what, "");
  EXPECT_EQ(verify().entries, size + 10);
}

TEST_F(CheckpointTest, AnEditIsNamed) {
  forge("UPDATE audit SET why = 'something else' WHERE sequence = 17");
  EXPECT_EQ(verify().first_wrong, 17) << verify().what;
}

TEST_F(CheckpointTest, ASwapIsNamed) {
  forge(
      "UPDATE audit SET sequence = 9000 WHERE sequence = 270; UPDATE audit SET sequence = 270 WHERE sequence "
      "= 290;"
      "UPDATE audit SET sequence = 290 WHERE sequence = 9000");
  EXPECT_EQ(verify().first_wrong, 270) << verify().what;
}

TEST_F(CheckpointTest, AnEntryTakenOutIsNamed) {
  forge("DELETE FROM audit WHERE sequence = 100");
  EXPECT_EQ(verify().first_wrong, 100) << verify().what;
}

TEST_F(CheckpointTest, ACutEndIsNamed) {
  forge("DELETE FROM audit WHERE sequence > 200");
  EXPECT_EQ(verify().first_wrong, 201);
  EXPECT_NE(verify().what.find("cut off after entry 200"), std::string::npos) << verify().what;
}

TEST_F(CheckpointTest, AReplacedTailIsNamed) {
  forge("UPDATE audit SET who = 'eve', what = 'looked' WHERE sequence > 250");
  EXPECT_EQ(verify().first_wrong, 251) << verify().what;
}

TEST_F(CheckpointTest, ATailReplacedByALongerOneIsNamed) {
  forge(
      "DELETE FROM audit WHERE sequence > 280; WITH RECURSIVE n(i) AS (SELECT 281 UNION ALL SELECT i + 1 "
      "FROM n WHERE i < 400)"
      " INSERT INTO audit (chain, sequence, at, who, what, message, delivery, why, hash)"
      " SELECT 0, i, 0, 'eve', 'nothing', 0, 0, '', x'00' FROM n");
  EXPECT_EQ(verify().first_wrong, 281) << verify().what;
}

TEST_F(CheckpointTest, WithoutTheHashesTheRangeIsTold) {
  std::filesystem::remove_all(outside.path() + "/0/tile");
  EXPECT_EQ(verify().what, "");
  forge("UPDATE audit SET why = 'something else' WHERE sequence = 17");
  const AuditVerdict verdict = verify();
  EXPECT_EQ(verdict.first_wrong, 0);
  EXPECT_NE(verdict.what.find("among entries 1 to " + std::to_string(size)), std::string::npos)
      << verdict.what;
}

TEST_F(CheckpointTest, HashesThatWereChangedAccuseNoEntry) {
  spoil("0/tile/0/000", std::string(tile_width * sizeof(Sha256), 'x'));
  EXPECT_EQ(verify().what, "");
}

TEST_F(CheckpointTest, NothingIsSignedAboveAForgery) {
  forge("UPDATE audit SET why = 'something else' WHERE sequence = 17");
  open();
  note_entries(5);
  const auto taken = take_checkpoints(walk(), *place, signer);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, "AUDIT-0003");
  EXPECT_EQ(verify().first_wrong, 17);
}

TEST_F(CheckpointTest, TheNextOneContinuesAndOnlyNewTilesAreWritten) {
  const auto first_tile = std::filesystem::last_write_time(outside.path() + "/0/tile/0/000");
  note_entries(700);
  take();
  EXPECT_EQ(std::filesystem::last_write_time(outside.path() + "/0/tile/0/000"), first_tile);
  EXPECT_TRUE(std::filesystem::exists(outside.path() + "/0/tile/0/002"));
  EXPECT_EQ(verify().what, "");
}

TEST_F(CheckpointTest, AnothersCheckpointIsNotTaken) {
  const CryptoKey other = *CryptoKey::generate(KeyKind::ed25519);
  EXPECT_EQ(verify_against(walk(), *place, std::span(&other, 1)).error().code, "AUDIT-0004");
  EXPECT_EQ(take_checkpoints(walk(), *place, {"purser.example", other, {}}).error().code, "AUDIT-0004");
  note_entries(1);
  EXPECT_TRUE(take_checkpoints(walk(), *place, {"purser.example", other, {signer.key}}))
      << "a change of keys";
  EXPECT_TRUE(verify_against(walk(), *place, std::span(&other, 1)));
}

TEST_F(CheckpointTest, ACheckpointWhoseTextWasChangedIsNobodys) {
  auto note = *place->read("0/checkpoint");
  ASSERT_TRUE(note);
  note->replace(note->find('\n') + 1, 1, "9");
  spoil("0/checkpoint", *note);
  EXPECT_FALSE(verify_against(walk(), *place, std::span(&signer.key, 1)));
}

TEST_F(CheckpointTest, AHistoryIsProvedWithTheCheckpointAlone) {
  SqliteDatabase database(folder.path() + "/journal.db", true, false, std::chrono::seconds(1));
  const auto entries = entries_of(database, message);
  ASSERT_GE(entries.size(), 2U);
  const auto proof = prove_history(entries, *place, std::span(&signer.key, 1));
  ASSERT_TRUE(proof) << proof.error().message;
  const std::string note = **place->read("0/checkpoint");
  const auto history = check_history(*proof, std::span(&signer.key, 1), note);
  ASSERT_TRUE(history) << history.error();
  EXPECT_EQ(history->entries.size(), entries.size());

  auto json = nlohmann::ordered_json::parse(*proof);
  for (const char* member : {"who", "what", "why", "tenant"}) {
    auto changed = json;
    changed["entries"][0][member] = "another";
    EXPECT_FALSE(check_history(changed.dump(), std::span(&signer.key, 1), note)) << member;
  }
  for (const char* member : {"sequence", "at", "message", "delivery", "chain"}) {
    auto changed = json;
    changed["entries"][0][member] = changed["entries"][0][member].get<std::int64_t>() + 1;
    EXPECT_FALSE(check_history(changed.dump(), std::span(&signer.key, 1), note)) << member;
  }
  const CryptoKey other = *CryptoKey::generate(KeyKind::ed25519);
  EXPECT_FALSE(check_history(*proof, std::span(&other, 1), ""));
  EXPECT_FALSE(check_history("{}", std::span(&signer.key, 1), ""));
}

TEST_F(CheckpointTest, GoesToAServerThatTakesPut) {
  std::map<std::string, std::string> kept;
  testing::SmallServer server([&](const std::string& request) {
    const std::string path =
        request.substr(request.find(' ') + 1, request.find(" HTTP") - request.find(' ') - 1);
    if (request.find("Authorization: Bearer t0ken\r\n") == std::string::npos)
      return testing::reply("401 x", "");
    if (request.starts_with("PUT ")) {
      kept[path] = request.substr(request.find("\r\n\r\n") + 4);
      return testing::reply("201 Created", "");
    }
    return kept.contains(path) ? testing::reply("200 OK", kept[path]) : testing::reply("404 Not Found", "");
  });
  place = http_place(server.url() + "/trail/", "t0ken", true);
  take();
  EXPECT_TRUE(kept.contains("/trail/0/checkpoint"));
  EXPECT_EQ(verify().what, "");
  const auto refused = take_checkpoints(walk(), *http_place(server.url() + "/trail", "other", true), signer);
  EXPECT_EQ(refused.error().code, "AUDIT-0004");
  EXPECT_FALSE(take_checkpoints(walk(), *http_place(server.url() + "/trail", "t0ken", false), signer))
      << "addresses of the own network are refused unless they are allowed";
  forge("UPDATE audit SET why = 'something else' WHERE sequence = 17");
  EXPECT_EQ(verify().first_wrong, 17);
}

TEST_F(CheckpointTest, AForgedHistoryIsNotProved) {
  forge("UPDATE audit SET who = 'eve' WHERE message <> 0");
  SqliteDatabase database(folder.path() + "/journal.db", true, false, std::chrono::seconds(1));
  EXPECT_EQ(prove_history(entries_of(database, message), *place, std::span(&signer.key, 1)).error().code,
            "AUDIT-0003");
}

}  // namespace
}  // namespace purser::gateway
