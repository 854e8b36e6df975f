// What a worker takes from itself before it runs a connector's code.
#pragma once

#include <cstdint>

#include "canonical/event/event.h"

namespace purser::plugin {

/// Which walls stand. A build under a sanitizer has neither a limit of address space nor a system call
/// filter: both break the sanitizer itself; there the gateway's own watch over memory and time remains.
struct Walls {
  bool filter = false;         ///< seccomp: only the calls of computing
  bool address_space = false;  ///< RLIMIT_AS
  bool no_network = false;     ///< a network namespace of its own, where the kernel permits
};

/// Limits, death with the parent, no new privileges, a network namespace. Before anything is loaded. [setup]
Outcome raise_walls(std::uint64_t memory, Walls& walls);

/// Before loading: no sockets, no programs, no processes; files can be opened to read. [setup]
Outcome filter_for_loading(Walls& walls);
/// After loading: nothing but reading and writing what is open, memory, clocks and the end. [setup]
Outcome filter_for_work();

/// Exit code of a worker whose memory has run out.
constexpr int exit_no_memory = 77;

}  // namespace purser::plugin
