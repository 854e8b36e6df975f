// Connections for questions, so that they never wait for the writer.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "gateway/sql/sql.h"

namespace purser::gateway {

/// Connections that are lent out one at a time. One on which a question failed is not lent again. [any]
class Readers {
 public:
  static constexpr std::size_t max_kept = 8;  ///< more questions at once open a connection and close it again

  explicit Readers(std::function<std::unique_ptr<Database>()> connect) : connect_(std::move(connect)) {}

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
  std::unique_ptr<Database> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        std::unique_ptr<Database> database = std::move(free_.back());
        free_.pop_back();
        return database;
      }
    }
    return connect_();
  }
  void give(std::unique_ptr<Database> database) {
    const std::lock_guard lock(mutex_);
    if (free_.size() < max_kept) free_.push_back(std::move(database));
  }

  std::function<std::unique_ptr<Database>()> connect_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Database>> free_;
};

}  // namespace purser::gateway
