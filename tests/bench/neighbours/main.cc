// One dead and one slow target among fifty: do the others notice?
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/gateway/pipeline/node.h"
#include "tests/gateway/pipeline/receiver.h"

namespace purser::gateway {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int targets = 50;
constexpr int documents = 1'000;                  // of a round
constexpr std::chrono::microseconds pace{1'500};  // between two: the machine is busy, and not the bottleneck
constexpr milliseconds slow_answer{2'000};
constexpr const char* nobody = "http://127.0.0.1:1/";

/// When each document was submitted and booked.
class Times {
 public:
  void submitted(const std::string& number) {
    const std::lock_guard lock(mutex_);
    submitted_[number] = Clock::now();
  }
  void booked(const std::string& body) {
    const auto now = Clock::now();
    const auto at = body.find("\"number\":\"") + 10;
    const std::lock_guard lock(mutex_);
    booked_.try_emplace(body.substr(at, body.find('"', at) - at), now);
  }
  std::size_t count() {
    const std::lock_guard lock(mutex_);
    return booked_.size();
  }
  std::vector<double> latencies() {
    std::vector<double> out;
    const std::lock_guard lock(mutex_);
    for (const auto& [number, when] : booked_) {
      out.push_back(std::chrono::duration<double, std::milli>(when - submitted_.at(number)).count());
    }
    return out;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, Clock::time_point> submitted_, booked_;
};

RouteTable table(const std::string& good, const std::string& dead, const std::string& slow) {
  RouteTable out;
  const RouteTable one = table_to(good);
  for (int i = 0; i < targets; ++i) {
    Target target = one.targets[0];
    target.name = fmt::format("t{}", i);
    auto& http = std::get<HttpTarget>(target.where);
    if (i == 0) http.url = dead;
    if (i == 1) http.url = slow;
    target.retry.attempts = 3;
    Route route = one.routes[0];
    route.name = target.name;
    route.target = target.name;
    route.match.partner = target.name;
    out.targets.push_back(std::move(target));
    out.routes.push_back(std::move(route));
  }
  return out;
}

double quantile(std::vector<double>& sorted, double q) {
  return sorted[std::min(sorted.size() - 1,
                         static_cast<std::size_t>(q * static_cast<double>(sorted.size())))];
}

class Bench {
 public:
  /// Gives false if something did not arrive.
  bool round(int number, bool troubled) {
    Receiver good([this](const Receiver::Request& request) {
      times_->booked(request.body);
      return Receiver::Reply{};
    });
    Receiver slow([](const Receiver::Request&) {
      std::this_thread::sleep_for(slow_answer);
      return Receiver::Reply{};
    });
    std::string folder = (std::filesystem::temp_directory_path() / "purser-bench-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) return false;
    Times times;
    times_ = &times;
    SystemFiles files;
    {
      Node node(folder,
                std::make_shared<RouteTable>(troubled ? table(good.url(), nobody, slow.url())
                                                      : table(good.url(), good.url(), good.url())),
                files);
      submit(node, times, number);
      const std::size_t wanted = documents / targets * (troubled ? targets - 2 : targets);
      Node::wait([&] { return times.count() >= wanted; });
      if (times.count() < wanted) return false;
      node.engine->stop(milliseconds(0));
    }
    std::filesystem::remove_all(folder);
    auto& into = troubled ? troubled_ : calm_;
    for (const double one : times.latencies()) into.push_back(one);
    return true;
  }
  void print() {
    std::ranges::sort(calm_);
    std::ranges::sort(troubled_);
    fmt::print(
        R"({{"calm":{{"deliveries":{},"p50_ms":{:.2f},"p99_ms":{:.2f}}},"troubled":{{"deliveries":{},"p50_ms":{:.2f},"p99_ms":{:.2f}}},"p99_ratio":{:.3f}}})"
        "\n",
        calm_.size(), quantile(calm_, 0.5), quantile(calm_, 0.99), troubled_.size(), quantile(troubled_, 0.5),
        quantile(troubled_, 0.99), quantile(troubled_, 0.99) / quantile(calm_, 0.99));
  }

 private:
  static void submit(Node& node, Times& times, int round) {
    auto next = Clock::now();
    for (int i = 0; i < documents; ++i) {
      const std::string number = fmt::format("{}-{}", round, i);
      Incoming incoming = Node::incoming("k" + number, order_json(number));
      incoming.partner = fmt::format("t{}", i % targets);
      times.submitted(number);
      node.engine->submit(std::move(incoming), [](const Answer&) {});
      std::this_thread::sleep_until(next += pace);
    }
  }

  Times* times_ = nullptr;
  std::vector<double> calm_, troubled_;
};

}  // namespace
}  // namespace purser::gateway

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 8;
  purser::gateway::Bench bench;
  for (int i = 0; i < rounds; ++i) {
    for (const bool troubled : {false, true}) {
      if (!bench.round(i, troubled)) {
        fmt::print(stderr, "something did not arrive\n");
        return 1;
      }
    }
  }
  bench.print();
  return 0;
}
