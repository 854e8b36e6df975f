#include "gateway/journal/postgres/listener.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "gateway/port/thread_name.h"
#include "gateway/postgres/postgres.h"

namespace purser::gateway {
namespace {

constexpr int look_ms = 60'000;  // the connection is tried that often when it is quiet
constexpr int pause_ms = 1'000;  // between two attempts to connect
}  // namespace

PostgresListener::PostgresListener(std::string conninfo, std::string application,
                                   const std::atomic<int>& own_backend)
    : conninfo_(std::move(conninfo)),
      application_(std::move(application)),
      own_backend_(own_backend),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  thread_ = std::thread([this] { loop(); });
}

PostgresListener::~PostgresListener() {
  stopping_ = true;
  ::eventfd_write(wake_, 1);
  thread_.join();
  ::close(wake_);
}

void PostgresListener::tell(std::function<void()> function) {
  const std::lock_guard lock(mutex_);
  tell_ = std::move(function);
}

void PostgresListener::news() {
  const std::lock_guard lock(mutex_);
  if (tell_) tell_();
}

void PostgresListener::loop() {
  name_thread("listener");
  while (!stopping_) {
    try {
      listen();
    } catch (const SqlError&) {
      // The database is away: the writer says so to whoever waits.
      pollfd one{wake_, POLLIN, 0};
      ::poll(&one, 1, pause_ms);
    }
  }
}

void PostgresListener::listen() {
  PostgresDatabase database(conninfo_, application_);
  database.execute("LISTEN purser_work");
  news();  // what was made while nobody listened
  while (!stopping_) {
    bool foreign = false;
    for (const int backend : database.wait_for_notice(look_ms, wake_)) foreign |= backend != own_backend_;
    if (foreign) news();
  }
}

}  // namespace purser::gateway
