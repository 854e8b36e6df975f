// What `call` functions see while reading.
#pragma once

#include <string>
#include <string_view>

#include "canonical/map/call.h"
#include "canonical/map/reading.h"

namespace purser::map {

/// A node of the tape as a NodeView.
class TapeView : public NodeView {
 public:
  TapeView(Decoder::State& state, std::uint32_t node) : state_(state), node_(node) {}
  [[nodiscard]] std::string_view name() const override;
  [[nodiscard]] std::string_view text(std::string_view path) const override;
  void used(std::string_view path) const override;
  void used_all() const override;

 private:
  [[nodiscard]] std::uint32_t find(std::string_view path) const;

  Decoder::State& state_;
  std::uint32_t node_;
};

/// A canonical group as a GroupEditor, for reading.
class TreeEditor : public GroupEditor {
 public:
  TreeEditor(CanonicalTree& tree, Arena& texts, NodeIndex group, std::uint32_t body, const Position& at)
      : tree_(tree), texts_(texts), group_(group), body_(body), at_(at) {}
  bool set(std::string_view path, std::string_view text) override;
  [[nodiscard]] std::string get(std::string_view path) const override;

 private:
  CanonicalTree& tree_;
  Arena& texts_;
  NodeIndex group_;
  std::uint32_t body_;
  Position at_;
};

}  // namespace purser::map
