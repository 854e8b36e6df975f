// Namespaces in scope: from the document's prefixes to the caller's. Internal to the reader.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/reader/xml_reader.h"

namespace purser::xml {

class Scope {
 public:
  explicit Scope(std::span<const Namespace> known) : known_(known) {}

  /// Number of declarations in force; what leave() goes back to.
  [[nodiscard]] std::size_t depth() const { return bindings_.size(); }
  /// xmlns:prefix="uri", or xmlns="uri" for an empty prefix. False if it is not allowed.
  bool declare(std::string_view prefix, std::string_view uri);
  void leave(std::size_t depth) {
    if (depth == bindings_.size()) return;
    bindings_.resize(depth);
    ++changes_;
  }
  /// How often what is in force has changed.
  [[nodiscard]] std::uint32_t changes() const { return changes_; }
  /// All that is in force, and what the caller calls it, as a text: the same names mean the same under the
  /// same text.
  [[nodiscard]] std::string text() const;

  /// The caller's name for a qualified name: a part of `name` where that is the same, else in `scratch`.
  /// An attribute without prefix is in no namespace. Empty if the prefix is not declared.
  std::string_view resolve(std::string_view name, bool attribute, std::string& scratch) const;

 private:
  struct Binding {
    std::string prefix;
    std::string uri;
    std::string_view ours;  ///< the caller's prefix
    bool known = false;
  };
  [[nodiscard]] const Binding* find(std::string_view prefix) const;

  std::span<const Namespace> known_;
  std::vector<Binding> bindings_;
  std::uint32_t changes_ = 0;
};

inline constexpr std::string_view schema_instance = "http://www.w3.org/2001/XMLSchema-instance";

}  // namespace purser::xml
