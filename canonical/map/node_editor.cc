// What `call` functions see while writing.
#include <algorithm>

#include "canonical/map/call.h"
#include "canonical/map/writing.h"

namespace purser::map {
namespace {

/// A canonical group whose values are noted as written when they are asked for.
class WrittenGroup : public GroupEditor {
 public:
  WrittenGroup(Encoder::State& state, CanonicalTree& tree, NodeIndex group)
      : state_(state), tree_(tree), group_(group) {}
  bool set(std::string_view, std::string_view) override { return false; }
  [[nodiscard]] std::string get(std::string_view path) const override {
    NodeIndex group = group_;
    while (true) {
      const std::string_view name = path.substr(0, path.find('.'));
      const GroupDescriptor* descriptor = tree_[group].group;
      const FieldDescriptor* field = descriptor == nullptr ? nullptr : descriptor->find(name);
      if (field == nullptr) return {};
      const NodeIndex next =
          tree_.first(group, static_cast<std::uint16_t>(field - descriptor->fields.data()));
      if (next == no_node) return {};
      if (name.size() == path.size()) {
        std::string text;
        if (tree_[next].group == nullptr) {
          state_.depends_on_more();
          append_plain(text, tree_[next].value);
          tree_[next].written = true;
        }
        return text;
      }
      group = next;
      path.remove_prefix(name.size() + 1);
    }
  }

 private:
  Encoder::State& state_;
  CanonicalTree& tree_;
  NodeIndex group_;
};

/// Leaves below a frame's node, by the layout's names.
class FrameEditor : public NodeEditor {
 public:
  FrameEditor(Encoder::State& state, Encoder::State::Frame& frame, TypeId type, const Row& row)
      : state_(state), frame_(frame), type_(type), row_(row) {}

  bool set(std::string_view path, std::string_view text) override {
    return text.empty() || set_even_empty(path, text);
  }

  bool set_even_empty(std::string_view path, std::string_view text) override {
    state_.depends_on_more();
    const Layout& layout = state_.plan().layout;
    const bool xml = layout.syntax == "xml";
    std::vector<OutStep> steps;
    TypeId type = type_;
    if (path == ".") path = {};
    while (true) {
      const std::size_t end = std::min(path.find_first_of(xml ? "/" : "./"), path.size());
      const std::string_view step = path.substr(0, end);
      const LayoutType& here = layout.types[type];
      const bool last = end == path.size();
      if (last && (!xml || step.empty() || step.starts_with('@'))) {
        const NameId name = layout.names.find(xml && !step.empty() ? step.substr(1) : step);
        for (const LayoutLeaf& leaf : here.leaves) {
          if (leaf.name == name && (name != 0 || step.empty())) return place(steps, leaf.key, text);
        }
        return false;
      }
      const NameId tag = layout.names.find(step);
      const auto child = std::find_if(here.children.begin(), here.children.end(),
                                      [&](const LayoutChild& each) { return each.tag == tag && tag != 0; });
      if (child == here.children.end()) return false;
      OutStep out;
      out.name = child->name;
      out.tag = child->tag;
      out.type = child->type;
      out.kind = child->kind;
      out.most = child->most;
      out.order = child->kind == NodeKind::composite
                      ? child->position
                      : static_cast<std::uint32_t>(child - here.children.begin());
      steps.push_back(out);
      type = child->type;
      path = last ? std::string_view{} : path.substr(end + 1);
    }
  }

 private:
  bool place(const std::vector<OutStep>& steps, LeafKey key, std::string_view text) {
    OutTree& tree = state_.out_tree();
    OutIndex node = state_.materialise(frame_);
    for (const OutStep& step : steps) {
      const OutIndex known = tree.find_name(node, step.name);
      node = known != no_out ? known : tree.add(node, step);
    }
    OutLeaf leaf;
    leaf.key = key;
    leaf.text = tree.texts().copy(text);
    leaf.row = &row_;
    leaf.origin.from = TextOrigin::From::function;
    return tree.set(node, leaf);
  }

  Encoder::State& state_;
  Encoder::State::Frame& frame_;
  TypeId type_;
  const Row& row_;
};

}  // namespace

void Encoder::State::write_call(const OutItem& item, Frame& frame, Source source) {
  if (!item.call->write) return;
  const TypeId type = item.path.empty() ? tree_[materialise(frame)].type : item.path.back().type;
  FrameEditor editor(*this, frame, type, plan_.rows[item.row]);
  item.call->write(WrittenGroup(*this, *source.tree, source.group), editor);
}

}  // namespace purser::map
