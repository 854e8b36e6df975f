// Bodies at rest: sealed, found changed, rewrapped, destroyed; in both journals.
#include <unistd.h>

#include <algorithm>

#include "gateway/audit/audit.h"
#include "gateway/journal/postgres/bodies.h"
#include "gateway/journal/postgres/place.h"
#include "gateway/journal/postgres/schema.h"
#include "gateway/journal/schema.h"
#include "gateway/journal/segment_store.h"
#include "gateway/journal/tenant_keys.h"
#include "gateway/journal/transfer.h"
#include "gateway/sqlite/sqlite.h"
#include "tests/gateway/journal/each_journal.h"
#include "tests/gateway/journal/sealing_keys.h"

namespace purser::gateway {
namespace {

class Sealed : public EachJournalTest {
 protected:
  void SetUp() override {
    EachJournalTest::SetUp();
    if (!IsSkipped()) seal(sealed_by('m'));
  }
  void seal(SealRules rules) {
    const Outcome used = opened.sealing->use(std::move(rules));
    ASSERT_TRUE(used) << used.error().message;
  }
  std::unique_ptr<Database> connect() {
    if (GetParam() == Store::postgres) return std::make_unique<PostgresDatabase>(conninfo, "test");
    return std::make_unique<SqliteDatabase>(folder.path() + "/journal.db", false, false, std::chrono::seconds(5));
  }
  Admission of(const std::string& tenant, const std::string& number) {
    Admission out = admission(tenant + number, number, {planned(1, tenant == "default" ? "erp" : "erp@" + tenant)});
    out.incoming.tenant = tenant;
    out.understanding->deliveries[0].route = qualified("invoices", tenant);
    return out;
  }
  std::string body_of(MessageId id) {
    const auto view = journal().show(id);
    if (!view) return view.error().code;
    const auto body = journal().body(view->body);
    return body ? *body : body.error().code;
  }
  std::vector<JournalFault> faults(const SealRules& rules = sealed_by('m')) {
    auto found = GetParam() == Store::sqlite ? check_journal(folder.path(), system_files, rules)
                                             : check_journal(*connect(), *opened.bodies, *opened.stored);
    EXPECT_TRUE(found);
    return found.value_or(std::vector<JournalFault>());
  }
  /// Files of the store that hold `text`, when everything has been written to them.
  std::vector<std::string> holding_at_rest(const std::string& text) {
    if (GetParam() == Store::sqlite) return holding(folder.path(), text);
    PostgresDatabase(conninfo, "test").execute("CHECKPOINT");
    return holding(PrivatePostgres::get()->folder(), text);
  }
  /// The wrapped key as it lies in the journal.
  std::string wrapped(std::int64_t id) { return tenant_keys::find(*connect(), id)->wrapped; }
};

TEST_P(Sealed, WhatLiesInTheStoreSaysNothingAndIsReadAsItCame) {
  const Admitted one = admit(of("default", "F-1"));
  const auto view = journal().show(one.message);
  ASSERT_TRUE(view);
  EXPECT_NE(view->body.seal, 0);
  EXPECT_EQ(view->summary.body_length, std::string("body of F-1").size());
  EXPECT_EQ(body_of(one.message), "body of F-1");
  EXPECT_EQ(journal().body(view->documents[0].canonical), "{\"number\":\"F-1\"}");
  EXPECT_EQ(journal().body(view->deliveries[0].encoded), "bytes for erp");
  for (const BodyRef& where : {view->body, view->documents[0].canonical, view->deliveries[0].encoded}) {
    BodyRef whole = where;
    whole.length += 48;  // salt and tag
    const auto lies = opened.stored->read(whole);
    ASSERT_TRUE(lies);
    for (const char* clear : {"body", "number", "bytes"}) EXPECT_EQ(lies->find(clear), std::string::npos);
  }
  const auto due = claim("erp");
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(opened.bodies->read(due[0].encoded), "bytes for erp");
  EXPECT_EQ(opened.bodies->read(due[0].canonical), "{\"number\":\"F-1\"}");
  EXPECT_TRUE(faults().empty());
}

TEST_P(Sealed, LargeBodiesAreReadPieceByPiece) {
  std::string plain(300'000, 'x');
  for (std::size_t i = 0; i < plain.size(); ++i) plain[i] = static_cast<char>('a' + i % 23);
  auto writer = opened.bodies->open_large("acme");
  ASSERT_TRUE(writer);
  for (std::size_t at = 0; at < plain.size(); at += 70'001)
    ASSERT_TRUE((*writer)->write(std::string_view(plain).substr(at, 70'001)));
  const auto place = (*writer)->finish();
  ASSERT_TRUE(place);
  EXPECT_EQ((*writer)->hash(), sha256(plain));
  EXPECT_EQ(place->length, plain.size());
  EXPECT_EQ(opened.bodies->read(*place), plain);
  EXPECT_TRUE(opened.bodies->verify(*place));
  std::string piece(10'000, '\0');
  std::string all;
  while (true) {
    const auto got = opened.bodies->read_piece(*place, all.size(), piece);
    ASSERT_TRUE(got) << got.error().message;
    if (*got == 0) break;
    all.append(piece, 0, *got);
  }
  EXPECT_EQ(all, plain);
  EXPECT_EQ((*opened.sealing->keys({})).at(0).tenant, "acme");
}

TEST_P(Sealed, WhatIsTurnedOnAndOffStaysReadable) {
  const Admitted sealed = admit(of("default", "F-1"));
  SealRules off = sealed_by('m');
  off.on = false;
  off.tenants["acme"] = true;
  seal(off);
  const Admitted plain = admit(of("default", "F-2"));
  const Admitted own = admit(of("acme", "F-3"));
  EXPECT_EQ(journal().show(plain.message)->body.seal, 0);
  EXPECT_NE(journal().show(own.message)->body.seal, 0);
  seal(sealed_by('m'));
  EXPECT_EQ(body_of(sealed.message), "body of F-1");
  EXPECT_EQ(body_of(plain.message), "body of F-2");
  EXPECT_EQ(body_of(own.message), "body of F-3");
  EXPECT_TRUE(faults().empty());
}

TEST_P(Sealed, TheWrongMasterKeyIsRefusedAtOnce) {
  const Admitted one = admit(of("default", "F-1"));
  const Outcome wrong = opened.sealing->use(sealed_by('n'));
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, "SEAL-0001");
  EXPECT_NE(wrong.error().message.find(master('m').id), std::string::npos) << wrong.error().message;
  EXPECT_NE(wrong.error().message.find(master('n').id), std::string::npos) << wrong.error().message;
  EXPECT_FALSE(opened.sealing->use({})) << "none at all";
  EXPECT_EQ(body_of(one.message), "body of F-1") << "and the rules stay as they were";
  opened.journal.reset();
  const JournalPlace place{folder.path(), conninfo, "node-1", sealed_by('n')};
  EXPECT_EQ(open_journal(place, JournalUse::serve, clock, system_files).error().code, "SEAL-0001");
  auto looking = open_journal(place, JournalUse::look, clock, system_files);
  ASSERT_TRUE(looking) << "a command lists what it cannot open";
  const auto view = looking->journal->show(one.message);
  ASSERT_TRUE(view);
  EXPECT_EQ(looking->journal->body(view->body).error().code, "SEAL-0001");
  if (GetParam() == Store::sqlite) {
    const auto found = faults({});
    ASSERT_EQ(found.size(), 1U) << "one fault for all that was not opened";
    EXPECT_NE(found[0].what.find("SEAL-0001"), std::string::npos) << found[0].what;
    EXPECT_NE(found[0].what.find("3 were compared"), std::string::npos) << found[0].what;
  }
}

TEST_P(Sealed, TheMasterKeyIsRotatedWithoutTouchingBodies) {
  const Admitted one = admit(of("default", "F-1"));
  const Admitted two = admit(of("acme", "F-2"));
  const std::string before = wrapped(1);
  SealRules both = sealed_by('n');
  both.previous = master('m');
  seal(both);
  EXPECT_EQ(opened.sealing->rewrap("anna"), 2U);
  EXPECT_EQ(opened.sealing->rewrap("anna"), 0U) << "once is enough";
  EXPECT_NE(wrapped(1), before);
  seal(sealed_by('n'));
  EXPECT_FALSE(opened.sealing->use(sealed_by('m')));
  EXPECT_EQ(body_of(one.message), "body of F-1");
  EXPECT_EQ(body_of(two.message), "body of F-2");
  if (GetParam() == Store::sqlite) {
    EXPECT_TRUE(holding(folder.path(), before).empty()) << "what the old master key wrapped is gone";
  }
}

// More keys than one transaction rewraps; what is done stays done when the next one cannot be.
TEST_P(Sealed, AnInterruptedRotationGoesOnWhereItWas) {
  constexpr int keys = 250;
  for (int i = 0; i < keys; ++i) ASSERT_TRUE(opened.sealing->rotate("acme", "anna"));
  const Admitted one = admit(of("acme", "F-1"));
  const std::string kept = wrapped(keys);
  {
    const auto database = connect();
    database->run("UPDATE tenant_key SET wrapped = ? WHERE id = ?",
                  Blob{{reinterpret_cast<const std::uint8_t*>("broken"), 6}}, keys);
  }
  SealRules both = sealed_by('n');
  both.previous = master('m');
  seal(both);
  EXPECT_FALSE(opened.sealing->rewrap("anna")) << "the second transaction fails";
  const auto count = [&](char by) {
    const auto all = opened.sealing->keys({});
    return std::ranges::count_if(*all, [&](const DataKeyView& key) { return key.master == master(by).id; });
  };
  EXPECT_EQ(count('n'), 200);
  EXPECT_EQ(count('m'), keys - 200);
  {
    const auto database = connect();
    database->run("UPDATE tenant_key SET wrapped = ? WHERE id = ?",
                  Blob{{reinterpret_cast<const std::uint8_t*>(kept.data()), kept.size()}}, keys);
  }
  open();  // as after a crash
  EXPECT_FALSE(opened.sealing->use(sealed_by('n'))) << "the old master key is needed until it is done";
  seal(both);
  EXPECT_EQ(body_of(one.message), "body of F-1");
  EXPECT_EQ(opened.sealing->rewrap("anna"), 50U);
  seal(sealed_by('n'));
  EXPECT_EQ(body_of(one.message), "body of F-1");
}

TEST_P(Sealed, ADataKeyIsRotatedAndTheOldOneStillReads) {
  const Admitted one = admit(of("default", "F-1"));
  EXPECT_EQ(opened.sealing->rotate("default", "anna"), 2);
  const Admitted two = admit(of("default", "F-2"));
  const auto key_of = [&](MessageId id) { return journal().show(id)->body.seal >> 32; };
  EXPECT_EQ(key_of(one.message), 1);
  EXPECT_EQ(key_of(two.message), 2);
  open();
  seal(sealed_by('m'));
  EXPECT_EQ(body_of(one.message), "body of F-1");
  EXPECT_EQ(body_of(two.message), "body of F-2");
  const auto keys = opened.sealing->keys("default");
  ASSERT_EQ(keys->size(), 2U);
  EXPECT_EQ(keys->at(0).state, KeyState::retired);
  EXPECT_EQ(keys->at(1).state, KeyState::active);
}

TEST_P(Sealed, AShreddedTenantIsUnreadableAndNobodyElseIs) {
  const Admitted gone = admit(of("acme", "F-1"));
  ASSERT_TRUE(opened.sealing->rotate("acme", "anna"));
  const Admitted gone_too = admit(of("acme", "F-2"));
  const Admitted stays = admit(of("default", "F-3"));
  const std::vector<std::string> keys{wrapped(1), wrapped(2)};
  for (const std::string& key : keys) {
    ASSERT_EQ(key.size(), 60U);
    if (GetParam() == Store::sqlite) {
      ASSERT_FALSE(holding(folder.path(), key).empty()) << "or the search below finds nothing anyway";
    }
  }
  const auto shredded = opened.sealing->shred("acme", "anna", "contract ended");
  ASSERT_TRUE(shredded) << shredded.error().message;
  EXPECT_EQ(shredded->keys, 2U);
  EXPECT_TRUE(shredded->traces_gone) << shredded->why;
  if (GetParam() == Store::sqlite) {
    for (const std::string& key : keys) {
      // Not one of its three quarters, either: a page may hold a part.
      for (std::size_t at = 0; at < key.size(); at += 20)
        EXPECT_TRUE(holding(folder.path(), key.substr(at, 20)).empty());
    }
  }
  EXPECT_EQ(body_of(gone.message), "SEAL-0002");
  EXPECT_EQ(body_of(gone_too.message), "SEAL-0002");
  EXPECT_EQ(journal().show(gone.message)->findings.at(0).code, "SEAL-0002");
  EXPECT_TRUE(journal().show(stays.message)->findings.empty());
  EXPECT_EQ(body_of(stays.message), "body of F-3");
  EXPECT_TRUE(faults().empty()) << faults().front().what;
  const Admitted later = admit(of("acme", "F-4"));
  EXPECT_EQ(body_of(later.message), "body of F-4") << "what comes later gets a new key";
  const auto trail = verify_audit(*connect(), {});
  ASSERT_TRUE(trail);
  EXPECT_EQ(trail->first_wrong, 0) << trail->what;
  open();
  seal(sealed_by('m'));
  EXPECT_EQ(body_of(gone.message), "SEAL-0002");
  EXPECT_EQ(body_of(stays.message), "body of F-3");
}

// Where a database server keeps its log is no file of the journal: what lies there is a matter of the master key.
TEST_P(Sealed, TheWrappedKeyIsInNoFileOfTheTablesAfterAShredding) {
  admit(of("acme", "F-1"));
  const std::string key = wrapped(1);
  ASSERT_FALSE(holding_at_rest(key).empty()) << "or the search below finds nothing anyway";
  ASSERT_TRUE(opened.sealing->shred("acme", "anna", {}));
  const auto still = holding_at_rest(key);
  EXPECT_TRUE(std::ranges::all_of(still, [](const std::string& path) { return path.find("/pg_wal/") != std::string::npos; }))
      << still.front();
  EXPECT_EQ(still.empty(), GetParam() == Store::sqlite) << "docs/security.md says what the log of the server keeps";
}

TEST_P(Sealed, WhatATargetAnsweredIsSealedAndShreddedWithTheRest) {
  const std::string answer = "sealed: between the target and us " + std::to_string(::getpid());
  const Admitted gone = admit(of("acme", "F-1"));
  const auto finding = make_finding("DELIVER-0001", {}, answer);
  record(claim("erp@acme").at(0), DeliveryState::due, finding, false, answer);
  EXPECT_EQ(journal().show(gone.message)->deliveries.at(0).finding->message, answer);
  clock.advance(std::chrono::minutes(1));
  record(claim("erp@acme").at(0), DeliveryState::parked, finding, false, answer);
  const auto delivery = [&](MessageId id) { return journal().show(id)->deliveries.at(0); };
  EXPECT_EQ(delivery(gone.message).finding->message, answer);
  ASSERT_EQ(delivery(gone.message).attempts.size(), 2U);
  EXPECT_EQ(delivery(gone.message).attempts[1].detail, answer);
  EXPECT_EQ(journal().parked_items({})->at(0).finding.message, answer);
  EXPECT_TRUE(holding_at_rest(answer).empty()) << holding_at_rest(answer).front();

  ASSERT_TRUE(opened.sealing->shred("acme", "anna", {}));
  EXPECT_EQ(delivery(gone.message).finding->code, "SEAL-0002");
  for (const AttemptView& attempt : delivery(gone.message).attempts)
    EXPECT_TRUE(attempt.detail.starts_with("SEAL-0002 ")) << attempt.detail;
  EXPECT_EQ(journal().parked_items({})->at(0).finding.code, "SEAL-0002");

  // What was on its way meanwhile is answered by its target: none of it is kept, for which a new key would be made.
  const Admitted late = admit(of("acme", "F-3"));
  const auto on_its_way = claim("erp@acme").at(0);
  ASSERT_TRUE(opened.sealing->shred("acme", "anna", {}));
  record(on_its_way, DeliveryState::parked, finding, false, answer);
  EXPECT_EQ(delivery(late.message).finding->code, "SEAL-0002");
  EXPECT_TRUE(delivery(late.message).attempts.at(0).detail.starts_with("SEAL-0002 "));
  EXPECT_TRUE(std::ranges::all_of(*opened.sealing->keys("acme"), [](const DataKeyView& key) {
    return key.state == KeyState::destroyed;
  }));
  EXPECT_TRUE(holding_at_rest(answer).empty());

  SealRules off = sealed_by('m');
  off.on = false;
  seal(off);
  const Admitted plain = admit(of("acme", "F-2"));
  record(claim("erp@acme").at(0), DeliveryState::parked, finding, false, answer);
  EXPECT_EQ(delivery(plain.message).attempts.at(0).detail, " " + answer) << "not taken for what was sealed";
  EXPECT_FALSE(holding_at_rest(answer).empty()) << "the search finds what is there";
}

// A gateway at work and a command beside it.
TEST_P(Sealed, AnotherProcessSeesWithinASecondThatAKeyIsGone) {
  const Admitted gone = admit(of("acme", "F-1"));
  EXPECT_EQ(body_of(gone.message), "body of F-1");
  {
    auto command = open_journal({folder.path(), conninfo, "node-2", sealed_by('m')}, JournalUse::act, clock,
                                system_files);
    ASSERT_TRUE(command) << command.error().message;
    ASSERT_TRUE(command->sealing->shred("acme", "anna", {}));
  }
  // A body that was sealed with what is held here is not accepted.
  auto refused = wait_for<Admitted>([&](auto done) {
    std::vector<Admission> batch;
    batch.push_back(of("acme", "F-2"));
    journal().admit(std::move(batch), std::move(done));
  });
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("send again"), std::string::npos) << refused.error().message;
  clock.advance(Sealing::look_again);
  EXPECT_EQ(body_of(gone.message), "SEAL-0002");
  EXPECT_EQ(body_of(admit(of("acme", "F-2")).message), "body of F-2");
}

TEST_P(Sealed, AnExportStaysSealedAndOpensWithItsMasterKey) {
  const Admitted one = admit(of("default", "F-1"));
  std::vector<std::string> lines;
  const auto from = connect();
  ASSERT_TRUE(export_journal(*from, *opened.stored, [&](std::string_view line) -> Outcome {
    lines.emplace_back(line);
    return {};
  }));
  const std::string base64_of_body = "Ym9keSBvZi";  // "body of"
  for (const std::string& line : lines) EXPECT_EQ(line.find(base64_of_body), std::string::npos);
  TemporaryFolder other;
  {
    auto bodies = SegmentStore::open(other.path() + "/bodies", system_files, true);
    SqliteDatabase into(other.path() + "/journal.db", false, true, std::chrono::seconds(5));
    ASSERT_TRUE(migrate_journal(into, true));
    const auto count = import_journal(
        into, **bodies, [&, at = std::size_t{0}](std::string& line) mutable -> std::expected<bool, Status> {
          if (at == lines.size()) return false;
          line = lines[at++];
          return true;
        });
    ASSERT_TRUE(count) << count.error().message;
  }
  EXPECT_TRUE(check_journal(other.path(), system_files, sealed_by('m'))->empty());
  auto moved =
      open_journal({other.path(), {}, "node-1", sealed_by('m')}, JournalUse::serve, clock, system_files);
  ASSERT_TRUE(moved) << moved.error().message;
  EXPECT_EQ(moved->journal->body(moved->journal->show(one.message)->body), "body of F-1");
}

TEST_P(Sealed, TheWayBackIsClosedWhileKeysAreNeeded) {
  admit(of("default", "F-1"));
  const auto database = connect();
  const auto back = [&]() -> bool {
    try {
      return GetParam() == Store::sqlite ? take_journal_to(*database, 4).has_value()
                                         : migrate_postgres(static_cast<PostgresDatabase&>(*database), 4).has_value();
    } catch (const SqlError& error) {
      EXPECT_NE(std::string(error.what()).find("sealed_bodies_need_their_keys"), std::string::npos) << error.what();
      database->roll_back();
      return false;
    }
  };
  EXPECT_FALSE(back());
  ASSERT_TRUE(opened.sealing->shred("default", "anna", {}));
  EXPECT_TRUE(back());
}

INSTANTIATE_TEST_SUITE_P(Of, Sealed, ::testing::Values(Store::sqlite, Store::postgres),
                         [](const auto& one) { return one.param == Store::sqlite ? "Sqlite" : "Postgres"; });

}  // namespace
}  // namespace purser::gateway
