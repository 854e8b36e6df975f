#include "plugins/worker/pool.h"

#include <algorithm>
#include <future>
#include <utility>

#include "plugins/worker/call.h"

namespace purser::plugin {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using wire::Kind;
using wire::Reader;
using wire::Writer;

constexpr milliseconds first_pause{50};        // before the second start after deaths in a row, then doubled
constexpr milliseconds longest_pause{5000};    // a connector that always dies costs one start in this time
constexpr milliseconds time_to_start{20'000};  // to load a library and its tables on a busy machine

std::unexpected<Report> refused(const Status& status) {
  Report report;
  Finding finding = make_finding(find_catalogue_entry(status.code) != nullptr ? status.code : "HOST-0016",
                                 Position{}, status.message);
  report.add(std::move(finding));
  return std::unexpected(std::move(report));
}

// The findings of `refused`.
std::unexpected<Report> refused(std::string_view payload) {
  constexpr std::size_t least_finding = 57;  // of empty texts
  Report report;
  Reader reader(payload);
  for (auto left = reader.count(least_finding); left != 0 && reader.good(); --left)
    report.add(reader.finding());
  if (!reader.complete() || report.empty())
    return refused(Status{StatusClass::defect, "HOST-0016", "a refusal that is not whole"});
  return std::unexpected(std::move(report));
}

CallLimits limits_to_start(CallLimits limits) {
  limits.wall = std::max(limits.wall, time_to_start);
  limits.cpu = std::max(limits.cpu, time_to_start);
  return limits;
}

}  // namespace

Starter::Starter()
    : thread_([this] {
        std::unique_lock lock(mutex_);
        for (;;) {
          changed_.wait(lock, [this] { return ending_ || !tasks_.empty(); });
          if (tasks_.empty()) return;
          const auto task = std::move(tasks_.front());
          tasks_.pop_front();
          lock.unlock();
          task();
          lock.lock();
        }
      }) {}

Starter::~Starter() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

std::expected<std::unique_ptr<WorkerProcess>, Status> Starter::start(const std::string& program, int image) {
  std::promise<std::expected<std::unique_ptr<WorkerProcess>, Status>> result;
  auto future = result.get_future();
  {
    const std::lock_guard lock(mutex_);
    tasks_.emplace_back([&] { result.set_value(WorkerProcess::spawn(program, image)); });
  }
  changed_.notify_all();
  return future.get();
}

Pool::Pool(PoolConfig config, HostServices& services) : config_(std::move(config)), services_(services) {}

Pool::~Pool() = default;

std::expected<std::unique_ptr<Pool>, Report> Pool::open(PoolConfig config, HostServices& services) {
  std::unique_ptr<Pool> pool(new Pool(std::move(config), services));
  auto worker = pool->greet(true);
  if (!worker) return std::unexpected(std::move(worker.error()));
  pool->idle_.push_back(*std::move(worker));
  pool->living_ = 1;
  return pool;
}

// Starts a worker and waits until it has loaded the library.
std::expected<std::unique_ptr<WorkerProcess>, Report> Pool::greet(bool first) {
  auto started = starter_.start(config_.program, config_.image.get());
  if (!started) return refused(started.error());
  WorkerProcess& worker = **started;
  worker.begin_call(limits_to_start(config_.limits));
  std::string payload;
  Writer(payload).number(config_.limits.memory);
  Outcome sent = worker.channel().send(Kind::start, payload);
  const auto frame = sent ? worker.channel().receive() : std::unexpected(sent.error());
  if (!frame) return refused(worker.end(frame.error()));
  if (frame->kind == Kind::refused) return refused(frame->payload);
  Reader reader(frame->payload);
  ConnectorInfo info = reader.info();
  const WallReport walls{reader.flag(), reader.flag(), reader.flag()};
  if (frame->kind != Kind::hello || !reader.complete())
    return refused(Status{StatusClass::defect, "HOST-0016", "a greeting that is not whole"});
  if (first) {
    info_ = std::move(info);
    walls_ = walls;
  }
  return *std::move(started);
}

std::expected<void, Report> Pool::create(WorkerProcess& worker) {
  worker.begin_call(limits_to_start(config_.limits));
  std::uint64_t log_lines = config_.limits.max_log_lines;
  Outcome sent = worker.channel().send(Kind::configure, configuration_);
  while (sent) {
    const auto frame = worker.channel().receive();
    if (!frame) return refused(worker.end(frame.error()));
    if (frame->kind == Kind::created) return {};
    if (frame->kind == Kind::refused) return refused(frame->payload);
    if (frame->kind != Kind::service) return refused(Status{StatusClass::defect, "HOST-0016", "no creation"});
    auto answer = answer_service(frame->payload, Scope{info_.name, {}, {}}, services_, log_lines);
    if (!answer) return refused(answer.error());
    if (!answer->empty()) sent = worker.channel().send(Kind::answer, *answer);
  }
  return refused(worker.end(sent.error()));
}

std::expected<void, Report> Pool::configure(std::string settings, const std::vector<NamedText>& tables) {
  Writer writer(configuration_);
  writer.text(settings);
  writer.number(static_cast<std::uint32_t>(tables.size()));
  for (const NamedText& table : tables) {
    writer.text(table.name);
    writer.text(table.text);
  }
  return create(*idle_.front());
}

std::expected<std::unique_ptr<WorkerProcess>, Status> Pool::start_another() {
  auto worker = greet(false);
  auto created = worker ? create(**worker) : std::unexpected(std::move(worker.error()));
  if (created) return *std::move(worker);
  const Finding& why = created.error().findings().front();
  return std::unexpected(Status{StatusClass::unavailable, why.code, why.message});
}

std::expected<Pool::Lease, Status> Pool::lend() {
  const auto deadline = steady_clock::now() + config_.limits.wall;
  std::unique_lock lock(mutex_);
  for (;;) {
    if (!idle_.empty()) {
      auto worker = std::move(idle_.back());
      idle_.pop_back();
      return Lease(*this, std::move(worker));
    }
    const auto now = steady_clock::now();
    if (now >= deadline)
      return std::unexpected(
          Status{StatusClass::overloaded, "HOST-0023", info_.name + ": no worker is free"});
    if (living_ < config_.size && now >= not_before_) {
      ++living_;
      lock.unlock();
      auto worker = start_another();
      if (worker) return Lease(*this, *std::move(worker));
      count_death();
      return std::unexpected(std::move(worker.error()));
    }
    changed_.wait_until(lock, living_ < config_.size ? std::min(deadline, not_before_) : deadline);
  }
}

void Pool::give_back(std::unique_ptr<WorkerProcess> worker) {
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(worker));
    deaths_ = 0;
  }
  changed_.notify_one();
}

void Pool::count_death() {
  {
    const std::lock_guard lock(mutex_);
    --living_;
    ++deaths_;
    // The first replacement comes at once: one bad document must not slow its neighbours.
    constexpr unsigned most_doublings = 7;
    if (deaths_ > 2)
      not_before_ = steady_clock::now() +
                    std::min(longest_pause, first_pause * (1U << std::min(deaths_ - 3, most_doublings)));
  }
  changed_.notify_all();
}

Pool::Lease::~Lease() {
  if (worker_) pool_->give_back(std::move(worker_));
}

Status Pool::Lease::end(const Status& why) {
  Status told = worker_->end(why);
  worker_.reset();
  pool_->count_death();
  return told;
}

}  // namespace purser::plugin
