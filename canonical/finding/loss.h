// What of a source document reached no canonical field: promise 5, "no silent loss of meaning".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "canonical/value/position.h"

namespace purser {

/// One value of the source that no row reads and no extension carries.
struct Loss {
  Position at;
  std::string source;  ///< the source's own name: "FTX.C108.4440", "/Invoice/cac:Signature/cbc:ID"
  std::string value;   ///< the value, cut to Finding::max_value_shown
};

/// All losses of one document. Bounded like Report.
class LossReport {
 public:
  static constexpr std::size_t max_losses =
      10'000;  ///< a whole unmapped area of a large document still shows

  void add(Loss loss);
  [[nodiscard]] const std::vector<Loss>& losses() const { return losses_; }
  [[nodiscard]] std::uint64_t dropped() const { return dropped_; }
  [[nodiscard]] bool empty() const { return losses_.empty(); }

 private:
  std::vector<Loss> losses_;
  std::uint64_t dropped_ = 0;
};

}  // namespace purser
