#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>
#include <vector>

#include "gateway/intake/http_front.h"
#include "tests/gateway/intake/raw_client.h"

namespace purser::gateway {
namespace {

using testing::RawClient;
using testing::status_of;
using Microseconds = std::chrono::microseconds;

class Accepts : public RequestHandler {
 public:
  std::expected<std::uint64_t, Response> head(const Request& /*request*/) override { return 1 << 20; }
  void handle(std::unique_ptr<Request> /*request*/, Respond respond) override {
    Response response;
    response.status = 202;
    respond(std::move(response));
  }
};

std::size_t number_from(const char* variable, std::size_t otherwise) {
  const char* text = std::getenv(variable);
  std::size_t number = otherwise;
  if (text != nullptr) std::from_chars(text, text + std::char_traits<char>::length(text), number);
  return number;
}

std::size_t resident_megabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::strtoul(line.c_str() + 6, nullptr, 10) / 1024;
  }
  return 0;
}

// Calls from eight connections for as long as asked; how long each took, sorted.
std::vector<Microseconds> call(std::uint16_t port, std::chrono::milliseconds how_long,
                               std::atomic<int>& failed) {
  constexpr std::size_t callers = 8;
  std::vector<std::vector<Microseconds>> times(callers);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < callers; ++i) {
    threads.emplace_back([&, i] {
      RawClient client(port);
      auto until = std::chrono::steady_clock::now() + how_long;
      while (std::chrono::steady_clock::now() < until) {
        auto start = std::chrono::steady_clock::now();
        client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello");
        if (status_of(client.response()) != 202) ++failed;
        times[i].push_back(
            std::chrono::duration_cast<Microseconds>(std::chrono::steady_clock::now() - start));
      }
    });
  }
  for (auto& thread : threads) thread.join();
  std::vector<Microseconds> all;
  for (const auto& one : times) all.insert(all.end(), one.begin(), one.end());
  std::sort(all.begin(), all.end());
  return all;
}

void print(const char* what, const std::vector<Microseconds>& times) {
  std::cout << what << ": " << times.size() << " calls, p50 " << times[times.size() / 2].count()
            << " us, p99 " << times[times.size() * 99 / 100].count() << " us, " << resident_megabytes()
            << " MB\n";
}

TEST(IdleAndSlowClients, DoNoHarm) {
  auto idle_count = number_from("PURSER_IDLE", 400);
  auto slow_count = number_from("PURSER_SLOW", 40);
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_cur < 2 * (idle_count + slow_count) + 100)
    GTEST_SKIP() << "too few file descriptors allowed";

  Accepts accepts;
  FrontSettings settings;
  settings.port = 0;
  settings.spool_folder = std::filesystem::temp_directory_path();
  settings.limits.header_deadline = std::chrono::seconds(3);
  auto front = HttpFront::start(settings, accepts);
  ASSERT_TRUE(front);
  auto port = (*front)->port();
  std::atomic<int> failed{0};
  constexpr std::chrono::milliseconds how_long{1500};
  auto undisturbed = call(port, how_long, failed);
  print("undisturbed", undisturbed);

  std::vector<std::unique_ptr<RawClient>> idle, slow;
  for (std::size_t i = 0; i < idle_count; ++i) {
    idle.push_back(std::make_unique<RawClient>(port));
    idle.back()->send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
    ASSERT_EQ(status_of(idle.back()->response()), 202);
  }
  for (std::size_t i = 0; i < slow_count; ++i) slow.push_back(std::make_unique<RawClient>(port));
  std::atomic<bool> stop{false};
  std::thread dripping([&] {
    while (!stop) {
      for (auto& client : slow) client->send("G");
      std::this_thread::sleep_for(std::chrono::seconds(1));
    }
  });
  auto disturbed = call(port, how_long, failed);
  print("disturbed", disturbed);
#ifndef __SANITIZE_ADDRESS__  // its shadow memory and quarantine say nothing about ours
  EXPECT_LT(resident_megabytes(), 200U);
#endif
  for (auto& client : slow) EXPECT_EQ(status_of(client->rest()), 408);
  stop = true;
  dripping.join();

  EXPECT_EQ(failed, 0);
  slow.clear();
  for (int i = 0; i < 1000 && (*front)->counters().open > idle_count; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ((*front)->counters().open, idle_count);
  EXPECT_EQ((*front)->counters().timed_out, slow_count);
  idle.front()->send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(status_of(idle.front()->response()), 202);
}

}  // namespace
}  // namespace purser::gateway
