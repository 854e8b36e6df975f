#include "gateway/serve/supervisor.h"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace purser::gateway {
namespace {

TEST(Supervisor, HearsWhatIsToldAndIsNotMissed) {
  const auto path = std::filesystem::temp_directory_path() / ("purser-notify-" + std::to_string(::getpid()));
  const int listener = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.string().copy(address.sun_path, sizeof(address.sun_path) - 1);
  ASSERT_EQ(::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);

  ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
  tell_supervisor("READY=1");
  std::array<char, 64> heard{};
  const auto length = ::recv(listener, heard.data(), heard.size(), MSG_DONTWAIT);
  ASSERT_GT(length, 0);
  EXPECT_EQ(std::string_view(heard.data(), static_cast<std::size_t>(length)), "READY=1");

  ::close(listener);
  std::filesystem::remove(path);
  tell_supervisor("STOPPING=1");  // nobody there: no harm
  ::setenv("NOTIFY_SOCKET", std::string(500, 'x').c_str(), 1);
  tell_supervisor("STOPPING=1");  // no address is so long
  ::unsetenv("NOTIFY_SOCKET");
  tell_supervisor("STOPPING=1");
}

}  // namespace
}  // namespace purser::gateway
