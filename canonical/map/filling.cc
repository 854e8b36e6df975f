// Values on their way into the canonical tree.
#include <fmt/format.h>

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
  if (row.deviation != 0) ++fired_[row.deviation - 1U];
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

/// The group at a path, made where it is not there; a list on the way gives the element that rows of this
/// body fill together.
NodeIndex Decoder::State::group_for(CanonicalTree& target, NodeIndex group, const FieldPath& path,
                                    std::uint32_t body, std::uint32_t row) {
  for (const std::uint16_t field : path) {
    const bool list = target[group].group->fields[field].repeated;
    NodeIndex next = target.first(group, field);
    if (list) {
      while (next != no_node && target[next].shared_by != body + 1) next = target[next].next;
    }
    if (next == no_node) {
      next = target.append(group, field);
      target[next].row = row + 1;
      target[next].shared_by = body + 1;
      target[next].at = here_;
    }
    group = next;
  }
  return group;
}

/// The same without making anything; no_node if it is not there.
NodeIndex Decoder::State::existing(const CanonicalTree& target, NodeIndex group, const FieldPath& path,
                                   std::uint32_t body) const {
  for (std::size_t i = 0; i < path.size() && group != no_node; ++i) {
    const bool list = target[group].group->fields[path[i]].repeated;
    NodeIndex next = target.first(group, path[i]);
    if (list && i + 1 < path.size()) {
      while (next != no_node && target[next].shared_by != body + 1) next = target[next].next;
    }
    group = next;
  }
  return group;
}

Decoder::State::Taken Decoder::State::take(const Row& row, std::uint32_t index, const Active& active,
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
  const Converted converted =
      read_value(plan_, row, text, by != 0 ? tape_[by].text : std::string_view{}, texts(in_element));
  const NodeIndex start = row.from_root ? CanonicalTree::root : active.dest;
  const NodeIndex known = existing(target, start, row.path, active.body);
  if (!converted.good) {
    if (by != 0) tape_[by].used = true;
    finding(converted.code, &row, tape_[leaf].at, row.element,
            fmt::format("'{}' does not fit '{}'", shown(text), row.target), std::string(converted.expected));
    return Taken::failed;
  }
  if (known != no_node && !row.list) {
    CanonicalNode& node = target[known];
    if (row.conversion.join > 1 && node.row == index + 1) {
      const std::string_view separator = row.conversion.separator;
      const std::string_view before = node.value.bytes;
      char* bytes = texts(in_element).take(before.size() + separator.size() + text.size());
      std::copy(before.begin(), before.end(), bytes);
      std::copy(separator.begin(), separator.end(), bytes + before.size());
      std::copy(text.begin(), text.end(), bytes + before.size() + separator.size());
      node.value.bytes = {bytes, before.size() + separator.size() + text.size()};
      return Taken::yes;
    }
    if (equal(node.value, converted.value)) {
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
  if (!put(row, index, active, converted.value, tape_[leaf].at)) return Taken::failed;
  count(row);
  if (by != 0) tape_[by].used = true;
  if (converted.has_time && row.conversion.type == ScalarType::date) {
    const Time time = converted.value.when.time;
    const bool midnight = time.hour == 0 && time.minute == 0 && time.second == 0;
    Scalar value;
    value.type = ScalarType::time;
    value.when = DateTime{{}, time};
    if (!row.conversion.time_path.empty())
      put_plain(active, row.conversion.time_path, value, tape_[leaf].at, row);
    else if (!midnight)
      out_.loss({tape_[leaf].at, row.element, shown(text)});
  }
  if (converted.has_end && !row.conversion.end_path.empty()) {
    Scalar value = converted.value;
    value.when = converted.end;
    put_plain(active, row.conversion.end_path, value, tape_[leaf].at, row);
  } else if (converted.has_end) {
    out_.loss({tape_[leaf].at, row.element, shown(text)});
  }
  if (row.conversion.companion.set) companion(row, leaf);
  return Taken::yes;
}

/// Makes the value's node. Texts are copied unless they live as long as the tree does.
bool Decoder::State::put(const Row& row, std::uint32_t index, const Active& active, const Scalar& value,
                         const Position& at) {
  if (late(row, active, row.path[0], at)) return false;
  const bool in_element = active.in_element && !row.from_root;
  CanonicalTree& target = tree(in_element);
  const NodeIndex start = row.from_root ? CanonicalTree::root : active.dest;
  const FieldPath& path = row.path;
  NodeIndex group = start;
  if (path.size() > 1)
    group = group_for(target, start, FieldPath(path.begin(), path.end() - 1), active.body, index);
  const NodeIndex node = target.append(group, path.back());
  CanonicalNode& made = target[node];
  made.row = index + 1;
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
                               const Position& at, const Row& row) {
  CanonicalTree& target = tree(active.in_element);
  if (existing(target, active.dest, path, active.body) != no_node) return;
  const NodeIndex group =
      group_for(target, active.dest, FieldPath(path.begin(), path.end() - 1), active.body, 0);
  const NodeIndex node = target.append(group, path.back());
  CanonicalNode& made = target[node];
  made.value = value;
  made.value.type = made.field->type;
  made.at = at;
  made.at.table = row.table;
  made.at.row = row.line;
}

/// `with @currencyID = /currency`.
void Decoder::State::companion(const Row& row, std::uint32_t leaf) {
  const std::uint32_t other = near(row.conversion.companion, leaf);
  if (other == 0) return;
  tape_[other].used = true;
  const FieldPath& path = row.conversion.companion_path;
  const NodeIndex known = header_.find(CanonicalTree::root, path);
  if (known != no_node) {
    std::string text;
    append_plain(text, header_[known].value);
    if (text == tape_[other].text) return;
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

/// `extension "name"`: an element of the group's extensions with this name and the text as value.
void Decoder::State::extension(const Row& row, std::uint32_t index, const Active& active,
                               std::uint32_t leaf) {
  if (late(row, active, row.path[0], tape_[leaf].at)) return;
  const bool in_element = active.in_element && !row.from_root;
  CanonicalTree& target = tree(in_element);
  const NodeIndex element = target.append(row.from_root ? CanonicalTree::root : active.dest, row.path[0]);
  target[element].row = index + 1;
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
    target[node].at = tape_[leaf].at;
    target[node].at.table = row.table;
    target[node].at.row = row.line;
  }
  count(row);
}

/// Defaults and `required` of a block whose node is complete.
void Decoder::State::finish_body(std::uint32_t body, const Active& active, const Position& at,
                                 bool defaults_only) {
  for (const std::uint32_t index : plan_.bodies[body].checks) {
    const Row& row = plan_.rows[index];
    if (!reads(row.arrow) || row.target_kind != TargetKind::path) continue;
    CanonicalTree& target = tree(active.in_element && !row.from_root);
    const NodeIndex start = row.from_root ? CanonicalTree::root : active.dest;
    const NodeIndex known = existing(target, start, row.path, active.body);
    if (known != no_node && !(row.kind != RowKind::value && target.empty(known))) continue;
    if (row.fallback) {
      const Converted value = read_plain(*row.field, *row.fallback);
      const bool top = !active.in_element && start == CanonicalTree::root;
      if (top && defaults_only && plan_.late[row.path[0]]) continue;
      if (!value.good)
        finding("MAP-0002", &row, at, row.element,
                fmt::format("the default '{}' does not fit '{}'", *row.fallback, row.target),
                std::string(value.expected));
      else if (put(row, index, active, value.value, at))
        count(row);
    } else if (!defaults_only) {
      finding("MAP-0001", &row, at, row.element,
              fmt::format("nothing fills '{}', which this table requires", row.target), row.element);
    }
  }
}

}  // namespace purser::map
