// A piece of the source document held as it came: one unit of a streamed document.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "canonical/map/arena.h"
#include "canonical/map/layout.h"
#include "canonical/value/position.h"

namespace purser::map {

/// Copies a place in one piece. Assigned, its 28 bytes are copied in two steps that overlap, and whoever
/// reads it soon after waits for both to reach memory.
inline void copy_place(Position& to, const Position& from) { std::memcpy(&to, &from, sizeof to); }

/// Copies where it is in the source; table and row stay.
inline void copy_source(Position& to, const Position& from) {
  std::memcpy(static_cast<void*>(&to), &from, offsetof(Position, table));
}

/// A node or leaf of the tape. Nodes stand before what is inside them; `end` is the index behind that.
struct TapeItem {
  std::uint32_t end = 0;
  std::uint32_t parent = 0;
  NameId name = 0;  ///< of a node; 0 if the layout does not know it
  TypeId type = 0;  ///< of a node
  bool leaf = false;
  bool used = false;          ///< a row has read it, or it may be passed over
  bool refused = false;       ///< what it says could not be taken
  bool decided = false;       ///< a predicate was decided by it: no loss, but rows may still read it
  std::uint32_t ordinal = 0;  ///< of a composite: which of its kind in the segment
  LeafKey key = 0;
  std::string_view text;  ///< of a leaf: its value; of a node the layout does not know: its name
  Position at;
};

class Tape {
 public:
  void clear() {
    size_ = 0;
    open_.clear();
  }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t capacity() const { return items_.size(); }
  [[nodiscard]] std::uint32_t size() const { return size_; }
  [[nodiscard]] std::size_t memory() const { return size_ * sizeof(TapeItem); }
  TapeItem& operator[](std::uint32_t index) { return items_[index]; }
  const TapeItem& operator[](std::uint32_t index) const { return items_[index]; }
  [[nodiscard]] std::span<TapeItem> items() { return std::span(items_).first(size_); }
  [[nodiscard]] std::size_t depth() const { return open_.size(); }
  /// The innermost open node.
  TapeItem& top() { return items_[open_.back()]; }
  [[nodiscard]] std::uint32_t top_index() const { return open_.back(); }

  TapeItem& open(NameId name, TypeId type, const Position& at) {
    TapeItem& item = add(at);
    item.name = name;
    item.type = type;
    open_.push_back(size_ - 1);
    return item;
  }
  TapeItem& leaf(LeafKey key, std::string_view text, const Position& at) {
    TapeItem& item = add(at);
    item.leaf = true;
    item.key = key;
    item.text = text;
    item.end = size_;
    return item;
  }
  void close() {
    items_[open_.back()].end = size_;
    open_.pop_back();
  }
  /// Goes on behind the first `size` items that were here before clear(). These nodes of them are open.
  void resume(std::uint32_t size, std::span<const std::uint32_t> open) {
    size_ = size;
    open_.assign(open.begin(), open.end());
  }

 private:
  TapeItem& add(const Position& at) {
    if (size_ == items_.size()) items_.resize(items_.empty() ? 64 : items_.size() * 2);
    TapeItem& item = items_[size_++];
    item = TapeItem{};
    item.at = at;
    item.parent = open_.empty() ? 0 : open_.back();
    return item;
  }

  std::vector<TapeItem> items_;  ///< grows only
  std::uint32_t size_ = 0;
  std::vector<std::uint32_t> open_;
};

}  // namespace purser::map
