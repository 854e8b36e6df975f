#include "connectors/table/line_count.h"

namespace purser::table {
namespace {

std::uint16_t number_of(const GroupDescriptor* group, std::string_view name) {
  const auto* field = group == nullptr ? nullptr : group->find(name);
  return field == nullptr ? std::uint16_t{0} : field->number;
}

}  // namespace

Outcome LineCount::push(std::span<const Event> batch) {
  for (const Event& event : batch) {
    // Nearly all events are fields elsewhere, and ends and beginnings of groups within lines.
    if (event.kind == EventKind::field) {
      if (in_totals_ && depth_ == 1) value(event);
    } else if (event.kind == EventKind::begin_group) {
      if (depth_++ == 0) begin_group(event);
    } else if (event.kind == EventKind::end_group) {
      --depth_;
    } else if (event.kind == EventKind::begin_document) {
      begin(event);
    } else {
      end();
    }
  }
  return out_.push(batch);
}

void LineCount::begin(const Event& event) {
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
}

void LineCount::begin_group(const Event& event) {
  if (event.number == lines_) ++found_;
  in_totals_ = event.number == totals_;
}

void LineCount::value(const Event& event) {
  if (event.number != count_ || count_ == 0) return;
  stated_ = event.value.integer;
  at_ = event.at;
}

void LineCount::end() {
  if (!stated_ || *stated_ == found_ || lines_ == 0) return;
  auto told = make_finding("TABLE-0017", at_, "the number of lines is " + std::to_string(*stated_));
  told.path = "totals.line_count";
  told.expected = std::to_string(found_);
  out_.finding(std::move(told));
}

}  // namespace purser::table
