// The worker's own life: greet, load, create, then answer one question after the other.
#pragma once

#include "plugins/line/library.h"
#include "plugins/worker/channel.h"

namespace purser::plugin {

/// Where a worker finds what it was given.
constexpr int worker_socket = 3;
constexpr int worker_image = 4;
constexpr int worker_memory = 5;

/// Serves until the gateway closes the socket or breaks the protocol; the exit code. [serial]
int serve_worker(Descriptor socket, Descriptor image, Descriptor memory);

}  // namespace purser::plugin
