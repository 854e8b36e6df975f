// bench_scale: what a document costs, and what a question takes, when many are stored; a start after a crash.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <future>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "gateway/journal/journal.h"
#include "tests/bench/scale/store.h"

namespace {

using namespace purser;
using bench::Times;

constexpr std::uint64_t most_sampled = 5'000;  // documents whose cost is told at each size

std::vector<std::uint64_t> numbers(const std::string& list) {
  std::vector<std::uint64_t> out;
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    out.push_back(std::stoull(list.substr(at, comma - at)));
    at = comma + 1;
  }
  return out;
}

void print(const char* what, const Times& times) {
  fmt::print("  {:<28} p50 {:>8.3f} ms   p99 {:>8.3f} ms\n", what, static_cast<double>(times.p50) / 1000,
             static_cast<double>(times.p99) / 1000);
}

void measure(const std::string& folder, const std::vector<std::uint64_t>& sizes, std::size_t bytes) {
  bench::Store store(folder, bytes);
  for (const std::uint64_t size : sizes) {
    const std::uint64_t sampled = std::min(most_sampled, size - store.count());
    store.fill(size - sampled, true);
    const auto before = bench::processor_time();
    store.fill(size, true);
    const auto used = bench::processor_time() - before;
    fmt::print("{} documents stored, database {} MB\n", size, store.database_bytes() >> 20);
    fmt::print("  stored and settled           {:.1f} us of processor time a document\n",
               static_cast<double>(used.count()) / static_cast<double>(sampled));
    print("an order number", store.find_rare_key());
    print("a supplier's newest 50", store.find_frequent_key());
    print("an idempotency key", store.find_claim());
    print("the newest page of the list", store.list_newest());
    print("one document", store.show());
    std::fflush(stdout);
  }
}

std::int64_t resident_megabytes() {
  std::ifstream file("/proc/self/statm");
  std::int64_t all = 0;
  std::int64_t pages = 0;
  file >> all >> pages;
  return pages * ::sysconf(_SC_PAGESIZE) >> 20;
}

// What a node does before it takes calls: opens the journal, gives back what it held, claims the first.
int start_again(const std::string& folder) {
  using namespace gateway;
  const auto began = std::chrono::steady_clock::now();
  SystemClock clock;
  SystemFiles files;
  auto opened = open_sqlite_journal({.folder = folder, .clock = clock, .files = files});
  if (!opened || !opened->journal->give_back("node-1")) return 1;
  std::promise<std::size_t> claimed;
  opened->journal->claim_due({{"app", 64, {"node-1", clock.now() + std::chrono::seconds(60)}}},
                             [&](auto result) { claimed.set_value(result ? result->size() : 0); });
  const std::size_t count = claimed.get_future().get();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  fmt::print("  started in {:.3f} s with {} deliveries at hand, {} MB\n", took.count(), count,
             resident_megabytes());
  std::fflush(stdout);
  return count == 64 ? 0 : 1;
}

// In a process of its own, which ends as a crash does: nothing is closed.
template <typename Work>
int apart(Work work) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(work());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int run(std::map<std::string, std::string>& options) {
  std::string folder = options["--folder"] + "/purser-scale-XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) return 3;
  const std::size_t bytes = std::stoull(options["--bytes"]);
  const std::uint64_t open = std::stoull(options["--open"]);
  int result = apart([&] {
    measure(folder + "/stored", numbers(options["--documents"]), bytes);
    return 0;
  });
  std::filesystem::remove_all(folder + "/stored");
  if (open != 0) {
    fmt::print("{} open deliveries after a crash\n", open);
    std::fflush(stdout);
    result |= apart([&] {
      bench::Store(folder + "/open", bytes).fill(open, false);
      return 0;
    });
    result |= apart([&] { return start_again(folder + "/open"); });
  }
  std::filesystem::remove_all(folder);
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  std::map<std::string, std::string> options{{"--documents", "1000,1000000"},
                                             {"--open", "1000000"},
                                             {"--bytes", "512"},
                                             {"--folder", std::filesystem::temp_directory_path()}};
  for (int i = 1; i < argc; i += 2) {
    if (!options.contains(argv[i]) || i + 1 == argc) {
      fmt::print(
          stderr,
          "usage: bench_scale [--documents 1000,1000000] [--open 1000000] [--bytes 512] [--folder /tmp]\n");
      return 2;
    }
    options[argv[i]] = argv[i + 1];
  }
  try {
    return run(options);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_scale: {}\n", error.what());
    return 3;
  }
}
