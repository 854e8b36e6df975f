// Lines within lines: one after the other in CII, each naming its parent; nested in the model.
// Source: Factur-X EXTENDED and XRechnung extension, BT-X-304 (ParentLineID) and BT-X-8
// (LineStatusReasonCode).
#pragma once

#include <cstdint>
#include <vector>

#include "canonical/event/document_sink.h"
#include "canonical/event/recorded_events.h"
#include "connectors/cii/top_level.h"

namespace purser::cii {

/// Lines within lines within lines …: so many levels; real documents have three.
inline constexpr unsigned max_nested_lines = 32;

/// Puts a line whose `parent` is the number of a line since the last one without parent into that line. A
/// line whose parent is not there stays as it came. `kind` GROUP of a line that has lines and DETAIL of a
/// line that has none are left out of the nested form, which says the same. [serial]
class LineNesting : public DocumentSink {
 public:
  /// Lines that are held for one line without parent; those beyond stay as they came, so that memory is
  /// bounded.
  static constexpr std::size_t max_held_lines = 10'000;

  explicit LineNesting(DocumentSink& out);
  Outcome push(std::span<const Event> batch) override;
  void finding(Finding finding) override { out_.finding(std::move(finding)); }
  void loss(Loss loss) override { out_.loss(std::move(loss)); }

 private:
  struct Line {
    RecordedEvents events;
    std::string number, parent, kind;
    std::vector<std::size_t> lines;  ///< indices of those within it
    unsigned level = 0;
    bool nested = false;
  };
  Outcome take(const Event& event, bool top);
  void place();
  Outcome flush();
  Outcome give(std::size_t index);

  DocumentSink& out_;
  TopLevel top_;
  const std::uint16_t lines_, number_, parent_, kind_, nested_lines_;
  std::vector<Line> held_;
  bool in_line_ = false;
};

/// The other way round: nested lines follow the line they are in, with `parent` and `kind`. [serial]
class LineFlattening : public EventSink {
 public:
  explicit LineFlattening(EventSink& next);
  Outcome push(std::span<const Event> batch) override;

 private:
  Outcome give(std::span<const Event> line, std::string_view parent, unsigned level);

  EventSink& next_;
  TopLevel top_;
  const std::uint16_t lines_, number_, parent_, kind_, nested_lines_;
  RecordedEvents held_;
  bool in_line_ = false;
};

}  // namespace purser::cii
