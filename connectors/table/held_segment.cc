#include "connectors/table/held_segment.h"

#include <algorithm>

namespace purser::table {

std::string_view HeldSegment::value(std::uint16_t element) const {
  const auto found =
      std::ranges::find_if(leaves, [&](const Leaf& leaf) { return leaf.where.element == element; });
  return found == leaves.end() ? std::string_view{} : std::string_view(found->text);
}

void HeldSegment::set(std::uint16_t element, std::string text) {
  std::erase_if(leaves, [&](const Leaf& leaf) { return leaf.where.element == element; });
  if (!text.empty()) leaves.push_back({{{}, element, 1, 1}, std::move(text), at});
}

Outcome HeldSegment::give(map::SyntaxSink& to) const {
  if (auto done = to.open(tag, at); !done) return done;
  for (const Leaf& leaf : leaves) {
    if (auto done = to.leaf(leaf.where, leaf.text, leaf.at); !done) return done;
  }
  return to.close(at);
}

}  // namespace purser::table
