#include "canonical/map/element_form.h"

#include <algorithm>
#include <atomic>
#include <utility>

namespace purser::map {

void ElementForms::begin() {
  if (bytes_ < most_bytes && names_.size() < most_names && scopes_.size() < most_scopes) return;
  *this = {};
}

std::uint64_t ElementForms::new_life() {
  static std::atomic<std::uint64_t> lives = 0;
  return ++lives;
}

std::uint32_t ElementForms::scope(std::string_view text) {
  const auto known = std::ranges::find(scopes_, text);
  if (known != scopes_.end()) return static_cast<std::uint32_t>(known - scopes_.begin()) + 1;
  if (scopes_.size() == most_scopes) return 0;
  bytes_ += text.size();
  scopes_.emplace_back(text);
  return static_cast<std::uint32_t>(scopes_.size());
}

std::span<const std::uint32_t> ElementForms::of(std::string_view name) const {
  const auto found = names_.find(name);
  if (found == names_.end()) return {};
  return found->second.forms;
}

bool ElementForms::wants(std::string_view name) {
  const auto found = names_.find(name);
  if (found == names_.end()) return names_.size() < most_names && bytes_ < most_bytes;
  Variants& variants = found->second;
  if (variants.forms.size() < most_variants) return bytes_ < most_bytes;
  return ++variants.strange % patience == 0;
}

std::uint32_t ElementForms::keep(std::string_view name, ElementForm form) {
  auto found = names_.find(name);
  if (found == names_.end()) found = names_.emplace(name, Variants{}).first;
  Variants& variants = found->second;
  const std::size_t bytes = bytes_of(form);
  if (variants.forms.size() < most_variants) {
    form.index = static_cast<std::uint32_t>(forms_.size());
    variants.forms.push_back(form.index);
    forms_.push_back(std::make_unique<ElementForm>());
  } else {  // one after the other
    form.index = variants.forms[variants.strange / patience % most_variants];
    bytes_ -= bytes_of(*forms_[form.index]);
  }
  bytes_ += bytes;
  form.next = form.index;
  const std::uint32_t index = form.index;
  *forms_[index] = std::move(form);
  return index;
}

std::size_t ElementForms::bytes_of(const ElementForm& form) {
  constexpr std::size_t item_of_the_tape = 96;  // that the engine keeps with each
  return sizeof form + form.markup.size() + form.pieces.size() * sizeof form.pieces[0] +
         form.items.size() * (sizeof form.items[0] + item_of_the_tape);
}

}  // namespace purser::map
