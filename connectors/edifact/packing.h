// DESADV and RECADV put lines inside packages (CPS, LIN, CPS, LIN …), CONTRL messages inside groups (UCF,
// UCM, UCF …); the model has a list of each, and a line that names its package. Tables see that name as if a
// segment XPK (XGR) stood behind each LIN (UCM).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "canonical/event/document_sink.h"
#include "canonical/map/syntax.h"
#include "connectors/table/held_segment.h"

namespace purser::edifact {

/// What stands in what. Packages are named by their first data element.
struct Packing {
  std::string_view package, line;  ///< tags: CPS, LIN
  std::string_view name;           ///< tag of the segment that tells a line's package, only here
  /// Tells the package under which a table writes all lines: place and text of a data element.
  std::uint32_t mark_element;
  std::string_view mark;
  bool demanded;  ///< a line must stand in a package
};

/// The packing of a message, null where nothing stands in anything.
const Packing* packing_of(std::string_view message);

/// On the way in: tells each line the package it stands in. [serial]
class PackingReader : public map::SyntaxSink {
 public:
  PackingReader(const Packing& packing, map::SyntaxSink& next) : packing_(packing), next_(next) {}
  Outcome open(std::string_view name, const Position& at) override;
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override;
  Outcome close(const Position& at) override;

 private:
  enum class Segment : std::uint8_t { other, package, line };
  const Packing& packing_;
  map::SyntaxSink& next_;
  Segment segment_ = Segment::other;
  std::string package_;
  Position package_at_;
};

/// On the way out: the table gives all packages first, then a marked one with all lines. Packages
/// are held (they are part of the header, which is bounded) and written with their lines inside. [serial]
class PackingWriter : public map::SyntaxSink {
 public:
  PackingWriter(const Packing& packing, map::SyntaxSink& next, DocumentSink& notes)
      : packing_(packing), next_(next), notes_(notes) {}
  Outcome open(std::string_view name, const Position& at) override;
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override;
  Outcome close(const Position& at) override;
  /// Writes the packages no line stood in. Called before the next message and at the end.
  Outcome finish();

 private:
  struct Package {
    std::string id;
    std::vector<table::HeldSegment> segments;
  };
  enum class State : std::uint8_t { before, packages, lines, after };

  Outcome enter(const std::string& package, const Position& at);
  Outcome write_until(std::size_t end);
  Outcome take(table::HeldSegment segment);
  void take_package(table::HeldSegment segment);
  [[nodiscard]] std::size_t find(const std::string& package) const;

  const Packing& packing_;
  map::SyntaxSink& next_;
  DocumentSink& notes_;
  State state_ = State::before;
  table::HeldSegment current_;
  table::HeldSegment line_;  ///< held until its name or the segment after tells the package
  bool has_line_ = false;
  std::vector<Package> packages_;
  std::size_t written_ = 0;  ///< packages
  std::string open_package_;
};

}  // namespace purser::edifact
