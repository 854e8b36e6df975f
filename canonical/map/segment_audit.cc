#include "canonical/map/segment_audit.h"

#include <fmt/format.h>

#include <algorithm>

#include "canonical/finding/finding.h"

namespace purser::map {
namespace {

std::string shown(const Representation& form) {
  if (form.characters == 'd')
    return form.most == 6 ? "a day of the calendar, YYMMDD" : "a day of the calendar, CCYYMMDD";
  if (form.characters == 't') return "a time of day, HHMM or HHMMSS";
  const char* kind = form.characters == 'n' ? "digits" : "characters";
  if (form.least <= 1) return fmt::format("at most {} {}", form.most, kind);
  if (form.least == form.most) return fmt::format("{} {}", form.most, kind);
  return fmt::format("{} to {} {}", form.least, form.most, kind);
}

}  // namespace

void SegmentAudit::begin(const SegmentForm& form) {
  form_ = &form;
  told_ = 0;
  present_.reset();
  components_.clear();
}

const LayoutChild* SegmentAudit::composite_at(std::size_t element) const {
  const auto& places = form_->type->by_position;
  if (element >= places.size() || places[element] == 0) return nullptr;
  return &form_->type->children[places[element] - 1U];
}

void SegmentAudit::stray(const LeafAddress& where, const Tell& tell, std::string_view code,
                         std::uint16_t component, std::string message, std::string expected) {
  if (told_ == where.element) return;
  told_ = where.element;
  tell({code, where.element, component, std::move(message), std::move(expected)});
}

void SegmentAudit::take(const LeafAddress& where, std::string_view text, const Tell& tell) {
  const LayoutLeaf* leaf = where.element < form_->leaves.size() ? form_->leaves[where.element] : nullptr;
  const LayoutChild* composite = leaf == nullptr ? composite_at(where.element) : nullptr;
  if (leaf == nullptr && composite == nullptr) {
    if (told_ == 0) stray(where, tell, "MAP-0016", 0, "the segment has no such data element");
    return;
  }
  if (where.element < max_places) present_[where.element] = true;
  std::uint32_t most = leaf != nullptr ? leaf->most : 1;
  std::uint16_t component = 0;
  const bool simple = leaf != nullptr || composite->flat != 0;
  if (leaf == nullptr) {
    const auto& inside = layout_.types[composite->type].leaves;
    std::size_t place = where.component - 1U;
    if (simple) {
      place = static_cast<std::size_t>(where.element - composite->position) % composite->flat;
    } else {
      most = composite->most;
      component = where.component;
      if (components_.size() < max_places) components_.emplace_back(where.element, where.component);
    }
    if (place >= inside.size())
      return stray(where, tell, "MAP-0027", where.component, "the composite has no such component");
    leaf = &inside[place];
  }
  if (simple && where.component > 1)
    return stray(where, tell, "MAP-0027", 0, "the data element is no composite");
  if (where.repetition > most) {
    stray(where, tell, "MAP-0026", component, fmt::format("repetition {}", where.repetition),
          fmt::format("{} at most", most));
  }
  const std::string_view fault = fault_of(leaf->form, text, marks_);
  if (fault.empty()) return;
  tell({fault, where.element, component, fmt::format("\"{}\"", text.substr(0, Finding::max_value_shown)),
        shown(leaf->form)});
}

bool SegmentAudit::demands(std::size_t element, std::size_t component) const {
  if (element < form_->leaves.size() && form_->leaves[element] != nullptr)
    return form_->leaves[element]->mandatory;
  const LayoutChild* composite = composite_at(element);
  if (composite == nullptr || composite->flat != 0) return false;
  if (component == 0) return composite->mandatory;
  return std::ranges::any_of(layout_.types[composite->type].leaves, [&](const LayoutLeaf& leaf) {
    return leaf.mandatory && leaf.key >> 16 == component;
  });
}

void SegmentAudit::finish(const Tell& tell) const {
  tell_missing(tell);
  for (const LayoutNote& note : form_->type->notes) {
    if (auto fault = judge(note)) tell(*std::move(fault));
  }
}

void SegmentAudit::tell_missing(const Tell& tell) const {
  const auto missing = [&](std::uint16_t element, std::uint16_t component, std::string what) {
    tell({"MAP-0014", element, component, std::move(what), {}});
  };
  for (const LayoutLeaf& leaf : form_->type->leaves) {
    const auto element = static_cast<std::uint16_t>(leaf.key >> 16);
    if (leaf.mandatory && !has(element)) missing(element, 0, "the data element is missing");
  }
  for (const LayoutChild& composite : form_->type->children) {
    if (composite.flat != 0) continue;
    if (!has(composite.position)) {
      if (composite.mandatory) missing(composite.position, 0, "the composite is missing");
      continue;
    }
    for (const LayoutLeaf& leaf : layout_.types[composite.type].leaves) {
      const std::pair wanted(composite.position, static_cast<std::uint16_t>(leaf.key >> 16));
      if (!leaf.mandatory || std::ranges::find(components_, wanted) != components_.end()) continue;
      missing(wanted.first, wanted.second, "the component is missing");
    }
  }
}

std::optional<SegmentFault> SegmentAudit::judge(const LayoutNote& note) const {
  const auto there = [&](std::uint16_t element) { return has(element); };
  const auto count = std::ranges::count_if(note.elements, there);
  const std::uint16_t head = note.elements[0];
  const bool first = there(head);
  const auto absent = std::ranges::find_if_not(note.elements, there);
  const auto all = static_cast<std::ptrdiff_t>(note.elements.size());
  const auto fault = [&](std::string_view code, std::uint16_t element, std::string message,
                         std::string_view which) {
    std::string places;
    for (const std::uint16_t each : note.elements)
      places += fmt::format("{}{:02}", places.empty() ? "" : ", ", each);
    return SegmentFault{code,
                        element,
                        0,
                        std::move(message),
                        which.empty() ? std::string() : fmt::format("{} {}", which, places),
                        &note};
  };
  switch (note.kind) {
    case 'E':
      if (count <= 1) return std::nullopt;
      return fault("MAP-0028", head, "data elements that exclude each other", "one of");
    case 'R':
      if (count != 0) return std::nullopt;
      return fault("MAP-0015", head, "none of the data elements is there", "one of");
    case 'P':
      if (count == 0 || count == all) return std::nullopt;
      return fault("MAP-0015", *absent, "the data element is missing beside another", "all or none of");
    case 'C':
      if (!first || count == all) return std::nullopt;
      return fault("MAP-0015", *absent, fmt::format("the data element is missing beside {:02}", head), {});
    default:
      if (!first || count != 1) return std::nullopt;
      return fault("MAP-0015", note.elements[1], fmt::format("nothing stands beside {:02}", head), "one of");
  }
}

}  // namespace purser::map
