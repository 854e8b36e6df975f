// Composes EDIFACT and X12 segments out of leaves that come in any order. Internal to the writers.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/map/syntax.h"
#include "connectors/reader/bytes.h"
#include "connectors/reader/edi_tokenizer.h"
#include "connectors/reader/finding_handler.h"

namespace purser::edi {

/// A SyntaxSink for one segment after the other. A format's own writer says what a service segment means and
/// what becomes of characters that are not plain. [serial]
class SegmentWriter : public map::SyntaxSink {
 public:
  Outcome open(std::string_view name, const Position& at) override;
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override;
  /// Sorts the leaves and hands the segment to write().
  Outcome close(const Position& at) override;
  /// Writes it at once where it is in order and has nothing special about it.
  Outcome segment(const map::Segment& whole) override;

 protected:
  struct Leaf {
    std::uint16_t element, repetition, component;
    std::uint32_t begin, length;  ///< in the segment's texts
    Position at;
  };
  /// The format's codes: two values for one place, a leaf without a place, no character for repetitions.
  struct WriterCodes {
    std::string_view twice, placeless;
  };

  SegmentWriter(reader::ByteSink& out, const WriterCodes& codes);
  /// The segment at hand is whole.
  virtual Outcome write() = 0;
  /// True for a segment that write() only passes to write_segment().
  [[nodiscard]] virtual bool is_ordinary(std::string_view tag) const = 0;
  /// Writes the first character of `text`, which is not plain; returns its length in bytes.
  virtual std::size_t write_special(std::string_view text, const Leaf& leaf) = 0;

  void use(const Delimiters& delimiters, bool line_breaks);
  [[nodiscard]] bool is_delimiter(char c) const;
  Outcome write_segment();
  void write_text(std::string_view text, const Leaf& leaf);
  void end_segment();
  Outcome flush(std::size_t threshold = flush_size);
  /// A value of the segment at hand; empty if there is none.
  [[nodiscard]] std::string_view value(std::uint16_t element, std::uint16_t component) const;
  void add(std::uint16_t element, std::uint16_t component, std::string_view text);

  /// Large enough that writing costs little, small enough for the cache.
  static constexpr std::size_t flush_size = 64 * 1024;

  Delimiters delimiters_;
  std::string buffer_;
  std::string tag_;
  std::array<bool, 256> plain_{};  ///< bytes that are written as they are
  std::uint64_t segments_ = 0;     ///< since the format set it to 0

 private:
  [[nodiscard]] std::size_t plain_size(const map::Segment& whole) const;
  char* write_plain(const map::Segment& whole, char* into) const;

  reader::ByteSink& out_;
  WriterCodes codes_;
  std::string texts_;
  std::vector<Leaf> leaves_;
  bool in_segment_ = false, line_breaks_ = false;
};

/// Bytes of the character that `text` begins with, one where it is not UTF-8. [any]
std::size_t character_length(std::string_view text);

}  // namespace purser::edi
