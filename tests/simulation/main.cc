// simulation: runs seeds and says which promise broke in which. A failing seed replays exactly.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "tests/simulation/run.h"

int main(int argc, char** argv) {
  CLI::App app{"Runs the gateway on a simulated clock, network and disk, and checks its promises.",
               "simulation"};
  std::uint64_t seed = 0, first = 1, count = 0;
  bool twice = false;
  app.add_option("--seed", seed, "Run this one and tell what happens");
  app.add_option("--first", first, "First of several seeds")->capture_default_str();
  app.add_option("--count", count, "How many seeds; quiet when good");
  app.add_flag("--twice", twice, "Run each seed twice and compare");
  CLI11_PARSE(app, argc, argv);
  const bool tell = seed != 0;
  if (tell) {
    first = seed;
    count = 1;
  }
  std::uint64_t failed = 0, events = 0, documents = 0, crashes = 0;
  for (std::uint64_t current = first; current < first + count; ++current) {
    auto result = purser::simulation::run(current, tell);
    if (twice && purser::simulation::run(current, false).digest != result.digest) {
      result.broken.emplace_back("a second run went another way");
    }
    events += result.events;
    documents += result.documents;
    crashes += result.crashes;
    if (result.broken.empty()) continue;
    ++failed;
    fmt::print("seed {}: {} broken, the first: {}\n", current, result.broken.size(), result.broken.front());
  }
  fmt::print("{} seeds, {} with a broken promise; {} documents, {} crashes, {} events\n", count, failed,
             documents, crashes, events);
  return failed == 0 ? 0 : 1;
}
