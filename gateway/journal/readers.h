// Read-only connections for queries, so that they never wait for the writer.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "gateway/sqlite/sqlite.h"

namespace purser::gateway {

/// Connections that are lent out one at a time. [any]
class Readers {
 public:
  static constexpr std::size_t max_kept = 8;  ///< more queries at once open a connection and close it again

  explicit Readers(std::string path) : path_(std::move(path)) {}

  /// Runs `ask` with a connection; SqlError becomes a Status.
  template <typename Ask>
  auto with(Ask ask) -> std::expected<decltype(ask(std::declval<Database&>())), Status> {
    try {
      std::unique_ptr<Database> database = take();
      auto answer = ask(*database);
      give(std::move(database));
      return answer;
    } catch (const SqlError& error) {
      return std::unexpected(error.status());
    }
  }

 private:
  std::unique_ptr<Database> take();
  void give(std::unique_ptr<Database> database);

  std::string path_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Database>> free_;
};

}  // namespace purser::gateway
