// Which addresses a delivery may go to.
#pragma once

struct sockaddr;

namespace purser::gateway {

/// False for loopback, private, link-local (cloud metadata with it), shared, multicast and reserved addresses
/// of IPv4 and IPv6, IPv4 inside IPv6 included (RFC 6890 and its registries). [any]
bool is_public_address(const sockaddr& address);

}  // namespace purser::gateway
