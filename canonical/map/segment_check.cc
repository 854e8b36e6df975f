#include "canonical/map/segment_check.h"

#include <fmt/format.h>

#include "canonical/map/plan.h"
#include "canonical/map/segment_form.h"

namespace purser::map {

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
    : forms_(forms),
      next_(next),
      findings_(std::move(findings)),
      strict_(strict),
      marks_(marks),
      audit_(forms.plan_.layout, marks) {}

void SegmentCheck::tell(SegmentFault fault, const Position& at) {
  Finding finding = make_finding(fault.code, at, std::move(fault.message));
  finding.at.element = fault.element;
  finding.at.component = fault.component;
  finding.source = fault.component == 0 ? fmt::format("{}.{:02}", tag_, fault.element)
                                        : fmt::format("{}.{:02}.{:02}", tag_, fault.element, fault.component);
  finding.expected = std::move(fault.expected);
  if (strict_) finding.severity = Severity::error;
  findings_(std::move(finding));
}

Outcome SegmentCheck::open(std::string_view name, const Position& at) {
  form_ = forms_.find(name);
  if (form_ != nullptr) {
    tag_ = name;
    at_ = at;
    audit_.begin(*form_);
  }
  return next_.open(name, at);
}

Outcome SegmentCheck::leaf(const LeafAddress& where, std::string_view text, const Position& at) {
  if (form_ != nullptr && !text.empty()) {
    audit_.take(where, text, [&](SegmentFault fault) { tell(std::move(fault), at); });
  }
  return next_.leaf(where, text, at);
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
  if (form_ != nullptr) audit_.finish([this](SegmentFault fault) { tell(std::move(fault), at_); });
  form_ = nullptr;
  return next_.close(at);
}

}  // namespace purser::map
