#include "plugins/worker/stream.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <optional>
#include <string>
#include <thread>

namespace purser::plugin {
namespace {

class WaitForEver : public Waiter {
 public:
  Outcome wait(int descriptor, short events) override {
    pollfd one{descriptor, events, 0};
    ::poll(&one, 1, -1);
    return {};
  }
};

class Refuses : public Waiter {
 public:
  Outcome wait(int, short) override {
    return std::unexpected(Status{StatusClass::defect, "HOST-TIMEOUT", "no waiting"});
  }
};

struct Ends {
  explicit Ends(Waiter& waiter) {
    int sockets[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets), 0);
    auto made = Stream::make_memory();
    EXPECT_TRUE(made);
    memory = std::move(*made);
    near.emplace(Descriptor(sockets[0]), memory, Side::gateway, waiter);
    far.emplace(Descriptor(sockets[1]), memory, Side::worker, waiter);
  }
  Descriptor memory;
  std::optional<Stream> near, far;
};

std::string pattern(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 7 + i / 251);
  return text;
}

std::string read_all(Stream& stream, std::size_t size, std::size_t step) {
  std::string out;
  std::string piece(step, '\0');
  while (out.size() < size) {
    const auto got = stream.read(piece);
    if (!got) break;
    out.append(piece, 0, *got);
  }
  return out;
}

TEST(StreamTest, CarriesMoreThanItHoldsBothWays) {
  WaitForEver waiter;
  Ends ends(waiter);
  const std::string sent = pattern(5 * Stream::capacity + 13);
  std::thread other([&] {
    const std::string got = read_all(*ends.far, sent.size(), 1000);
    EXPECT_EQ(got, sent);
    EXPECT_TRUE(ends.far->write(got));
    EXPECT_TRUE(ends.far->publish());
  });
  EXPECT_TRUE(ends.near->write(sent));
  EXPECT_TRUE(ends.near->publish());
  EXPECT_EQ(read_all(*ends.near, sent.size(), 70'001), sent);
  other.join();
}

// A wake-up that is lost shows as a hang: many short questions and answers, each side asleep or just about
// to.
TEST(StreamTest, LosesNoWakeUp) {
  WaitForEver waiter;
  Ends ends(waiter);
  constexpr int rounds = 20'000;
  std::thread other([&] {
    for (int i = 0; i < rounds; ++i) {
      const std::string got = read_all(*ends.far, 3, 8);
      EXPECT_TRUE(ends.far->write(got));
      EXPECT_TRUE(ends.far->publish());
    }
  });
  for (int i = 0; i < rounds; ++i) {
    EXPECT_TRUE(ends.near->write("abc"));
    EXPECT_TRUE(ends.near->publish());
    ASSERT_EQ(read_all(*ends.near, 3, 8), "abc");
  }
  other.join();
}

TEST(StreamTest, GivesWhatWasWrittenBeforeTheOtherSideWent) {
  WaitForEver waiter;
  Ends ends(waiter);
  EXPECT_TRUE(ends.far->write("last words"));
  EXPECT_TRUE(ends.far->publish());
  ends.far.reset();
  std::string text(100, '\0');
  const auto got = ends.near->read(text);
  ASSERT_TRUE(got);
  EXPECT_EQ(text.substr(0, *got), "last words");
  EXPECT_EQ(ends.near->read(text).error().code, "HOST-CRASH");
  EXPECT_EQ(ends.near->write(std::string(2 * Stream::capacity, 'x')).error().code, "HOST-CRASH");
}

TEST(StreamTest, ShowsNothingBeforeItIsPublished) {
  Refuses waiter;
  Ends ends(waiter);
  EXPECT_TRUE(ends.near->write("abc"));
  std::string text(3, '\0');
  EXPECT_EQ(*ends.far->read_now(text), 0U);
  EXPECT_EQ(ends.far->read(text).error().code, "HOST-TIMEOUT");
  EXPECT_TRUE(ends.near->publish());
  EXPECT_EQ(*ends.far->read(text), 3U);
}

TEST(StreamTest, RefusesCountersThatCannotBe) {
  Refuses waiter;
  Ends ends(waiter);
  const std::string scribble(4096, '\xff');
  for (const off_t at : {off_t{0}, off_t{Stream::capacity}, off_t{Stream::capacity + 128}}) {
    ASSERT_EQ(::pwrite(ends.memory.get(), scribble.data(), scribble.size(), at), 4096);
  }
  std::string text(3, '\0');
  const auto refused = [](const auto& result) { return result ? "accepted" : result.error().code; };
  EXPECT_EQ(refused(ends.near->read(text)), "HOST-0016");
  EXPECT_EQ(refused(ends.near->read_now(text)), "HOST-0016");
  EXPECT_EQ(refused(ends.near->write("x")), "HOST-0016");
  EXPECT_NE(::ftruncate(ends.memory.get(), 0), 0) << "the other side can take the memory away";
}

}  // namespace
}  // namespace purser::plugin
