// purser-worker: runs one connector for the gateway. Started by it alone: the socket is descriptor 3, the
// connector's image descriptor 4, the memory both share descriptor 5.
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>

#include "plugins/worker/serve.h"

int main() {
  int type = 0;
  socklen_t length = sizeof type;
  if (::getsockopt(purser::plugin::worker_socket, SOL_SOCKET, SO_TYPE, &type, &length) != 0) {
    std::fputs("purser-worker is started by the gateway, not by hand\n", stderr);
    return 2;
  }
  ::close_range(purser::plugin::worker_memory + 1, ~0U, 0);
  // _exit: a connector's static destructors have nothing left to do, and may be broken.
  ::_exit(purser::plugin::serve_worker(purser::plugin::Descriptor(purser::plugin::worker_socket),
                                       purser::plugin::Descriptor(purser::plugin::worker_image),
                                       purser::plugin::Descriptor(purser::plugin::worker_memory)));
}
