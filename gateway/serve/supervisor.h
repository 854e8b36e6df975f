#pragma once

#include <string_view>

namespace purser::gateway {

/// Tells the supervisor that started the server what state it is in: "READY=1", "RELOADING=1", "STOPPING=1"
/// (sd_notify(3): a datagram to the socket that $NOTIFY_SOCKET names). Without such a socket it does nothing,
/// and a supervisor that does not listen is no reason to stop: errors are passed over. Any thread.
void tell_supervisor(std::string_view state);

}  // namespace purser::gateway
