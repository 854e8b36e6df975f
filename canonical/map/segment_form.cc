#include "canonical/map/segment_form.h"

#include <algorithm>
#include <bit>

#include "canonical/map/fitting.h"

namespace purser::map {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

/// X12.6: N is an optional minus and digits, R may have one point (and an exponent since 004020). ISO 9735:
/// one point or comma. How many digits; `npos` if the text is no number.
std::size_t digits_of_number(std::string_view text, bool whole, std::string_view marks) {
  if (text.starts_with('-')) text.remove_prefix(1);
  std::size_t count = 0;
  bool marked = whole;
  for (const char c : text) {
    if (is_digit(c)) {
      ++count;
    } else if (marked || std::ranges::find(marks, c) == marks.end()) {
      return std::string_view::npos;
    } else {
      marked = true;
    }
  }
  return count == 0 ? std::string_view::npos : count;
}

bool between(std::string_view two, int least, int most) {
  const int value = (two[0] - '0') * 10 + (two[1] - '0');
  return value >= least && value <= most;
}

bool is_date(std::string_view text) {
  if ((text.size() != 6 && text.size() != 8) || !digits(text)) return false;
  return between(text.substr(text.size() - 4, 2), 1, 12) && between(text.substr(text.size() - 2), 1, 31);
}

bool is_time(std::string_view text) {
  if (text.size() < 4 || !digits(text)) return false;
  return between(text, 0, 23) && between(text.substr(2), 0, 59) &&
         (text.size() < 6 || between(text.substr(4), 0, 59));
}

}  // namespace

std::uint32_t free_bytes(const Representation& form) {
  const bool plain = form.characters != 'n' && form.characters != 'd' && form.characters != 't';
  if (!plain || form.least > 1) return 0;
  return form.most != 0 ? form.most : UINT32_MAX;
}

std::string_view fault_of(const Representation& form, std::string_view text, std::string_view marks) {
  if (form.characters == 'd' && !is_date(text)) return "MAP-0024";
  if (form.characters == 't' && !is_time(text)) return "MAP-0025";
  const std::size_t length =
      form.characters == 'n' ? digits_of_number(text, form.whole, marks) : characters(text);
  if (length == std::string_view::npos) return "MAP-0019";
  if (form.most != 0 && length > form.most) return "MAP-0018";
  return length < form.least ? "MAP-0017" : std::string_view{};
}

SegmentForm::SegmentForm(const Layout& layout, const LayoutType& segment) : type(&segment) {
  std::size_t elements = segment.by_position.size();
  for (const LayoutLeaf& leaf : segment.leaves)
    elements = std::max(elements, std::size_t{leaf.key >> 16} + 1);
  leaves.resize(std::max<std::size_t>(elements, 1));
  for (const LayoutLeaf& leaf : segment.leaves) leaves[leaf.key >> 16] = &leaf;
  first_.push_back(0);
  for (std::size_t element = 1; element < leaves.size(); ++element) {
    first_.push_back(static_cast<std::uint16_t>(places_.size()));
    add_element(layout, static_cast<std::uint16_t>(element));
  }
  first_.push_back(static_cast<std::uint16_t>(places_.size()));
  for (const LayoutChild& composite : segment.children) {
    if (composite.flat != 0) continue;
    if (composite.mandatory) required_composites_.push_back(set_of(composite.position));
    Need need{set_of(composite.position), 0};
    for (const LayoutLeaf& leaf : layout.types[composite.type].leaves) {
      if (leaf.mandatory) need.needed |= places_[first_[composite.position] + (leaf.key >> 16) - 1].bit;
    }
    if (need.needed != 0) needs_.push_back(need);
  }
  for (const LayoutNote& note : segment.notes) {
    Note made{note.kind, {}};
    for (const std::uint16_t element : note.elements) made.elements.push_back(set_of(element));
    notes_.push_back(std::move(made));
  }
}

void SegmentForm::add_element(const Layout& layout, std::uint16_t element) {
  const auto add = [this](const Representation& form, std::uint32_t most) {
    const std::uint64_t bit = places_.size() < most_places ? std::uint64_t{1} << places_.size() : 0;
    places_.push_back({free_bytes(form), form, most, bit});
    return bit;
  };
  if (const LayoutLeaf* leaf = leaves[element]) {
    const std::uint64_t bit = add(leaf->form, leaf->most);
    if (leaf->mandatory) required_ |= bit;
    return;
  }
  const std::uint16_t child =
      element < type->by_position.size() ? type->by_position[element] : std::uint16_t{0};
  if (child == 0) return;
  const LayoutChild& composite = type->children[child - 1U];
  const auto& inside = layout.types[composite.type].leaves;
  if (composite.flat != 0) {
    const std::size_t place = static_cast<std::size_t>(element - composite.position) % composite.flat;
    if (place < inside.size()) add(inside[place].form, 1);
    return;
  }
  for (const LayoutLeaf& leaf : inside) add(leaf.form, composite.most);
}

/// The places of a data element or composite.
std::uint64_t SegmentForm::set_of(std::size_t element) const {
  std::uint64_t set = 0;
  if (element + 1 >= first_.size()) return set;
  for (std::size_t i = first_[element]; i < first_[element + 1]; ++i) set |= places_[i].bit;
  return set;
}

/// X12.6 3.9.2.
bool SegmentForm::has_noted(const Note& note, std::uint64_t there) const {
  const auto is_there = [there](std::uint64_t element) { return (element & there) != 0; };
  const auto count = static_cast<std::size_t>(std::ranges::count_if(note.elements, is_there));
  switch (note.kind) {
    case 'E':
      return count <= 1;
    case 'R':
      return count != 0;
    case 'P':
      return count == 0 || count == note.elements.size();
    case 'C':
      return !is_there(note.elements[0]) || count == note.elements.size();
    default:
      return !is_there(note.elements[0]) || count != 1;
  }
}

bool SegmentForm::fits(std::span<const SegmentValue> values, std::string_view marks) const {
  if (places_.size() > most_places) return false;
  std::uint64_t there = 0;
  for (const SegmentValue& value : values) {
    const auto& [name, element, component, repetition] = value.where;
    if (element == 0 || element + std::size_t{1} >= first_.size() || component == 0 || value.text.empty())
      return false;
    const std::size_t place = first_[element] + component - 1U;
    if (place >= first_[element + 1U]) return false;
    const Place& it = places_[place];
    if (repetition > it.most || !takes(it, value.text, marks)) return false;
    there |= it.bit;
  }
  if ((there & required_) != required_) return false;
  for (const std::uint64_t composite : required_composites_) {
    if ((there & composite) == 0) return false;
  }
  for (const Need& need : needs_) {
    if ((there & need.of) != 0 && (there & need.needed) != need.needed) return false;
  }
  return std::ranges::all_of(notes_, [&](const Note& note) { return has_noted(note, there); });
}

void SegmentForm::find_places(std::span<const SegmentValue> values, std::vector<const Place*>& places) const {
  places.clear();
  for (const SegmentValue& value : values)
    places.push_back(&places_[first_[value.where.element] + value.where.component - 1U]);
}

SegmentTable::SegmentTable(const Layout& layout) : by_tag_(layout.segment_types.size(), 0) {
  for (std::size_t tag = 0; tag < layout.segment_types.size(); ++tag) {
    if (layout.segment_types[tag] == 0) continue;
    forms_.emplace_back(layout, layout.types[layout.segment_types[tag]]);
    by_tag_[tag] = static_cast<std::uint16_t>(forms_.size());
  }
}

}  // namespace purser::map
