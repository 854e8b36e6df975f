// kill -9 at any moment of a run, restarted again and again: nothing accepted is lost, nothing is booked
// twice.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <random>
#include <set>
#include <thread>

#include "tests/gateway/journal/fixture.h"
#include "tests/scenario/kill/booking.h"
#include "tests/scenario/kill/child.h"

namespace purser::gateway {
namespace {

constexpr int documents = 10'000;
constexpr int kills = 20;
constexpr std::size_t window = 64;  // submissions without an answer at a time

/// Sends what has no answer yet and notes the answers.
class Sender {
 public:
  Sender() {
    for (int i = 1; i <= documents; ++i) open_.insert(i);
  }
  /// Until `answers` more have come or the child is gone.
  void run(Child& child, std::size_t answers) {
    std::set<int> sent;
    std::vector<int> order(open_.begin(), open_.end());
    std::size_t at = 0;
    std::size_t got = 0;
    while (got < answers && !open_.empty()) {
      while (sent.size() < window && at < order.size()) {
        if (!child.write(std::to_string(order[at]) + "\n")) return;
        sent.insert(order[at++]);
      }
      const auto line = child.read_line();
      if (!line) return;
      const int number = std::stoi(*line);
      sent.erase(number);
      open_.erase(number);
      ++got;
    }
  }
  [[nodiscard]] bool done() const { return open_.empty(); }

 private:
  std::set<int> open_;
};

TEST(Kill, NothingAcceptedIsLostAndNothingIsBookedTwice) {
  const TemporaryFolder folder;
  Receiver receiver;
  const std::string program = std::string(std::getenv("PURSER_BUILD")) + "/tests/kill_node";
  const std::vector<std::string> command = {program, folder.path() + "/data", receiver.url()};
  const auto seed = static_cast<unsigned>(std::chrono::steady_clock::now().time_since_epoch().count());
  std::mt19937 chance(seed);
  SCOPED_TRACE("seed " + std::to_string(seed));
  Sender sender;
  for (int i = 0; i < kills; ++i) {
    Child child(command);
    sender.run(child, std::uniform_int_distribution<std::size_t>(1, 2 * documents / kills - 100)(chance));
    // Somewhere within the next commits, syncs and deliveries.
    std::this_thread::sleep_for(
        std::chrono::microseconds(std::uniform_int_distribution<int>(0, 5000)(chance)));
    child.kill();
  }
  Child last(command);
  sender.run(last, documents);
  last.end_input();
  EXPECT_EQ(last.wait(), 0);
  EXPECT_TRUE(sender.done());
  expect_all_booked_once(receiver, folder.path() + "/data", documents);
}

}  // namespace
}  // namespace purser::gateway
