// A connector that behaves, through both ways to run one: the same in all it gives.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "plugins/host/memory_source.h"
#include "tests/plugins/host/harness.h"

namespace purser::plugin::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ConnectorTest : public ::testing::TestWithParam<Isolation> {
 protected:
  Services services;
  std::shared_ptr<Connector> connector = load(config_for("lines", GetParam()), services);
};

INSTANTIATE_TEST_SUITE_P(Isolations, ConnectorTest,
                         ::testing::Values(Isolation::worker, Isolation::in_process), [](const auto& of) {
                           return of.param == Isolation::worker ? "worker" : "in_process";
                         });

TEST_P(ConnectorTest, SaysWhatItIs) {
  const ConnectorInfo& info = connector->info();
  EXPECT_EQ(info.name, "lines");
  EXPECT_EQ(info.version, "1.2.3");
  ASSERT_EQ(info.formats.size(), 1U);
  EXPECT_EQ(info.formats[0].messages[0].document, DocumentType::purchase_order);
  EXPECT_THAT(info.formats[0].messages[0].versions, ElementsAre("2", "1"));
  EXPECT_THAT(info.secrets, ElementsAre("password"));
  EXPECT_EQ(connector->sha256(), *file_sha256(library("lines")));
}

TEST_P(ConnectorTest, Detects) {
  const auto found = connector->detect("order 4711\n");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->confidence, 90U);
  EXPECT_EQ(found->format, "lines");
  EXPECT_EQ(found->message, "ORDER");
  EXPECT_EQ(found->version, "2");
  EXPECT_EQ(connector->detect("<xml/>")->confidence, 0U);
}

TEST_P(ConnectorTest, ReadsWithFindingsLossesAndPositions) {
  RecordedDocument out;
  EXPECT_EQ(decode(*connector,
                   "order 4711\nline 1 12.50\nfinding X-1 odd\nloss here there\nline 2 -0.010\nend\n", out),
            "");
  EXPECT_THAT(describe(out.events.events()), ::testing::Contains("lines[2].net_amount = -0.010"));
  ASSERT_EQ(out.report.findings().size(), 1U);
  EXPECT_EQ(out.report.findings()[0].code, "X-1");
  EXPECT_EQ(out.report.findings()[0].at.line, 3U);
  ASSERT_EQ(out.losses.losses().size(), 1U);
  EXPECT_EQ(out.losses.losses()[0].value, "there");
  EXPECT_EQ(out.events.events().front().at.line, 1U);
}

TEST_P(ConnectorTest, WritesWhatItReads) {
  const std::string text = "order 4711\nline 1 12.50\nline 2 -0.010\nend\n";
  RecordedDocument read;
  ASSERT_EQ(decode(*connector, text, read), "");
  Bytes written;
  RecordedDocument notes;
  Request request;
  request.partner = "acme";
  const auto produce = [&](EventSink& sink) { return replay(read.events.events(), sink, 3); };
  const Outcome done = connector->encode(request, produce, written, notes);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(written.text, text + "# acme at 1700000000000000000 number 1\n");
}

TEST_P(ConnectorTest, StreamsLargeDocumentsBothWays) {
  RecordedDocument read;
  ASSERT_EQ(decode(*connector, "order 4711\nlines 50000\nend\n", read), "");
  EXPECT_EQ(read.events.events().size(), 200'003U);
  Bytes written;
  RecordedDocument notes;
  const Outcome done = connector->encode(
      {}, [&](EventSink& sink) { return replay(read.events.events(), sink); }, written, notes);
  ASSERT_TRUE(done) << done.error().message;
  RecordedDocument again;
  ASSERT_EQ(decode(*connector, written.text, again), "");
  EXPECT_EQ(again.events.events().size(), 200'003U);
}

TEST_P(ConnectorTest, ReachesTheServices) {
  RecordedDocument out;
  Request request;
  request.tenant = "acme";
  request.partner = "widgets";
  request.format = "lines";
  request.file_name = "a.txt";
  request.settings = "{}";
  request.overlays = {"one", "two"};
  request.strict = true;
  EXPECT_EQ(decode(*connector,
                   "next icn 2\nnext icn 2\nnext icn 2\nget k\nput k 0 v\nput k 0 w\nget k\nsecret password\n"
                   "secret other\ncode iso4217 EUR\ncode iso4217 ZZZ\ncode other A\nnow\nlog said so\ncount "
                   "documents\n"
                   "request\nsettings\n",
                   out, request),
            "");
  std::vector<std::string> answers;
  for (const Loss& loss : out.losses.losses()) answers.push_back(loss.value);
  EXPECT_THAT(answers, ElementsAre("1", "2", "1", "absent", "stored@1", "conflict", "v@1", "13", "absent",
                                   "yes", "no", "no such list", "1700000000000000000",
                                   "lines|acme|widgets|a.txt|{}|one+two|true", "{}"));
  EXPECT_TRUE(services.logged("lines: said so"));
  EXPECT_EQ(services.counted("lines.documents"), 2U);
}

TEST_P(ConnectorTest, FailsAsItSays) {
  RecordedDocument out;
  Text source("order 1\nfail DELIVER-0001\n");
  const Outcome done = connector->decode({}, source, out);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().what, StatusClass::unavailable);
  EXPECT_EQ(done.error().code, "DELIVER-0001");
  EXPECT_EQ(decode(*connector, "throw\n", out), "HOST-0022");
  EXPECT_EQ(decode(*connector, "order 2\nend\n", out), "") << "the connector is there after a failure";
}

TEST_P(ConnectorTest, ReportsAnEncoderThatFails) {
  Bytes written;
  RecordedDocument notes;
  for (const auto& [text, code] : {std::pair("explode", "HOST-0022"), std::pair("refuse", "CSV-0002")}) {
    RecordedDocument read;
    ASSERT_EQ(decode(*connector, std::string("order ") + text + "\nlines 20000\nend\n", read), "");
    const Outcome done = connector->encode(
        {}, [&](EventSink& sink) { return replay(read.events.events(), sink); }, written, notes);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, code);
  }
}

TEST_P(ConnectorTest, StopsWhenTheCallerHasEnough) {
  class Full : public RecordedDocument {
   public:
    Outcome push(std::span<const Event> batch) override {
      seen += batch.size();
      if (seen > 100) return std::unexpected(Status{StatusClass::unavailable, "JOURNAL-0001", "full"});
      return {};
    }
    std::size_t seen = 0;
  } full;
  Text source("order 1\nlines 100000\nend\n");
  const Outcome done = connector->decode({}, source, full);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "JOURNAL-0001");
  EXPECT_EQ(done.error().what, StatusClass::unavailable);
  RecordedDocument out;
  EXPECT_EQ(decode(*connector, "order 2\nend\n", out), "");
}

TEST_P(ConnectorTest, GivesBackTheFailureOfASourceOrProducer) {
  class Bad : public ByteSource {
   public:
    std::expected<std::size_t, Status> read(std::span<char> into) override {
      if (++calls_ > 400) return std::unexpected(Status{StatusClass::unavailable, "JOURNAL-0002", "torn"});
      std::memcpy(into.data(), "order 1\nend\n", 12);
      return std::min<std::size_t>(12, into.size());
    }

   private:
    int calls_ = 0;
  } bad;
  RecordedDocument out;
  const Outcome read = connector->decode({}, bad, out);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, "JOURNAL-0002");

  Bytes written;
  const Outcome wrote = connector->encode(
      {},
      [](EventSink&) {
        return Outcome(std::unexpected(Status{StatusClass::unavailable, "JOURNAL-0003", "gone"}));
      },
      written, out);
  ASSERT_FALSE(wrote);
  EXPECT_EQ(wrote.error().code, "JOURNAL-0003");
  EXPECT_EQ(decode(*connector, "order 2\nend\n", out), "");
}

TEST_P(ConnectorTest, ShowsItsTables) {
  EXPECT_THAT(connector->tables(), ElementsAre("one.map", "two.map"));
  EXPECT_EQ(connector->table_row(1, 2), "second row");
  EXPECT_EQ(connector->table_row(2, 1), "another");
  EXPECT_EQ(connector->table_row(1, 9), "");
  EXPECT_EQ(connector->table_row(0, 1), "");
  EXPECT_EQ(connector->table_row(3, 1), "");
}

TEST_P(ConnectorTest, ServesManyThreads) {
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&, i] {
      for (int turn = 0; turn < 20; ++turn) {
        RecordedDocument out;
        if (decode(*connector, "order " + std::to_string(i) + "\nlines 200\nend\n", out) == "" &&
            out.events.events().size() == 803 && out.events.events()[1].value.bytes == std::to_string(i))
          ++good;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 160);
}

TEST_P(ConnectorTest, TakesSettingsAndTables) {
  ConnectorConfig config = config_for("lines", GetParam());
  config.settings = R"({"size":3})";
  config.tables = {{"a.map", "A"}, {"b/c.map", "BC"}};
  const auto configured = load(config, services);
  RecordedDocument out;
  EXPECT_EQ(decode(*configured, "settings\ntables\n", out), "");
  EXPECT_EQ(out.losses.losses()[0].value, R"({"size":3})");
  EXPECT_EQ(out.losses.losses()[1].value, "a.map=A b/c.map=BC ");

  config.settings = R"({"sise":3})";
  EXPECT_THAT(refusal(config, services), ElementsAre("HOST-0009"));
  config.settings = "{";
  EXPECT_THAT(refusal(config, services), ElementsAre("HOST-0009"));
  config.settings = R"({"refuse":true})";
  EXPECT_THAT(refusal(config, services), ElementsAre("HOST-0010", "MODEL-0001"));
}

TEST_P(ConnectorTest, ChecksTheSettingsOfARequest) {
  const auto loaded = load(config_for("lines", GetParam()), services);
  const auto ends_with = [&](const char* settings) {
    Request request;
    request.settings = settings;
    MemorySource source("settings\n");
    RecordedDocument out;
    const Outcome done = loaded->decode(request, source, out);
    const auto& findings = out.report.findings();
    return (done ? "" : done.error().code) + (findings.empty() ? "" : " at " + findings.front().path);
  };
  EXPECT_EQ(ends_with(R"({"size":3})"), "");
  EXPECT_EQ(ends_with(R"({"size":3})"), "");
  EXPECT_EQ(ends_with(R"({"size":"3"})"), "HOST-0009 at settings.size");
  EXPECT_EQ(ends_with("{"), "HOST-0009 at ");
}

TEST_P(ConnectorTest, ClosesWhenItsFileIsNotTheOneMeant) {
  const auto folder =
      std::filesystem::temp_directory_path() /
      ("purser-host-" + std::to_string(::getpid()) + (GetParam() == Isolation::worker ? "w" : "p"));
  std::filesystem::create_directories(folder);
  ConnectorConfig config = config_for("lines", GetParam());
  config.path = folder / "lines.so";
  EXPECT_THAT(refusal(config, services), ElementsAre("HOST-0001"));
  std::filesystem::copy_file(library("lines"), config.path);
  config.sha256 = *file_sha256(config.path);
  const auto loaded = load(config, services);
  EXPECT_TRUE(loaded->unchanged_on_disk());
  std::this_thread::sleep_for(Connector::look_again);

  std::filesystem::resize_file(config.path, std::filesystem::file_size(config.path) + 1);
  EXPECT_EQ(loaded->unchanged_on_disk().error().code, "HOST-0002");
  EXPECT_THAT(refusal(config, services), ElementsAre("HOST-0002"));
  RecordedDocument out;
  EXPECT_EQ(decode(*loaded, "order 2\nend\n", out), "") << "what was loaded is not touched by the change";

  std::filesystem::remove(config.path);
  EXPECT_EQ(loaded->unchanged_on_disk().error().code, "HOST-0001");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace purser::plugin::test
