// Where deliveries go: the settings of one target.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "gateway/deliver/breaker.h"
#include "gateway/deliver/sftp_server.h"
#include "gateway/retry/schedule.h"

namespace purser::gateway {

/// An HTTP endpoint. Every request carries Purser-Delivery-Id and Idempotency-Key, the same on each attempt.
struct HttpTarget {
  std::string url;  ///< http or https
  std::string method = "POST";
  std::vector<std::pair<std::string, std::string>> headers;  ///< secrets resolved
  std::string media_type;                                    ///< empty: the format's own
  std::chrono::milliseconds connect_timeout{5'000};
  std::chrono::milliseconds total_timeout{30'000};
  std::string ca_file;  ///< empty: the system's
  std::string client_certificate, client_key;
  bool allow_private_addresses = false;  ///< else loopback, private, link-local and metadata are refused
};

/// A folder on an SFTP server. The file appears whole or not at all; the same delivery id gives the same
/// name.
struct SftpTarget {
  SftpServer server;
  std::string file_name = "{type}-{delivery}";  ///< as in FolderTarget
  std::string extension;
};

/// A folder. The file appears whole or not at all; the same delivery id gives the same file name.
struct FolderTarget {
  std::string path;
  /// {type} {number} {delivery} {message} {document} are replaced; must contain {delivery}.
  std::string file_name = "{type}-{delivery}";
  std::string extension;  ///< ".xml"; empty: the format's own
};

/// One target. A disabled one holds its deliveries.
struct Target {
  std::string name;
  bool enabled = true;
  std::variant<HttpTarget, FolderTarget, SftpTarget> where;
  RetrySchedule retry;
  BreakerSettings breaker;
  std::uint32_t concurrency = 64;      ///< deliveries in flight at once
  std::uint32_t rate = 0;              ///< deliveries a second, 0: as fast as they come
  std::chrono::seconds expires{0};     ///< parked if it could not be sent for so long; 0: never
  bool hold_lane_when_parked = false;  ///< false: a parked delivery lets the next of its lane go
};

}  // namespace purser::gateway
