// Syntax kept until it is known who takes it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/document_sink.h"
#include "canonical/map/syntax.h"

namespace purser::table {

/// Opens, leaves and closes in order, with copies of their texts. [serial]
class HeldSyntax : public map::SyntaxSink {
 public:
  /// Bounds against a document that never tells what it is: a header of addresses and credentials has some
  /// hundred values; certificates and signatures in it some kilobytes.
  static constexpr std::size_t max_nodes = 20'000;
  static constexpr std::size_t max_bytes = 4 << 20;

  /// What is beyond the bounds is refused with TABLE-0015, which also goes to `notes`.
  explicit HeldSyntax(DocumentSink& notes) : notes_(notes) {}
  Outcome open(std::string_view name, const Position& at) override;
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override;
  Outcome close(const Position& at) override;

  /// Gives all to `sink`; an open of the outermost element is renamed where `root` is not empty.
  Outcome replay(map::SyntaxSink& sink, std::string_view root = {}) const;
  [[nodiscard]] bool empty() const { return nodes_.empty(); }
  /// Opens, leaves and closes in it.
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  /// Equal names and texts in the same order; positions do not count.
  [[nodiscard]] bool same_as(const HeldSyntax& other) const;
  /// Takes the other's content for its own.
  void copy(const HeldSyntax& other);
  void clear();

 private:
  enum class What : std::uint8_t { open, leaf, close };
  struct Node {
    What what;
    map::LeafAddress where;  ///< its name is in texts_
    std::uint32_t name, name_length, text_length;
    Position at;
  };
  Outcome add(What what, const map::LeafAddress& where, std::string_view name, std::string_view text,
              const Position& at);

  DocumentSink& notes_;
  std::vector<Node> nodes_;
  std::string texts_;
};

}  // namespace purser::table
