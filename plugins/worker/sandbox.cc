#include "plugins/worker/sandbox.h"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <memory>
#include <string>

namespace purser::plugin {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif
#else
constexpr bool sanitized = false;
#endif

constexpr rlim_t max_open_files = 64;  // while loading: libraries; afterwards the filter lets none be opened

Outcome failed(const char* what) {
  return std::unexpected(
      Status{StatusClass::defect, "HOST-0015", std::string("cannot put up the wall: ") + what});
}

bool limit(int resource, rlim_t most) {
  const rlimit both{most, most};
  return ::setrlimit(static_cast<__rlimit_resource>(resource), &both) == 0;
}

// Computing, memory, the open descriptors, ending. Whatever is not named kills the process with SIGSYS.
constexpr int calls_of_work[] = {
    SCMP_SYS(read),           SCMP_SYS(write),           SCMP_SYS(readv),         SCMP_SYS(writev),
    SCMP_SYS(recvfrom),       SCMP_SYS(sendto),          SCMP_SYS(recvmsg),       SCMP_SYS(sendmsg),
    SCMP_SYS(poll),           SCMP_SYS(ppoll),           SCMP_SYS(close),         SCMP_SYS(lseek),
    SCMP_SYS(fstat),          SCMP_SYS(munmap),          SCMP_SYS(mremap),        SCMP_SYS(brk),
    SCMP_SYS(madvise),        SCMP_SYS(futex),           SCMP_SYS(sched_yield),   SCMP_SYS(getrandom),
    SCMP_SYS(getpid),         SCMP_SYS(gettid),          SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
    SCMP_SYS(time),           SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep),     SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction),    SCMP_SYS(sigaltstack),   SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),           SCMP_SYS(exit_group),      SCMP_SYS(rseq),          SCMP_SYS(membarrier)};

// What the dynamic linker and the second filter need on top.
constexpr int calls_of_loading[] = {SCMP_SYS(pread64),    SCMP_SYS(access),     SCMP_SYS(faccessat),
                                    SCMP_SYS(faccessat2), SCMP_SYS(stat),       SCMP_SYS(newfstatat),
                                    SCMP_SYS(statx),      SCMP_SYS(readlink),   SCMP_SYS(readlinkat),
                                    SCMP_SYS(getcwd),     SCMP_SYS(mmap),       SCMP_SYS(mprotect),
                                    SCMP_SYS(prctl),      SCMP_SYS(seccomp),    SCMP_SYS(getuid),
                                    SCMP_SYS(geteuid),    SCMP_SYS(getgid),     SCMP_SYS(getegid),
                                    SCMP_SYS(uname),      SCMP_SYS(getdents64), SCMP_SYS(sched_getaffinity),
                                    SCMP_SYS(sysinfo),    SCMP_SYS(prlimit64),  SCMP_SYS(arch_prctl)};

class Filter {
 public:
  Filter() : context_(seccomp_init(SCMP_ACT_KILL_PROCESS), seccomp_release) {}

  void allow(std::span<const int> calls) {
    for (const int call : calls) add(seccomp_rule_add(context_.get(), SCMP_ACT_ALLOW, call, 0));
  }
  void allow_if(int call, scmp_arg_cmp condition) {
    add(seccomp_rule_add(context_.get(), SCMP_ACT_ALLOW, call, 1, condition));
  }
  void refuse(int call) { add(seccomp_rule_add(context_.get(), SCMP_ACT_ERRNO(EPERM), call, 0)); }
  bool load() { return context_ && good_ && seccomp_load(context_.get()) == 0; }

 private:
  void add(int result) { good_ = good_ && result == 0; }
  std::unique_ptr<void, decltype(&seccomp_release)> context_;
  bool good_ = true;
};

// abort() raises SIGABRT with tgkill: to itself only.
void allow_abort(Filter& filter) {
  filter.allow_if(SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid())));
}

}  // namespace

Outcome raise_walls(std::uint64_t memory, Walls& walls) {
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return failed("PR_SET_PDEATHSIG");
  if (::getppid() == 1) return failed("the gateway has gone");
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return failed("PR_SET_NO_NEW_PRIVS");
  if (!limit(RLIMIT_CORE, 0) || !limit(RLIMIT_FSIZE, 0) || !limit(RLIMIT_NOFILE, max_open_files))
    return failed("resource limits");
  ::signal(SIGXFSZ, SIG_IGN);                   // a write to a file fails instead
  ::fcntl(STDERR_FILENO, F_SETFL, O_NONBLOCK);  // what nobody reads must not stop the work
  walls.no_network =
      ::unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC) == 0 || ::unshare(CLONE_NEWNET) == 0;
  if (!sanitized) {
    if (memory != 0 && !limit(RLIMIT_AS, memory)) return failed("RLIMIT_AS");
    walls.address_space = memory != 0;
  }
  return {};
}

Outcome filter_for_loading(Walls& walls) {
  if (sanitized) return {};
  Filter filter;
  filter.allow(calls_of_work);
  filter.allow(calls_of_loading);
  filter.allow_if(SCMP_SYS(openat), SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT, O_RDONLY));
  filter.allow_if(SCMP_SYS(open), SCMP_A1(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT, O_RDONLY));
  allow_abort(filter);
  if (!filter.load()) return failed("the filter for loading");
  walls.filter = true;
  return {};
}

Outcome filter_for_work() {
  if (sanitized) return {};
  Filter filter;
  filter.allow(calls_of_work);
  filter.allow_if(SCMP_SYS(mmap), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  filter.allow_if(SCMP_SYS(mprotect), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  // The C library asks these where it can do without an answer: time zones, locales, its own memory arenas.
  for (const int call : {SCMP_SYS(openat), SCMP_SYS(newfstatat), SCMP_SYS(readlink), SCMP_SYS(sysinfo),
                         SCMP_SYS(sched_getaffinity), SCMP_SYS(prlimit64)})
    filter.refuse(call);
  allow_abort(filter);
  return filter.load() ? Outcome() : failed("the filter for work");
}

}  // namespace purser::plugin
