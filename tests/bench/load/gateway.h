// A gateway as a process of its own, with a configuration made for the bench, and what it costs.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <string>

namespace purser::bench {

/// What is to be run.
struct GatewaySetup {
  std::string program;  ///< purser
  std::string folder;   ///< for configuration and data; made
  std::uint16_t port = 0;
  std::uint16_t sink = 0;  ///< where deliveries go
  std::string postgres;    ///< connection string; empty: the embedded journal
  std::string node = "node-1";
  bool in_process = false;    ///< connectors within the gateway
  bool second_format = true;  ///< EDIFACT to a folder beside JSON to the sink
};

class Gateway {
 public:
  /// Starts it and waits until it answers. Throws std::runtime_error.
  explicit Gateway(const GatewaySetup& setup);
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;
  ~Gateway();

  /// Processor time used up to now, in milliseconds, by name of the thread; "workers" for their processes.
  [[nodiscard]] std::map<std::string, std::int64_t> processor_time() const;
  /// Resident megabytes, workers included.
  [[nodiscard]] std::int64_t memory() const;

 private:
  pid_t pid_ = 0;
};

/// The secret of the webhook source "shop" in the configuration.
inline constexpr const char* bench_secret = "whsec_YmVuY2gtc2VjcmV0LWJlbmNoLXNlY3JldC1iZW5jaCE=";

}  // namespace purser::bench
