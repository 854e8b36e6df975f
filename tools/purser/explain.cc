#include "tools/purser/explain.h"

#include <fmt/format.h>

namespace purser::cli {

std::string PathTracker::name_of(Level& level, std::uint16_t number, const FieldDescriptor** field) {
  *field = level.group->find(number);
  if (*field == nullptr) return fmt::format("#{}", number);
  if (!(*field)->repeated) return std::string((*field)->name);
  if (level.list != number) {
    level.list = number;
    level.count = 0;
  }
  return fmt::format("{}[{}]", (*field)->name, ++level.count);
}

void PathTracker::take(const Event& event) {
  const FieldDescriptor* field = nullptr;
  switch (event.kind) {
    case EventKind::begin_document: {
      const DocumentDescriptor* document = find_document(static_cast<DocumentType>(event.number));
      levels_.assign(1, {document->root, 0, 0, 0});
      prefix_.clear();
      return;
    }
    case EventKind::begin_group: {
      const std::size_t length = prefix_.size();
      prefix_ += name_of(levels_.back(), event.number, &field) + ".";
      levels_.push_back({field->group, length, 0, 0});
      return;
    }
    case EventKind::field:
      path_ = prefix_ + name_of(levels_.back(), event.number, &field);
      return;
    case EventKind::end_group:
      prefix_.resize(levels_.back().path_length);
      levels_.pop_back();
      return;
    case EventKind::end_document:
      levels_.clear();
      return;
  }
}

}  // namespace purser::cli
