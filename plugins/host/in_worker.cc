// The connector in processes of its own: what it does there hurts one document at most.
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "plugins/host/guard.h"
#include "plugins/host/kept_source.h"
#include "plugins/host/memory_source.h"
#include "plugins/host/runners.h"
#include "plugins/host/settings.h"
#include "plugins/worker/call.h"

namespace purser::plugin {
namespace {

// Next to this program, or in lib/purser beside its folder.
std::string find_worker(const std::string& configured) {
  if (!configured.empty()) return configured;
  std::error_code error;
  const auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  const auto beside = folder / "purser-worker";
  if (std::filesystem::exists(beside, error)) return beside;
  return (folder / ".." / "lib" / "purser" / "purser-worker").lexically_normal();
}

class InWorker : public LoadedConnector {
 public:
  InWorker(std::string path, std::string sha256, const ConnectorConfig& config, HostServices& services,
           std::unique_ptr<Pool> pool)
      : LoadedConnector(std::move(path), std::move(sha256), config.limits, services),
        pool_(std::move(pool)) {}

  [[nodiscard]] const ConnectorInfo& info() const override { return pool_->info(); }

  std::expected<Detection, Status> detect(std::string_view prefix) override {
    Detection found;
    Outcome done = ask([&](WorkerCall& call) { return call.detect(prefix, found); });
    if (!done) return std::unexpected(std::move(done.error()));
    return found;
  }

  Outcome decode(const Request& request, ByteSource& in, DocumentSink& out) override {
    if (auto fits = settings_fit(request, out); !fits) return fits;
    KeptSource source(in);
    return twice(
        request, out, nullptr, [&] { return source.rewind(); },
        [&](WorkerCall& call, Guard& guard) {
          GuardedSource guarded(source, guard);
          return call.decode(request, guarded, guard);
        });
  }

  std::unique_ptr<Handed> hand_over(std::vector<WholeDocument> documents) override {
    Discard nowhere;
    for (const WholeDocument& document : documents)
      if (!settings_fit(document.request, nowhere)) return nullptr;
    auto lease = pool_->lend();
    if (!lease) return nullptr;
    lease->worker().begin_call(limits());
    Outcome sent = send_together(lease->worker().channel(), documents);
    if (sent) return std::make_unique<Together>(*this, *std::move(lease), std::move(documents));
    lease->end(sent.error());
    return nullptr;
  }

  Outcome encode(const Request& request, const EventProducer& events, ByteSink& out,
                 DocumentSink& notes) override {
    if (auto fits = settings_fit(request, notes); !fits) return fits;
    return twice(
        request, notes, &out, [] { return true; },
        [&](WorkerCall& call, Guard& guard) { return call.encode(request, events, guard, guard); });
  }

  std::vector<std::string> tables() override {
    std::vector<std::string> names;
    static_cast<void>(ask([&](WorkerCall& call) { return call.tables(names); }));
    return names;
  }

  std::string table_row(std::uint16_t table, std::uint16_t row) override {
    std::string text;
    if (table != 0) static_cast<void>(ask([&](WorkerCall& call) { return call.row(table - 1U, row, text); }));
    return text;
  }

 private:
  struct Attempt {
    Outcome outcome;
    bool died = false;  // in a way that another worker might survive
  };

  template <class Work>
  Attempt once(const Scope& scope, Work work) {
    auto lease = pool_->lend();
    if (!lease) return {std::unexpected(std::move(lease.error()))};
    return once(*lease, scope, work);
  }

  template <class Work>
  Attempt once(Pool::Lease& lease, const Scope& scope, Work work) {
    CallEnd end = [&] {
      WorkerProcess& worker = lease.worker();
      worker.begin_call(limits());
      WorkerCall call(worker.channel(), worker.watch(), scope, services(), limits());
      return work(call);
    }();
    if (!end.worker_failed) return {std::move(end.outcome)};
    Status why = lease.end(end.outcome.error());
    services().log(scope, Severity::error, fmt::format("{}: {}", why.code, why.message));
    const bool died = why.code == "HOST-CRASH" || why.code == "HOST-MEMORY";
    return {std::unexpected(std::move(why)), died};
  }

  template <class Work>
  Outcome ask(Work work) {
    const Scope scope{info().name, {}, {}};
    Attempt first = once(scope, work);
    return first.died ? once(scope, work).outcome : std::move(first.outcome);
  }

  // A worker can die of what an earlier document left behind, so a document gets a second, fresh one. What
  // has reached the caller already cannot be taken back: then the second run only finds out whose fault it
  // was.
  template <class Again, class Work>
  Outcome twice(const Request& request, DocumentSink& documents, ByteSink* bytes, Again again, Work work) {
    const Scope scope = scope_of(request);
    Guard guard(documents, bytes, limits());
    Attempt first = once(scope, [&](WorkerCall& call) { return work(call, guard); });
    return second(std::move(first), guard, scope, documents, bytes, again, work);
  }

  [[nodiscard]] Scope scope_of(const Request& request) const {
    return {info().name, request.tenant, request.partner};
  }

  template <class Again, class Work>
  Outcome second(Attempt first, Guard& guard, const Scope& scope, DocumentSink& documents, ByteSink* bytes,
                 Again again, Work work) {
    if (!first.died) return guard.finish(std::move(first.outcome));
    if (!again()) return std::move(first.outcome);
    Discard nowhere;
    const bool clean = guard.untouched();
    Guard second_guard(clean ? documents : nowhere, bytes == nullptr || clean ? bytes : &nowhere, limits());
    Attempt other = once(scope, [&](WorkerCall& call) { return work(call, second_guard); });
    if (other.died || clean) return second_guard.finish(std::move(other.outcome));
    return std::unexpected(
        Status{StatusClass::unavailable, first.outcome.error().code,
               "a worker died, though not of this document alone: " + first.outcome.error().message});
  }

  /// One worker reads them all. When it ends, those behind are read one by one.
  class Together : public Handed {
   public:
    Together(InWorker& connector, Pool::Lease lease, std::vector<WholeDocument> documents)
        : connector_(connector), lease_(std::move(lease)), documents_(std::move(documents)) {}
    Together(const Together&) = delete;
    Together& operator=(const Together&) = delete;
    ~Together() override {
      Discard nowhere;
      while (lease_ && next_ < documents_.size()) read_next(nowhere);
    }

    Outcome decode(DocumentSink& out) override {
      const auto& [request, bytes] = documents_.at(next_);
      MemorySource source(bytes);
      if (!lease_) {
        ++next_;
        return connector_.decode(request, source, out);
      }
      Guard guard(out, nullptr, connector_.limits());
      guard.took(bytes.size());
      Attempt first = read_next(guard);
      return connector_.second(
          std::move(first), guard, connector_.scope_of(request), out, nullptr, [] { return true; },
          [&](WorkerCall& call, Guard& again) {
            GuardedSource guarded(source, again);
            return call.decode(request, guarded, again);
          });
    }

   private:
    Attempt read_next(DocumentSink& out) {
      const Scope scope = connector_.scope_of(documents_[next_++].request);
      Attempt attempt =
          connector_.once(*lease_, scope, [&](WorkerCall& call) { return call.decode_sent(out); });
      if (!lease_->holds()) lease_.reset();
      return attempt;
    }

    InWorker& connector_;
    std::optional<Pool::Lease> lease_;
    std::vector<WholeDocument> documents_;
    std::size_t next_ = 0;
  };

  std::unique_ptr<Pool> pool_;
};

}  // namespace

std::expected<std::shared_ptr<Connector>, Report> load_in_worker(Image image, const ConnectorConfig& config,
                                                                 HostServices& services) {
  PoolConfig pool_config{find_worker(config.worker_path), std::move(image.file), std::max(1U, config.workers),
                         config.limits};
  auto pool = Pool::open(std::move(pool_config), services);
  if (!pool) return std::unexpected(std::move(pool.error()));
  Report settings = check_settings((*pool)->info().settings_schema, config.settings);
  if (!settings.empty()) return std::unexpected(std::move(settings));
  if (auto configured = (*pool)->configure(config.settings, config.tables); !configured)
    return std::unexpected(std::move(configured.error()));
  return std::make_shared<InWorker>(config.path, std::move(image.sha256), config, services, *std::move(pool));
}

}  // namespace purser::plugin
