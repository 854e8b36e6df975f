#include "tests/bench/load/gateway.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

namespace purser::bench {
namespace {

namespace fs = std::filesystem;

void write(const std::string& path, std::string_view text) { std::ofstream(path, std::ios::binary) << text; }

void configure(const GatewaySetup& setup) {
  const std::string config = setup.folder + "/config";
  fs::create_directories(config + "/secrets");
  write(config + "/secrets/hash", "pepper");
  write(config + "/secrets/shop", bench_secret);
  write(config + "/secrets/postgres", setup.postgres);
  const char* isolation = setup.in_process ? "in-process" : "worker";
  std::string text = fmt::format(
      "server: {{listen: \"127.0.0.1:{}\"}}\naccess: {{hash_key: secret://file/secrets/hash}}\n"
      "connectors:\n  ubl: {{isolation: {}}}\n  edifact: {{isolation: {}}}\n"
      "sources:\n  shop: {{kind: webhook, connector: ubl, secrets: [secret://file/secrets/shop]}}\n"
      "targets:\n  app: {{kind: http, url: \"http://127.0.0.1:{}/\", allow_private_addresses: true, retry: "
      "{{schedule: eager}}}}\n",
      setup.port, isolation, isolation, setup.sink);
  if (setup.second_format)
    text += "  erp: {kind: folder, path: out, file_name: \"{delivery}\", extension: .edi}\n";
  text += "routes:\n  json: {to: app, lane: [number]}\n";
  if (setup.second_format)
    text += "  edifact: {as: {connector: edifact, message: INVOIC, version: D96A}, to: erp}\n";
  if (!setup.postgres.empty()) {
    text += fmt::format("journal: {{postgres: secret://file/secrets/postgres, node: {}}}\n", setup.node);
  }
  write(config + "/purser.yaml", text);
}

bool answers(std::uint16_t port) {
  const int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool good = ::connect(handle, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(handle);
  return good;
}

// User and kernel time in milliseconds out of a stat file (proc(5)): the 14th and 15th word.
std::int64_t time_in(const std::string& path) {
  std::ifstream file(path);
  std::string text;
  std::getline(file, text);
  const auto name_end = text.rfind(')');
  if (name_end == std::string::npos) return 0;
  std::int64_t user = 0;
  std::int64_t kernel = 0;
  int word = 2;
  std::size_t at = name_end + 1;
  while (at < text.size() && word < 15) {
    const std::size_t begin = text.find_first_not_of(' ', at);
    const std::size_t end = text.find(' ', begin);
    ++word;
    if (word == 14) user = std::stoll(text.substr(begin, end - begin));
    if (word == 15) kernel = std::stoll(text.substr(begin, end - begin));
    at = end;
  }
  return (user + kernel) * 1000 / ::sysconf(_SC_CLK_TCK);
}

std::string line_of(const std::string& path) {
  std::ifstream file(path);
  std::string text;
  std::getline(file, text);
  return text;
}

// Processes whose parent is `parent`.
template <typename Take>
void each_child(pid_t parent, Take take) {
  for (const auto& entry : fs::directory_iterator(fmt::format("/proc/{}/task", parent))) {
    std::ifstream list(entry.path().string() + "/children");
    for (pid_t child = 0; list >> child;) take(child);
  }
}

std::int64_t resident(pid_t pid) {
  std::ifstream file(fmt::format("/proc/{}/statm", pid));
  std::int64_t all = 0;
  std::int64_t pages = 0;
  file >> all >> pages;
  return pages * ::sysconf(_SC_PAGESIZE) >> 20;
}

}  // namespace

Gateway::Gateway(const GatewaySetup& setup) {
  configure(setup);
  pid_ = ::fork();
  if (pid_ == 0) {
    const int log = ::open((setup.folder + "/log").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(log, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    const std::string config = setup.folder + "/config";
    const std::string data = setup.folder + "/data";
    ::execl(setup.program.c_str(), setup.program.c_str(), "serve", "--config", config.c_str(), "--data",
            data.c_str(), nullptr);
    ::_exit(127);
  }
  for (int i = 0; i < 300; ++i) {
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) == pid_) break;
    if (answers(setup.port)) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  throw std::runtime_error("the gateway did not start: see " + setup.folder + "/log");
}

Gateway::~Gateway() {
  ::kill(pid_, SIGTERM);
  ::waitpid(pid_, nullptr, 0);
}

std::map<std::string, std::int64_t> Gateway::processor_time() const {
  std::map<std::string, std::int64_t> out;
  for (const auto& entry : fs::directory_iterator(fmt::format("/proc/{}/task", pid_))) {
    out[line_of(entry.path().string() + "/comm")] += time_in(entry.path().string() + "/stat");
  }
  each_child(pid_, [&](pid_t child) { out["workers"] += time_in(fmt::format("/proc/{}/stat", child)); });
  return out;
}

std::int64_t Gateway::memory() const {
  std::int64_t all = resident(pid_);
  each_child(pid_, [&](pid_t child) { all += resident(child); });
  return all;
}

}  // namespace purser::bench
