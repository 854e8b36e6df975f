// Named pure functions for what a table cannot say: `call NAME`.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/event.h"
#include "canonical/map/syntax.h"

namespace purser::map {

/// A node of the source, held whole. Views live as long as the call. [serial]
class NodeView {
 public:
  virtual ~NodeView() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  /// By the table's path relative to the node, without predicates: "cbc:ID", "@schemeID", "C507.2380" in a
  /// segment, "MOA.C516.5004" in a group, "." for its own text. The first that is there; empty if none is.
  [[nodiscard]] virtual std::string_view text(std::string_view path) const = 0;
  /// Marks what the function has used; the rest is reported as loss.
  virtual void used(std::string_view path) const = 0;
  virtual void used_all() const = 0;
};

/// Where a function puts or finds canonical values: one group. Paths as in tables ("quantity.value").
class GroupEditor {
 public:
  virtual ~GroupEditor() = default;
  /// False if the path is unknown, the text does not fit its type, or another value is there.
  virtual bool set(std::string_view path, std::string_view text) = 0;
  /// The value as text; empty if there is none.
  [[nodiscard]] virtual std::string get(std::string_view path) const = 0;
};

/// Where a function writes syntax: one node.
class NodeEditor {
 public:
  virtual ~NodeEditor() = default;
  /// False if the layout has no such leaf. An empty text makes nothing.
  virtual bool set(std::string_view path, std::string_view text) = 0;
  /// The same, but an empty text makes the element, too: where a schema demands it.
  virtual bool set_even_empty(std::string_view path, std::string_view text) = 0;
};

/// One function, both directions. Pure: no state, no clock, no input beside its arguments. [any]
struct Call {
  std::function<void(const NodeView& from, GroupEditor& to)> read;
  std::function<void(const GroupEditor& from, NodeEditor& to)> write;
};

/// The functions a connector offers to its tables. Filled before Program::load; outlives the programs.
class CallTable {
 public:
  void add(std::string name, Call call) { calls_[std::move(name)] = std::move(call); }
  /// Null if there is none.
  [[nodiscard]] const Call* find(std::string_view name) const {
    const auto found = calls_.find(name);
    return found == calls_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] std::vector<std::string_view> names() const {
    std::vector<std::string_view> all;
    for (const auto& [name, call] : calls_) all.push_back(name);
    return all;
  }

 private:
  std::map<std::string, Call, std::less<>> calls_;
};

}  // namespace purser::map
