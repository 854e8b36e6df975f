// `purser serve`: the whole server, wired from top to bottom.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

namespace purser::gateway {

/// What the command line says. Everything else is in the configuration folder.
struct ServeOptions {
  std::string config;      ///< configuration folder; required
  std::string data;        ///< overrides `data` of the settings if not empty
  std::string connectors;  ///< folder of connector libraries; empty: lib/purser/connectors beside bin/
  int port = -1;           ///< overrides the port of server.listen; 0 lets the system choose; -1 keeps it
  bool quiet = false;      ///< no start-up lines on standard output
  /// Called once when the server takes connections, with the port it really has. May be empty. [serial]
  std::function<void(std::uint16_t port)> ready;
  /// A test may stop the server by setting this instead of by SIGTERM; null if not wanted.
  const std::atomic<bool>* stop = nullptr;
};

/// Runs until SIGTERM or SIGINT (drains: what was accepted is finished or is on disk) and returns the exit
/// code: 0 stopped as asked, 3 could not start (settings, port, data folder), said on standard error.
/// SIGHUP reloads the configuration: checked whole, swapped whole; a bad one changes nothing.
int serve(const ServeOptions& options);

}  // namespace purser::gateway
