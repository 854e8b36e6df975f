// What leaves a Decoder: events, findings, losses.
#include <fmt/format.h>

#include <algorithm>

#include "canonical/map/reading.h"

namespace purser::map {
namespace {

std::string shown(std::string_view text) {
  std::size_t end = std::min(text.size(), Finding::max_value_shown);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end));
}

}  // namespace

Outcome Decoder::State::flush(std::size_t threshold) {
  if (batch_.size() <= threshold) return {};
  auto pushed = out_->push(batch_.events());
  batch_.clear();
  if (tape_.empty()) unit_texts_.reset();
  return pushed;
}

/// Before the first line: everything of the header that can no longer change.
Outcome Decoder::State::begin_stream() {
  streaming_ = true;
  for (const Active& active : actives_) {
    if (active.own && !active.in_element)
      finish_body(active.body, active, here_, CanonicalNode::nowhere, true);
  }
  for (std::uint16_t field = 0; field < emitted_.size(); ++field) {
    if (plan_.late[field] || header_.first(CanonicalTree::root, field) == no_node) continue;
    emit_field(header_, CanonicalTree::root, field);
    emitted_[field] = true;
  }
  return {};
}

/// What comes before an element's events. False: it is out of place and gives none.
std::expected<bool, Status> Decoder::State::begin_element(const FieldDescriptor* list, std::size_t values) {
  const auto stop = [](Outcome why) { return std::unexpected(std::move(why.error())); };
  if (!streaming_) {
    if (auto good = begin_stream(); !good) return stop(std::move(good));
  }
  if (++lines_ > limits_.max_lines) return stop(over_limit("lines", limits_.max_lines));
  if (values > limits_.max_line_values)
    return stop(over_limit("values in one line", limits_.max_line_values));
  if (stream_field_ != list) {
    if (std::find(ended_lists_.begin(), ended_lists_.end(), list) != ended_lists_.end()) {
      finding("MAP-0005", nullptr, element_at_, std::string(list->name),
              fmt::format("an element of '{}' stands behind another list", list->name),
              "elements of one list in one piece");
      return false;
    }
    if (stream_field_ != nullptr) ended_lists_.push_back(stream_field_);
    stream_field_ = list;
    emitted_[static_cast<std::size_t>(list - plan_.document->root->fields.data())] = true;
  }
  return true;
}

Outcome Decoder::State::emit_element() {
  const FieldDescriptor* list = element_field_;
  element_field_ = nullptr;
  const auto begun = begin_element(list, element_.size());
  if (!begun) return std::unexpected(begun.error());
  if (!*begun) return {};
  if (!xml_ && element_.empty(CanonicalTree::root)) return {};
  Event begin;
  begin.kind = EventKind::begin_group;
  begin.number = list->number;
  begin.at = element_at_;
  batch_.push_back(begin);
  emit_fields(element_, CanonicalTree::root);
  begin.kind = EventKind::end_group;
  batch_.push_back(begin);
  return {};
}

void Decoder::State::emit_fields(const CanonicalTree& from, NodeIndex group) {
  from.each_field(group, [&](std::uint16_t field) { emit_field(from, group, field); });
}

void Decoder::State::emit_field(const CanonicalTree& from, NodeIndex group, std::uint16_t field) {
  for (NodeIndex index = from.first(group, field); index != no_node; index = from[index].next) {
    const CanonicalNode& node = from[index];
    Event event;
    event.number = node.field->number;
    event.at = node.at;
    if (node.group == nullptr) {
      event.kind = EventKind::field;
      event.value = node.value;
      batch_.push_back(event);
      continue;
    }
    if (from.absent(index)) continue;
    event.kind = EventKind::begin_group;
    batch_.push_back(event);
    emit_fields(from, index);
    event.kind = EventKind::end_group;
    batch_.push_back(event);
  }
}

/// Is this leaf named by an `everywhere` row, itself or by a node around it?
bool Decoder::State::passed_over(std::uint32_t leaf) const {
  if (!plan_.everywhere_leaves.empty()) {
    const TapeItem& item = tape_[leaf];
    NameId name = xml_ ? static_cast<NameId>(item.key & 0xFFFF) : NameId{0};
    if (!xml_) {
      for (const LayoutLeaf& each : plan_.layout.types[tape_[item.parent].type].leaves) {
        if (each.key == item.key) name = each.name;
      }
    }
    const auto& names = plan_.everywhere_leaves;
    if (name != 0 && std::find(names.begin(), names.end(), name) != names.end()) return true;
  }
  if (plan_.everywhere_nodes.empty()) return false;
  const auto& names = plan_.everywhere_nodes;
  for (std::uint32_t node = tape_[leaf].parent;; node = tape_[node].parent) {
    if (std::find(names.begin(), names.end(), tape_[node].name) != names.end()) return true;
    if (node == 0) return false;
  }
}

/// Every leaf that no row has read.
void Decoder::State::losses(std::uint32_t from) {
  if (skip_losses_) return;
  for (std::uint32_t i = from; i < tape_.size(); ++i) {
    if (is_lost(i)) lose(i);
  }
}

bool Decoder::State::is_lost(std::uint32_t leaf) const {
  const TapeItem& item = tape_[leaf];
  return item.leaf && !item.used && !item.decided && !passed_over(leaf);
}

void Decoder::State::lose(std::uint32_t leaf) {
  out_->loss({tape_[leaf].at, path_of(leaf), shown(tape_[leaf].text)});
}

void Decoder::State::finding(std::string_view code, const Row* row, const Position& at, std::string source,
                             std::string message, std::string expected) {
  irregular_ = true;
  Position place = at;
  if (row != nullptr) {
    place.table = row->table;
    place.row = row->line;
  }
  Finding found = make_finding(code, place, std::move(message));
  found.source = std::move(source);
  if (row != nullptr) found.path = row->target;
  found.expected = std::move(expected);
  out_->finding(std::move(found));
}

/// MAP-0900: what this partner did differently, and how often.
void Decoder::State::deviations() {
  for (std::size_t i = 0; i < fired_.size(); ++i) {
    if (fired_[i] == 0) continue;
    const DeviationText& deviation = plan_.deviations[i];
    const std::string since = deviation.since.empty() ? "" : ", known since " + deviation.since;
    finding("MAP-0900", nullptr, {}, deviation.overlay,
            fmt::format("deviation \"{}\" of {} applied {} time(s){}", deviation.name, deviation.overlay,
                        fired_[i], since));
  }
}

}  // namespace purser::map
