// XML elements that come again: the markup of one is kept, so that the next is only compared with it and its
// texts are taken, by reader and engine alike.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "canonical/event/event.h"
#include "canonical/value/position.h"

namespace purser::map {

/// The markup of an element byte for byte, with holes where its texts and attribute values stood, and what a
/// reader tells of it: its nodes and leaves in order.
struct ElementForm {
  static constexpr std::size_t padding = 16;  ///< bytes behind the markup that may be looked at
  static constexpr std::uint32_t nowhere = UINT32_MAX;
  /// Markup, and the hole behind it.
  struct Piece {
    std::uint32_t size = 0;   ///< in bytes; the pieces stand one behind the other
    std::uint32_t items = 0;  ///< that have their place in it; the last of them has its text in the hole
    char stop = 0;            ///< ends the text in the hole: '<' or a quote; 0: the element ends
  };
  /// A node, or a leaf whose text is in the hole behind the piece.
  struct Item {
    bool leaf = false;
    std::uint32_t at = 0;                ///< its place in the piece
    std::uint32_t line = 0;              ///< line feeds of the element before it
    std::uint32_t line_begin = nowhere;  ///< in the piece, behind the last of them; nowhere: before the piece
    std::uint32_t element = 0;           ///< ordinal of its element, counted from 0
  };
  std::string markup;  ///< with padding
  std::vector<Piece> pieces;
  std::vector<Item> items;
  Item end;                    ///< of the element: its end tag, or the "/>" of an empty one
  std::uint32_t elements = 0;  ///< itself and those inside
  std::uint32_t depth = 0;     ///< of these, open at a time
  std::uint32_t scope = 0;     ///< what names mean: of ElementForms::scope
  std::uint32_t index = 0;     ///< in its ElementForms
  std::uint32_t next = 0;      ///< form that came behind it the last time, where a reader begins to look
};

/// What an item came to this time. The text of a leaf is borrowed, and not blank.
struct ElementValue {
  std::string_view text;
  Position at;
};

/// Forms by the name of their element. Bounded; a form's place is taken by another, but never ends. [serial]
class ElementForms {
 public:
  static constexpr std::size_t most_items = 512;         ///< of a form; a rich invoice line has 150
  static constexpr std::size_t most_markup = 16 * 1024;  ///< bytes of a form
  static constexpr std::size_t most_names = 128;         ///< a rich invoice has 30 kinds below its root
  static constexpr std::uint32_t most_variants = 4;      ///< of an element; a partner's lines have a handful
  static constexpr std::uint32_t patience = 8;           ///< strange ones that pass before one more is kept
  static constexpr std::size_t most_bytes = 512 * 1024;  ///< of all forms, about; usual ones need 50 KB
  static constexpr std::size_t most_scopes = 16;         ///< texts of namespace declarations

  /// Another document begins: what has grown too large is forgotten.
  void begin();
  /// A number for what names mean (the declarations in force, the reader's limits): the same for the same
  /// text. 0: there are too many.
  std::uint32_t scope(std::string_view text);
  /// The forms of elements of this name, as it was written.
  [[nodiscard]] std::span<const std::uint32_t> of(std::string_view name) const;
  [[nodiscard]] std::size_t size() const { return forms_.size(); }
  /// Another number in each ElementForms, and whenever one has been emptied: what indexes and scopes belong
  /// to.
  [[nodiscard]] std::uint64_t life() const { return life_; }
  ElementForm& operator[](std::uint32_t index) { return *forms_[index]; }
  /// Is a form worth making of an element of this name that none of its forms fits?
  bool wants(std::string_view name);
  /// Asked after wants(). The form's index.
  std::uint32_t keep(std::string_view name, ElementForm form);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  struct Variants {
    std::vector<std::uint32_t> forms;
    std::uint32_t strange = 0;  ///< elements that none of them fitted
  };
  [[nodiscard]] static std::uint64_t new_life();
  [[nodiscard]] static std::size_t bytes_of(const ElementForm& form);

  std::unordered_map<std::string, Variants, Hash, std::equal_to<>> names_;
  std::vector<std::unique_ptr<ElementForm>> forms_;
  std::vector<std::string> scopes_;
  std::size_t bytes_ = 0;
  std::uint64_t life_ = new_life();
};

/// Takes elements whole. A reader asks a SyntaxSink for it where an element begins.
class ElementSink {
 public:
  virtual ~ElementSink() = default;
  virtual ElementForms& forms() = 0;
  /// An element of this form; comes to the same as its open, leaf and close calls. A value for each item;
  /// `end` is the place of its end. False: nothing was done, the calls are to be made.
  virtual std::expected<bool, Status> element(const ElementForm& form, std::span<const ElementValue> values,
                                              const Position& end) = 0;
  /// Keeps the form of the element whose close has just been called, if it can be taken whole the next time.
  virtual void keep(std::string_view name, ElementForm form) = 0;
};

}  // namespace purser::map
