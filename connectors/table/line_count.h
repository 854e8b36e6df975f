// Lines counted against what a document says of their number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "canonical/event/document_sink.h"

namespace purser::table {

/// Passes a table's documents on and compares `totals.line_count` (CNT+2, CTT01) with the lines that came:
/// TABLE-0017 at the place of the count. Documents without either are left alone. [serial]
class LineCount : public DocumentSink {
 public:
  explicit LineCount(DocumentSink& out) : out_(out) {}
  Outcome push(std::span<const Event> batch) override;
  void finding(Finding finding) override { out_.finding(std::move(finding)); }
  void loss(Loss loss) override { out_.loss(std::move(loss)); }

 private:
  void begin(const Event& event);
  void begin_group(const Event& event);
  void value(const Event& event);
  void end();

  DocumentSink& out_;
  std::uint16_t lines_ = 0, totals_ = 0, count_ = 0;  ///< field numbers; 0: the document has none
  unsigned depth_ = 0;
  bool in_totals_ = false;
  std::int64_t found_ = 0;
  std::optional<std::int64_t> stated_;
  Position at_;  ///< of the count
};

}  // namespace purser::table
