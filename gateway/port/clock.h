// Time as an interface: the real one here, a simulated one in tests.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace purser::gateway {

/// A moment, UTC, to the microsecond: what is stored and shown.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// Where the gateway takes its time from. [any]
class Clock {
 public:
  virtual ~Clock() = default;
  /// Wall clock; may jump. For what is stored: due times, entries, leases.
  [[nodiscard]] virtual Instant now() const = 0;
  /// Never goes back; for measuring and for waiting. Origin unspecified.
  [[nodiscard]] virtual std::chrono::microseconds monotonic() const = 0;
};

/// The machine's clocks.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
  [[nodiscard]] std::chrono::microseconds monotonic() const override;
};

/// Microseconds since 1970 and back: the stored form.
constexpr std::int64_t to_number(Instant at) { return at.time_since_epoch().count(); }
constexpr Instant to_instant(std::int64_t number) { return Instant(std::chrono::microseconds(number)); }
/// "2026-11-20T12:30:05.123456Z" (RFC 3339).
std::string text(Instant at);

}  // namespace purser::gateway
