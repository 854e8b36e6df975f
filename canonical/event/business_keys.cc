#include "canonical/event/business_keys.h"

#include <algorithm>
#include <bit>

#include "canonical/event/recorded_events.h"

namespace purser {
namespace {

using Paths = std::vector<std::vector<std::uint16_t>>;

Paths find_paths(const DocumentDescriptor& document) {
  Paths paths;
  for (const KeyDescriptor& key : document.keys) {
    const GroupDescriptor* group = document.root;
    std::vector<std::uint16_t>& path = paths.emplace_back();
    for (std::string_view rest = key.path; group != nullptr && !rest.empty();) {
      const std::string_view name = rest.substr(0, rest.find('.'));
      const FieldDescriptor* step = group->find(name);
      path.push_back(step->number);  // the generator has proved that the path exists
      group = step->group;
      rest.remove_prefix(std::min(name.size() + 1, rest.size()));
    }
  }
  return paths;
}

/// Found once: a collector is made for each document.
const Paths& paths_of(const DocumentDescriptor& document) {
  static const std::vector<Paths> all = [] {
    std::vector<Paths> found;
    for (const DocumentDescriptor& each : documents()) found.push_back(find_paths(each));
    return found;
  }();
  return all[static_cast<std::size_t>(&document - documents().data())];
}

}  // namespace

Outcome KeyCollector::push(std::span<const Event> batch) {
  for (const Event& event : batch) {
    switch (event.kind) {
      case EventKind::begin_document:
        begin(find_document(static_cast<DocumentType>(event.number)));
        break;
      case EventKind::begin_group:
        frames_.push_back({matching(event)});
        break;
      case EventKind::field:
        if (!frames_.empty() && frames_.back().candidates != 0) field(event);
        break;
      case EventKind::end_group:
      case EventKind::end_document:
        if (!frames_.empty()) frames_.pop_back();
        break;
    }
  }
  return {};
}

void KeyCollector::begin(const DocumentDescriptor* document) {
  keys_.clear();
  frames_.clear();
  document_ = document;
  if (document == nullptr) return;
  paths_ = &paths_of(*document);
  constexpr std::size_t bits = 64;
  std::size_t count = std::min(paths_->size(), bits);
  frames_.push_back({count == bits ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1});
}

std::uint64_t KeyCollector::matching(const Event& event) const {
  if (frames_.empty()) return 0;
  std::uint64_t found = 0;
  for (std::uint64_t left = frames_.back().candidates; left != 0; left &= left - 1) {
    auto key = static_cast<std::size_t>(std::countr_zero(left));
    std::size_t depth = frames_.size() - 1;
    const std::vector<std::uint16_t>& path = (*paths_)[key];
    if (depth < path.size() && path[depth] == event.number) found |= std::uint64_t{1} << key;
  }
  return found;
}

void KeyCollector::field(const Event& event) {
  for (std::uint64_t left = matching(event); left != 0; left &= left - 1) {
    auto at = static_cast<std::size_t>(std::countr_zero(left));
    if ((*paths_)[at].size() != frames_.size() || keys_.size() >= max_keys) continue;
    std::string value = text(event.value);
    if (value.empty() || value.size() > max_value) continue;
    BusinessKey key{std::string(document_->keys[at].kind), std::move(value)};
    if (std::ranges::find(keys_, key) == keys_.end()) keys_.push_back(std::move(key));
  }
}

}  // namespace purser
