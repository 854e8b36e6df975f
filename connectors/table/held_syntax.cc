#include "connectors/table/held_syntax.h"

#include <algorithm>
#include <utility>

namespace purser::table {

Outcome HeldSyntax::add(What what, const map::LeafAddress& where, std::string_view name,
                        std::string_view text, const Position& at) {
  if (nodes_.size() >= max_nodes || texts_.size() + name.size() + text.size() > max_bytes) {
    auto finding = make_finding("TABLE-0015", at, "too much stands before the document");
    Status status{StatusClass::invalid, finding.code, finding.message};
    notes_.finding(std::move(finding));
    return std::unexpected(std::move(status));
  }
  nodes_.push_back({what, where, static_cast<std::uint32_t>(texts_.size()),
                    static_cast<std::uint32_t>(name.size()), static_cast<std::uint32_t>(text.size()), at});
  texts_.append(name).append(text);
  return {};
}

Outcome HeldSyntax::open(std::string_view name, const Position& at) {
  return add(What::open, {}, name, {}, at);
}

Outcome HeldSyntax::leaf(const map::LeafAddress& where, std::string_view text, const Position& at) {
  return add(What::leaf, where, where.name, text, at);
}

Outcome HeldSyntax::close(const Position& at) { return add(What::close, {}, {}, {}, at); }

Outcome HeldSyntax::replay(map::SyntaxSink& sink, std::string_view root) const {
  const std::string_view texts = texts_;
  for (const Node& node : nodes_) {
    const auto name = texts.substr(node.name, node.name_length);
    Outcome done;
    if (node.what == What::open) {
      const bool outermost = &node == nodes_.data() && !root.empty();
      done = sink.open(outermost ? root : name, node.at);
    } else if (node.what == What::leaf) {
      map::LeafAddress where = node.where;
      where.name = name;
      done = sink.leaf(where, texts.substr(node.name + node.name_length, node.text_length), node.at);
    } else {
      done = sink.close(node.at);
    }
    if (!done) return done;
  }
  return {};
}

bool HeldSyntax::same_as(const HeldSyntax& other) const {
  if (texts_ != other.texts_) return false;
  return std::ranges::equal(nodes_, other.nodes_, [](const Node& a, const Node& b) {
    return a.what == b.what && a.name == b.name && a.name_length == b.name_length &&
           a.text_length == b.text_length;
  });
}

void HeldSyntax::copy(const HeldSyntax& other) {
  nodes_ = other.nodes_;
  texts_ = other.texts_;
}

void HeldSyntax::clear() {
  nodes_.clear();
  texts_.clear();
}

}  // namespace purser::table
