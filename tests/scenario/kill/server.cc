#include "tests/scenario/kill/server.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "gateway/access/api_key.h"
#include "gateway/journal/sqlite_journal.h"
#include "gateway/settings/settings.h"

namespace purser::gateway {
namespace {

void write(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

std::string configure(const std::string& folder, const std::string& url, const std::string& more) {
  std::filesystem::create_directories(folder + "/secrets");
  write(folder + "/secrets/hash", "pepper");
  SystemRandom random;
  const FreshKey key = make_api_key(random, "pepper", "sender", {"documents:write", "documents:read"});
  write(folder + "/keys.yaml", "keys:\n" + to_yaml(key.entry));
  write(folder + "/purser.yaml",
        "server: {listen: \"127.0.0.1:0\"}\n"
        "access: {hash_key: \"secret://file/secrets/hash\"}\n"
        "sources:\n  api: {kind: http, idempotency: required}\n"
        "targets:\n  out: {kind: http, url: \"" +
            url +
            "\", allow_private_addresses: true,"
            " retry: {schedule: eager, first: 5 ms, longest: 50 ms}" +
            more +
            "}\n"
            "routes:\n  all: {to: out, lane: [order_reference.number]}\n");
  return key.text;
}

std::vector<std::string> serve_command(const std::string& folder) {
  return {std::string(std::getenv("PURSER_BUILD")) + "/bin/purser",
          "serve",
          "--config",
          folder + "/config",
          "--data",
          folder + "/data"};
}

std::uint16_t port_of(Child& server) {
  while (const auto line = server.read_line()) {
    if (line->find("listens on") == std::string::npos) continue;
    return static_cast<std::uint16_t>(std::strtoul(line->c_str() + line->rfind(':') + 1, nullptr, 10));
  }
  return 0;
}

bool all_delivered(const std::string& data, int documents) {
  SystemFiles files;
  SystemClock clock;
  const auto opened = open_sqlite_journal(
      {.folder = data, .clock = clock, .files = files, .create = false, .read_only = true});
  if (!opened) return false;
  const auto figures = opened->journal->figures();
  return figures && figures->delivered == static_cast<std::uint64_t>(documents) &&
         figures->deliveries_open == 0;
}

}  // namespace purser::gateway
