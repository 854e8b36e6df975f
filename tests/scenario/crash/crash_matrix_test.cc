// Every fault against the server as it is installed; after each, the promises.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <thread>

#include "tests/gateway/journal/fixture.h"
#include "tests/gateway/pipeline/node.h"
#include "tests/scenario/crash/faults.h"
#include "tests/scenario/crash/matrix.h"
#include "tests/scenario/kill/booking.h"
#include "tests/scenario/kill/sender.h"
#include "tests/scenario/kill/server.h"

namespace purser::gateway {
namespace {

const int documents = documents_of_a_run(600);
constexpr int strikes = 3;
constexpr int connections = 8;

/// One server on one folder, posted to until everything has its answer.
class Trial {
 public:
  explicit Trial(const Fault& fault) : fault_(fault), receiver_(fault.judge) {
    std::filesystem::create_directories(data());
    if (fault.disk == Fault::Disk::small) small_ = small_disk(data());
    if (fault.disk == Fault::Disk::power) power_ = PowerDisk::at(data());
  }
  [[nodiscard]] bool can_run() const { return fault_.disk == Fault::Disk::any || small_ || power_; }

  void go() {
    // The breaker is off: it would only wait out what is here over in a moment.
    const std::string key =
        configure(folder_.path() + "/config", receiver_.url(),
                  ", total_timeout: 500 ms, connect_timeout: 500 ms, breaker: {failures: 0}");
    HttpSenders senders(documents, key);
    start(senders);
    for (int i = 1; fault_.strike != nullptr && i <= strikes; ++i) {
      const auto left = static_cast<std::size_t>(documents * (strikes - i + 1) / (strikes + 1));
      Node::wait([&] { return senders.open() <= left; });
      Victim victim{*server_, data(), [&] { start(senders); },
                    [&] { return Child(serve_command(folder_.path())).wait(); }, power_.get()};
      fault_.strike(victim);
    }
    // Connections that a fault ended leave documents without an answer: they are sent again, with their keys.
    for (int round = 0; round < 20 && senders.open() > 0; ++round) {
      senders.join();
      senders.start(port_, connections);
    }
    senders.join();
    EXPECT_EQ(senders.open(), 0U);
    EXPECT_EQ(senders.unexpected(), 0U);
    EXPECT_TRUE(Node::wait([&] { return all_delivered(data(), documents); }));
    server_->terminate();
    EXPECT_EQ(server_->wait(), 0);
    expect_all_booked_once(receiver_, data(), documents);
    expect_order(receiver_);
  }

  void write() {
    const std::size_t booked = receiver_.booked().size();
    write_row({fault_.name, fault_.what, "SQLite", 1, documents, booked, receiver_.requests().size() - booked});
  }

 private:
  [[nodiscard]] std::string data() const { return folder_.path() + "/data"; }
  void start(HttpSenders& senders) {
    senders.join();
    server_.emplace(serve_command(folder_.path()));
    port_ = port_of(*server_);
    ASSERT_NE(port_, 0) << "the server did not start";
    senders.start(port_, connections);
  }

  const Fault& fault_;
  TemporaryFolder folder_;
  std::shared_ptr<void> small_;
  std::unique_ptr<PowerDisk> power_;
  Receiver receiver_;
  std::optional<Child> server_;
  std::uint16_t port_ = 0;
};

class CrashMatrix : public ::testing::TestWithParam<Fault> {};

TEST_P(CrashMatrix, NothingIsLostNothingTwiceAndLanesKeepTheirOrder) {
  Trial trial(GetParam());
  if (!trial.can_run()) GTEST_SKIP() << "needs the right to mount a file system";
  trial.go();
  if (!HasFailure()) trial.write();
}

TEST(CrashMatrixPage, ShowsEveryFault) {
  for (const Fault& fault : faults()) {
    const auto row = fmt::format("| {} | {} | SQLite | 1 |", fault.name, fault.what);
    EXPECT_TRUE(page().contains(row)) << row << ": run it, then tests/scenario/crash/update-page";
  }
}

INSTANTIATE_TEST_SUITE_P(All, CrashMatrix, ::testing::ValuesIn(faults().begin(), faults().end()),
                         [](const auto& tested) {
                           std::string name = tested.param.name;
                           std::erase(name, '-');
                           return name;
                         });

}  // namespace
}  // namespace purser::gateway
