#include "canonical/map/resolve.h"

#include <algorithm>

namespace purser::map {
namespace {

Place at(const Place& place, std::uint32_t column) { return {place.file, place.line, column}; }

OutStep out_step(const ResolvedStep& step) {
  OutStep out;
  out.name = step.name;
  out.tag = step.tag;
  out.type = step.type;
  out.kind = step.kind;
  out.order = step.order;
  out.most = step.most;
  out.occurrence = step.onward ? 0 : step.occurrence;
  return out;
}

}  // namespace

std::vector<Resolved> Resolver::resolve(const PathText& path, const Context& context, Want want,
                                        const Place& place) {
  Resolved start;
  start.end = context;
  std::vector<Resolved> found;
  if (layout_.syntax == "xml") {
    if (xml(path, 0, want, place, start)) found.push_back(std::move(start));
  } else if (layout_.syntax == "delimited") {
    if (delimited(path, context, want, place, start)) found.push_back(std::move(start));
  } else {
    edi(path, context, want, place, found);
  }
  for (Resolved& each : found) {
    if (each.element.empty()) each.element = path.text;
  }
  return found;
}

bool Resolver::unknown(const Place& place, const StepText& step, const LayoutType& in,
                       std::string_view what) {
  std::vector<std::string_view> names;
  std::vector<std::string> attributes;
  for (const LayoutChild& child : in.children) names.push_back(layout_.names.text(child.tag));
  for (const LayoutLeaf& leaf : in.leaves) {
    if (leaf.name == 0) continue;
    attributes.push_back((in.kind == NodeKind::element ? "@" : "") +
                         std::string(layout_.names.text(leaf.name)));
  }
  for (const std::string& name : attributes) names.push_back(name);
  const std::string name = (step.attribute ? "@" : "") + step.name;
  const std::string_view owner = in.name != 0 ? layout_.names.text(in.name) : std::string_view("this node");
  problems_.add("MAP-0102", at(place, step.column),
                "no " + std::string(what) + " '" + name + "' in " + std::string(owner),
                suggestion(name, names));
  return false;
}

bool Resolver::enter(const LayoutChild& child, std::size_t order, const StepText& text, const Place& place,
                     Resolved& into, bool with_predicates) {
  ResolvedStep step;
  step.name = child.name;
  step.tag = child.tag;
  step.type = child.type;
  step.kind = child.kind;
  step.order = static_cast<std::uint32_t>(child.kind == NodeKind::composite ? child.position : order);
  step.most = child.most;
  if (with_predicates) {
    step.occurrence = text.occurrence;
    step.onward = text.onward;
    if (!predicates(text, place, step)) return false;
  }
  into.end = {child.type, child.kind, child.tag};
  into.steps.push_back(std::move(step));
  return true;
}

bool Resolver::xml(const PathText& path, std::size_t from, Want want, const Place& place, Resolved& into) {
  for (std::size_t i = from; i < path.steps.size(); ++i) {
    const StepText& step = path.steps[i];
    const LayoutType& here = type(into.end.type);
    if (step.attribute) {
      if (i + 1 < path.steps.size() || want == Want::node) {
        problems_.add("MAP-0102", at(place, step.column), "attribute '" + step.name + "' has nothing inside",
                      "an element");
        return false;
      }
      const NameId name = layout_.names.add(step.name);
      for (const LayoutLeaf& leaf : here.leaves) {
        if (leaf.name == name) into.leaf = &leaf;
      }
      if (into.leaf == nullptr && !here.opaque) return unknown(place, step, here, "attribute");
      into.is_leaf = true;
      into.key = name;
      return true;
    }
    const NameId tag = layout_.names.find(step.name);
    std::size_t order = 0;
    while (order < here.children.size() && (tag == 0 || here.children[order].tag != tag)) ++order;
    if (order == here.children.size()) {
      if (!here.opaque) return unknown(place, step, here, "element");
      const NameId name = layout_.names.add(step.name);
      const LayoutChild child{name, name, into.end.type, NodeKind::element, false, unbounded, 0, 1};
      if (!enter(child, order, step, place, into)) return false;
    } else {
      const LayoutChild child = here.children[order];
      if (!enter(child, order, step, place, into)) return false;
    }
  }
  if (want == Want::node) return true;
  const LayoutType& here = type(into.end.type);
  if (!here.text && !here.opaque) {
    const std::uint32_t column = path.steps.empty() ? path.column : path.steps.back().column;
    std::vector<std::string_view> names;
    for (const LayoutChild& child : here.children) names.push_back(layout_.names.text(child.tag));
    problems_.add("MAP-0102", at(place, column), "'" + path.text + "' has no text of its own",
                  "a child, " + suggestion("", names));
    return false;
  }
  into.is_leaf = true;
  into.leaf = here.leaves.empty() ? nullptr : &here.leaves[0];
  return true;
}

bool Resolver::delimited(const PathText& path, const Context& context, Want want, const Place& place,
                         Resolved& into) {
  std::size_t i = 0;
  const bool named = !path.steps.empty() && path.steps[0].name == "record" && !path.steps[0].heading;
  if (context.kind == NodeKind::message) {
    const LayoutChild child = type(context.type).children[0];
    if (!enter(child, 0, named ? path.steps[0] : StepText{}, place, into)) return false;
    i = named ? 1 : 0;
  }
  if (want == Want::node) {
    if (i == path.steps.size()) return true;
    problems_.add("MAP-0102", at(place, path.column), "'" + path.text + "' is not a node", "record");
    return false;
  }
  if (i + 1 != path.steps.size() || !path.steps[i].predicates.empty()) {
    problems_.add("MAP-0102", at(place, path.column), "'" + path.text + "' is not a column",
                  "\"HEADING\" or column(3)");
    return false;
  }
  const StepText& step = path.steps[i];
  into.is_leaf = true;
  into.element = step.name;
  std::uint32_t column = 0;
  if (step.heading) {
    into.key = static_cast<LeafKey>(layout_.names.add(step.name)) << 32;
  } else if (step.name.starts_with("column(") && step.name.ends_with(')') &&
             parse_count(std::string_view(step.name).substr(7, step.name.size() - 8), column) && column > 0 &&
             column <= 0xFFFF) {
    into.key = edi_key(column, 1);
  } else {
    problems_.add("MAP-0102", at(place, step.column), "'" + step.name + "' is not a column",
                  "\"" + step.name + "\" in quotes or column(3)");
    return false;
  }
  return true;
}

bool Resolver::predicates(const StepText& step, const Place& place, ResolvedStep& into) {
  bool good = true;
  for (const PredicateText& text : step.predicates) good = predicate(text, place, into) && good;
  return good;
}

bool Resolver::predicate_path(const PredicateText& text, const Place& place, const ResolvedStep& node,
                              Resolved& found, bool& is_leaf) {
  const Place here = at(place, text.column);
  found.end = {node.type, node.kind, 0};
  is_leaf = true;
  const bool presence = text.kind == PredicateKind::present || text.kind == PredicateKind::absent;
  if (layout_.syntax == "xml") {
    const bool attribute = !text.path.steps.empty() && text.path.steps.back().attribute;
    is_leaf = attribute || !presence || text.path.steps.empty();
    return xml(text.path, 0, is_leaf ? Want::leaf : Want::node, here, found);
  }
  if (layout_.syntax == "delimited") return delimited(text.path, found.end, Want::leaf, here, found);
  if (node.kind != NodeKind::group) return edi_element(text.path, 0, here, found);
  const LayoutChild trigger = type(node.type).children[0];
  const std::string& first = text.path.steps.empty() ? text.path.text : text.path.steps[0].name;
  for (const LayoutChild& child : type(node.type).children) {
    if (layout_.names.text(child.tag) != first) continue;
    std::vector<Resolved> alternatives;
    const bool inside = text.path.steps.size() > 1;
    edi(text.path, found.end, inside ? Want::leaf : Want::node, here, alternatives);
    if (alternatives.empty()) return false;
    found = std::move(alternatives[0]);
    is_leaf = inside;
    return true;
  }
  return enter(trigger, 0, {}, place, found) && edi_element(text.path, 0, here, found);
}

bool Resolver::predicate(const PredicateText& text, const Place& place, ResolvedStep& into) {
  Resolved found;
  Predicate compiled;
  if (!predicate_path(text, place, into, found, compiled.is_leaf)) return false;
  compiled.kind = text.kind;
  compiled.key = found.key;
  compiled.values = text.values;
  OutConstant constant;
  for (const ResolvedStep& step : found.steps) {
    if (!step.predicates.empty()) {
      problems_.add("MAP-0109", at(place, text.column), "a predicate within a predicate",
                    "a path without predicates");
      return false;
    }
    compiled.nodes.push_back(step.name);
    constant.path.push_back(out_step(step));
  }
  if (!text.root_path.empty()) {
    compiled.root_path = root_field(text.root_path, at(place, text.column));
    if (compiled.root_path.empty()) return false;
  }
  if (text.kind == PredicateKind::equal) {
    constant.key = found.key;
    constant.root_path = compiled.root_path;
    if (!text.values.empty()) constant.value = text.values.front();
    into.constants.push_back(std::move(constant));
  }
  into.predicates.push_back(std::move(compiled));
  return true;
}

FieldPath Resolver::root_field(std::string_view path, const Place& place) {
  FieldPath fields;
  if (document_ == nullptr) return fields;
  const GroupDescriptor* group = document_->root;
  const FieldDescriptor* field = nullptr;
  for (std::string_view rest = path; !rest.empty() && group != nullptr;) {
    const std::string_view name = rest.substr(0, rest.find('.'));
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
    field = group->find(name);
    if (field == nullptr) {
      const std::string near(nearest_field(*group, name));
      problems_.add("MAP-0103", place,
                    "no canonical field '" + std::string(name) + "' in " + std::string(group->name),
                    near.empty() ? "a field of " + std::string(group->name) : "'" + near + "'");
      return {};
    }
    fields.push_back(static_cast<std::uint16_t>(field - group->fields.data()));
    group = field->group;
  }
  if (field == nullptr || field->group != nullptr || field->repeated) {
    problems_.add("MAP-0103", place, "'/" + std::string(path) + "' is not one value",
                  "the path of one value");
    return {};
  }
  return fields;
}

}  // namespace purser::map
