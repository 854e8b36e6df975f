// A PostgreSQL of the test's own: started at first use, gone with the process.
#pragma once

#include <memory>
#include <string>

namespace purser::gateway {

class PrivatePostgres {
 public:
  /// The one of this process. Null where PostgreSQL is not installed.
  static PrivatePostgres* get();
  /// Another one, all its files in `folder`, which is to be empty. Null where PostgreSQL is not installed.
  static std::unique_ptr<PrivatePostgres> in(const std::string& folder);
  PrivatePostgres(const PrivatePostgres&) = delete;
  PrivatePostgres& operator=(const PrivatePostgres&) = delete;
  ~PrivatePostgres();

  /// A connection string whose tables are in an empty schema of its own.
  std::string fresh();
  /// Where all its files are.
  [[nodiscard]] const std::string& folder() const { return folder_; }
  /// Ends the server as a crash does, and starts it again.
  void kill();
  void restart();

 private:
  PrivatePostgres(std::string folder, std::string conninfo)
      : folder_(std::move(folder)), conninfo_(std::move(conninfo)) {}
  std::string folder_, conninfo_;
  int schemas_ = 0;
};

}  // namespace purser::gateway
