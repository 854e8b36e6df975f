#include "gateway/serve/serve.h"

#include <array>
#include <csignal>
#include <cstdio>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/access/check_keys.h"
#include "gateway/administer/administration.h"
#include "gateway/api/api.h"
#include "gateway/attention/lookout.h"
#include "gateway/deliver/transport.h"
#include "gateway/intake/folder_intake.h"
#include "gateway/intake/sftp_fetch.h"
#include "gateway/journal/folder_lock.h"
#include "gateway/journal/postgres/place.h"
#include "gateway/notify/dispatcher.h"
#include "gateway/observe/log.h"
#include "gateway/observe/metrics.h"
#include "gateway/serve/administered_watch.h"
#include "gateway/serve/bucket_sharing.h"
#include "gateway/serve/checkpoints.h"
#include "gateway/serve/connectors.h"
#include "gateway/serve/reload.h"
#include "gateway/serve/supervisor.h"
#include "gateway/translate/services.h"

namespace purser::gateway {
namespace {

constexpr int exit_stopped = 0;
constexpr int exit_environment = 3;
constexpr std::chrono::seconds look_out_every{5};  // between two looks at what is overdue or has expired
constexpr std::chrono::milliseconds notice_period{250};  // between two looks at what subscribers wait for
constexpr std::chrono::minutes house_keeping{10};        // between two looks at what may be forgotten

void print_findings(const Report& report) {
  for (const auto& finding : report.findings()) fmt::print(stderr, "{}\n", settings_line(finding));
}

int cannot_start(const Status& status) {
  fmt::print(stderr, "purser: {} {}\n", status.code, status.message);
  return exit_environment;
}

// Signals come to sigtimedwait only: blocked before the first thread starts, so that all inherit it.
sigset_t take_over_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (int number : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, number);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return set;
}

// The next signal, SIGTERM when a test says stop, or 0 when what was administered has changed.
int next_signal(const sigset_t& set, const std::atomic<bool>* stop, AdministeredWatch& administered) {
  while (true) {
    timespec patience{0, 50'000'000};
    int number = ::sigtimedwait(&set, nullptr, &patience);
    if (number > 0) return number;
    if (stop != nullptr && *stop) return SIGTERM;
    if (administered.changed()) return 0;
  }
}

FrontSettings front_settings(const Settings& settings, const ServeOptions& options) {
  auto front = settings.front;
  if (options.port >= 0) front.port = static_cast<std::uint16_t>(options.port);
  front.spool_folder = settings.data + "/incoming";
  // What lies there was on its way when the process ended: nobody got an answer for it.
  SystemFiles files;
  if (auto names = files.list(front.spool_folder)) {
    for (const auto& name : *names) static_cast<void>(files.remove(front.spool_folder + "/" + name));
  }
  return front;
}

EngineOptions engine_options(const Settings& settings) {
  EngineOptions options;
  options.workers = settings.workers;
  options.node = settings.node;
  options.lease = settings.lease;
  return options;
}

void announce(const Settings& settings, const HttpFront& front, const ServeOptions& options) {
  if (options.ready) options.ready(front.port());
  tell_supervisor("READY=1");
  if (options.quiet) return;
  fmt::print("Purser listens on {}://{}:{}\n  configuration {} ({})\n  data {}\n",
             settings.front.certificate_file.empty() ? "http" : "https", settings.front.host, front.port(),
             settings.folder, settings.version, settings.data);
  std::fflush(stdout);
}

// Who waits for an outcome is answered now, with what is known.
void begin_to_stop(const Log& log, Api& api) {
  log.write(LogLevel::info, "stopping");
  tell_supervisor("STOPPING=1");
  api.waiting().stop();
}

// Forgets what the settings let go. Of several nodes one does it.
std::unique_ptr<Watch> start_keeper(Scheduler& threads, const Clock& clock, const Log& log, Journal& journal,
                                    const LiveConfiguration& live) {
  auto keeper = threads.watch(house_keeping, [&] {
    const auto settings = live.get()->settings;
    const auto leads = journal.lead("house keeping", {settings->node, clock.now() + 2 * house_keeping});
    if (!leads || !*leads) return;
    RetentionRules rules{settings->retention, {}};
    for (const Tenant& tenant : settings->tenants) {
      if (tenant.retention) rules.tenants[tenant.name] = *tenant.retention;
    }
    const auto kept = journal.keep_house(rules);
    if (kept) return;
    log.write(LogLevel::warning, "house keeping failed",
              {{"code", kept.error().code}, {"why", kept.error().message}});
  });
  keeper->wake();
  return keeper;
}

// The settings if they are good; says what is not.
std::shared_ptr<const Settings> usable(LoadedSettings loaded) {
  if (loaded.settings != nullptr) check_keys(*loaded.settings, loaded.report);
  print_findings(loaded.report);
  return loaded.report.has(Severity::error) ? nullptr : loaded.settings;
}

// What was administered belongs to the configuration; it could not be read before the journal was there.
std::shared_ptr<const Settings> with_administered(std::shared_ptr<const Settings> settings,
                                                  const ServeOptions& options, const OpenJournal& opened) {
  const auto entries = administered_entries(*opened.journal);
  if (!entries) {
    cannot_start(entries.error());
    return nullptr;
  }
  if (!entries->empty()) settings = usable(load_settings(options.config, options.data, *entries));
  if (settings == nullptr) return nullptr;
  if (auto sealing = opened.sealing->use(settings->seal); !sealing) {
    cannot_start(sealing.error());
    return nullptr;
  }
  return settings;
}

LoadedConnectors open_connectors(const Settings& settings, const std::string& folder,
                                 plugin::HostServices& services) {
  Report closed;
  auto connectors = load_connectors(settings, folder, services, {}, closed);
  judge_routes(settings, *connectors.set, closed);
  print_findings(closed);
  return connectors;
}

void run_until_stopped(const sigset_t& signals, const ServeOptions& options, AdministeredWatch& changes,
                       Reload& reload) {
  for (int number; (number = next_signal(signals, options.stop, changes)) == SIGHUP || number == 0;) {
    changes.reloading();
    reload.run(number == SIGHUP ? "signal:SIGHUP" : "purser");
    changes.reloaded();
  }
  changes.stop();
}

/// Who tells subscribers, with the thread that does it.
class Notifier {
 public:
  Notifier(Scheduler& threads, DispatcherParts parts)
      : dispatcher_(std::move(parts)), watch_(threads.watch(notice_period, [this] { dispatcher_.look(); })) {
    watch_->wake();
  }
  /// `transport` is what it sends by.
  void stop(Transport& transport) {
    watch_->stop();
    transport.close();
  }

 private:
  Dispatcher dispatcher_;
  std::unique_ptr<Watch> watch_;
};

// Tells of what did not happen in time. Of several nodes one looks.
std::unique_ptr<Watch> start_lookout(Threads& threads, const Clock& clock, const Log& log, Journal& journal,
                                     const LiveConfiguration& live, Metrics& metrics) {
  auto lookout = threads.watch(look_out_every, [&] {
    const auto settings = live.get()->settings;
    const auto leads = journal.lead("lookout", {settings->node, clock.now() + 3 * look_out_every});
    if (!leads || !*leads) return;
    const auto looked = look_out(journal, *settings->table, [&](const Notice& notice) {
      metrics.notices.add();
      log.write(LogLevel::error, "attention",
                {{"code", notice.finding.code},
                 {"what", notice.finding.message},
                 {"message", text(notice.message)},
                 {"delivery", text(notice.delivery)}});
    });
    if (!looked) {
      log.write(LogLevel::warning, "looking for what is overdue failed",
                {{"code", looked.error().code}, {"why", looked.error().message}});
    }
  });
  lookout->wake();
  return lookout;
}

std::array<std::unique_ptr<Watch>, 4> start_watches(Threads& threads, const Clock& clock, const Log& log,
                                                    Journal& journal, const LiveConfiguration& live,
                                                    Metrics& metrics, RateLimiter& limiter) {
  return {start_keeper(threads, clock, log, journal, live),
          start_checkpoints(threads, clock, log, journal, live),
          start_lookout(threads, clock, log, journal, live, metrics),
          share_buckets(threads, limiter, clock, log, live)};
}

}  // namespace

int serve(const ServeOptions& options) {
  const auto signals = take_over_signals();
  SystemClock clock;
  SystemRandom random;
  SystemFiles files;
  Log log(clock, STDERR_FILENO, LogForm::text, LogLevel::info);

  auto settings = usable(load_settings(options.config, options.data));
  if (settings == nullptr) return exit_environment;

  ::umask(0027);  // documents and journal are for the gateway's user and group
  if (auto made = files.make_directory(settings->data + "/incoming"); !made)
    return cannot_start(made.error());
  const auto lock = FolderLock::take(settings->data);
  if (!lock) return cannot_start(lock.error());
  auto journal = open_journal({settings->data, settings->postgres, settings->node, settings->seal},
                              JournalUse::serve, clock, files);
  if (!journal) return cannot_start(journal.error());

  settings = with_administered(settings, options, *journal);
  if (settings == nullptr) return exit_environment;
  AdministeredWatch changes(*journal->journal);
  JournalServices services(*journal->journal, clock, log);
  const auto folder = options.connectors.empty() ? default_connector_folder() : options.connectors;
  auto connectors = open_connectors(*settings, folder, services);
  HostConnectors host(connectors.set);
  WithCanonical formats(host);
  Translator translator(formats);
  Router router(settings->table);
  Metrics metrics;
  Threads threads;
  const auto transports = make_transports();
  Engine engine(
      {clock, random, *journal->journal, *journal->bodies, translator, router, metrics, threads, *transports},
      engine_options(*settings));
  if (auto started = engine.start(); !started) return cannot_start(started.error());

  make_target_folders(*settings, files);
  KeyCache key_cache(clock, fetch_or_read);
  LiveConfiguration live(std::make_shared<Configuration>(settings, key_cache));
  const auto notices = make_network_transport();
  Api api({clock, *journal->journal, *journal->bodies, engine, translator, formats, live, metrics, *notices,
           *journal->sealing, [&changes] { changes.wait_for_reload(); }});
  auto front = HttpFront::start(front_settings(*settings, options), api);
  if (!front) return cannot_start(front.error());
  FolderIntake folders(engine, random, log);
  folders.watch(settings);
  SftpFetch fetch(threads, files, clock, log);
  fetch.watch(*settings);
  journal->journal->on_news([&engine] { engine.wake(); });
  const auto watches = start_watches(threads, clock, log, *journal->journal, live, metrics, api.limiter());
  Notifier notifier(
      threads, {clock, random, *journal->journal, *notices, log, [&live] { return live.get()->settings; }});
  announce(*settings, **front, options);
  Reload reload({options, clock, log, folder, services, *journal->journal, *journal->sealing, live, key_cache, host, router,
                 engine, folders, fetch, **front, metrics},
                std::move(connectors));
  run_until_stopped(signals, options, changes, reload);

  // Doors first, then what stands behind them; the front goes last, since answers still point to it.
  begin_to_stop(log, api);
  (*front)->stop();
  notifier.stop(*notices);
  fetch.stop();
  folders.stop();
  api.stop();
  journal->journal->on_news({});
  engine.stop();
  return exit_stopped;
}

}  // namespace purser::gateway
