// The same with the server as it is installed: purser serve, HTTP in, HTTP out, killed with SIGKILL.
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <thread>

#include "tests/gateway/journal/fixture.h"
#include "tests/gateway/pipeline/node.h"
#include "tests/scenario/kill/booking.h"
#include "tests/scenario/kill/child.h"
#include "tests/scenario/kill/sender.h"
#include "tests/scenario/kill/server.h"

namespace purser::gateway {
namespace {

constexpr int documents = 10'000;
constexpr int kills = 20;
constexpr int connections = 16;

TEST(ServeKill, NothingAcceptedIsLostAndNothingIsBookedTwice) {
  const TemporaryFolder folder;
  Receiver receiver;
  const std::string key = configure(folder.path() + "/config", receiver.url());
  const std::string data = folder.path() + "/data";
  const std::vector<std::string> command = serve_command(folder.path());
  const auto seed = static_cast<unsigned>(std::chrono::steady_clock::now().time_since_epoch().count());
  std::mt19937 chance(seed);
  SCOPED_TRACE("seed " + std::to_string(seed));
  HttpSenders senders(documents, key);
  for (int i = 0; i < kills; ++i) {
    Child server(command);
    const std::uint16_t port = port_of(server);
    ASSERT_NE(port, 0) << "the server did not start";
    const std::size_t before = senders.open();
    const std::size_t answers =
        std::uniform_int_distribution<std::size_t>(1, 2 * documents / kills - 100)(chance);
    senders.start(port, connections);
    while (senders.open() > 0 && before - senders.open() < answers)
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    std::this_thread::sleep_for(
        std::chrono::microseconds(std::uniform_int_distribution<int>(0, 5000)(chance)));
    server.kill();
    senders.join();
  }
  Child last(command);
  senders.start(port_of(last), connections);
  senders.join();
  EXPECT_EQ(senders.open(), 0U);
  EXPECT_EQ(senders.unexpected(), 0U);
  EXPECT_TRUE(Node::wait([&] { return all_delivered(data, documents); }));
  last.terminate();
  EXPECT_EQ(last.wait(), 0);
  expect_all_booked_once(receiver, data, documents);
}

}  // namespace
}  // namespace purser::gateway
