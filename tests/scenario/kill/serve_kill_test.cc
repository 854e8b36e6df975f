// The same with the server as it is installed: purser serve, HTTP in, HTTP out, killed with SIGKILL.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include "gateway/access/api_key.h"
#include "gateway/settings/settings.h"
#include "tests/gateway/journal/fixture.h"
#include "tests/gateway/pipeline/node.h"
#include "tests/scenario/kill/booking.h"
#include "tests/scenario/kill/child.h"
#include "tests/scenario/kill/sender.h"

namespace purser::gateway {
namespace {

constexpr int documents = 10'000;
constexpr int kills = 20;
constexpr int connections = 16;

void write(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

/// A configuration with one HTTP source and one HTTP target; gives the API key.
std::string configure(const std::string& folder, const std::string& url) {
  std::filesystem::create_directories(folder + "/secrets");
  write(folder + "/secrets/hash", "pepper");
  SystemRandom random;
  const FreshKey key = make_api_key(random, "pepper", "sender", {"documents:write", "documents:read"});
  write(folder + "/keys.yaml", "keys:\n" + to_yaml(key.entry));
  write(folder + "/purser.yaml",
        "server: {listen: \"127.0.0.1:0\"}\n"
        "access: {hash_key: \"secret://file/secrets/hash\"}\n"
        "sources:\n  api: {kind: http, idempotency: required}\n"
        "targets:\n  out: {kind: http, url: \"" +
            url +
            "\", allow_private_addresses: true,"
            " retry: {schedule: eager, first: 5 ms, longest: 50 ms}}\n"
            "routes:\n  all: {to: out}\n");
  return key.text;
}

/// Port out of "Purser listens on http://127.0.0.1:PORT".
std::uint16_t port_of(Child& server) {
  while (const auto line = server.read_line()) {
    if (line->find("listens on") == std::string::npos) continue;
    return static_cast<std::uint16_t>(std::strtoul(line->c_str() + line->rfind(':') + 1, nullptr, 10));
  }
  return 0;
}

bool all_delivered(const std::string& data) {
  SystemFiles files;
  SystemClock clock;
  const auto opened = open_sqlite_journal(
      {.folder = data, .clock = clock, .files = files, .create = false, .read_only = true});
  if (!opened) return false;
  const auto figures = opened->journal->figures();
  return figures && figures->delivered == documents && figures->deliveries_open == 0;
}

TEST(ServeKill, NothingAcceptedIsLostAndNothingIsBookedTwice) {
  const TemporaryFolder folder;
  Receiver receiver;
  const std::string key = configure(folder.path() + "/config", receiver.url());
  const std::string data = folder.path() + "/data";
  const std::vector<std::string> command = {std::string(std::getenv("PURSER_BUILD")) + "/bin/purser",
                                            "serve",
                                            "--config",
                                            folder.path() + "/config",
                                            "--data",
                                            data};
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
  EXPECT_TRUE(Node::wait([&] { return all_delivered(data); }));
  last.terminate();
  EXPECT_EQ(last.wait(), 0);
  expect_all_booked_once(receiver, data, documents);
}

}  // namespace
}  // namespace purser::gateway
