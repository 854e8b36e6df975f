// A configuration file as a tree in which every node knows its place.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "canonical/finding/finding.h"

namespace purser::gateway {

enum class NodeKind : std::uint8_t { null, scalar, map, list };

struct NodeEntry;

/// A node of a YAML document. Value type.
struct Node {
  NodeKind kind = NodeKind::null;
  std::string text;                            ///< of a scalar
  bool quoted = false;                         ///< a quoted scalar is always text: "12", "true"
  std::vector<NodeEntry> entries;              ///< of a map, in order; a key may stand twice
  std::vector<Node> items;                     ///< of a list
  std::string file;                            ///< name within the configuration folder
  std::uint32_t line = 0, column = 0;          ///< from 1

  /// The entry's value, null if there is none.
  [[nodiscard]] const Node* find(std::string_view key) const;
  [[nodiscard]] bool is_scalar() const { return kind == NodeKind::scalar; }
};

struct NodeEntry {
  Node key;  ///< a scalar
  Node value;
};

/// Bounds on one file: beyond, someone else's file was put here, or an alias bomb.
inline constexpr std::size_t max_settings_bytes = 4U << 20;
inline constexpr std::size_t max_settings_nodes = 100'000;
inline constexpr std::size_t max_settings_depth = 64;

/// Reads YAML text. Anchors and aliases are resolved. Errors are CONFIG-0002 and CONFIG-0010 with line and
/// column. [any]
std::expected<Node, Finding> parse_yaml(std::string_view text, std::string_view file);

/// A finding at a node's place: Finding::source is the file, Finding::path the way to the setting.
Finding settings_finding(std::string_view code, const Node& at, std::string_view path, std::string message,
                         std::string expected = {});

/// The tree as JSON text. Unquoted scalars that look like numbers or booleans become such.
std::string to_json(const Node& node);

}  // namespace purser::gateway
