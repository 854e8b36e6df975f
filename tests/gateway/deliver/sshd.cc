#include "tests/gateway/deliver/sshd.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pwd.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

namespace purser::gateway {
namespace {

/// Runs a program to its end; what it says goes to `output`. False if it fails.
bool run(std::vector<std::string> words, const std::string& output) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, 1, output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::posix_spawn_file_actions_adddup2(&actions, 1, 2);
  pid_t child = 0;
  const bool started =
      ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ) == 0;
  ::posix_spawn_file_actions_destroy(&actions);
  int status = -1;
  return started && ::waitpid(child, &status, 0) == child && status == 0;
}

std::uint16_t free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  ::bind(socket, reinterpret_cast<sockaddr*>(&address), length);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
  ::close(socket);
  return ntohs(address.sin_port);
}

}  // namespace

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Sshd::Sshd(const std::string& folder) : folder_(folder), log_(folder + "/sshd.log"), port_(free_port()) {
  for (const char* key : {"host_key", "user_key", "other_key"}) {
    run({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder + "/" + key}, log_);
  }
  std::filesystem::copy(folder + "/user_key.pub", folder + "/authorized_keys");
  if (::geteuid() == 0)
    std::filesystem::create_directories("/run/sshd");  // its privilege separation wants it
  std::ofstream config(folder + "/sshd_config");
  config << "ListenAddress 127.0.0.1\nPort " << port_ << "\nHostKey " << folder << "/host_key\n"
         << "AuthorizedKeysFile " << folder << "/authorized_keys\nStrictModes no\nUsePAM no\n"
         << "PermitRootLogin yes\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
         << "PidFile " << folder << "/sshd.pid\nSubsystem sftp internal-sftp\n";
  config.close();
  run({"/usr/sbin/sshd", "-f", folder + "/sshd_config", "-E", log_}, log_);
  for (int i = 0; i < 200 && !std::filesystem::exists(folder + "/sshd.pid"); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

Sshd::~Sshd() {
  std::ifstream pid(folder_ + "/sshd.pid");
  pid_t number = 0;
  if (!(pid >> number)) return;
  ::kill(number, SIGTERM);
  for (int i = 0; i < 200 && std::filesystem::exists(folder_ + "/sshd.pid"); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

SftpServer Sshd::login(const std::string& path) const {
  run({"ssh-keygen", "-l", "-E", "sha256", "-f", folder_ + "/host_key.pub"}, folder_ + "/shown");
  std::istringstream line(content(folder_ + "/shown"));
  std::string bits, fingerprint;
  line >> bits >> fingerprint;
  SftpServer server;
  server.host = "127.0.0.1";
  server.port = port_;
  server.path = path;
  server.user = ::getpwuid(::geteuid())->pw_name;
  server.private_key = folder_ + "/user_key";
  server.host_key = fingerprint.substr(std::string("SHA256:").size());
  server.allow_private_addresses = true;
  server.total_timeout = std::chrono::seconds(10);
  return server;
}

std::string Sshd::log() const { return content(log_); }

}  // namespace purser::gateway
