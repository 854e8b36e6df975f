// Chance as an interface: the kernel's here, a seeded one in tests.
#pragma once

#include <cstdint>
#include <span>

namespace purser::gateway {

/// A source of random bits. [any]
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
  /// Uniform in [0, bound); bound > 0.
  std::uint64_t below(std::uint64_t bound);
};

/// getrandom(2). Throws std::system_error if the kernel refuses, which is a defect.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

}  // namespace purser::gateway
