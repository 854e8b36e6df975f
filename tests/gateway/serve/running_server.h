// A whole server in this process, on a port of its own, with a configuration and data folder of its own.
#pragma once

#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace purser::gateway::testing {

/// An HTTP answer.
struct Reply {
  int status = 0;
  std::string text;  ///< head and body
  std::string body;
  [[nodiscard]] std::string header(std::string_view name) const;
};

using Fields = std::vector<std::pair<std::string, std::string>>;

class RunningServer {
 public:
  /// Makes the folders and secrets; `extra` is added to the configuration. Does not start yet.
  explicit RunningServer(std::string_view extra = {});
  ~RunningServer();

  void start();
  /// Stops as SIGTERM would; gives the exit code.
  int stop();
  void write_config(const std::string& name, std::string_view text) const;
  [[nodiscard]] std::string config() const { return folder_ + "/config"; }
  [[nodiscard]] std::string data() const { return folder_ + "/data"; }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// The key of an entry that may do everything, of one that may read only.
  [[nodiscard]] const std::string& key() const { return key_; }
  [[nodiscard]] const std::string& reader() const { return reader_; }
  [[nodiscard]] const std::string& webhook_key() const { return webhook_key_; }

  [[nodiscard]] Reply send(std::string_view method, std::string_view target, const Fields& fields = {},
                           std::string_view body = {}) const;
  /// With the all-purpose key.
  [[nodiscard]] Reply get(std::string_view target) const;
  [[nodiscard]] Reply post(std::string_view target, std::string_view body, Fields fields = {}) const;

 private:
  std::string folder_;
  std::string key_, reader_, webhook_key_;
  std::uint16_t port_ = 0;
  std::atomic<bool> stop_{false};
  std::future<int> exit_;
};

/// Looks until `condition` holds, up to ten seconds.
template <typename Condition>
bool eventually(Condition condition) {
  for (int i = 0; i < 1000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

/// A purchase order in canonical JSON that has nothing wrong with it.
std::string order(std::string_view number);

}  // namespace purser::gateway::testing
