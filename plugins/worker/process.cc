#include "plugins/worker/process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "plugins/worker/sandbox.h"
#include "plugins/worker/serve.h"

namespace purser::plugin {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr milliseconds tick{50};          // how often a waiting call looks at its worker's memory and time
constexpr int dying_milliseconds = 2000;  // a process whose socket has closed is gone this soon, or is killed
constexpr std::size_t words = 2000;       // of standard error, for the operator

nanoseconds cpu_time(pid_t process) {
  clockid_t clock{};
  timespec used{};
  if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &used) != 0) return {};
  return std::chrono::seconds(used.tv_sec) + nanoseconds(used.tv_nsec);
}

std::uint64_t resident_bytes(pid_t process) {
  const Descriptor file(::open(fmt::format("/proc/{}/statm", process).c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, 128> text{};
  if (!file.valid() || ::read(file.get(), text.data(), text.size() - 1) <= 0) return 0;
  const char* second = std::strchr(text.data(), ' ');
  if (second == nullptr) return 0;
  return std::strtoull(second, nullptr, 10) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

Status timed_out(std::string_view what, milliseconds limit) {
  return {StatusClass::defect, "HOST-TIMEOUT", fmt::format("more than {} ms of {}", limit.count(), what)};
}

// Only what a sanitizer needs: a worker knows nothing of the gateway's environment.
std::vector<std::string> worker_environment() {
  std::vector<std::string> result = {"LANG=C.UTF-8"};
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"})
    if (const char* value = std::getenv(name)) result.push_back(fmt::format("{}={}", name, value));
  return result;
}

// Above the numbers the worker will use, so that moving one to its place cannot overwrite another.
Descriptor lifted(int number) { return Descriptor(::fcntl(number, F_DUPFD_CLOEXEC, 16)); }

int spawn_with(pid_t& pid, const std::string& program, int socket, int image, int memory, int errors) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&files, errors, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&files, errors, STDERR_FILENO);
  posix_spawn_file_actions_adddup2(&files, socket, worker_socket);
  posix_spawn_file_actions_adddup2(&files, image, worker_image);
  posix_spawn_file_actions_adddup2(&files, memory, worker_memory);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigset_t all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setpgroup(&attributes, 0);  // Ctrl-C at the terminal is for the gateway, which drains
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  std::string name = "purser-worker";
  const std::array<char*, 2> arguments = {name.data(), nullptr};
  std::vector<std::string> texts = worker_environment();
  std::vector<char*> environment;
  for (std::string& text : texts) environment.push_back(text.data());
  environment.push_back(nullptr);
  const int failed =
      ::posix_spawn(&pid, program.c_str(), &files, &attributes, arguments.data(), environment.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return failed;
}

}  // namespace

void Watch::start(pid_t worker, const CallLimits& limits) {
  worker_ = worker;
  wall_ = limits.wall;
  deadline_ = Clock::now() + limits.wall;
  cpu_end_ = limits.cpu < limits.wall ? cpu_time(worker) + limits.cpu : nanoseconds::max();
  memory_ = limits.memory;
}

void Watch::shorten(milliseconds left) { deadline_ = std::min(deadline_, Clock::now() + left); }

Outcome Watch::check() const {
  if (Clock::now() >= deadline_) return std::unexpected(timed_out("time", wall_));
  return {};
}

Outcome Watch::check_usage() const {
  if (cpu_end_ != nanoseconds::max() && cpu_time(worker_) > cpu_end_)
    return std::unexpected(timed_out("processor time", wall_));
  const std::uint64_t resident = memory_ == 0 ? 0 : resident_bytes(worker_);
  if (resident <= memory_) return {};
  return std::unexpected(Status{StatusClass::defect, "HOST-MEMORY",
                                fmt::format("{} MiB used, {} MiB allowed", resident >> 20, memory_ >> 20)});
}

Outcome Watch::wait(int descriptor, short events) {
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(deadline_ - Clock::now());
    if (left.count() <= 0) return check();
    pollfd one{descriptor, events, 0};
    const int ready = ::poll(&one, 1, static_cast<int>(std::min(left, tick).count()));
    if (ready > 0) return {};
    if (Outcome good = ready == 0 ? check_usage() : Outcome(); !good) return good;
  }
}

std::expected<std::unique_ptr<WorkerProcess>, Status> WorkerProcess::spawn(const std::string& program,
                                                                           int image) {
  const auto failed = [&](std::string_view what, int number) {
    return std::unexpected(Status{StatusClass::unavailable, "HOST-0015",
                                  fmt::format("{}: {}: {}", program, what, ::strerrordesc_np(number))});
  };
  std::array<int, 2> sockets{-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()) != 0)
    return failed("socketpair", errno);
  Descriptor ours(sockets[0]);
  const Descriptor theirs(sockets[1]);
  std::array<int, 2> pipe{-1, -1};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return failed("pipe", errno);
  Descriptor errors(pipe[0]);
  const Descriptor writes(pipe[1]);
  ::fcntl(errors.get(), F_SETFL, O_NONBLOCK);
  auto memory = Stream::make_memory();
  if (!memory) return std::unexpected(memory.error());
  const Descriptor high_socket = lifted(theirs.get());
  const Descriptor high_image = lifted(image);
  const Descriptor high_memory = lifted(memory->get());
  const Descriptor high_errors = lifted(writes.get());
  if (!high_socket.valid() || !high_image.valid() || !high_memory.valid() || !high_errors.valid())
    return failed("descriptors", errno);
  pid_t pid = 0;
  if (const int number =
          spawn_with(pid, program, high_socket.get(), high_image.get(), high_memory.get(), high_errors.get());
      number != 0)
    return failed("start", number);
  return std::unique_ptr<WorkerProcess>(new WorkerProcess(pid, std::move(ours), *memory, std::move(errors)));
}

WorkerProcess::WorkerProcess(pid_t pid, Descriptor socket, const Descriptor& memory, Descriptor errors)
    : pid_(pid), channel_(std::move(socket), memory, Side::gateway, watch_), errors_(std::move(errors)) {}

WorkerProcess::~WorkerProcess() {
  if (pid_ > 0) end({StatusClass::unavailable, "HOST-0015", "no longer needed"});
}

void WorkerProcess::begin_call(const CallLimits& limits) {
  memory_limit_ = limits.memory;
  watch_.start(pid_, limits);
  // The kernel's own limit is a net below the watch, for a gateway that hangs: it may be wide, so that it is
  // moved seldom. A worker has one thread and has used no more than the time that went by.
  const auto now = Watch::Clock::now();
  if (cpu_used_ + (now - cpu_looked_) + limits.cpu < cpu_allowed_) return;
  cpu_used_ = cpu_time(pid_);
  cpu_looked_ = now;
  if (cpu_used_ + limits.cpu < cpu_allowed_) return;
  cpu_allowed_ = cpu_used_ + 10 * limits.cpu;
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(cpu_allowed_).count() + 1;
  const rlimit limit{static_cast<rlim_t>(seconds), RLIM_INFINITY};
  ::prlimit(pid_, RLIMIT_CPU, &limit, nullptr);
}

std::string WorkerProcess::last_words() {
  std::string text;
  std::array<char, 4096> buffer{};
  for (ssize_t got = 0; (got = ::read(errors_.get(), buffer.data(), buffer.size())) > 0;) {
    text.append(buffer.data(), static_cast<std::size_t>(got));
    if (text.size() > 2 * words) text.erase(0, text.size() - words);
  }
  if (text.size() > words) text.erase(0, text.size() - words);
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7e) c = ' ';
  return text;
}

Status WorkerProcess::end(const Status& why) {
  const bool went_by_itself = why.code == "HOST-CRASH";
  if (went_by_itself) {
    const Descriptor handle(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
    pollfd one{handle.get(), POLLIN, 0};
    ::poll(&one, 1, dying_milliseconds);
  }
  ::kill(pid_, SIGKILL);  // of a zombie: nothing
  int status = 0;
  rusage usage{};
  while (::wait4(pid_, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  if (!went_by_itself) return why;

  Status result{StatusClass::defect, "HOST-CRASH", {}};
  const std::uint64_t most = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  if (WIFEXITED(status)) {
    result.message = fmt::format("the worker ended with code {}", WEXITSTATUS(status));
    if (WEXITSTATUS(status) == exit_no_memory) result.code = "HOST-MEMORY";
  } else {
    result.message = fmt::format("the worker was ended by SIG{}", ::sigabbrev_np(WTERMSIG(status)));
    if (WTERMSIG(status) == SIGXCPU) result.code = "HOST-TIMEOUT";
    if (WTERMSIG(status) == SIGSYS) result.code = "HOST-0014";
    // A connector that does not look at what malloc gave dies of its own accord, with the memory used up.
    if (memory_limit_ != 0 && most > memory_limit_ / 10 * 8) result.code = "HOST-MEMORY";
  }
  if (const std::string said = last_words(); !said.empty())
    result.message += fmt::format("; its last words: {}", said);
  return result;
}

}  // namespace purser::plugin
