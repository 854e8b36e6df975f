// 856 says by HL levels (shipment, order, tare, pack, item, in any nesting) what the model says by lists of
// packages and lines. Tables see the level a line stands in as if segments XPK (its package) and XPR (its
// order) stood behind HL.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/document_sink.h"
#include "canonical/map/syntax.h"
#include "connectors/table/held_segment.h"

namespace purser::x12 {

/// Collects a segment and hands it to take(). [serial]
class SegmentSink : public map::SyntaxSink {
 public:
  Outcome open(std::string_view name, const Position& at) override;
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override;
  Outcome close(const Position& /*at*/) override { return take(std::move(current_)); }

 protected:
  virtual Outcome take(table::HeldSegment segment) = 0;

 private:
  table::HeldSegment current_;
};

/// On the way in: tells each line its package, its order and, where it has none, its number. A line is held
/// until the next level, which may be a pack inside it. [serial]
class HierarchyReader : public SegmentSink {
 public:
  explicit HierarchyReader(map::SyntaxSink& next) : next_(next) {}
  /// Gives the last line. Before the decoder's finish().
  Outcome finish() { return give_line({}); }

 private:
  static constexpr std::size_t max_levels = 1'000'000;  ///< remembered; the standard allows 200,000
  static constexpr std::size_t max_nesting = 64;        ///< steps towards the shipment

  struct Level {
    std::string parent;
    char kind = 0;
    std::size_t order = 0;  ///< index + 1 into orders_
  };
  Outcome take(table::HeldSegment segment) override;
  Outcome level(table::HeldSegment segment);
  Outcome give_line(std::string_view pack);
  [[nodiscard]] std::string ancestor(std::string id, bool package) const;

  map::SyntaxSink& next_;
  std::map<std::string, Level, std::less<>> levels_;
  std::vector<table::HeldSegment> orders_;  ///< PRF of each order
  std::uint32_t lines_ = 0;
  std::string current_;                   ///< id of the level at hand
  std::vector<table::HeldSegment> line_;  ///< HL and what stands behind it
};

/// On the way out: the table gives the shipment, then all packages, then the lines. Packages are held (they
/// are part of the header, which is bounded) and written with their lines inside, below the order of these.
/// [serial]
class HierarchyWriter : public SegmentSink {
 public:
  HierarchyWriter(map::SyntaxSink& next, DocumentSink& notes) : next_(next), notes_(notes) {}
  /// Writes the packages no line stood in.
  Outcome finish();
  /// True if number or date of an order level was this value. Remembers the first max_orders orders.
  [[nodiscard]] bool wrote_order(std::string_view value) const { return told_.contains(value); }

 private:
  static constexpr std::size_t max_orders = 100'000;
  enum class State : std::uint8_t { head, shipment, package, line, tail };
  struct Package {
    std::string id, parent;
    std::vector<table::HeldSegment> segments;
    std::uint32_t level = 0;  ///< HL01 it was written under; 0: not yet
    std::uint32_t order = 0;  ///< HL01 of the order above
  };
  Outcome take(table::HeldSegment segment) override;
  Outcome begin_level(table::HeldSegment segment);
  Outcome give_line();
  Outcome enter_order(const table::HeldSegment& order);
  Outcome enter_package(const std::string& id, std::size_t depth);
  Outcome give_packages();
  Outcome give_level(table::HeldSegment level, std::uint32_t above, bool below);

  map::SyntaxSink& next_;
  DocumentSink& notes_;
  State state_ = State::head;
  std::uint32_t levels_ = 0, shipment_ = 0, order_ = 0, above_ = 0;
  table::HeldSegment order_told_;  ///< the shipment's order, for lines that name none
  std::string order_number_;       ///< of the order at hand
  bool in_order_ = false;
  std::set<std::string, std::less<>> told_;  ///< values of PRF
  std::vector<Package> packages_;
  std::map<std::string, std::size_t, std::less<>> by_id_;  ///< index into packages_
  std::vector<table::HeldSegment> line_;
};

}  // namespace purser::x12
