// bench_admission [FOLDER [SECONDS [POSTGRES]]]: durable admissions a second beside the machine's own limits,
// in one run; with a connection string also those of the shared journal. And what sealing costs.
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <mutex>
#include <vector>

#include "gateway/journal/postgres/postgres_journal.h"
#include "gateway/journal/sqlite_journal.h"
#include "gateway/postgres/postgres.h"
#include "tests/bench/admission/limits.h"
#include "tests/gateway/pipeline/node.h"

namespace purser::gateway {
namespace {

constexpr std::size_t body_size = 4096;
std::uint64_t submitted = 0;  // documents; never the same twice
using Moment = std::chrono::steady_clock::time_point;

// What makes an order as long as the others' bodies; made once, for the loop beside it costs nothing to fill
// either.
std::string notes() {
  std::string json = R"(,"note":[)";
  for (int i = 0; json.size() + order_json("0").size() < body_size - 80; ++i) {
    json += i == 0 ? "" : ",";
    json += fmt::format(R"({{"text":"Line {:03} of what the buyer had to say about this"}})", i);
  }
  return json + "]}";
}

std::string body_of(std::uint64_t number) {
  static const std::string rest = notes();
  std::string json = order_json(std::to_string(number));
  json.pop_back();
  return json + rest;
}

// Looks for work as seldom as in service or less; a test's node does it a hundred times a second, by a
// transaction of its own.
Node at_rest(OpenJournal journal) {
  RouteTable table = table_to("http://127.0.0.1:1/");
  table.targets[0].enabled = false;
  EngineOptions options;
  options.poll = std::chrono::seconds(1);
  return {std::move(journal), std::make_shared<const RouteTable>(std::move(table)), options};
}

struct Result {
  double rate = 0;
  std::int64_t p50 = 0;
  std::int64_t p99 = 0;
};

/// Keeps `clients` submissions in flight for `seconds`.
class Load {
 public:
  Load(std::size_t clients, double seconds) : clients_(clients), seconds_(seconds) {}

  template <typename Submit>
  Result run(Submit submit) {
    const Moment began = std::chrono::steady_clock::now();
    const auto until =
        began + std::chrono::duration_cast<Moment::duration>(std::chrono::duration<double>(seconds_));
    std::size_t in_flight = 0;
    while (true) {
      const bool over = std::chrono::steady_clock::now() >= until;
      {
        std::unique_lock lock(mutex_);
        if (over && in_flight == 0) break;
        changed_.wait(lock, [&] { return finished_ > 0 || (!over && in_flight < clients_); });
        in_flight -= finished_;
        finished_ = 0;
      }
      for (; !over && in_flight < clients_; ++in_flight) {
        const Moment at = std::chrono::steady_clock::now();
        submit([this, at](bool accepted) { note(at, accepted); });
      }
    }
    const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    std::ranges::sort(latencies_);
    if (latencies_.empty() || refused_ > 0) throw std::runtime_error("submissions were refused");
    return {static_cast<double>(latencies_.size()) / took, latencies_[latencies_.size() / 2],
            latencies_[latencies_.size() * 99 / 100]};
  }

 private:
  void note(Moment at, bool accepted) {
    const auto took = std::chrono::steady_clock::now() - at;
    {
      const std::lock_guard lock(mutex_);
      latencies_.push_back(std::chrono::duration_cast<std::chrono::microseconds>(took).count());
      refused_ += accepted ? 0 : 1;
      ++finished_;
    }
    changed_.notify_one();
  }

  std::size_t clients_;
  double seconds_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t finished_ = 0;
  std::size_t refused_ = 0;
  std::vector<std::int64_t> latencies_;
};

void show(const char* what, std::size_t clients, const Result& result, double bare) {
  fmt::print("{:38} {:4} clients  {:8.0f}/s  p50 {:6} us  p99 {:6} us  {:4.2f} of bare\n", what, clients,
             result.rate, result.p50, result.p99, result.rate / bare);
}

// Gives an empty journal; opens anew each time.
using Open = std::function<OpenJournal()>;

OpenJournal must(std::expected<OpenJournal, Status> opened) {
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(*opened);
}

// What an earlier measurement left would be work for this one's node.
std::string in_empty_schema(const std::string& conninfo, const std::string& name) {
  PostgresDatabase database(conninfo, "bench");
  database.execute(fmt::format("DROP SCHEMA IF EXISTS {0} CASCADE; CREATE SCHEMA {0}", name).c_str());
  return fmt::format("{} options='-c search_path={}'", conninfo, name);
}

// The whole admission: hash, decode, check, keys, plan, one transaction. Deliveries wait for a target that is
// off.
Result engine_result(OpenJournal journal, std::size_t clients, double seconds) {
  Node node = at_rest(std::move(journal));
  return Load(clients, seconds).run([&](auto done) {
    ++submitted;
    node.engine->submit(Node::incoming("key-" + std::to_string(submitted), body_of(submitted)),
                        [done](const Answer& answer) { done(answer.kind == AnswerKind::accepted); });
  });
}

// The journal alone: what one transaction of a message costs that was not understood yet.
Result journal_result(const OpenJournal& opened, std::size_t clients, double seconds) {
  return Load(clients, seconds).run([&](auto done) {
    Admission admission;
    ++submitted;
    admission.incoming = Node::incoming("key-" + std::to_string(submitted), body_of(submitted));
    admission.hash = sha256(admission.incoming.body);
    std::vector<Admission> batch;
    batch.push_back(std::move(admission));
    opened.journal->admit(std::move(batch), [done](auto result) { done(result.has_value()); });
  });
}

constexpr std::size_t many_clients = 64;

void measure_few(const Open& open, double seconds, double bare) {
  for (const std::size_t clients : {1U, 16U}) {
    show("journal, message as it came", clients, journal_result(open(), clients, seconds), bare);
    show("admission, understood first", clients, engine_result(open(), clients, seconds), bare);
  }
}

// What is compared takes turns: a server is half as quick again or not by what its checkpoints do just then.
void measure_in_turns(const Open& open, const std::function<double()>& bare, double seconds) {
  constexpr std::size_t rounds = 3;
  std::vector<double> bares;
  std::vector<Result> journals;
  std::vector<Result> engines;
  for (std::size_t i = 0; i < rounds; ++i) {
    bares.push_back(bare());
    journals.push_back(journal_result(open(), many_clients, seconds));
    engines.push_back(engine_result(open(), many_clients, seconds));
  }
  std::ranges::sort(bares);
  std::ranges::sort(journals, {}, &Result::rate);
  std::ranges::sort(engines, {}, &Result::rate);
  const double middle = bares[rounds / 2];
  fmt::print("medians of {} turns; bare, 64 to a transaction, {:.0f}/s ({:.0f} to {:.0f})\n", rounds, middle,
             bares.front(), bares.back());
  show("journal, message as it came", many_clients, journals[rounds / 2], middle);
  show("admission, understood first", many_clients, engines[rounds / 2], middle);
  measure_few(open, seconds, middle);
}

// What sealing costs: the whole admission with and without, turn about, so that what else the machine does
// counts for both.
void measure_sealing(const Open& open, double seconds) {
  constexpr int rounds = 3;
  double rates[2] = {0, 0};
  for (int round = 0; round < 2 * rounds; ++round) {
    const bool sealed = round % 2 == 1;
    OpenJournal journal = open();
    SealRules rules;
    rules.on = sealed;
    rules.master = *read_master_key(std::string(43, 'A') + "=");
    if (auto used = journal.sealing->use(rules); !used) throw std::runtime_error(used.error().message);
    rates[sealed] += engine_result(std::move(journal), many_clients, seconds / rounds).rate;
  }
  fmt::print("admission sealed {:.0f}/s, unsealed {:.0f}/s: {:.2f} of it\n", rates[1] / rounds,
             rates[0] / rounds, rates[1] / rates[0]);
}

int run(const std::string& folder, double seconds, const std::string& postgres) {
  constexpr int group = 64;
  fmt::print("fdatasync of 4 KB, preallocated        {:8.0f}/s\n", sync_rate(folder, body_size, seconds));
  SystemFiles files;
  SystemClock clock;
  int opened = 0;
  const Open embedded = [&] {
    return must(open_sqlite_journal(
        {.folder = fmt::format("{}/journal-{}", folder, ++opened), .clock = clock, .files = files}));
  };
  fmt::print("SQLite, bodies of 4 KB beside it: ");
  measure_in_turns(embedded, [&] { return bare_group_commit_rate(folder, body_size, group, seconds); }, seconds);
  measure_sealing(embedded, seconds);
  if (postgres.empty()) return 0;
  const Open shared = [&] {
    const std::string name = fmt::format("bench_{}", ++opened);
    return must(open_postgres_journal(
        {.conninfo = in_empty_schema(postgres, name), .node = name, .clock = clock}));
  };
  fmt::print("PostgreSQL, pipelined: ");
  measure_in_turns(shared, [&] { return bare_pipeline_rate(postgres, body_of(0), group, seconds); }, seconds);
  measure_sealing(shared, seconds);
  return 0;
}

}  // namespace
}  // namespace purser::gateway

int main(int count, char** words) {
  std::string folder = count > 1 ? words[1] : std::filesystem::temp_directory_path().string();
  folder += "/purser-bench-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) return 3;
  const int code =
      purser::gateway::run(folder, count > 2 ? static_cast<double>(std::strtol(words[2], nullptr, 10)) : 3.0,
                           count > 3 ? words[3] : "");
  std::filesystem::remove_all(folder);
  return code;
}
