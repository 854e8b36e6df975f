#include "canonical/map/segment_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "canonical/map/plan.h"
#include "canonical/map/segment_form.h"

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

SegmentForms::SegmentForms(const Program& program) : plan_(program.plan()), table_(program.segments()) {}

const SegmentForm* SegmentForms::find(std::string_view tag) const {
  return table_.find(plan_.layout.names.find(tag));
}

std::string_view SegmentForms::element_code(std::string_view tag, unsigned element,
                                            unsigned component) const {
  const SegmentForm* form = find(tag);
  if (form == nullptr || element == 0 || element >= form->leaves.size()) return {};
  const LayoutLeaf* leaf = form->leaves[element];
  const std::uint16_t child =
      element < form->type->by_position.size() ? form->type->by_position[element] : std::uint16_t{0};
  if (child != 0) {
    const LayoutChild& composite = form->type->children[child - 1U];
    const auto& inside = plan_.layout.types[composite.type].leaves;
    const std::size_t at =
        composite.flat != 0 ? (element - composite.position) % composite.flat : component - 1U;
    leaf = at < inside.size() ? &inside[at] : nullptr;
  }
  if (leaf == nullptr) return {};
  return plan_.layout.names.text(leaf->code != 0 ? leaf->code : leaf->name);
}

SegmentCheck::SegmentCheck(const SegmentForms& forms, SyntaxSink& next, std::function<void(Finding)> findings,
                           bool strict, std::string_view marks)
    : forms_(forms), next_(next), findings_(std::move(findings)), strict_(strict), marks_(marks) {}

void SegmentCheck::tell(std::string_view code, const Position& at, unsigned element, unsigned component,
                        std::string message, std::string expected) {
  Finding finding = make_finding(code, at, std::move(message));
  finding.at.element = static_cast<std::uint16_t>(element);
  finding.at.component = static_cast<std::uint16_t>(component);
  finding.source = component == 0 ? fmt::format("{}.{:02}", tag_, element)
                                  : fmt::format("{}.{:02}.{:02}", tag_, element, component);
  finding.expected = std::move(expected);
  if (strict_) finding.severity = Severity::error;
  findings_(std::move(finding));
}

Outcome SegmentCheck::open(std::string_view name, const Position& at) {
  form_ = forms_.find(name);
  if (form_ != nullptr) {
    tag_ = name;
    at_ = at;
    told_element_ = 0;
    present_.reset();
    components_.clear();
  }
  return next_.open(name, at);
}

Outcome SegmentCheck::leaf(const LeafAddress& where, std::string_view text, const Position& at) {
  if (form_ != nullptr && !text.empty()) check_value(where, text, at);
  return next_.leaf(where, text, at);
}

void SegmentCheck::check_value(const LeafAddress& where, std::string_view text, const Position& at) {
  if (where.element >= form_->leaves.size()) {
    if (told_element_ == 0) tell("MAP-0016", at, where.element, 0, "the segment has no such data element");
    told_element_ = where.element;
    return;
  }
  if (where.element < max_places) present_[where.element] = true;
  const LayoutLeaf* leaf = form_->leaves[where.element];
  std::uint32_t most = leaf != nullptr ? leaf->most : 1;
  unsigned component = 0;
  bool simple = leaf != nullptr;
  if (!simple) {
    const LayoutChild& composite = form_->type->children[form_->type->by_position[where.element] - 1U];
    const auto& inside = forms_.plan_.layout.types[composite.type].leaves;
    std::size_t place = where.component - 1U;
    if (composite.flat != 0) {
      place = (where.element - composite.position) % composite.flat;
      simple = true;
    } else {
      most = composite.most;
      component = where.component;
      if (components_.size() < max_places) components_.emplace_back(where.element, where.component);
    }
    if (place >= inside.size()) {
      if (told_element_ != where.element) {
        tell("MAP-0027", at, where.element, where.component, "the composite has no such component");
      }
      told_element_ = where.element;
      return;
    }
    leaf = &inside[place];
  }
  if (simple && where.component > 1) {
    if (told_element_ != where.element)
      tell("MAP-0027", at, where.element, 0, "the data element is no composite");
    told_element_ = where.element;
    return;
  }
  if (where.repetition > most && told_element_ != where.element) {
    tell("MAP-0026", at, where.element, component, fmt::format("repetition {}", where.repetition),
         fmt::format("{} at most", most));
    told_element_ = where.element;
  }
  const std::string_view fault = fault_of(leaf->form, text, marks_);
  if (fault.empty()) return;
  tell(fault, at, where.element, component, fmt::format("\"{}\"", text.substr(0, Finding::max_value_shown)),
       shown(leaf->form));
}

const SegmentForm* SegmentCheck::form_of(std::string_view tag) {
  const ShortText text(tag);
  if (text.size > ShortText::most) return forms_.find(tag);
  Known& known = known_[text.word * 0x9E3779B97F4A7C15U >> (64 - known_bits)];
  if (known.tag != text) known = {text, forms_.find(tag)};
  return known.form;
}

Outcome SegmentCheck::segment(const Segment& whole) {
  Fitted& fitted = fitted_[whole.arrangement % most_fitted];
  if (whole.arrangement != 0 && fitted.arrangement == whole.arrangement) {
    const std::span<const SegmentForm::Place* const> places = fitted.places;
    if (places.empty() || SegmentForm::fit_again(whole.values, places, marks_)) return next_.segment(whole);
    return SyntaxSink::segment(whole);
  }
  const SegmentForm* form = form_of(whole.tag);
  if (form != nullptr && !form->fits(whole.values, marks_)) return SyntaxSink::segment(whole);
  fitted.arrangement = whole.arrangement;
  fitted.places.clear();
  if (form != nullptr && whole.arrangement != 0) form->find_places(whole.values, fitted.places);
  return next_.segment(whole);
}

Outcome SegmentCheck::close(const Position& at) {
  if (form_ != nullptr) {
    check_presence();
    check_notes();
  }
  form_ = nullptr;
  return next_.close(at);
}

void SegmentCheck::check_presence() {
  for (const LayoutLeaf& leaf : form_->type->leaves) {
    const auto element = static_cast<unsigned>(leaf.key >> 16);
    if (leaf.mandatory && !present(element)) tell("MAP-0014", at_, element, 0, "the data element is missing");
  }
  for (const LayoutChild& composite : form_->type->children) {
    if (composite.flat != 0) continue;
    if (!present(composite.position)) {
      if (composite.mandatory) tell("MAP-0014", at_, composite.position, 0, "the composite is missing");
      continue;
    }
    for (const LayoutLeaf& leaf : forms_.plan_.layout.types[composite.type].leaves) {
      const std::pair wanted(composite.position, static_cast<std::uint16_t>(leaf.key >> 16));
      if (!leaf.mandatory || std::ranges::find(components_, wanted) != components_.end()) continue;
      tell("MAP-0014", at_, wanted.first, wanted.second, "the component is missing");
    }
  }
}

/// X12.6 3.9.2.
void SegmentCheck::check_notes() {
  for (const LayoutNote& note : form_->type->notes) {
    const auto there = [&](std::uint16_t element) { return present(element); };
    const auto count = std::ranges::count_if(note.elements, there);
    const bool first = there(note.elements[0]);
    const auto absent = std::ranges::find_if_not(note.elements, there);
    const auto all = static_cast<std::ptrdiff_t>(note.elements.size());
    std::string places;
    for (const std::uint16_t element : note.elements)
      places += fmt::format("{}{:02}", places.empty() ? "" : ", ", element);
    switch (note.kind) {
      case 'E':
        if (count > 1)
          tell("MAP-0028", at_, note.elements[0], 0, "data elements that exclude each other",
               "one of " + places);
        break;
      case 'R':
        if (count == 0)
          tell("MAP-0015", at_, note.elements[0], 0, "none of the data elements is there",
               "one of " + places);
        break;
      case 'P':
        if (count != 0 && count != all)
          tell("MAP-0015", at_, *absent, 0, "the data element is missing beside another",
               "all or none of " + places);
        break;
      case 'C':
        if (first && count != all)
          tell("MAP-0015", at_, *absent, 0,
               fmt::format("the data element is missing beside {:02}", note.elements[0]));
        break;
      default:
        if (first && count == 1)
          tell("MAP-0015", at_, note.elements[1], 0,
               fmt::format("nothing stands beside {:02}", note.elements[0]), "one of " + places);
    }
  }
}

}  // namespace purser::map
