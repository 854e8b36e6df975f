// A process that the test starts and kills.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace purser::gateway {

/// Runs a program with its standard input and output on pipes. Killed when it goes out of scope.
class Child {
 public:
  explicit Child(const std::vector<std::string>& command);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  bool write(const std::string& line);     ///< false once it is gone
  std::optional<std::string> read_line();  ///< empty at its end
  void kill();                             ///< SIGKILL, and waits
  void terminate();                        ///< SIGTERM
  void signal(int number);
  void end_input();
  int wait();  ///< exit code, or minus the signal

 private:
  pid_t process_ = -1;
  int input_ = -1;
  int output_ = -1;
  std::string buffer_;
};

}  // namespace purser::gateway
