// The filter of addresses on outgoing connections: one for deliveries, webhooks, fetched keys and fetched
// files.
#pragma once

#include <curl/curl.h>

namespace purser::gateway {

/// Of one handle, for as long as it is used.
struct AddressFilter {
  bool private_addresses = false;  ///< may go into the own network
  bool refused = false;            ///< the name led where it may not go
  unsigned requests = 0;           ///< begun; libcurl begins again where a connection turns out to be dead
};

/// Has libcurl ask for every address a name has, at the moment of connecting, so that a name that changes its
/// mind is caught; and once more before a connection is used that was there already, since others may have
/// opened it who may go there. Takes no proxy of the environment, which would go around it.
void install_address_filter(CURL* easy, AddressFilter& filter);

}  // namespace purser::gateway
