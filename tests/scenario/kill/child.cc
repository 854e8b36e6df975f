#include "tests/scenario/kill/child.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

extern char** environ;

namespace purser::gateway {

Child::Child(const std::vector<std::string>& command) {
  int in[2];
  int out[2];
  if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], 0);
  posix_spawn_file_actions_adddup2(&actions, out[1], 1);
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const int failed = ::posix_spawn(&process_, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(in[0]);
  ::close(out[1]);
  input_ = in[1];
  output_ = out[0];
  if (failed != 0) throw std::runtime_error("cannot start " + command.at(0));
  ::signal(SIGPIPE, SIG_IGN);
}

Child::~Child() {
  if (process_ > 0) kill();
  end_input();
  ::close(output_);
}

bool Child::write(const std::string& line) {
  return ::write(input_, line.data(), line.size()) == static_cast<ssize_t>(line.size());
}

std::optional<std::string> Child::read_line() {
  char piece[65536];
  while (true) {
    if (const auto end = buffer_.find('\n'); end != std::string::npos) {
      std::string line = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      return line;
    }
    const ssize_t got = ::read(output_, piece, sizeof piece);
    if (got <= 0) return std::nullopt;
    buffer_.append(piece, static_cast<std::size_t>(got));
  }
}

void Child::kill() {
  ::kill(process_, SIGKILL);
  wait();
}

void Child::terminate() { ::kill(process_, SIGTERM); }

void Child::signal(int number) { ::kill(process_, number); }

void Child::end_input() {
  if (input_ >= 0) ::close(input_);
  input_ = -1;
}

int Child::wait() {
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace purser::gateway
