#include "gateway/fetch/address_filter.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <cstring>

#include "gateway/fetch/address.h"

namespace purser::gateway {
namespace {

curl_socket_t open_socket(void* self, curlsocktype, curl_sockaddr* address) {
  auto& filter = *static_cast<AddressFilter*>(self);
  if (!filter.private_addresses && !is_public_address(address->addr)) {
    filter.refused = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

bool is_public(const char* text) {
  sockaddr_storage storage{};
  auto* v4 = reinterpret_cast<sockaddr_in*>(&storage);
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&storage);
  if (::inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
  } else if (::inet_pton(AF_INET6, text, &v6->sin6_addr) == 1) {
    v6->sin6_family = AF_INET6;
  } else {
    return false;
  }
  return is_public_address(reinterpret_cast<const sockaddr&>(storage));
}

int before_request(void* self, char* primary_ip, char*, int, int) {
  auto& filter = *static_cast<AddressFilter*>(self);
  ++filter.requests;
  if (filter.private_addresses || is_public(primary_ip)) return CURL_PREREQFUNC_OK;
  filter.refused = true;
  return CURL_PREREQFUNC_ABORT;
}

}  // namespace

void install_address_filter(CURL* easy, AddressFilter& filter) {
  filter.refused = false;
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &filter);
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before_request);
  curl_easy_setopt(easy, CURLOPT_PREREQDATA, &filter);
}

}  // namespace purser::gateway
