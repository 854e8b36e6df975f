// Looks source paths up in the layout.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "canonical/map/plan.h"

namespace purser::map {

/// The node a block's rows are relative to.
struct Context {
  TypeId type = 0;
  NodeKind kind = NodeKind::element;
  NameId self = 0;  ///< tag by which rows name the node itself (`each FTX`: FTX.C108.4440)
};

struct ResolvedStep {
  NameId name = 0, tag = 0;
  TypeId type = 0;
  NodeKind kind = NodeKind::element;
  std::uint32_t order = 0, most = 1, occurrence = 0;
  bool onward = false;
  std::vector<Predicate> predicates;
  std::vector<OutConstant> constants;
};

/// A source path found in the layout: nodes, then a leaf or nothing.
struct Resolved {
  std::vector<ResolvedStep> steps;
  Context end;  ///< the last node
  bool is_leaf = false;
  LeafKey key = 0;
  const LayoutLeaf* leaf = nullptr;     ///< null where the layout does not know it (opaque types, delimited)
  std::vector<const LayoutLeaf*> more;  ///< the leaf and its later places, for `join`
  std::string element;  ///< the source's name: "NAD.C082.3039", "cac:Party/cbc:Name", "Invoice No"
};

enum class Want : std::uint8_t { leaf, node };

/// [serial]; may add names to the layout (headings, names inside opaque types).
class Resolver {
 public:
  Resolver(Layout& layout, const DocumentDescriptor* document, Problems& problems)
      : layout_(layout), document_(document), problems_(problems) {}

  /// All places the path may mean, the one that is written first. Empty with a problem told.
  std::vector<Resolved> resolve(const PathText& path, const Context& context, Want want, const Place& place);
  /// A leaf near the one a row reads; `from` is where that stands. Not set with a problem told.
  NearLeaf near(std::string_view path, const Resolved& from, const Place& place);
  /// A canonical path from the document's root to a scalar. Empty with a problem told.
  FieldPath root_field(std::string_view path, const Place& place);

 private:
  bool xml(const PathText& path, std::size_t at, Want want, const Place& place, Resolved& into);
  bool delimited(const PathText& path, const Context& context, Want want, const Place& place, Resolved& into);
  void edi(const PathText& path, const Context& context, Want want, const Place& place,
           std::vector<Resolved>& into);
  bool edi_rest(const PathText& path, std::size_t at, Want want, const Place& place, Resolved& into);
  bool edi_element(const PathText& path, std::size_t at, const Place& place, Resolved& into);
  bool edi_composite(const PathText& path, std::size_t at, Want want, const Place& place, Resolved& into);
  bool choose_leaf(const LayoutType& type, const StepText& step, const Place& place, Resolved& into);
  bool enter(const LayoutChild& child, std::size_t order, const StepText& step, const Place& place,
             Resolved& into, bool with_predicates = true);
  bool predicates(const StepText& step, const Place& place, ResolvedStep& into);
  bool predicate(const PredicateText& text, const Place& place, ResolvedStep& into);
  bool predicate_path(const PredicateText& text, const Place& place, const ResolvedStep& node,
                      Resolved& found, bool& is_leaf);
  bool unknown(const Place& place, const StepText& step, const LayoutType& type, std::string_view what);
  const LayoutType& type(TypeId id) const { return layout_.types[id]; }

  Layout& layout_;
  const DocumentDescriptor* document_;
  Problems& problems_;
};

}  // namespace purser::map
