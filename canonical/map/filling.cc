// Values on their way into the canonical tree.
#include <fmt/format.h>

#include <algorithm>

#include "canonical/map/reading.h"

namespace purser::map {
namespace {

std::string shown(std::string_view text) {
  if (text.size() <= Finding::max_value_shown) return std::string(text);
  std::size_t end = Finding::max_value_shown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "...";
}

}  // namespace

void Decoder::State::count(const Row& row) {
  if (row.deviation == 0) return;
  irregular_ = true;
  ++fired_[row.deviation - 1U];
}

/// Top level fields that were already passed on take nothing more; told once a value.
bool Decoder::State::late(const Row& row, const Active& active, std::uint16_t field, const Position& at) {
  const bool top = row.from_root || (!active.in_element && active.dest == CanonicalTree::root);
  if (!streaming_ || !top || !emitted_[field]) return false;
  finding("MAP-0005", &row, at, row.element,
          fmt::format("'{}' comes after the lines, its group was passed on before", row.target),
          "values in the order of the layout");
  return true;
}

/// Within the limits? What a unit gives beyond them is not read; the unit's end tells.
bool Decoder::State::has_room(const CanonicalTree& target) {
  overfull_ = overfull_ || target.memory() > limits_.max_held;
  return !overfull_;
}

/// Follows a path as far as it is there; a list on the way gives the element that rows of this body fill
/// together.
Decoder::State::Spot Decoder::State::locate(const CanonicalTree& target, NodeIndex group,
                                            std::span<const std::uint16_t> path, std::uint32_t body) {
  for (std::size_t depth = 0;; ++depth) {
    if (depth == path.size()) return {group, group, depth};
    NodeIndex next = target.first(group, path[depth]);
    if (next != no_node && depth + 1 < path.size() && target[next].field->repeated)
      next = target.shared(group, path[depth], body);
    if (next == no_node) return {no_node, group, depth};
    group = next;
  }
}

/// The last group of a path, which ends with the field of a value; made where it is not there.
NodeIndex Decoder::State::group_at(CanonicalTree& target, const Spot& spot,
                                   std::span<const std::uint16_t> path, std::uint32_t body,
                                   std::uint32_t row) {
  NodeIndex group = spot.group;
  for (std::size_t depth = spot.depth; depth + 1 < path.size(); ++depth) {
    group = target.append_shared(group, path[depth], body);
    target[group].row = row + 1;
    target[group].at = here_;
  }
  return group;
}

/// The group at a path that consists of groups alone.
NodeIndex Decoder::State::group_for(CanonicalTree& target, NodeIndex group,
                                    std::span<const std::uint16_t> path, std::uint32_t body,
                                    std::uint32_t row) {
  for (const std::uint16_t field : path) {
    NodeIndex next = target.first(group, field);
    if (next != no_node && target[next].field->repeated) next = target.shared(group, field, body);
    if (next == no_node) {
      next = target.append_shared(group, field, body);
      target[next].row = row + 1;
      target[next].at = here_;
    }
    group = next;
  }
  return group;
}

Decoder::State::Taken Decoder::State::take(const Row& row, std::uint32_t index, const Active& active,
                                           std::uint32_t leaf) {
  const Taken taken = fill(row, index, active, leaf);
  if (!active.in_element || row.from_root) watch(index, active, leaf, taken);
  return taken;
}

/// Notes what a unit does to the header, so that one of the same shape does it again; only what does no harm
/// when it is done twice.
void Decoder::State::watch(std::uint32_t index, const Active& active, std::uint32_t leaf, Taken taken) {
  const Row& row = plan_.rows[index];
  if (row.target_kind == TargetKind::ignore) return;
  const bool good = (taken == Taken::yes || taken == Taken::same) && row.target_kind == TargetKind::path &&
                    !row.list && row.conversion.join <= 1 &&
                    (row.from_root || active.dest == CanonicalTree::root);
  if (good)
    acts_.push_back({index, leaf, false, active});
  else
    irregular_ = true;
}

Decoder::State::Taken Decoder::State::fill(const Row& row, std::uint32_t index, const Active& active,
                                           std::uint32_t leaf) {
  if (row.target_kind == TargetKind::ignore) {
    count(row);
    return Taken::yes;
  }
  if (row.target_kind == TargetKind::extension) {
    extension(row, index, active, leaf);
    return Taken::yes;
  }
  const bool in_element = active.in_element && !row.from_root;
  CanonicalTree& target = tree(in_element);
  const std::string_view text = tape_[leaf].text;
  const std::uint32_t by = row.conversion.by.set ? near(row.conversion.by, leaf) : 0;
  if (by != 0) consulted_.push_back(by);
  if (by == 0 && row.conversion.by_format_code) irregular_ = true;  // the length of the value tells its form
  const Converted converted =
      read_value(plan_, row, text, by != 0 ? tape_[by].text : std::string_view{}, texts(in_element));
  if (!converted.good) {
    if (by != 0) tape_[by].used = true;
    finding(converted.code, &row, tape_[leaf].at, row.element,
            fmt::format("'{}' does not fit '{}'", shown(text), row.target), std::string(converted.expected));
    return Taken::failed;
  }
  const NodeIndex start = row.from_root ? CanonicalTree::root : active.dest;
  Spot spot = locate(target, start, row.path, active.body);
  if (spot.known != no_node && !row.list)
    return meet(row, index, active, leaf, by, target[spot.known], converted.value);
  if (spot.known != no_node) {  // one more of the list
    spot.group = target[spot.known].parent;
    spot.depth = row.path.size() - 1;
  }
  if (!put(row, index, active, spot, converted.value, tape_[leaf].at, leaf, Part::value))
    return Taken::failed;
  count(row);
  if (by != 0) tape_[by].used = true;
  if (converted.has_time || converted.has_end) put_rest(row, active, leaf, converted);
  if (row.conversion.companion.set) companion(row, leaf);
  return Taken::yes;
}

/// A value for a field that has one already.
Decoder::State::Taken Decoder::State::meet(const Row& row, std::uint32_t index, const Active& active,
                                           std::uint32_t leaf, std::uint32_t by, CanonicalNode& known,
                                           const Scalar& value) {
  irregular_ = irregular_ || (active.in_element && !row.from_root);
  const std::string_view text = tape_[leaf].text;
  if (row.conversion.join > 1 && known.row == index + 1) {
    join(row, active, known, text);
    return Taken::yes;
  }
  if (equal(known.value, value)) {
    if (by != 0) tape_[by].used = true;
    if (row.conversion.companion.set) companion(row, leaf);
    return Taken::same;
  }
  if (!delimited_ || active.in_element) return Taken::no;
  finding("MAP-0006", &row, tape_[leaf].at, row.element,
          fmt::format("'{}' differs from an earlier record of the same document", shown(text)),
          "one value in all records of a document");
  return Taken::failed;
}

/// Appends a piece of a text that stands in several leaves. The text gets room to grow, twice what it needs,
/// so that a great many pieces are copied no more often than their bytes double.
void Decoder::State::join(const Row& row, const Active& active, CanonicalNode& known, std::string_view text) {
  const std::string_view separator = row.conversion.separator;
  const std::string_view before = known.value.bytes;
  const std::size_t added = separator.size() + text.size();
  const std::size_t size = before.size() + added;
  char* bytes = const_cast<char*>(before.data());  // ours if there is room behind it
  if (known.room < added) {
    bytes = texts(active.in_element && !row.from_root).take(size * 2);
    std::ranges::copy(before, bytes);
    known.room = static_cast<std::uint32_t>(std::min<std::size_t>(size + added, UINT32_MAX));
  }
  std::ranges::copy(separator, bytes + before.size());
  std::ranges::copy(text, bytes + before.size() + separator.size());
  known.room -= static_cast<std::uint32_t>(added);
  known.value.bytes = {bytes, size};
}

/// What a date says besides its day: a time, the end of a period.
void Decoder::State::put_rest(const Row& row, const Active& active, std::uint32_t leaf,
                              const Converted& converted) {
  const Position& at = tape_[leaf].at;
  const std::string_view text = tape_[leaf].text;
  if (converted.has_time && row.conversion.type == ScalarType::date) {
    const Time time = converted.value.when.time;
    const bool midnight = time.hour == 0 && time.minute == 0 && time.second == 0;
    Scalar value;
    value.type = ScalarType::time;
    value.when = DateTime{{}, time};
    if (!row.conversion.time_path.empty()) {
      put_plain(active, row.conversion.time_path, value, leaf, row, Part::time);
    } else {
      irregular_ = true;
      if (!midnight) out_->loss({at, row.element, shown(text)});
    }
  }
  if (converted.has_end && !row.conversion.end_path.empty()) {
    Scalar value = converted.value;
    value.when = converted.end;
    put_plain(active, row.conversion.end_path, value, leaf, row, Part::end);
  } else if (converted.has_end) {
    irregular_ = true;
    out_->loss({at, row.element, shown(text)});
  }
}

/// Makes the value's node. Texts are copied unless they live as long as the tree does.
bool Decoder::State::put(const Row& row, std::uint32_t index, const Active& active, const Spot& spot,
                         const Scalar& value, const Position& at, std::uint32_t origin, Part part) {
  if (late(row, active, row.path[0], at)) return false;
  const bool in_element = active.in_element && !row.from_root;
  CanonicalTree& target = tree(in_element);
  if (!has_room(target)) return false;
  const NodeIndex group = group_at(target, spot, row.path, active.body, index);
  CanonicalNode& made = target[target.append(group, row.path.back())];
  made.row = index + 1;
  made.origin = origin;
  made.part = part;
  made.value = value;
  made.value.type = row.field->type;
  if (!in_element && value.type != ScalarType::binary) made.value.bytes = texts(false).copy(value.bytes);
  made.at = at;
  made.at.table = row.table;
  made.at.row = row.line;
  return true;
}

/// A second value of the same row (time of a date, end of a period): only where nothing is.
void Decoder::State::put_plain(const Active& active, const FieldPath& path, const Scalar& value,
                               std::uint32_t leaf, const Row& row, Part part) {
  CanonicalTree& target = tree(active.in_element);
  const Spot spot = locate(target, active.dest, path, active.body);
  if (spot.known != no_node) return;
  const NodeIndex group = group_at(target, spot, path, active.body, 0);
  const NodeIndex node = target.append(group, path.back());
  CanonicalNode& made = target[node];
  made.row = static_cast<std::uint32_t>(&row - plan_.rows.data()) + 1;
  made.origin = leaf;
  made.part = part;
  made.value = value;
  made.value.type = made.field->type;
  made.at = tape_[leaf].at;
  made.at.table = row.table;
  made.at.row = row.line;
}

/// `with @currencyID = /currency`.
void Decoder::State::companion(const Row& row, std::uint32_t leaf) {
  const std::uint32_t other = near(row.conversion.companion, leaf);
  if (other == 0) return;
  acts_.push_back({static_cast<std::uint32_t>(&row - plan_.rows.data()), leaf, true, {}});
  tape_[other].used = true;
  const FieldPath& path = row.conversion.companion_path;
  const NodeIndex known = header_.find(CanonicalTree::root, path);
  if (known != no_node) {
    if (companion_agrees(row, other)) return;
    std::string text;
    append_plain(text, header_[known].value);
    finding("MAP-0004", &row, tape_[other].at, row.element,
            fmt::format("'{}' stands with this value, the document says '{}'", shown(tape_[other].text),
                        shown(text)),
            text);
    return;
  }
  if (emitted_[path[0]]) return;
  const GroupDescriptor* group = plan_.document->root;
  const FieldDescriptor* field = nullptr;
  for (const std::uint16_t index : path) {
    field = &group->fields[index];
    group = field->group;
  }
  const Converted value = read_plain(*field, header_.texts().copy(tape_[other].text));
  if (!value.good) return;
  const NodeIndex home =
      group_for(header_, CanonicalTree::root, FieldPath(path.begin(), path.end() - 1), 0, 0);
  CanonicalNode& made = header_[header_.append(home, path.back())];
  made.value = value.value;
  made.at = tape_[other].at;
  made.at.table = row.table;
  made.at.row = row.line;
}

/// Is the companion what the document says, or says the document nothing yet?
bool Decoder::State::companion_agrees(const Row& row, std::uint32_t other) const {
  const NodeIndex known = header_.find(CanonicalTree::root, row.conversion.companion_path);
  if (known == no_node) return true;
  const Scalar& value = header_[known].value;
  if (value.type == ScalarType::text || value.type == ScalarType::code)
    return value.bytes == tape_[other].text;
  std::string text;
  append_plain(text, value);
  return text == tape_[other].text;
}

/// `extension "name"`: an element of the group's extensions with this name and the text as value.
void Decoder::State::extension(const Row& row, std::uint32_t index, const Active& active,
                               std::uint32_t leaf) {
  if (late(row, active, row.path[0], tape_[leaf].at)) return;
  const bool in_element = active.in_element && !row.from_root;
  CanonicalTree& target = tree(in_element);
  const NodeIndex element = target.append(row.from_root ? CanonicalTree::root : active.dest, row.path[0]);
  target[element].row = index + 1;
  target[element].origin = leaf;
  target[element].at = tape_[leaf].at;
  const GroupDescriptor& group = *target[element].group;
  const std::string_view both[] = {row.constant,
                                   in_element ? tape_[leaf].text : texts(false).copy(tape_[leaf].text)};
  const FieldDescriptor* fields[] = {group.find("name"), group.find("value")};
  for (std::size_t i = 0; i < 2; ++i) {
    const NodeIndex node =
        target.append(element, static_cast<std::uint16_t>(fields[i] - group.fields.data()));
    target[node].value.type = fields[i]->type;
    target[node].value.bytes = both[i];
    target[node].origin = leaf;
    target[node].part = i == 0 ? Part::constant : Part::text;
    target[node].at = tape_[leaf].at;
    target[node].at.table = row.table;
    target[node].at.row = row.line;
  }
  count(row);
}

/// Defaults and `required` of a block whose node is complete.
void Decoder::State::finish_body(std::uint32_t body, const Active& active, const Position& at,
                                 std::uint32_t origin, bool defaults_only) {
  for (const std::uint32_t index : plan_.bodies[body].checks) {
    const Row& row = plan_.rows[index];
    if (!reads(row.arrow) || row.target_kind != TargetKind::path) continue;
    if (!active.in_element || row.from_root) irregular_ = true;
    CanonicalTree& target = tree(active.in_element && !row.from_root);
    const NodeIndex start = row.from_root ? CanonicalTree::root : active.dest;
    const Spot spot = locate(target, start, row.path, active.body);
    if (spot.known != no_node && !(row.kind != RowKind::value && target.empty(spot.known))) continue;
    if (row.fallback) {
      const Converted value = read_plain(*row.field, *row.fallback);
      const bool top = !active.in_element && start == CanonicalTree::root;
      if (top && defaults_only && plan_.late[row.path[0]]) continue;
      if (!value.good)
        finding("MAP-0002", &row, at, row.element,
                fmt::format("the default '{}' does not fit '{}'", *row.fallback, row.target),
                std::string(value.expected));
      else if (put(row, index, active, spot, value.value, at, origin, Part::constant))
        count(row);
    } else if (!defaults_only) {
      finding("MAP-0001", &row, at, row.element,
              fmt::format("nothing fills '{}', which this table requires", row.target), row.element);
    }
  }
}

}  // namespace purser::map
