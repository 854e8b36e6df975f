// Watches the top level of a document's events: what the shapes of this connector share.
#pragma once

#include <cstdint>
#include <string_view>

#include "canonical/event/event.h"

namespace purser::cii {

/// Follows groups of one document after the other. [serial]
class TopLevel {
 public:
  /// Takes the next event into account. True if it stands at the document's top level itself: a field of the
  /// document, the begin or the end of a group directly in it, begin_document and end_document.
  bool step(const Event& event);
  /// Groups open behind the event taken last.
  [[nodiscard]] unsigned depth() const { return depth_; }

 private:
  unsigned depth_ = 0;
};

/// The number of a field of the invoice: "payment_means"; below a group of it: ("lines", "parent").
std::uint16_t invoice_field(std::string_view name);
std::uint16_t invoice_field(std::string_view group, std::string_view name);

}  // namespace purser::cii
