// The EDI half of Resolver: tags, composites and elements.
#include <algorithm>

#include "canonical/map/resolve.h"

namespace purser::map {
namespace {

Place at(const Place& place, std::uint32_t column) { return {place.file, place.line, column}; }

}  // namespace

void Resolver::edi(const PathText& path, const Context& context, Want want, const Place& place,
                   std::vector<Resolved>& into) {
  Resolved start;
  start.end = context;
  if (path.steps.empty() && want == Want::node) {
    into.push_back(std::move(start));
    return;
  }
  if (path.steps.empty()) {
    problems_.add("MAP-0102", place, "'.' has no value of its own here", "a segment");
    return;
  }
  const StepText& first = path.steps[0];
  if (context.kind == NodeKind::segment || context.kind == NodeKind::composite) {
    const bool self = layout_.names.text(context.self) == first.name;
    if (self && !first.predicates.empty()) {
      problems_.add("MAP-0109", at(place, first.column), "a predicate on the node the block is made of",
                    "the predicate at `each` or `group`");
      return;
    }
    if (edi_rest(path, self ? 1 : 0, want, place, start)) into.push_back(std::move(start));
    return;
  }
  std::uint32_t places = 0;
  const LayoutType here = type(context.type);
  for (std::size_t order = 0; order < here.children.size(); ++order) {
    const LayoutChild child = here.children[order];
    if (layout_.names.text(child.tag) != first.name) continue;
    if (++places != first.place && first.place != 0) continue;
    Resolved found = start;
    if (!enter(child, order, first, place, found)) return;
    if (child.kind == NodeKind::group && (want == Want::leaf || path.steps.size() > 1)) {
      const LayoutChild trigger = type(child.type).children[0];
      if (!enter(trigger, 0, {}, place, found, false)) return;
    }
    if (!edi_rest(path, 1, want, place, found)) return;
    into.push_back(std::move(found));
  }
  if (places == 0) {
    unknown(place, first, here, "segment");
  } else if (into.empty()) {
    problems_.add(
        "MAP-0102", at(place, first.column),
        first.name + " has " + std::to_string(places) + " place(s) here, not " + std::to_string(first.place),
        "@1 to @" + std::to_string(places));
  }
}

bool Resolver::edi_rest(const PathText& path, std::size_t from, Want want, const Place& place,
                        Resolved& into) {
  if (want == Want::node) {
    return from == path.steps.size() || edi_composite(path, from, want, place, into);
  }
  if (from < path.steps.size()) return edi_element(path, from, place, into);
  problems_.add("MAP-0102", at(place, path.column), "'" + path.text + "' names no data element",
                "TAG.element or TAG.composite.element");
  return false;
}

/// `C082.3039`, `3039`, `C212#2[7143=SA].7140`.
bool Resolver::edi_element(const PathText& path, std::size_t from, const Place& place, Resolved& into) {
  if (from >= path.steps.size()) {
    problems_.add("MAP-0109", place, "no data element", "element or composite.element");
    return false;
  }
  const StepText& step = path.steps[from];
  if (from + 1 < path.steps.size()) return edi_composite(path, from, Want::leaf, place, into);
  const LayoutType here = type(into.end.type);
  const NameId code = layout_.names.find(step.name);
  const auto is_code = [&](const LayoutLeaf& leaf) { return leaf.name == code && code != 0; };
  if (std::any_of(here.leaves.begin(), here.leaves.end(), is_code))
    return choose_leaf(type(into.end.type), step, place, into);
  std::vector<const LayoutChild*> homes;
  for (const LayoutChild& child : here.children) {
    const auto& leaves = type(child.type).leaves;
    if (child.kind == NodeKind::composite && std::any_of(leaves.begin(), leaves.end(), is_code))
      homes.push_back(&child);
  }
  if (homes.empty()) return unknown(place, step, here, "data element");
  if (homes.size() > 1) {
    std::string list;
    for (const LayoutChild* home : homes)
      list += (list.empty() ? "" : " or ") + std::string(layout_.names.text(home->tag)) + "." + step.name;
    problems_.add("MAP-0114", at(place, step.column), "element " + step.name + " stands in several places",
                  list);
    return false;
  }
  if (!enter(*homes[0], 0, {}, place, into)) return false;
  return choose_leaf(type(into.end.type), step, place, into);
}

bool Resolver::edi_composite(const PathText& path, std::size_t from, Want want, const Place& place,
                             Resolved& into) {
  const StepText& step = path.steps[from];
  const LayoutType here = type(into.end.type);
  const NameId code = layout_.names.find(step.name);
  const auto found = std::find_if(here.children.begin(), here.children.end(),
                                  [&](const LayoutChild& child) { return child.tag == code && code != 0; });
  if (found == here.children.end() || here.kind != NodeKind::segment)
    return unknown(place, step, here, "composite");
  LayoutChild child = *found;
  // The composite may repeat over several positions of the segment: PIA has C212 five times.
  std::uint32_t times = 0;
  for (const LayoutChild& other : here.children)
    times += other.tag == child.tag ? std::min(other.most, 10'000U) : 0U;
  child.most = times;
  if (step.occurrence > times) {
    problems_.add("MAP-0102", at(place, step.column),
                  step.name + " stands " + std::to_string(times) + " times here",
                  "#1 to #" + std::to_string(times));
    return false;
  }
  if (!enter(child, 0, step, place, into)) return false;
  if (want == Want::node) {
    if (from + 1 == path.steps.size()) return true;
    problems_.add("MAP-0102", at(place, path.steps[from + 1].column), "a data element is not a node",
                  "the composite alone");
    return false;
  }
  if (from + 2 != path.steps.size()) {
    problems_.add("MAP-0102", at(place, step.column), "'" + path.text + "' is too long",
                  "TAG.composite.element");
    return false;
  }
  return choose_leaf(type(into.end.type), path.steps[from + 1], place, into);
}

/// The data element of `type` a step names, by its occurrence.
bool Resolver::choose_leaf(const LayoutType& in, const StepText& step, const Place& place, Resolved& into) {
  if (!step.predicates.empty()) {
    problems_.add("MAP-0109", at(place, step.column), "a predicate on a data element",
                  "a predicate on its segment or composite");
    return false;
  }
  const NameId code = layout_.names.find(step.name);
  std::uint32_t wanted = std::max(1U, step.occurrence);
  for (const LayoutLeaf& leaf : in.leaves) {
    if (leaf.name != code || code == 0) continue;
    if (into.leaf == nullptr) {
      if (wanted <= leaf.most) {
        into.leaf = &leaf;
        into.key = leaf.key - 1 + wanted;
      } else {
        wanted -= leaf.most;
        continue;
      }
    }
    into.more.push_back(&leaf);
  }
  if (into.leaf == nullptr) return unknown(place, step, in, "data element");
  into.is_leaf = true;
  into.element.clear();
  for (const ResolvedStep& node : into.steps) {
    if (node.kind == NodeKind::group) continue;
    into.element += std::string(layout_.names.text(node.tag)) + ".";
  }
  into.element += step.name;
  return true;
}

NearLeaf Resolver::near(std::string_view path, const Resolved& from, const Place& place) {
  NearLeaf near;
  PathText text;
  if (!parse_path(layout_.syntax, path, place, problems_, text)) return near;
  Resolved found;
  const bool composite = from.end.kind == NodeKind::composite;
  if (composite && (text.steps.size() == 1 || text.steps[0].name == layout_.names.text(from.end.self))) {
    found.end = from.end;
    if (text.steps.size() > 1) text.steps.erase(text.steps.begin());
    if (!edi_element(text, 0, place, found)) return near;
  } else if (layout_.syntax == "xml") {
    found.end = from.end;
    if (!xml(text, 0, Want::leaf, place, found)) return near;
  } else if (layout_.syntax == "delimited") {
    found.end = from.end;
    if (!delimited(text, from.end, Want::leaf, place, found)) return near;
  } else {
    if (composite && from.steps.size() >= 2)
      found.end = {from.steps[from.steps.size() - 2].type, NodeKind::segment, 0};
    else
      found.end = from.end;
    if (!edi_element(text, 0, place, found)) return near;
    near.from_parent = composite;
  }
  if (found.steps.size() > 1 || (layout_.syntax == "xml" && !found.steps.empty())) {
    problems_.add("MAP-0102", place, "'" + std::string(path) + "' is too far from the value",
                  "a leaf of the same node");
    return near;
  }
  near.set = true;
  near.key = found.key;
  if (!found.steps.empty()) {
    near.child = found.steps[0].name;
    near.occurrence = found.steps[0].occurrence;
  }
  return near;
}

}  // namespace purser::map
