// What happens to a running server, by name.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>

#include "tests/gateway/pipeline/receiver.h"
#include "tests/scenario/crash/power.h"
#include "tests/scenario/kill/child.h"

namespace purser::gateway {

/// What a fault can lay hands on.
struct Victim {
  Child& server;
  std::string data;                    ///< a file system of its own where the fault needs one
  std::function<void()> restart;       ///< after the process has ended
  std::function<int()> start_in_vain;  ///< gives the exit code of a server that should not come up
  PowerDisk* disk = nullptr;           ///< the one below `data`, where the fault asks for it
};

/// Strikes once and makes good again, all within seconds.
struct Fault {
  const char* name;
  const char* what;                          ///< for the table
  enum class Disk : std::uint8_t { any, small, power } disk = Disk::any;  ///< below the data folder
  void (*strike)(Victim& victim) = nullptr;  ///< none: the receiver is the fault
  Receiver::Reply (*judge)(const Receiver::Request&) = nullptr;
};

std::span<const Fault> faults();

/// A file system of a few megabytes at `path`; empty pointer without the right to mount one.
std::shared_ptr<void> small_disk(const std::string& path);

}  // namespace purser::gateway
