// Runs a fuzz target without libFuzzer: every seed as it is, cut and mutated, the same on each run.
// So the suite of every build passes through the fuzzers for a second or two.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr int mutations_per_seed = 2'000;  // about a second a target in a debug build
constexpr std::size_t max_total_bytes = 40'000'000;  // large seeds get fewer mutations
constexpr std::uint64_t golden = 0x9E3779B97F4A7C15ULL;

// splitmix64: enough to choose places, and the same on every machine.
struct Random {
  std::uint64_t state;
  std::uint64_t next() {
    std::uint64_t z = (state += golden);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : static_cast<std::size_t>(next() % bound); }
};

void run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

std::string mutate(std::string text, const std::vector<std::string>& seeds, Random& random) {
  const std::size_t times = 1 + random.below(4);
  for (std::size_t i = 0; i < times; ++i) {
    const std::size_t at = random.below(text.size() + 1);
    switch (random.below(6)) {
      case 0:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << random.below(8)));
        break;
      case 1: text.erase(at, random.below(16)); break;
      case 2: text.insert(at, 1 + random.below(4), static_cast<char>(random.below(256))); break;
      case 3: text.resize(at); break;
      case 4: text.insert(at, text.substr(random.below(text.size() + 1), random.below(64))); break;
      default: {
        const std::string& other = seeds[random.below(seeds.size())];
        text.insert(at, other.substr(random.below(other.size() + 1), random.below(64)));
      }
    }
  }
  return text;
}

// Each seed cut at every `stride`-th byte, and with that byte changed.
std::size_t run_systematically(const std::vector<std::string>& seeds, std::size_t stride) {
  std::size_t runs = 0;
  for (const std::string& seed : seeds) {
    for (std::size_t at = runs % stride; at < seed.size(); at += stride, runs += 2) {
      run(seed.substr(0, at));
      std::string changed = seed;
      changed[at] = static_cast<char>(changed[at] ^ (1 << at % 8));
      run(changed);
    }
  }
  return runs;
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::filesystem::path> paths;
  // Fewer for a target whose every run costs milliseconds.
  const char* bound = std::getenv("PURSER_FUZZ_MUTATIONS");
  const int mutations = bound == nullptr ? mutations_per_seed : std::atoi(bound);
  for (int i = 1; i < count; ++i) {
    if (std::filesystem::is_regular_file(arguments[i])) paths.emplace_back(arguments[i]);
    if (!std::filesystem::is_directory(arguments[i])) continue;
    for (const auto& entry : std::filesystem::directory_iterator(arguments[i])) {
      if (entry.is_regular_file()) paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  if (paths.empty()) {
    std::fputs("no seeds: name the folder or file to run\n", stderr);
    return 1;
  }
  std::vector<std::string> seeds;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    run(seeds.back());
  }
  Random random{golden};
  std::size_t runs = seeds.size();
  std::size_t budget = max_total_bytes / seeds.size();
  for (const std::string& seed : seeds) {
    std::size_t used = 0;
    for (int i = 0; i < mutations && used < budget; ++i, ++runs) {
      const std::string input = mutate(seed, seeds, random);
      used += input.size() + 1'000;
      run(input);
    }
  }
  // 1 is every byte: minutes for a target whose every run costs a tenth of a millisecond.
  if (const char* stride = std::getenv("PURSER_FUZZ_STRIDE"); stride != nullptr && std::atoi(stride) > 0)
    runs += run_systematically(seeds, static_cast<std::size_t>(std::atoi(stride)));
  std::printf("%zu inputs of %zu seeds\n", runs, seeds.size());
  return 0;
}
