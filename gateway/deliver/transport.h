// Sending one delivery once. Transports report what happened; they never try again.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "gateway/deliver/target.h"
#include "gateway/message/delivery.h"

namespace purser::gateway {

/// What is sent, once.
struct Shipment {
  ClaimedDelivery delivery;
  std::string bytes;
  std::string media_type;  ///< of the format
  std::string extension;   ///< of the format, ".xml"
};

/// What came of it. `what` is empty if it arrived.
struct Receipt {
  std::optional<StatusClass> what;  ///< unavailable, overloaded: try again; invalid, denied, defect: park
  std::string code;                 ///< DELIVER-NNNN if it did not arrive
  bool left = true;                 ///< false: it never went out, which says nothing about the target
  std::uint16_t answer = 0;         ///< HTTP status
  std::string detail;               ///< one line: what the other side said, cut to max_detail
  std::optional<std::chrono::seconds> retry_after;
  std::chrono::microseconds took{0};

  static constexpr std::size_t max_detail =
      300;  ///< enough for a problem's title; a page of HTML helps nobody
};

/// Cut to Receipt::max_detail, on one line, without control characters.
std::string one_line(std::string_view text);

/// A way to send. `done` is called once, on the transport's thread. A target never changes; one with other
/// settings is another object. [any]
class Transport {
 public:
  using Done = std::move_only_function<void(Receipt)>;
  virtual ~Transport() = default;
  virtual void send(std::shared_ptr<const Target> target, Shipment shipment, Done done) = 0;
  /// Ends what is under way as not arrived and takes no more: nothing calls back afterwards. Idempotent.
  virtual void close() = 0;
};

/// All of them behind one, chosen by the kind of the target.
std::unique_ptr<Transport> make_transports();

/// HTTP and SFTP over libcurl's multi interface: one thread, pooled connections, HTTP/2 where the other side
/// speaks it. 2xx arrived; 3xx DELIVER-0005; 408, 425, 429, 5xx DELIVER-0004; other 4xx DELIVER-0003.
std::unique_ptr<Transport> make_network_transport();
/// Files in folders: written under a temporary name, synced, renamed; the same delivery gives the same name.
/// `threads` write at once, because a sync waits for the disk.
std::unique_ptr<Transport> make_folder_transport(unsigned threads);

}  // namespace purser::gateway
