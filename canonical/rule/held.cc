#include "canonical/rule/held.h"

#include <algorithm>

namespace purser::rule {

void HeldTree::reset(Index watch, std::uint32_t ordinal, const Position& at) {
  nodes_.clear();
  slots_.clear();
  large_.clear();
  chunk_ = 0;
  used_ = 0;
  add(watch, at).ordinal = ordinal;
}

HeldNode& HeldTree::add(Index watch, const Position& at) {
  const Watch& what = watches_[watch];
  HeldNode& node = nodes_.emplace_back(watch, what.group != nullptr, at);
  if (node.leaf) return node;
  node.slots = static_cast<std::uint32_t>(slots_.size());
  slots_.resize(slots_.size() + what.children * 2U, no_node);
  return node;
}

NodeIndex HeldTree::append(NodeIndex parent, Index watch, const Position& at) {
  const auto made = static_cast<NodeIndex>(nodes_.size());
  const std::size_t slot = nodes_[parent].slots + watches_[watch].slot * 2U;
  HeldNode& node = add(watch, at);
  node.parent = parent;
  node.ordinal = 1;
  if (slots_[slot] == no_node) {
    slots_[slot] = made;
  } else {
    HeldNode& last = nodes_[slots_[slot + 1]];
    last.next = made;
    node.ordinal = last.ordinal + 1;
  }
  slots_[slot + 1] = made;
  return made;
}

void HeldTree::set(NodeIndex index, const Scalar& value) {
  HeldNode& node = nodes_[index];
  node.value = value;
  const bool texts =
      value.type == ScalarType::text || value.type == ScalarType::code || value.type == ScalarType::binary;
  node.filled = !texts || value.bytes.find_first_not_of(" \t\r\n") != std::string_view::npos;
  node.value.bytes = texts && watches_[node.watch].keep_text ? copy(value.bytes) : std::string_view();
}

std::string_view HeldTree::copy(std::string_view text) {
  if (text.size() > chunk_size / 4) {
    large_.push_back(std::make_unique<char[]>(text.size()));
    std::copy(text.begin(), text.end(), large_.back().get());
    return {large_.back().get(), text.size()};
  }
  if (chunks_.empty() || used_ + text.size() > chunk_size) {
    if (!chunks_.empty()) ++chunk_;
    if (chunk_ == chunks_.size()) chunks_.push_back(std::make_unique<char[]>(chunk_size));
    used_ = 0;
  }
  char* const at = chunks_[chunk_].get() + used_;
  std::copy(text.begin(), text.end(), at);
  used_ += text.size();
  return {at, text.size()};
}

}  // namespace purser::rule
