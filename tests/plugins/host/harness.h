// What the tests of plugins/host share: loading fixtures, sources and sinks in memory, services that
// remember.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "canonical/event/recorded_events.h"
#include "plugins/host/connector.h"

namespace purser::plugin::test {

std::string build_folder();
/// "lines" of tests/fixture, any other of tests/broken.
std::string library(const std::string& name);

class Text : public ByteSource {
 public:
  explicit Text(std::string text, bool again = true) : text_(std::move(text)), again_(again) {}
  std::expected<std::size_t, Status> read(std::span<char> into) override {
    const std::size_t count = std::min(into.size(), text_.size() - at_);
    std::memcpy(into.data(), text_.data() + at_, count);
    at_ += count;
    return count;
  }
  bool rewind() override {
    at_ = 0;
    return again_;
  }

 private:
  std::string text_;
  bool again_;
  std::size_t at_ = 0;
};

class Bytes : public ByteSink {
 public:
  Outcome write(std::span<const char> bytes) override {
    text.append(bytes.data(), bytes.size());
    return {};
  }
  std::string text;
};

/// Services in memory. [any]
class Services : public HostServices {
 public:
  std::expected<std::optional<StoredValue>, Status> get(const Scope& scope, std::string_view key) override;
  std::expected<std::optional<std::uint64_t>, Status> compare_and_set(const Scope& scope,
                                                                      std::string_view key,
                                                                      std::string_view value,
                                                                      std::uint64_t revision) override;
  std::expected<std::uint64_t, Status> next(const Scope& scope, std::string_view sequence,
                                            std::uint64_t last) override;
  bool with_secret(const Scope& scope, std::string_view name,
                   const std::function<void(std::string_view)>& use) override;
  void log(const Scope& scope, Severity severity, std::string_view line) override;
  void count(std::string_view connector, std::string_view metric, std::uint64_t amount) override;
  std::int64_t now() override { return 1'700'000'000'000'000'000; }
  std::optional<bool> on_code_list(std::string_view list, std::string_view code) override;

  [[nodiscard]] bool logged(std::string_view part);
  [[nodiscard]] std::uint64_t counted(const std::string& metric);

 private:
  std::mutex mutex_;
  std::map<std::string, StoredValue, std::less<>> values_;
  std::map<std::string, std::uint64_t, std::less<>> sequences_;
  std::map<std::string, std::uint64_t, std::less<>> counters_;
  std::vector<std::string> lines_;
};

ConnectorConfig config_for(const std::string& name, Isolation isolation);
/// Fails the test if it does not load.
std::shared_ptr<Connector> load(const ConnectorConfig& config, HostServices& services);
/// The codes of why it does not load; empty if it does.
std::set<std::string> refusal(const ConnectorConfig& config, HostServices& services);

/// One decode of a text; the code of its failure, or empty.
std::string decode(Connector& connector, std::string text, RecordedDocument& out, Request request = {});

}  // namespace purser::plugin::test
