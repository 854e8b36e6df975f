#include "tests/gateway/access/shared/private_redis.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>
#include <utility>
#include <vector>

namespace purser::gateway {
namespace {

constexpr const char* program = "/usr/bin/redis-server";

sockaddr_in local(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// A port that was free a moment ago.
std::uint16_t free_port() {
  const int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  auto address = local(0);
  socklen_t size = sizeof address;
  auto* raw = reinterpret_cast<sockaddr*>(&address);
  const bool known = ::bind(handle, raw, size) == 0 && ::getsockname(handle, raw, &size) == 0;
  ::close(handle);
  return known ? ntohs(address.sin_port) : std::uint16_t{0};
}

bool answers(std::uint16_t port) {
  const int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = local(port);
  const bool good = ::connect(handle, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(handle);
  return good;
}

}  // namespace

PrivateRedis::PrivateRedis(std::string password) : password_(std::move(password)), port_(free_port()) {}

bool PrivateRedis::installed() { return ::access(program, X_OK) == 0; }

bool PrivateRedis::start() {
  std::vector<std::string> words = {program,  "--port", std::to_string(port_), "--bind",    "127.0.0.1",
                                    "--save", "",       "--logfile",           "/dev/null", "--dir",
                                    "/tmp"};
  if (!password_.empty()) words.insert(words.end(), {"--requirepass", password_});
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_ = ::fork();
  if (pid_ == 0) {
    ::execv(program, arguments.data());
    ::_exit(127);
  }
  for (int i = 0; i < 1'000; ++i) {
    if (answers(port_)) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

void PrivateRedis::kill() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

}  // namespace purser::gateway
