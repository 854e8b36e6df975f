#include "canonical/spec/descriptor.h"

#include <algorithm>
#include <array>

namespace purser {
namespace {

constexpr std::size_t max_name = 64;  // no declared name is longer; a longer misspelt one is near to none

/// Edit distance (insert, delete, replace, swap of neighbours); both texts at most max_name long.
std::size_t distance(std::string_view a, std::string_view b) {
  std::array<std::size_t, max_name + 1> before{}, previous{}, current{};
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        current[j] = std::min(current[j], before[j - 2] + 1);
    }
    before = previous;
    previous = current;
  }
  return previous[b.size()];
}

}  // namespace

const FieldDescriptor* GroupDescriptor::find(std::string_view field_name) const {
  auto at = std::ranges::lower_bound(by_name, field_name, {}, [&](std::uint8_t i) { return fields[i].name; });
  return at != by_name.end() && fields[*at].name == field_name ? &fields[*at] : nullptr;
}

const DocumentDescriptor* find_document(DocumentType type) {
  auto all = documents();
  auto at = std::ranges::find(all, type, &DocumentDescriptor::type);
  return at == all.end() ? nullptr : &*at;
}

const DocumentDescriptor* find_document(std::string_view name) {
  auto all = documents();
  auto at = std::ranges::find(all, name, &DocumentDescriptor::name);
  return at == all.end() ? nullptr : &*at;
}

const FieldDescriptor* resolve(const GroupDescriptor& root, std::string_view path, std::string_view* bad) {
  const GroupDescriptor* group = &root;
  const FieldDescriptor* field = nullptr;
  while (true) {
    std::string_view name = path.substr(0, path.find('.'));
    field = group == nullptr ? nullptr : group->find(name);
    if (field == nullptr) {
      if (bad != nullptr) *bad = name;
      return nullptr;
    }
    if (name.size() == path.size()) return field;
    path.remove_prefix(name.size() + 1);
    group = field->group;
  }
}

std::string_view nearest_field(const GroupDescriptor& group, std::string_view misspelt) {
  if (misspelt.empty() || misspelt.size() > max_name) return {};
  std::string_view best;
  std::size_t least = misspelt.size() / 3 + 1;  // further away, a suggestion misleads more than it helps
  for (const FieldDescriptor& field : group.fields) {
    std::size_t apart = distance(misspelt, field.name);
    if (apart < least || (apart == least && best.empty())) {
      least = apart;
      best = field.name;
    }
  }
  return best;
}

}  // namespace purser
