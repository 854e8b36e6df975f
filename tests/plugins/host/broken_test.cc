// Connectors that crash, loop, flood or lie: what each must come to, while a neighbour notices nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "plugins/host/guard.h"
#include "tests/plugins/host/harness.h"

namespace purser::plugin::test {
namespace {

using std::chrono::milliseconds;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::Eq;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

TEST(Refused, BeforeAnythingRuns) {
  struct Case {
    const char* name;
    const char* code;
  };
  Services services;
  for (const auto& [name, code] : {Case{"absent", "HOST-0001"}, Case{"no_entry", "HOST-0004"},
                                   Case{"null_entry", "HOST-0004"}, Case{"wrong_major", "HOST-0005"},
                                   Case{"short_table", "HOST-0006"}, Case{"bad_description", "HOST-0007"},
                                   Case{"needs_more", "HOST-0008"}, Case{"throws_in_create", "HOST-0011"}}) {
    for (const Isolation isolation : {Isolation::in_process, Isolation::worker})
      EXPECT_THAT(refusal(config_for(name, isolation), services), ElementsAre(code)) << name;
  }
}

TEST(Refused, WhatIsNoLibrary) {
  Services services;
  ConnectorConfig config = config_for("lines", Isolation::worker);
  config.path = build_folder() + "/CMakeCache.txt";
  EXPECT_THAT(refusal(config, services), ElementsAre("HOST-0003"));
  config.path = build_folder();
  EXPECT_THAT(refusal(config, services), ElementsAre("HOST-0001"));
  config = config_for("lines", Isolation::worker);
  config.worker_path = "/nowhere/purser-worker";
  EXPECT_THAT(refusal(config, services), ElementsAre("HOST-0015"));
}

// A good connector at work on another thread for as long as the test lasts.
class Neighbour {
 public:
  Neighbour() : connector_(load(config_for("lines", Isolation::worker), services_)) {
    thread_ = std::thread([this] {
      do {
        RecordedDocument out;
        if (decode(*connector_, "order 1\nlines 100\nend\n", out) == "" && out.events.events().size() == 403)
          ++good_;
        else
          ++bad_;
      } while (!ending_);
    });
  }
  ~Neighbour() {
    ending_ = true;
    thread_.join();
    EXPECT_GT(good_, 0);
    EXPECT_EQ(bad_, 0);
  }

 private:
  Services services_;
  std::shared_ptr<Connector> connector_;
  std::atomic<bool> ending_ = false;
  int good_ = 0;
  int bad_ = 0;
  std::thread thread_;
};

class BrokenTest : public ::testing::Test {
 protected:
  std::string run(const std::string& name, std::string text, CallLimits limits = quick(),
                  Isolation isolation = Isolation::worker) {
    ConnectorConfig config = config_for(name, isolation);
    config.limits = limits;
    const auto connector = load(config, services);
    if (!connector) return "not loaded";
    Text source(std::move(text));
    RecordedDocument out;
    const Outcome done = connector->decode({}, source, out);
    said = done ? "" : done.error().message;
    what = done ? StatusClass{} : done.error().what;
    return done ? "" : done.error().code;
  }

  static CallLimits quick() {
    CallLimits limits;
    limits.wall = milliseconds(20'000);
    limits.memory = sanitized ? std::uint64_t{600} << 20 : std::uint64_t{150} << 20;
    return limits;
  }

  Services services;
  Neighbour neighbour;
  std::string said;
  StatusClass what{};
};

TEST_F(BrokenTest, CrashesTwiceAndParks) {
  EXPECT_EQ(run("crashes", ""), "HOST-CRASH");
  EXPECT_EQ(what, StatusClass::defect);
  EXPECT_TRUE(services.logged("HOST-CRASH"));
  EXPECT_THAT(said, ::testing::HasSubstr(sanitized ? "worker" : "SIGSEGV"));
}

TEST_F(BrokenTest, LoopsAndIsEndedAtTheDeadline) {
  CallLimits limits = quick();
  limits.wall = milliseconds(300);
  EXPECT_EQ(run("loops", "", limits), "HOST-TIMEOUT");
  limits.wall = milliseconds(60'000);
  limits.cpu = milliseconds(200);
  EXPECT_EQ(run("loops", "", limits), "HOST-TIMEOUT");
}

TEST_F(BrokenTest, EatsMemory) { EXPECT_EQ(run("eats_memory", ""), "HOST-MEMORY") << said; }

TEST_F(BrokenTest, Floods) {
  CallLimits limits = quick();
  limits.max_events = 100'000;
  limits.max_findings = 1'000;
  limits.max_losses = 1'000;
  for (const Isolation isolation : {Isolation::in_process, Isolation::worker})
    for (const char* what_floods : {"lines", "findings", "losses"})
      EXPECT_EQ(run("floods", what_floods, limits, isolation), "HOST-FLOOD") << what_floods;
  // A finding and a loss for each byte are none.
  RecordedDocument out;
  Guard guard(out, nullptr, limits);
  guard.took(500);
  for (int i = 0; i < 1'500; ++i) guard.finding(make_finding("UBL-0001", {}, "again"));
  EXPECT_TRUE(guard.push({}));
  guard.finding(make_finding("UBL-0001", {}, "once too often"));
  EXPECT_EQ(guard.push({}).error().code, "HOST-FLOOD");
  EXPECT_EQ(out.report.dropped(), 1'500 - Report::max_findings);
}

TEST_F(BrokenTest, IgnoresStop) {
  CallLimits limits = quick();
  limits.max_events = 1'000;
  EXPECT_EQ(run("ignores_stop", "a while", limits, Isolation::in_process), "HOST-FLOOD");
  EXPECT_EQ(run("ignores_stop", "a while", limits), "HOST-FLOOD");
  EXPECT_EQ(run("ignores_stop", "for ever", limits), "HOST-FLOOD");
  EXPECT_TRUE(services.logged("HOST-0019"));
}

TEST_F(BrokenTest, WritesOutsideItsMemory) {
  EXPECT_THAT(run("scribbles", ""), AnyOf("HOST-CRASH", "HOST-0016")) << said;
}

TEST_F(BrokenTest, TriesToEscape) {
  if (sanitized) GTEST_SKIP() << "the system call filter and a sanitizer do not go together";
  for (const char* call : {"socket", "fork", "execve", "write"})
    EXPECT_EQ(run("escapes", call), "HOST-0014") << call;
  EXPECT_EQ(run("escapes", "read"), "HOST-0012");
  EXPECT_EQ(said, "the system refused");
}

TEST_F(BrokenTest, FailsWithoutAReason) {
  EXPECT_EQ(run("silent", ""), "HOST-0012");
  EXPECT_EQ(what, StatusClass::invalid);
}

TEST_F(BrokenTest, Lies) {
  struct Case {
    const char* lie;
    const char* code;
  };
  for (const Isolation isolation : {Isolation::in_process, Isolation::worker})
    for (const auto& [lie, code] :
         {Case{"none", ""}, Case{"nesting", "MODEL"}, Case{"number", "MODEL"}, Case{"document", "MODEL"},
          Case{"utf8", "MODEL"}, Case{"wrong type", "MODEL"}, Case{"twice", "MODEL"}, Case{"open", "MODEL"},
          Case{"kind", "HOST-0013"}, Case{"type", "HOST-0013"}, Case{"decimal", "HOST-0013"},
          Case{"null", "HOST-0013"}, Case{"write", "HOST-0013"}}) {
      const std::string got = run("lies", lie, quick(), isolation);
      if (std::string_view(code) == "MODEL") {
        EXPECT_TRUE(got.starts_with("MODEL-01")) << lie << ": " << got;
      } else {
        EXPECT_EQ(got, code) << lie << ": " << said;
      }
      EXPECT_EQ(what, *code == '\0' ? StatusClass{} : StatusClass::defect) << lie;
    }
}

TEST_F(BrokenTest, GivesADocumentAFreshWorkerWhenAnEarlierOneBrokeTheOld) {
  const auto connector = load(config_for("leftover", Isolation::worker), services);
  for (int i = 0; i < 4; ++i) {
    Text once_only("early", false);
    RecordedDocument out;
    EXPECT_TRUE(connector->decode({}, once_only, out)) << i;
    EXPECT_EQ(out.events.events().size(), 3U) << i;
  }
  EXPECT_TRUE(services.logged("HOST-CRASH"));
}

TEST_F(BrokenTest, AsksForALaterTryWhenResultsWereGivenAlready) {
  const auto connector = load(config_for("leftover", Isolation::worker), services);
  RecordedDocument first;
  ASSERT_EQ(decode(*connector, "late", first), "");
  Text source("late");
  RecordedDocument out;
  const Outcome done = connector->decode({}, source, out);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "HOST-CRASH");
  EXPECT_EQ(done.error().what, StatusClass::unavailable);
}

TEST_F(BrokenTest, GoesOnAfterManyCrashes) {
  ConnectorConfig config = config_for("crashes", Isolation::worker);
  config.workers = 1;
  const auto connector = load(config, services);
  for (int i = 0; i < 4; ++i) {
    RecordedDocument out;
    EXPECT_EQ(decode(*connector, "", out), "HOST-CRASH");
  }
}

TEST_F(BrokenTest, SaysWhenAllWorkersAreBusy) {
  ConnectorConfig config = config_for("loops", Isolation::worker);
  config.workers = 1;
  config.limits.wall = milliseconds(400);
  const auto connector = load(config, services);
  std::atomic<int> busy = 0;
  std::atomic<int> timed_out = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      RecordedDocument out;
      const std::string code = decode(*connector, "", out);
      busy += code == "HOST-0023" ? 1 : 0;
      timed_out += code == "HOST-TIMEOUT" ? 1 : 0;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(busy + timed_out, 4);
  EXPECT_GE(timed_out, 1);
}

}  // namespace
}  // namespace purser::plugin::test
