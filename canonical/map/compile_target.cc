// The canonical side of rows: paths, shapes, and what one table may say twice.
#include <algorithm>

#include "canonical/map/compiler.h"

namespace purser::map {

bool Compiler::target(const RowText& text, const GroupDescriptor& group, Row& row) {
  switch (text.target_kind) {
    case TargetKind::path:
      return target_path(text, group, row) && target_shape(text, row);
    case TargetKind::extension: {
      const FieldDescriptor* list = group.find("extensions");
      const bool fits = list != nullptr && list->group != nullptr && list->group->find("name") != nullptr &&
                        list->group->find("value") != nullptr;
      if (!fits) {
        problems_.add("MAP-0103", text.place(text.target_column),
                      "group '" + std::string(group.name) + "' has no extensions",
                      "a field of " + std::string(group.name));
        return false;
      }
      row.path = {static_cast<std::uint16_t>(list - group.fields.data())};
      row.field = list->group->find("value");
      return true;
    }
    case TargetKind::self:
      if (text.kind == RowKind::group || !text.call.text.empty()) return true;
      problems_.add("MAP-0104", text.place(text.target_column), "'.' as the target of one value",
                    "a canonical path");
      return false;
    default:
      if (text.kind == RowKind::value || text.target_kind == TargetKind::ignore) return true;
      problems_.add("MAP-0104", text.place(text.target_column), "a constant as the target of each or group",
                    "a canonical path");
      return false;
  }
}

/// Every name of a dotted path. Lists on the way: rows of one block fill one element together.
bool Compiler::target_path(const RowText& text, const GroupDescriptor& start, Row& row) {
  row.target = (text.from_root ? "/" : "") + text.target;
  const GroupDescriptor* group = &start;
  std::string_view rest = text.target;
  std::uint32_t column = text.target_column + (text.from_root ? 1U : 0U);
  while (true) {
    const std::string_view name = rest.substr(0, rest.find('.'));
    const Place place = text.place(column);
    const FieldDescriptor* field = group == nullptr ? nullptr : group->find(name);
    if (field == nullptr) {
      const std::string owner(group == nullptr ? row.field->name : group->name);
      const std::string near(group == nullptr ? "" : nearest_field(*group, name));
      std::vector<std::string_view> names;
      if (group != nullptr)
        for (const FieldDescriptor& each : group->fields) names.push_back(each.name);
      problems_.add("MAP-0103", place,
                    group == nullptr ? "'" + owner + "' is one value, it has no '" + std::string(name) + "'"
                                     : "no canonical field '" + std::string(name) + "' in " + owner,
                    near.empty() ? suggestion(name, names) : "'" + near + "'");
      return false;
    }
    row.path.push_back(static_cast<std::uint16_t>(field - group->fields.data()));
    row.field = field;
    if (name.size() == rest.size()) return true;
    rest.remove_prefix(name.size() + 1);
    column += static_cast<std::uint32_t>(name.size() + 1);
    group = field->group;
  }
}

/// Does the kind of row fit the kind of field?
bool Compiler::target_shape(const RowText& text, Row& row) {
  const FieldDescriptor& field = *row.field;
  row.list = field.repeated;
  const Place place = text.place(text.target_column);
  const std::string name = "'" + text.target + "'";
  const bool call = !text.call.text.empty();
  if (text.kind == RowKind::each && (!field.repeated || field.group == nullptr)) {
    problems_.add("MAP-0104", place, name + (field.repeated ? " is a list of values" : " is not a list"),
                  field.group == nullptr ? "a row without `each`" : "`group SOURCE " + text.target + "`");
    return false;
  }
  if (text.kind == RowKind::group && (field.repeated || field.group == nullptr)) {
    problems_.add(field.repeated ? "MAP-0112" : "MAP-0104", place,
                  name + (field.repeated ? " is a list" : " is one value"),
                  field.group == nullptr ? "a row without `group`" : "`each SOURCE " + text.target + "`");
    return false;
  }
  if (text.kind == RowKind::value && field.group != nullptr && !call) {
    std::vector<std::string_view> names;
    for (const FieldDescriptor& inner : field.group->fields) names.push_back(inner.name);
    problems_.add("MAP-0104", place, name + " is a group", "a field of it, " + suggestion("", names));
    return false;
  }
  return true;
}

/// At most one row without arrow for one target: who would write it?
bool Compiler::written_once(std::uint32_t body, const RowText& text, const Row& row) {
  const bool counts = text.arrow == Arrow::both && text.kind != RowKind::group && text.call.text.empty() &&
                      (text.target_kind == TargetKind::path || text.target_kind == TargetKind::extension);
  if (!counts || !plan_.writes) return true;
  const auto [known, added] = builds_[body].written.emplace(row.target, &text);
  if (added) return true;
  const RowText& other = *known->second;
  // Elements of one list may stand in nodes of several kinds: the first that can hold something of an element
  // has it.
  const bool kinds = text.kind == RowKind::each && other.kind == RowKind::each &&
                     text.source.text.find('[') != std::string::npos &&
                     other.source.text.find('[') != std::string::npos;
  if (kinds) return true;
  problems_.add("MAP-0106", text.place(text.target_column),
                "'" + row.target + "' is written by " + std::string(other.file) + ":" +
                    std::to_string(other.line) + ", too",
                "-> in one of the two rows, so that only the other writes");
  return false;
}

}  // namespace purser::map
