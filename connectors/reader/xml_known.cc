// Elements that come with the markup of one before are taken whole, where the sink takes them.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "connectors/reader/xml_parser.h"
#include "connectors/reader/xml_text.h"

namespace purser::xml {
namespace {

/// The name of the element whose '<' is at `tag`, as it is written.
std::string_view name_at(const char* tag) {
  const char* end = ++tag;
  while ((class_of(*end) & name_char) != 0) ++end;
  return {tag, static_cast<std::size_t>(end - tag)};
}

}  // namespace

/// True: the element that begins at at_ was taken whole, and at_ is behind it. Otherwise it is to be read,
/// and is watched if its form is worth keeping.
Parser::More Parser::known_element() {
  map::ElementSink* sink = sink_.whole_elements();
  if (sink == nullptr || !window_.is_input()) return false;
  map::ElementForms& forms = sink->forms();
  if (forms_ != forms.life() || scope_changes_ != scope_.changes()) {
    const Limits& limits = options_.limits;
    scope_id_ = forms.scope(fmt::format("{} {} {}", limits.max_name, limits.max_attributes, scope_.text()));
    scope_changes_ = scope_.changes();
    if (std::exchange(forms_, forms.life()) != forms.life()) last_form_.reset();
  }
  if (scope_id_ == 0) return false;
  Position at = window_.place(at_);
  at.segment = elements_ + 1;
  std::optional<std::uint32_t> expected;
  if (last_form_) expected = forms[*last_form_].next;
  if (expected) {
    const More taken = take(*sink, *expected, at);
    if (!taken || *taken) return taken;
  }
  const std::string_view name = name_at(window_.data() + at_);
  for (const std::uint32_t form : forms.of(name)) {
    if (form == expected) continue;
    const More taken = take(*sink, form, at);
    if (!taken || *taken) return taken;
  }
  if (forms.wants(name)) watch_.begin(at_, stack_.size(), at.segment);
  return false;
}

/// True: an element of this form begins at at_, and was taken.
Parser::More Parser::take(map::ElementSink& sink, std::uint32_t index, const Position& at) {
  map::ElementForms& forms = sink.forms();
  const map::ElementForm& form = forms[index];
  const Limits& limits = options_.limits;
  if (form.scope != scope_id_ || stack_.size() + form.depth > limits.max_depth ||
      elements_ + form.elements > limits.max_elements)
    return false;
  const char* begin = window_.data() + at_;
  if (!comes_again(form, begin, window_.data() + window_.size(), at, again_)) return false;
  if (again_.size > std::min<std::uint64_t>(limits.max_text, limits.max_attribute_value) ||
      document_text_ + again_.text > limits.max_document_text)
    return false;
  const More taken = sink.element(form, again_.values, again_.tail);
  if (!taken || !*taken) return taken;
  at_ += again_.size;
  elements_ += form.elements;
  document_text_ += again_.text;
  watch_.stop();
  if (last_form_) forms[*last_form_].next = index;
  last_form_ = index;
  return true;
}

/// The element that was watched has ended in front of at_.
void Parser::keep_form(std::size_t tail) {
  const char* bytes = window_.data();
  map::ElementForm form;
  map::ElementSink* sink = sink_.whole_elements();
  if (!watch_.finish(bytes, tail, at_, form) || sink == nullptr || sink->forms().life() != forms_) return;
  form.scope = scope_id_;
  sink->keep(name_at(bytes + watch_.first()), std::move(form));
}

}  // namespace purser::xml
