// The protocol's fields and frames: what is written reads the same, what is cut or changed is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "canonical/event/recorded_events.h"
#include "plugins/worker/channel.h"
#include "plugins/worker/events.h"
#include "plugins/worker/process.h"

namespace purser::plugin {
namespace {

using ::testing::ElementsAre;

template <class Write, class Read>
void refuses_every_cut(Write write, Read read) {
  std::string whole;
  wire::Writer writer(whole);
  write(writer);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    wire::Reader reader(std::string_view(whole).substr(0, size));
    read(reader);
    EXPECT_FALSE(reader.complete()) << size << " of " << whole.size();
  }
  wire::Reader reader(whole);
  read(reader);
  EXPECT_TRUE(reader.complete());
}

TEST(WireTest, RefusesWhatIsCut) {
  Finding finding{"XML-0001", Severity::warning, {.line = 3}, "/a", "b", "c", "d", "e"};
  refuses_every_cut([&](wire::Writer& to) { to.finding(finding); },
                    [](wire::Reader& from) { from.finding(); });
  refuses_every_cut(
      [](wire::Writer& to) {
        to.loss({{.line = 1}, "a", "b"});
      },
      [](wire::Reader& from) { from.loss(); });
  Request request{"f", "m", "v", "t", "n", "a", "p", "{}", {"one", "two"}, true};
  refuses_every_cut([&](wire::Writer& to) { to.request(request); },
                    [](wire::Reader& from) { from.request(); });
  ConnectorInfo info;
  info.formats = {{"f", "F", true, false, {"m"}, {{"M", DocumentType::invoice, true, false, {"1", "2"}}}}};
  info.needs = {"x"};
  refuses_every_cut([&](wire::Writer& to) { to.info(info); }, [](wire::Reader& from) { from.info(); });
}

TEST(WireTest, ReadsWhatWasWritten) {
  std::string text;
  wire::Writer writer(text);
  writer.request({"f", "m", "v", "t", "n", "a", "p", "{}", {"one", "two"}, true});
  writer.status(std::unexpected(Status{StatusClass::overloaded, "X-1", "why"}));
  writer.status({});
  wire::Reader reader(text);
  const Request request = reader.request();
  EXPECT_EQ(request.settings, "{}");
  EXPECT_THAT(request.overlays, ElementsAre("one", "two"));
  EXPECT_TRUE(request.strict);
  const Outcome failed = reader.status();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().what, StatusClass::overloaded);
  EXPECT_EQ(failed.error().message, "why");
  EXPECT_TRUE(reader.status());
  EXPECT_TRUE(reader.complete());
}

TEST(WireTest, NoticesAChangedHeader) {
  const wire::Header header = wire::make_header(wire::Kind::events, 100);
  EXPECT_TRUE(wire::is_valid(header));
  for (std::size_t bit = 0; bit < 8 * sizeof header; ++bit) {
    wire::Header changed = header;
    reinterpret_cast<unsigned char*>(&changed)[bit / 8] ^= static_cast<unsigned char>(1U << bit % 8);
    EXPECT_FALSE(wire::is_valid(changed)) << bit;
  }
  EXPECT_FALSE(wire::is_valid(wire::make_header(wire::Kind::events, wire::max_payload + 1)));
  EXPECT_FALSE(wire::is_valid(wire::make_header(static_cast<wire::Kind>(20), 0)));
}

TEST(WireTest, RefusesCountsThatCannotBe) {
  std::string many;
  wire::Writer(many).number<std::uint32_t>(0xFFFFFFFF);
  wire::Reader reader(many);
  EXPECT_TRUE(reader.texts().empty());
  EXPECT_FALSE(reader.good());
  RecordedEvents events;
  EXPECT_EQ(wire::EventReader().read(many, events).error().code, "HOST-0016");
}

TEST(WireTest, CarriesLargeFramesThroughSmallMemory) {
  int sockets[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets), 0);
  CallLimits limits;
  Watch near_watch;
  Watch far_watch;
  near_watch.start(::getpid(), limits);
  far_watch.start(::getpid(), limits);
  const auto memory = Stream::make_memory();
  ASSERT_TRUE(memory);
  Channel near{Descriptor(sockets[0]), *memory, Side::gateway, near_watch};
  Channel far{Descriptor(sockets[1]), *memory, Side::worker, far_watch};
  const std::string large(5 << 20, 'x');
  std::thread sender([&] {
    EXPECT_TRUE(near.send(wire::Kind::bytes, large));
    EXPECT_TRUE(near.send(wire::Kind::more, {}));
    EXPECT_TRUE(near.flush());
  });
  const auto first = far.receive();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->payload, large);
  const std::string_view payload = first->payload;
  far.keep();
  const auto second = far.receive();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->kind, wire::Kind::more);
  EXPECT_EQ(payload, large) << "kept beyond the next frame";
  sender.join();
}

TEST(WatchTest, EndsAWaitAtTheDeadline) {
  int sockets[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets), 0);
  const Descriptor other(sockets[1]);
  CallLimits limits;
  limits.wall = std::chrono::milliseconds(20);
  Watch watch;
  watch.start(::getpid(), limits);
  const auto memory = Stream::make_memory();
  ASSERT_TRUE(memory);
  Channel channel{Descriptor(sockets[0]), *memory, Side::gateway, watch};
  EXPECT_EQ(channel.receive().error().code, "HOST-TIMEOUT");
}

}  // namespace
}  // namespace purser::plugin
