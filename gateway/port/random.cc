#include "gateway/port/random.h"

#include <sys/random.h>

#include <cerrno>
#include <system_error>

namespace purser::gateway {

std::uint64_t Random::below(std::uint64_t bound) {
  // Values above the largest multiple of `bound` are drawn again, so that each result is equally likely.
  const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
  std::uint64_t value = 0;
  do {
    std::uint8_t bytes[sizeof value];
    fill(bytes);
    value = 0;
    for (const std::uint8_t byte : bytes) value = value << 8 | byte;
  } while (value >= limit);
  return value % bound;
}

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = ::getrandom(bytes.data(), bytes.size(), 0);
    if (got > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(got));
    } else if (errno != EINTR) {
      throw std::system_error(errno, std::generic_category(), "getrandom");
    }
  }
}

}  // namespace purser::gateway
