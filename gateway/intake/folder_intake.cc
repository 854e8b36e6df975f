#include "gateway/intake/folder_intake.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "gateway/intake/folder_files.h"
#include "gateway/message/tenant.h"

namespace purser::gateway {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_in_flight = 64;        // of one source: fills a group commit
constexpr std::uint64_t memory_limit = 1 << 20;   // a larger file is streamed into the body store
constexpr std::chrono::milliseconds rescan = 5s;  // inotify does not see changes made by other machines (NFS)
constexpr std::chrono::milliseconds try_again = 1s;
constexpr std::size_t piece_bytes = 256 * 1024;

Answer refused(StatusClass what, std::string_view code, std::string message) {
  Answer answer;
  answer.status = {what, std::string(code), message};
  answer.findings.push_back(make_finding(code, {}, std::move(message)));
  return answer;
}

// One watched folder with what is on its way.
struct Watched {
  explicit Watched(const Source& source) : folder(source) {}
  DropFolder folder;
  int watch = -1;
  bool prepared = false;
  bool lost = false;  // it was told that the folder is gone, or not to be read
  std::set<std::string> renamed;
  std::set<std::string> in_flight;  // tokens
  std::vector<ClaimedFile> again;   // to be handed in again
  std::chrono::steady_clock::time_point again_at{};
};

}  // namespace

class FolderIntake::State {
 public:
  State(Engine& engine, Random& random, const Log& log)
      : engine_(engine),
        random_(random),
        log_(log),
        notify_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)),
        wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}
  ~State() {
    stop();
    ::close(notify_);
    ::close(wake_);
  }

  void watch(std::shared_ptr<const Settings> settings) {
    {
      std::scoped_lock lock(mutex_);
      settings_ = std::move(settings);
    }
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
    wake();
  }

  void stop() {
    {
      std::scoped_lock lock(mutex_);
      stopping_ = true;
    }
    wake();
    if (thread_.joinable()) thread_.join();
  }

 private:
  // What the engine said of a file; handed from its thread to ours.
  struct Done {
    std::string source;
    ClaimedFile file;
    Answer answer;
  };

  void wake() const {
    std::uint64_t one = 1;
    static_cast<void>(!::write(wake_, &one, sizeof one));
  }

  void run() {
    while (true) {
      bool stopping = false;
      std::vector<Done> done;
      std::shared_ptr<const Settings> settings;
      {
        std::scoped_lock lock(mutex_);
        stopping = stopping_;
        done.swap(done_);
        settings.swap(settings_);
      }
      for (auto& one : done) settle(one);
      if (settings != nullptr) adopt(*settings);
      if (stopping && nothing_in_flight()) return;
      auto wait = rescan;
      if (!stopping) {
        for (auto& [name, watched] : folders_) look(watched, wait);
      }
      std::array<pollfd, 2> waiting{{{notify_, POLLIN, 0}, {wake_, POLLIN, 0}}};
      ::poll(waiting.data(), waiting.size(), static_cast<int>(wait.count()) + 1);
      std::uint64_t count = 0;
      static_cast<void>(!::read(wake_, &count, sizeof count));
      read_events();
    }
  }

  bool nothing_in_flight() const {
    for (const auto& [name, watched] : folders_) {
      if (!watched.in_flight.empty()) return false;
    }
    return true;
  }

  // Keeps folders that stay, drops those that went once their files are through, adds new ones.
  void adopt(const Settings& settings) {
    std::map<std::string, Watched> next;
    for (const auto& source : settings.sources) {
      if (source.kind != SourceKind::folder || !source.enabled) continue;
      auto known = folders_.find(source.name);
      if (known != folders_.end() && known->second.folder.source().path == source.path) {
        auto node = folders_.extract(known);
        node.mapped().folder = DropFolder(source);
        next.insert(std::move(node));
      } else {
        next.emplace(source.name, Watched(source));
      }
    }
    for (auto& [name, watched] : folders_) {
      if (watched.watch >= 0) ::inotify_rm_watch(notify_, watched.watch);
    }
    folders_.swap(next);
  }

  bool prepare(Watched& watched) {
    if (watched.prepared) return true;
    const auto& source = watched.folder.source();
    if (watched.folder.prepare()) {
      watched.watch =
          ::inotify_add_watch(notify_, source.path.c_str(), IN_MOVED_TO | IN_CLOSE_WRITE | IN_ONLYDIR);
      watched.prepared = watched.watch >= 0;
    }
    if (!watched.prepared) {
      if (!std::exchange(watched.lost, true)) {
        log_.write(LogLevel::error, "folder cannot be watched",
                   {{"source", source.name}, {"path", source.path}});
      }
      return false;
    }
    if (std::exchange(watched.lost, false)) {
      log_.write(LogLevel::warning, "folder is watched again",
                 {{"source", source.name}, {"path", source.path}});
    }
    // What is on its way already lies in work/, too, where the folder was only out of sight.
    for (auto& file : watched.folder.left_over()) {
      const bool waits =
          std::ranges::any_of(watched.again, [&](const auto& one) { return one.token == file.token; });
      if (!waits && !watched.in_flight.contains(file.token)) hand_in(watched, std::move(file));
    }
    return true;
  }

  // The folder was removed, renamed or unmounted: from now on it is prepared anew with every look.
  void lose(Watched& watched, const std::string& why) {
    const auto& source = watched.folder.source();
    if (!std::exchange(watched.lost, true)) {
      log_.write(LogLevel::error, "folder cannot be read",
                 {{"source", source.name}, {"path", source.path}, {"why", why}});
    }
    if (watched.watch >= 0) ::inotify_rm_watch(notify_, watched.watch);
    watched.watch = -1;
    watched.prepared = false;
  }

  void look(Watched& watched, std::chrono::milliseconds& wait) {
    if (!prepare(watched)) return;
    auto now = std::chrono::steady_clock::now();
    if (!watched.again.empty() && now >= watched.again_at) {
      auto again = std::exchange(watched.again, {});
      for (auto& file : again) hand_in(watched, std::move(file));
    }
    if (!watched.again.empty()) wait = std::min(wait, try_again);
    if (watched.in_flight.size() + watched.again.size() >= most_in_flight) return;  // a completion wakes us
    auto limit = most_in_flight - watched.in_flight.size() - watched.again.size();
    auto names = watched.folder.whole_files(watched.renamed, limit, wait);
    if (!names) return lose(watched, names.error());
    for (const auto& name : *names) {
      watched.renamed.erase(name);
      auto file = watched.folder.claim(name, token());
      if (file) {
        hand_in(watched, std::move(*file));
      } else if (file.error() != ENOENT || !watched.folder.has_work()) {
        // Else its owner took the file back.
        return lose(watched, fmt::format("{}: {}", name, std::strerror(file.error())));
      }
    }
    if (names->size() < limit) watched.renamed.clear();
  }

  std::string token() {
    std::array<std::uint8_t, 8> bytes{};
    random_.fill(bytes);
    std::string text;
    for (auto byte : bytes) text += fmt::format("{:02x}", byte);
    return text;
  }

  void read_events() {
    alignas(inotify_event) std::array<char, 16384> buffer{};
    while (true) {
      auto length = ::read(notify_, buffer.data(), buffer.size());
      if (length <= 0) return;
      for (std::size_t at = 0; at < static_cast<std::size_t>(length);) {
        const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
        at += sizeof(inotify_event) + event->len;
        if ((event->mask & IN_MOVED_TO) == 0U || event->len == 0) continue;
        for (auto& [name, watched] : folders_) {
          if (watched.watch == event->wd) watched.renamed.insert(event->name);
        }
      }
    }
  }

  void hand_in(Watched& watched, ClaimedFile file) {
    const auto& source = watched.folder.source();
    watched.in_flight.insert(file.token);
    auto complete = [this, name = source.name, file](Answer answer) {
      std::scoped_lock lock(mutex_);
      done_.push_back({name, file, std::move(answer)});
      wake();
    };
    if (file.size == 0) return complete(refused(StatusClass::invalid, "INTAKE-0002", "the file is empty"));
    if (file.size > source.body_size) {
      return complete(
          refused(StatusClass::invalid, "INTAKE-0003", fmt::format("the file has {} bytes", file.size)));
    }
    Incoming incoming;
    incoming.tenant = tenant_of(source.name);
    incoming.source = source.name;
    incoming.partner = source.partner;
    incoming.credential = "folder:" + source.name;
    incoming.format = source.connector;
    incoming.file_name = file.name;
    incoming.reject_invalid = source.reject_invalid;
    Sha256 digest{};
    if (auto read = read_file(watched.folder.work_path(file), file.size, incoming, digest); !read) {
      return complete(refused(StatusClass::unavailable, read.error().code, read.error().message));
    }
    incoming.claims.push_back(watched.folder.claim_on(file, digest));
    engine_.submit(std::move(incoming), std::move(complete));
  }

  Outcome read_file(const std::string& path, std::uint64_t size, Incoming& into, Sha256& digest) {
    std::ifstream in(path, std::ios::binary);
    auto unreadable = Status{StatusClass::unavailable, "INTAKE-0009", path + " cannot be read"};
    if (size <= memory_limit) {
      into.body.resize(static_cast<std::size_t>(size));
      in.read(into.body.data(), static_cast<std::streamsize>(size));
      if (!in) return std::unexpected(unreadable);
      digest = sha256(into.body);
      return {};
    }
    auto writer = engine_.open_body(into.tenant);
    if (!writer) return std::unexpected(writer.error());
    std::string piece(piece_bytes, '\0');
    std::uint64_t total = 0;
    while (in) {
      in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
      auto count = static_cast<std::size_t>(in.gcount());
      total += count;
      if (auto written = (*writer)->write({piece.data(), count}); !written) return written;
    }
    if (total != size) return std::unexpected(unreadable);
    auto staged = (*writer)->finish();
    if (!staged) return std::unexpected(staged.error());
    into.staged = *staged;
    into.staged_hash = digest = (*writer)->hash();
    return {};
  }

  void settle(Done& done) {
    auto found = folders_.find(done.source);
    if (found == folders_.end()) return;  // the source was removed meanwhile; the file stays in work/
    auto& watched = found->second;
    watched.in_flight.erase(done.file.token);
    const auto& answer = done.answer;
    bool later = answer.kind == AnswerKind::refused && (answer.status.what == StatusClass::unavailable ||
                                                        answer.status.what == StatusClass::overloaded);
    if (later) {
      log_.write(LogLevel::warning, "file is tried again",
                 {{"source", done.source}, {"file", done.file.name}, {"why", answer.status.message}});
      watched.again.push_back(done.file);
      watched.again_at = std::chrono::steady_clock::now() + try_again;
      return;
    }
    bool known = answer.kind == AnswerKind::duplicate;
    bool stopped = answer.state == MessageState::parked || answer.state == MessageState::rejected;
    bool good = known || (answer.kind == AnswerKind::accepted && !stopped);
    bool moved = good ? watched.folder.archive(done.file, answer.message, known)
                      : watched.folder.refuse(done.file, error_text(done.file.name, explained(answer)));
    log_.write(!moved ? LogLevel::error
               : good ? LogLevel::info
                      : LogLevel::warning,
               !moved  ? "file cannot be moved"
               : known ? "file was taken before"
               : good  ? "file taken"
                       : "file refused",
               {{"source", done.source},
                {"file", done.file.name},
                {"message", answer.message.is_set() ? text(answer.message) : "none"}});
  }

  // A refusal or conflict without findings still says why.
  static Answer explained(Answer answer) {
    if (!answer.findings.empty()) return answer;
    if (answer.kind == AnswerKind::conflict) {
      answer.findings.push_back(make_finding("INTAKE-0006", {}, "another file was taken under this claim"));
      answer.message = {};
    } else if (find_catalogue_entry(answer.status.code) != nullptr) {
      answer.findings.push_back(make_finding(answer.status.code, {}, answer.status.message));
    }
    return answer;
  }

  Engine& engine_;
  Random& random_;
  const Log& log_;
  int notify_;
  int wake_;
  std::thread thread_;
  std::map<std::string, Watched> folders_;  // by source; the thread's own
  std::mutex mutex_;                        // guards what follows
  bool stopping_ = false;
  std::vector<Done> done_;
  std::shared_ptr<const Settings> settings_;
};

FolderIntake::FolderIntake(Engine& engine, Random& random, const Log& log)
    : state_(std::make_unique<State>(engine, random, log)) {}
FolderIntake::~FolderIntake() = default;
void FolderIntake::watch(std::shared_ptr<const Settings> settings) { state_->watch(std::move(settings)); }
void FolderIntake::stop() { state_->stop(); }

}  // namespace purser::gateway
