#include "connectors/table/line_count.h"

namespace purser::table {
namespace {

std::uint16_t number_of(const GroupDescriptor* group, std::string_view name) {
  const auto* field = group == nullptr ? nullptr : group->find(name);
  return field == nullptr ? std::uint16_t{0} : field->number;
}

}  // namespace

Outcome LineCount::push(std::span<const Event> batch) {
  for (const Event& event : batch) see(event);
  return out_.push(batch);
}

void LineCount::see(const Event& event) {
  switch (event.kind) {
    case EventKind::begin_document: {
      const auto* document = find_document(static_cast<DocumentType>(event.number));
      const auto* root = document == nullptr ? nullptr : document->root;
      const auto* totals = root == nullptr ? nullptr : root->find("totals");
      lines_ = number_of(root, "lines");
      totals_ = totals == nullptr ? std::uint16_t{0} : totals->number;
      count_ = number_of(totals == nullptr ? nullptr : totals->group, "line_count");
      depth_ = 0;
      found_ = 0;
      stated_.reset();
      in_totals_ = false;
      return;
    }
    case EventKind::begin_group:
      if (depth_ == 0 && event.number == lines_) ++found_;
      if (depth_ == 0) in_totals_ = event.number == totals_;
      ++depth_;
      return;
    case EventKind::end_group:
      --depth_;
      return;
    case EventKind::field:
      if (depth_ != 1 || !in_totals_ || event.number != count_ || count_ == 0) return;
      stated_ = event.value.integer;
      at_ = event.at;
      return;
    case EventKind::end_document:
      if (!stated_ || *stated_ == found_ || lines_ == 0) return;
      auto told = make_finding("TABLE-0017", at_, "the number of lines is " + std::to_string(*stated_));
      told.path = "totals.line_count";
      told.expected = std::to_string(found_);
      out_.finding(std::move(told));
  }
}

}  // namespace purser::table
