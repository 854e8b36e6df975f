#include "tests/plugins/host/harness.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace purser::plugin::test {

std::string build_folder() {
  const char* build = std::getenv("PURSER_BUILD");
  // By hand, without ctest: the program stands in BUILD/tests.
  return build != nullptr
             ? build
             : std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path().string();
}

std::string library(const std::string& name) {
  return build_folder() + (name == "lines" ? "/tests/fixture/" : "/tests/broken/") + name + ".so";
}

std::expected<std::optional<StoredValue>, Status> Services::get(const Scope& scope, std::string_view key) {
  const std::lock_guard lock(mutex_);
  const auto found = values_.find(std::string(scope.tenant) + "/" + std::string(key));
  if (found == values_.end()) return std::nullopt;
  return found->second;
}

std::expected<std::optional<std::uint64_t>, Status> Services::compare_and_set(const Scope& scope,
                                                                              std::string_view key,
                                                                              std::string_view value,
                                                                              std::uint64_t revision) {
  const std::lock_guard lock(mutex_);
  StoredValue& stored = values_[std::string(scope.tenant) + "/" + std::string(key)];
  if (stored.revision != revision) return std::nullopt;
  stored = {std::string(value), revision + 1};
  return stored.revision;
}

std::expected<std::uint64_t, Status> Services::next(const Scope& scope, std::string_view sequence,
                                                    std::uint64_t last) {
  const std::lock_guard lock(mutex_);
  std::uint64_t& number = sequences_[std::string(scope.tenant) + "/" + std::string(sequence)];
  number = last != 0 && number == last ? 1 : number + 1;
  return number;
}

bool Services::with_secret(const Scope& scope, std::string_view name,
                           const std::function<void(std::string_view)>& use) {
  if (name != "password" || scope.tenant != "acme") return false;
  use("correct horse");
  return true;
}

void Services::log(const Scope& scope, Severity /*severity*/, std::string_view line) {
  const std::lock_guard lock(mutex_);
  lines_.push_back(std::string(scope.connector) + ": " + std::string(line));
}

void Services::count(std::string_view connector, std::string_view metric, std::uint64_t amount) {
  const std::lock_guard lock(mutex_);
  counters_[std::string(connector) + "." + std::string(metric)] += amount;
}

std::optional<bool> Services::on_code_list(std::string_view list, std::string_view code) {
  if (list != "iso4217") return std::nullopt;
  return code == "EUR";
}

bool Services::logged(std::string_view part) {
  const std::lock_guard lock(mutex_);
  return std::ranges::any_of(lines_,
                             [&](const std::string& line) { return line.find(part) != std::string::npos; });
}

std::uint64_t Services::counted(const std::string& metric) {
  const std::lock_guard lock(mutex_);
  return counters_[metric];
}

ConnectorConfig config_for(const std::string& name, Isolation isolation) {
  ConnectorConfig config;
  config.path = library(name);
  config.isolation = isolation;
  config.limits.wall = std::chrono::milliseconds(30'000);
  return config;
}

std::shared_ptr<Connector> load(const ConnectorConfig& config, HostServices& services) {
  auto loaded = load_connector(config, services);
  if (loaded) return *std::move(loaded);
  for (const Finding& finding : loaded.error().findings()) ADD_FAILURE() << to_line(finding, config.path);
  return nullptr;
}

std::set<std::string> refusal(const ConnectorConfig& config, HostServices& services) {
  std::set<std::string> codes;
  const auto loaded = load_connector(config, services);
  if (loaded) return codes;
  for (const Finding& finding : loaded.error().findings()) codes.insert(finding.code);
  return codes;
}

std::string decode(Connector& connector, std::string text, RecordedDocument& out, Request request) {
  Text source(std::move(text));
  const Outcome done = connector.decode(request, source, out);
  return done ? "" : done.error().code;
}

}  // namespace purser::plugin::test
