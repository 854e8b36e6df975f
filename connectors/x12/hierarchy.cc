#include "connectors/x12/hierarchy.h"

#include <algorithm>

namespace purser::x12 {
namespace {

constexpr std::uint16_t id_element = 1, parent_element = 2, kind_element = 3, below_element = 4;
constexpr std::string_view package_segment = "XPK", order_segment = "XPR";

bool is_package(char kind) { return kind == 'T' || kind == 'P' || kind == 'K' || kind == 'D' || kind == 'V'; }

}  // namespace

Outcome SegmentSink::open(std::string_view name, const Position& at) {
  current_ = {std::string(name), at, {}};
  return {};
}

Outcome SegmentSink::leaf(const map::LeafAddress& where, std::string_view text, const Position& at) {
  current_.leaves.push_back({{{}, where.element, where.component, where.repetition}, std::string(text), at});
  return {};
}

// ---- in
// ------------------------------------------------------------------------------------------------------

Outcome HierarchyReader::take(table::HeldSegment segment) {
  if (segment.tag == "HL") return level(std::move(segment));
  if (segment.tag == "CTT" || segment.tag == "SE") {
    if (auto done = give_line({}); !done) return done;
    return segment.give(next_);
  }
  const auto here = levels_.find(current_);
  if (segment.tag == "PRF" && here != levels_.end() && here->second.kind == 'O') {
    table::HeldSegment order = segment;
    order.tag = order_segment;
    std::erase_if(order.leaves, [](const table::HeldSegment::Leaf& leaf) { return leaf.where.element > 5; });
    orders_.push_back(std::move(order));
    here->second.order = orders_.size();
  }
  if (line_.empty()) return segment.give(next_);
  line_.push_back(std::move(segment));
  return {};
}

Outcome HierarchyReader::level(table::HeldSegment segment) {
  const std::string id(segment.value(id_element)), parent(segment.value(parent_element));
  const std::string_view kind = segment.value(kind_element);
  const bool package = kind.size() == 1 && is_package(kind[0]);
  const bool inside_line = package && !line_.empty() && parent == line_.front().value(id_element);
  if (auto done = give_line(inside_line ? std::string_view(id) : std::string_view{}); !done) return done;
  current_ = id;
  if (levels_.size() < max_levels) levels_[id] = {parent, kind.empty() ? char{0} : kind[0], 0};
  if (kind == "I") {
    line_.push_back(std::move(segment));
    return {};
  }
  // What stands above a package is told only where it is a package.
  if (package) segment.set(parent_element, ancestor(parent, true));
  return segment.give(next_);
}

/// The nearest level at or above `id` that is a package, or an order with its PRF; empty if there is none.
std::string HierarchyReader::ancestor(std::string id, bool package) const {
  for (std::size_t step = 0; step < max_nesting; ++step) {
    const auto found = levels_.find(id);
    if (found == levels_.end()) return {};
    if (package ? is_package(found->second.kind) : found->second.order != 0) return id;
    id = found->second.parent;
  }
  return {};
}

Outcome HierarchyReader::give_line(std::string_view pack) {
  if (line_.empty()) return {};
  std::vector<table::HeldSegment> line;
  line.swap(line_);
  const table::HeldSegment& head = line.front();
  if (auto done = head.give(next_); !done) return done;
  const std::string parent(head.value(parent_element));
  const std::string package = pack.empty() ? ancestor(parent, true) : std::string(pack);
  if (!package.empty()) {
    table::HeldSegment told{std::string(package_segment), head.at, {}};
    told.set(id_element, package);
    if (auto done = told.give(next_); !done) return done;
  }
  if (const auto order = levels_.find(ancestor(parent, false)); order != levels_.end()) {
    if (auto done = orders_[order->second.order - 1].give(next_); !done) return done;
  }
  ++lines_;
  const auto product = std::ranges::find(line, "LIN", &table::HeldSegment::tag);
  if (product == line.end()) {
    table::HeldSegment number{"LIN", head.at, {}};
    number.set(1, std::to_string(lines_));
    if (auto done = number.give(next_); !done) return done;
  } else if (product->value(1).empty()) {
    product->leaves.insert(product->leaves.begin(), {{{}, 1, 1, 1}, std::to_string(lines_), product->at});
  }
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (auto done = line[i].give(next_); !done) return done;
  }
  return {};
}

// ---- out
// -----------------------------------------------------------------------------------------------------

Outcome HierarchyWriter::take(table::HeldSegment segment) {
  if (segment.tag == "HL") return begin_level(std::move(segment));
  if (segment.tag == "CTT" || segment.tag == "SE") {
    if (auto done = finish(); !done) return done;
    state_ = State::tail;
  }
  if (segment.tag == order_segment && state_ == State::shipment) {
    order_told_ = std::move(segment);
    return {};
  }
  if (state_ == State::package) {
    packages_.back().segments.push_back(std::move(segment));
    return {};
  }
  if (state_ != State::line) return segment.give(next_);
  line_.push_back(std::move(segment));
  return {};
}

Outcome HierarchyWriter::begin_level(table::HeldSegment segment) {
  if (auto done = give_line(); !done) return done;
  const std::string_view kind = segment.value(kind_element);
  if (kind == "I") {
    state_ = State::line;
    line_.push_back(std::move(segment));
    return {};
  }
  if (kind == "S") {
    state_ = State::shipment;
    shipment_ = above_ = ++levels_;
    return give_level(std::move(segment), 0, true);
  }
  state_ = State::package;
  packages_.push_back(
      {std::string(segment.value(id_element)), std::string(segment.value(parent_element)), {}, 0, 0});
  by_id_.emplace(packages_.back().id, packages_.size() - 1);
  packages_.back().segments.push_back(std::move(segment));
  return {};
}

/// `levels_` is the number of the level that is given.
Outcome HierarchyWriter::give_level(table::HeldSegment level, std::uint32_t above, bool below) {
  level.set(id_element, std::to_string(levels_));
  level.set(parent_element, above == 0 ? std::string() : std::to_string(above));
  level.set(below_element, below ? "1" : "0");
  return level.give(next_);
}

Outcome HierarchyWriter::enter_order(const table::HeldSegment& order) {
  const std::string number(order.value(id_element));
  if (number.empty() || (in_order_ && number == order_number_)) return {};
  in_order_ = true;
  order_number_ = number;
  order_ = above_ = ++levels_;
  table::HeldSegment level{"HL", order.at, {}};
  level.set(kind_element, "O");
  if (auto done = give_level(std::move(level), shipment_, true); !done) return done;
  table::HeldSegment told = order;
  told.tag = "PRF";
  for (const table::HeldSegment::Leaf& leaf : told.leaves) {
    if (told_.size() >= max_orders) break;
    told_.insert(leaf.text);
    if (leaf.where.element == 4 && leaf.text.size() == 8) {  // dates are CCYYMMDD here and ISO in the model
      told_.insert(leaf.text.substr(0, 4) + "-" + leaf.text.substr(4, 2) + "-" + leaf.text.substr(6));
    }
  }
  return told.give(next_);
}

Outcome HierarchyWriter::enter_package(const std::string& id, std::size_t depth) {
  constexpr std::size_t deepest = 64;
  const auto known = by_id_.find(id);
  if (known == by_id_.end() || depth > deepest) return {};
  Package* found = &packages_[known->second];
  if (found->level != 0 && found->order == order_) {
    above_ = found->level;
    return {};
  }
  above_ = in_order_ ? order_ : shipment_;
  if (!found->parent.empty()) {
    if (auto done = enter_package(found->parent, depth + 1); !done) return done;
  }
  if (found->level != 0) {
    notes_.finding(make_finding("X12-0055", found->segments.front().at,
                                "package " + id + " has lines of several orders"));
  }
  const std::uint32_t parent = above_;
  found->level = above_ = ++levels_;
  found->order = order_;
  table::HeldSegment level = found->segments.front();
  if (level.value(kind_element).empty()) level.set(kind_element, "P");
  if (auto done = give_level(std::move(level), parent, true); !done) return done;
  for (std::size_t i = 1; i < found->segments.size(); ++i) {
    if (auto done = found->segments[i].give(next_); !done) return done;
  }
  return {};
}

Outcome HierarchyWriter::give_line() {
  if (line_.empty()) return {};
  std::vector<table::HeldSegment> line;
  line.swap(line_);
  const auto find = [&](std::string_view tag) {
    return std::ranges::find(line, tag, &table::HeldSegment::tag);
  };
  const auto order = find(order_segment), package = find(package_segment);
  if (auto done = enter_order(order == line.end() ? order_told_ : *order); !done) return done;
  above_ = in_order_ ? order_ : shipment_;
  if (package != line.end()) {
    if (auto done = enter_package(std::string(package->value(id_element)), 0); !done) return done;
  }
  ++levels_;
  if (auto done = give_level(line.front(), above_, false); !done) return done;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i].tag == order_segment || line[i].tag == package_segment) continue;
    if (auto done = line[i].give(next_); !done) return done;
  }
  return {};
}

Outcome HierarchyWriter::give_packages() {
  for (const Package& package : packages_) {
    if (package.level != 0) continue;
    above_ = in_order_ ? order_ : shipment_;
    if (auto done = enter_package(package.id, 0); !done) return done;
  }
  packages_.clear();
  by_id_.clear();
  return {};
}

Outcome HierarchyWriter::finish() {
  if (auto done = give_line(); !done) return done;
  if (state_ == State::shipment || state_ == State::package) {
    if (auto done = enter_order(order_told_); !done) return done;
  }
  return give_packages();
}

}  // namespace purser::x12
