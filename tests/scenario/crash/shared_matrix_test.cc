// Every fault against gateways that share one PostgreSQL journal, as they are installed: one, two and three of them.
// Each order is posted to every gateway under the same key; it has to be booked once.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "gateway/audit/audit.h"
#include "gateway/journal/postgres/place.h"
#include "gateway/postgres/postgres.h"
#include "tests/gateway/journal/fixture.h"
#include "tests/gateway/journal/postgres/private_postgres.h"
#include "tests/gateway/pipeline/node.h"
#include "tests/scenario/crash/matrix.h"
#include "tests/scenario/crash/power.h"
#include "tests/scenario/kill/booking.h"
#include "tests/scenario/kill/sender.h"
#include "tests/scenario/kill/server.h"

namespace purser::gateway {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int strikes = 2;
constexpr int connections = 3;  // to each gateway
constexpr seconds lease{3};

/// Gateways on one database, and a receiver.
class Fleet {
 public:
  Fleet(PrivatePostgres& server, int nodes, Receiver::Reply (*judge)(const Receiver::Request&), int documents)
      : documents_(documents), server_(server), conninfo_(server.fresh()), receiver_(judge) {
    for (int i = 1; i <= nodes; ++i) {
      Gateway& gateway = gateways_.emplace_back();
      gateway.folder = fmt::format("{}/{}", folder_.path(), i);
      const std::string key =
          configure(gateway.folder + "/config", receiver_.url(),
                    ", total_timeout: 500 ms, connect_timeout: 500 ms, breaker: {failures: 0}");
      std::ofstream(gateway.folder + "/config/secrets/journal") << conninfo_;
      std::ofstream(gateway.folder + "/config/shared.yaml")
          << fmt::format("journal: {{postgres: \"secret://file/secrets/journal\", node: node-{}, lease: {} s}}\n", i,
                         lease.count());
      gateway.senders = std::make_unique<HttpSenders>(documents, key);
    }
    for (Gateway& gateway : gateways_) start(gateway);
  }

  void kill_one(std::size_t which) {
    Gateway& gateway = gateways_[which % gateways_.size()];
    gateway.server->kill();
    start(gateway);
  }
  // Its leases end, the others take its work over; then it wakes and believes that it is a moment ago.
  void stop_one(std::size_t which) {
    Gateway& gateway = gateways_[which % gateways_.size()];
    gateway.server->signal(SIGSTOP);
    std::this_thread::sleep_for(lease + seconds(2));
    gateway.server->signal(SIGCONT);
  }
  void kill_database() {
    server_.kill();
    std::this_thread::sleep_for(milliseconds(300));
    server_.restart();
  }
  // What the database had not synced is gone with the disk it lies on.
  void lose_power(PowerDisk& disk) {
    disk.lose_power();
    ASSERT_TRUE(disk.power_again());
    // Their number names nobody once a machine has started anew; here the process may not have been buried yet.
    for (const char* lock : {"/data/postmaster.pid", "/.s.PGSQL.5432.lock"})
      std::filesystem::remove(server_.folder() + lock);
    server_.restart();
  }
  // The server may go on without new pages, or end because its log has no room: then somebody starts it again.
  void fill_disk(PowerDisk& disk) {
    disk.fill();
    std::this_thread::sleep_for(milliseconds(1500));
    disk.empty();
    for (int i = 0; i < 20 && !is_up(); ++i) std::this_thread::sleep_for(milliseconds(100));
    if (!is_up()) server_.restart();
  }
  // As a firewall or a failover does: in the middle of whatever is going on, commits included.
  void cut_connections() {
    PostgresDatabase database(conninfo_, "fault");
    for (int i = 0; i < 10; ++i) {
      auto rows = database.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'purser/node%'");
      while (rows.next()) {
      }
      std::this_thread::sleep_for(milliseconds(37));
    }
  }

  [[nodiscard]] std::size_t open() {
    std::size_t most = 0;
    for (Gateway& gateway : gateways_) most = std::max(most, gateway.senders->open());
    return most;
  }
  void finish() {
    for (int round = 0; round < 40 && open() > 0; ++round) {
      for (Gateway& gateway : gateways_) send(gateway);
    }
    for (Gateway& gateway : gateways_) {
      gateway.senders->join();
      EXPECT_EQ(gateway.senders->open(), 0U);
      EXPECT_EQ(gateway.senders->unexpected(), 0U);
    }
    EXPECT_TRUE(Node::wait([&] { return at_rest(); }));
    for (Gateway& gateway : gateways_) gateway.server->terminate();
    for (Gateway& gateway : gateways_) EXPECT_EQ(gateway.server->wait(), 0);
    check();
  }
  [[nodiscard]] std::pair<std::size_t, std::size_t> booked_and_requests() {
    return {receiver_.booked().size(), receiver_.requests().size()};
  }

 private:
  struct Gateway {
    std::string folder;
    std::unique_ptr<Child> server;
    std::uint16_t port = 0;
    std::unique_ptr<HttpSenders> senders;
  };
  void start(Gateway& gateway) {
    gateway.server = std::make_unique<Child>(serve_command(gateway.folder));
    gateway.port = port_of(*gateway.server);
    ASSERT_NE(gateway.port, 0) << "the server did not start";
    send(gateway);
  }
  static void send(Gateway& gateway) {
    gateway.senders->join();
    gateway.senders->start(gateway.port, connections);
  }
  [[nodiscard]] bool is_up() const {
    try {
      PostgresDatabase(conninfo_, "fault").execute("SELECT 1");
      return true;
    } catch (const SqlError&) {
      return false;
    }
  }
  std::expected<JournalFigures, Status> figures() {
    SystemFiles files;
    SystemClock clock;
    const auto opened = open_journal({folder_.path(), conninfo_, "look"}, JournalUse::look, clock, files);
    if (!opened) return std::unexpected(opened.error());
    return opened->journal->figures();
  }
  bool at_rest() {
    const auto now = figures();
    return now && now->delivered == static_cast<std::uint64_t>(documents_) && now->deliveries_open == 0;
  }
  void check() {
    expect_booked_once(receiver_, documents_);
    expect_order(receiver_);
    const auto now = figures();
    ASSERT_TRUE(now) << now.error().message;
    EXPECT_EQ(now->delivered, static_cast<std::uint64_t>(documents_));
    EXPECT_EQ(now->admitted + now->delivering + now->parked + now->deliveries_open, 0U);
    PostgresDatabase database(conninfo_, "test");
    const auto verdict = verify_audit(database, std::nullopt);
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->first_wrong, 0) << verdict->what;
  }

  int documents_;
  TemporaryFolder folder_;
  PrivatePostgres& server_;
  std::string conninfo_;
  Receiver receiver_;
  std::vector<Gateway> gateways_;
};

void kill_gateway(Fleet& fleet, std::size_t which, PowerDisk*) { fleet.kill_one(which); }
void stop_gateway(Fleet& fleet, std::size_t which, PowerDisk*) { fleet.stop_one(which); }
void kill_database(Fleet& fleet, std::size_t, PowerDisk*) { fleet.kill_database(); }
void cut(Fleet& fleet, std::size_t, PowerDisk*) { fleet.cut_connections(); }
void fill_disk(Fleet& fleet, std::size_t, PowerDisk* disk) { fleet.fill_disk(*disk); }
void lose_power(Fleet& fleet, std::size_t, PowerDisk* disk) { fleet.lose_power(*disk); }

struct SharedFault {
  const char* name;
  const char* what;
  int nodes;
  void (*strike)(Fleet&, std::size_t which, PowerDisk*);
  Receiver::Reply (*judge)(const Receiver::Request&);
};

constexpr const char* killed = "`kill -9` of one gateway after the other, each started again";
constexpr const char* stopped = "SIGSTOP of a gateway for longer than its lease, then SIGCONT";
constexpr const char* database_killed = "PostgreSQL killed (`immediate`), and started again";
constexpr const char* disk_full = "no room on the database's disk for a while";
constexpr const char* power_lost = "the database's disk loses what was not synced, and both come back";
constexpr const char* connections_cut = "every connection to the database ended ten times in a row, commits under way included";
constexpr const char* late = "the receiver books, and answers after the timeout";
constexpr const char* dropped = "the receiver books, and the connection ends before its answer";

constexpr SharedFault all[] = {
    {"killed", killed, 1, kill_gateway, nullptr},
    {"killed", killed, 3, kill_gateway, nullptr},
    {"stopped", stopped, 2, stop_gateway, nullptr},
    {"stopped", stopped, 3, stop_gateway, nullptr},
    {"database-killed", database_killed, 1, kill_database, nullptr},
    {"database-killed", database_killed, 2, kill_database, nullptr},
    {"database-killed", database_killed, 3, kill_database, nullptr},
    {"disk-full", disk_full, 1, fill_disk, nullptr},
    {"disk-full", disk_full, 2, fill_disk, nullptr},
    {"power-lost", power_lost, 1, lose_power, nullptr},
    {"power-lost", power_lost, 2, lose_power, nullptr},
    {"power-lost", power_lost, 3, lose_power, nullptr},
    {"connections-cut", connections_cut, 1, cut, nullptr},
    {"connections-cut", connections_cut, 2, cut, nullptr},
    {"connections-cut", connections_cut, 3, cut, nullptr},
    {"answers-late", late, 2, nullptr, answer_late},
    {"answer-dropped", dropped, 2, nullptr, drop_the_connection},
};

class SharedMatrix : public ::testing::TestWithParam<SharedFault> {};

TEST_P(SharedMatrix, NothingIsLostNothingTwiceAndLanesKeepTheirOrder) {
  if (PrivatePostgres::get() == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
  const SharedFault& fault = GetParam();
  const int documents = documents_of_a_run(150);
  TemporaryFolder folder;
  std::unique_ptr<PowerDisk> disk;
  std::unique_ptr<PrivatePostgres> on_disk;
  if (fault.strike == lose_power || fault.strike == fill_disk) {
    const std::string path = folder.path() + "/disk";
    std::filesystem::create_directories(path);
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));  // the server's own user passes
    disk = PowerDisk::at(path);
    if (disk) on_disk = PrivatePostgres::in(path);
    if (!on_disk) GTEST_SKIP() << "needs the right to mount a file system";
  }
  Fleet fleet(on_disk ? *on_disk : *PrivatePostgres::get(), fault.nodes, fault.judge, documents);
  for (int i = 1; fault.strike != nullptr && i <= strikes; ++i) {
    const auto left = static_cast<std::size_t>(documents * (strikes - i + 1) / (strikes + 1));
    Node::wait([&] { return fleet.open() <= left; });
    fault.strike(fleet, static_cast<std::size_t>(i), disk.get());
  }
  fleet.finish();
  if (HasFailure()) return;
  const auto [booked, requests] = fleet.booked_and_requests();
  write_row({fault.name, fault.what, "PostgreSQL", fault.nodes, documents, booked, requests - booked});
}

INSTANTIATE_TEST_SUITE_P(All, SharedMatrix, ::testing::ValuesIn(all), [](const auto& tested) {
  std::string name = fmt::format("{}On{}", tested.param.name, tested.param.nodes);
  std::erase(name, '-');
  return name;
});

TEST(SharedMatrixPage, ShowsEveryFault) {
  for (const SharedFault& fault : all) {
    const auto row = fmt::format("| {} | {} | PostgreSQL | {} |", fault.name, fault.what, fault.nodes);
    EXPECT_TRUE(page().contains(row)) << row << ": run it, then tests/scenario/crash/update-page";
  }
}

}  // namespace
}  // namespace purser::gateway
