// The EDI half of LayoutReader: message tables, segments and composites.
#include "canonical/map/layout_reader.h"

namespace purser::map {
namespace {

/// What X12 calls a place: "03" of REF03.
std::string place_name(std::uint16_t position) {
  return (position < 10 ? "0" : "") + std::to_string(position);
}

}  // namespace

std::size_t LayoutReader::message_body(const Lines& lines, std::size_t at, const TableFile& file, TypeId type,
                                       std::uint32_t level) {
  while (at < lines.size() && lines[at].level >= level) {
    const Statement& line = lines[at];
    if (line.level > level) {
      problem("MAP-0101", file, line, 0, "indented below a segment", "only groups have members");
      ++at;
      continue;
    }
    message_line(line, file, type);
    ++at;
    if (line.words[0].text != "group" || layout_.types[type].children.empty()) continue;
    const std::size_t child = layout_.types[type].children.size() - 1;
    const TypeId group = new_type(NodeKind::group);
    layout_.types[type].children[child].type = group;
    layout_.types[group].name = layout_.types[type].children[child].name;
    at = message_body(lines, at, file, group, level + 1);
    if (layout_.types[group].children.empty() || layout_.types[group].children[0].kind != NodeKind::segment) {
      problem("MAP-0101", file, line, 0, "a group without trigger", "a segment as its first member");
      layout_.types[type].children.pop_back();
      continue;
    }
    layout_.types[type].children[child].tag = layout_.types[group].children[0].tag;
  }
  return at;
}

void LayoutReader::message_line(const Statement& line, const TableFile& file, TypeId type) {
  const bool group = line.words[0].text == "group";
  const std::size_t words = group ? 4 : 3;
  LayoutChild child;
  child.kind = group ? NodeKind::group : NodeKind::segment;
  if (line.words.size() != words) {
    problem("MAP-0101", file, line, 0, std::to_string(line.words.size()) + " words",
            group ? "`group NUMBER M|C TIMES`" : "`SEGMENT M|C TIMES`");
    return;
  }
  const std::string& status = line.words[words - 2].text;
  child.mandatory = status == "M";
  if (status != "M" && status != "C") {
    problem("MAP-0101", file, line, words - 2, "status '" + status + "'", "M or C");
  }
  if (!parse_count(line.words[words - 1].text, child.most) || child.most == 0) {
    if (line.words[words - 1].text != "*") {
      problem("MAP-0101", file, line, words - 1, "not a number of repetitions", "1 or more, or *");
    }
    child.most = unbounded;
  }
  auto& children = layout_.types[type].children;
  if (group) {
    child.name = layout_.names.add("group " + line.words[1].text);
    children.push_back(child);
    return;
  }
  child.tag = child.name = layout_.names.add(line.words[0].text);
  std::size_t places = 1;
  for (const LayoutChild& other : children)
    places += other.kind == NodeKind::segment && other.tag == child.tag ? 1U : 0U;
  if (places > 1) child.name = layout_.names.add(line.words[0].text + "@" + std::to_string(places));
  segment_uses_.push_back({type, children.size(), {file.name, line.line, line.words[0].column}});
  children.push_back(child);
}

void LayoutReader::resolve_codes() {
  std::vector<std::string_view> codes, tags;
  for (const auto& [code, form] : elements_) codes.push_back(code);
  for (const auto& [code, type] : composites_) codes.push_back(code);
  for (const auto& [tag, type] : segments_) tags.push_back(tag);
  const bool by_place = layout_.syntax == "x12";
  for (const CodeUse& use : code_uses_) {
    const auto set = set_sizes_.find(use.code);
    const bool flat = set != set_sizes_.end();
    const NameId code = layout_.names.add(use.code);
    const NameId name = by_place && !flat ? layout_.names.add(place_name(use.position)) : code;
    LayoutType& owner = layout_.types[use.owner];
    if (const auto composite = composites_.find(use.code); composite != composites_.end()) {
      if (owner.kind == NodeKind::composite) {
        problems_.add("MAP-0101", use.place, "a composite within a composite", "data elements");
        continue;
      }
      LayoutChild child{name,          name,     composite->second, NodeKind::composite,
                        use.mandatory, use.most, use.position,      1};
      for (const LayoutChild& before : owner.children)
        child.first_ordinal += before.tag == name ? before.most : 0U;
      if (flat) child.flat = set->second;
      owner.children.push_back(child);
      const std::uint32_t places = flat ? use.most * set->second : 1;
      owner.by_position.resize(use.position, 0);
      owner.by_position.insert(owner.by_position.end(), places,
                               static_cast<std::uint16_t>(owner.children.size()));
      continue;
    }
    const auto element = elements_.find(use.code);
    if (element == elements_.end() && !elements_.empty()) {
      problems_.add("MAP-0110", use.place, "no element or composite '" + use.code + "'",
                    suggestion(use.code, codes));
      continue;
    }
    LayoutLeaf leaf{name, edi_key(use.position, 1), use.mandatory, use.most, {}};
    leaf.code = code;
    if (element != elements_.end()) leaf.form = element->second;
    owner.leaves.push_back(leaf);
  }
  layout_.segment_types.assign(layout_.names.size(), 0);
  for (const auto& [tag, type] : segments_) layout_.segment_types[layout_.names.find(tag)] = type;
  for (const SegmentUse& use : segment_uses_) {
    auto& children = layout_.types[use.owner].children;
    if (use.child >= children.size() || children[use.child].kind != NodeKind::segment) continue;
    LayoutChild& child = children[use.child];
    child.type = layout_.segment_types[child.tag];
    if (child.type == 0) {
      const std::string tag(layout_.names.text(child.tag));
      problems_.add("MAP-0110", use.place, "segment '" + tag + "' is not declared",
                    suggestion(tag, tags, "`segment " + tag + " ...`"));
    }
  }
}

}  // namespace purser::map
