#include "gateway/fetch/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <cstring>

namespace purser::gateway {
namespace {

struct Block4 {
  std::uint32_t network;
  int bits;
};
// IANA IPv4 Special-Purpose Address Registry, the entries that are not globally reachable, and multicast.
constexpr std::array<Block4, 15> blocks4 = {{{0x00000000, 8},    // this network
                                             {0x0A000000, 8},    // private
                                             {0x64400000, 10},   // shared address space
                                             {0x7F000000, 8},    // loopback
                                             {0xA9FE0000, 16},   // link-local, metadata services
                                             {0xAC100000, 12},   // private
                                             {0xC0000000, 24},   // protocol assignments
                                             {0xC0000200, 24},   // documentation
                                             {0xC0586300, 24},   // 6to4 relay anycast, retired
                                             {0xC0A80000, 16},   // private
                                             {0xC6120000, 15},   // benchmarking
                                             {0xC6336400, 24},   // documentation
                                             {0xCB007100, 24},   // documentation
                                             {0xE0000000, 4},    // multicast
                                             {0xF0000000, 4}}};  // reserved, broadcast

bool is_public4(std::uint32_t address) {
  for (const Block4& block : blocks4) {
    const std::uint32_t mask = ~std::uint32_t{0} << (32 - block.bits);
    if ((address & mask) == block.network) return false;
  }
  return true;
}

std::uint32_t word(const std::uint8_t* bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 |
         bytes[3];
}

bool is_public6(const in6_addr& address) {
  const std::uint8_t* bytes = address.s6_addr;
  if (IN6_IS_ADDR_V4MAPPED(&address)) return is_public4(word(bytes + 12));
  // NAT64 (64:ff9b::/96) and 6to4 (2002::/16) carry an IPv4 address that counts.
  if (word(bytes) == 0x0064FF9B && word(bytes + 4) == 0 && word(bytes + 8) == 0)
    return is_public4(word(bytes + 12));
  if (bytes[0] == 0x20 && bytes[1] == 0x02) return is_public4(word(bytes + 2));
  if (word(bytes) == 0x20010DB8) return false;                 // documentation
  if ((word(bytes) & 0xFFFFFE00) == 0x20010000) return false;  // protocol assignments, Teredo
  return (bytes[0] & 0xE0) == 0x20;                            // only 2000::/3 is global unicast
}

}  // namespace

bool is_public_address(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &address, sizeof in);
    return is_public4(ntohl(in.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 in{};
    std::memcpy(&in, &address, sizeof in);
    return is_public6(in.sin6_addr);
  }
  return false;
}

}  // namespace purser::gateway
