#include "connectors/reader/xml_form.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "connectors/reader/xml_text.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace purser::xml {
namespace {

using map::ElementForm;

/// Are `size` bytes the same? Looks at up to 16 bytes behind them.
bool same(const char* a, const char* b, std::size_t size) {
#ifdef __SSE2__
  const auto differing = [](const char* x, const char* y) {
    const __m128i equal = _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(x)),
                                         _mm_loadu_si128(reinterpret_cast<const __m128i*>(y)));
    return ~static_cast<unsigned>(_mm_movemask_epi8(equal)) & 0xFFFFU;
  };
  for (; size > 16; size -= 16, a += 16, b += 16) {
    if (differing(a, b) != 0) return false;
  }
  return (differing(a, b) & ((1U << size) - 1U)) == 0;
#else
  return std::memcmp(a, b, size) == 0;
#endif
}

/// The end of a text or attribute value, or the first byte in it that is not simply taken over: a control
/// character (a line feed counts lines), '&', '<', ']' or `stop`.
const char* hole_end(const char* from, char stop) {
#ifdef __SSE2__
  const __m128i stops = _mm_set1_epi8(stop), ampersand = _mm_set1_epi8('&'), less = _mm_set1_epi8('<');
  const __m128i bracket = _mm_set1_epi8(']'), control = _mm_set1_epi8(0x1F);
  for (;; from += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
    const __m128i one = _mm_or_si128(_mm_cmpeq_epi8(block, stops), _mm_cmpeq_epi8(block, ampersand));
    const __m128i two = _mm_or_si128(_mm_cmpeq_epi8(block, less), _mm_cmpeq_epi8(block, bracket));
    const __m128i three = _mm_cmpeq_epi8(_mm_min_epu8(block, control), block);
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(one, two), three)));
    if (mask != 0) return from + std::countr_zero(mask);
  }
#else
  const auto goes_on = [stop](char c) {
    return static_cast<unsigned char>(c) > 0x1F && c != stop && c != '&' && c != '<' && c != ']';
  };
  while (goes_on(*from)) ++from;
  return from;
#endif
}

/// Makes the pieces of a form one after the other.
class Pieces {
 public:
  Pieces(const char* bytes, std::size_t begin, ElementForm& form)
      : bytes_(bytes), scanned_(begin), begin_(begin), form_(form) {}
  /// The item whose place is at `index`.
  ElementForm::Item item(std::size_t index, bool leaf, std::uint32_t element) {
    for (; scanned_ < index; ++scanned_) {
      // Lines end with LF or CR LF.
      good_ = good_ && (bytes_[scanned_] != '\r' || bytes_[scanned_ + 1] == '\n');
      if (bytes_[scanned_] != '\n') continue;
      ++line_;
      line_begin_ = static_cast<std::uint32_t>(scanned_ + 1 - begin_);
    }
    return {leaf, static_cast<std::uint32_t>(index - begin_), line_, line_begin_, element};
  }
  /// Ends the piece; the next one begins at `next`.
  void end(std::size_t index, std::size_t next, char stop) {
    const std::size_t size = index - begin_;
    const auto items = static_cast<std::uint32_t>(form_.items.size());
    form_.pieces.push_back({static_cast<std::uint32_t>(size), items - items_, stop});
    items_ = items;
    form_.markup.append(bytes_ + begin_, size);
    begin_ = scanned_ = next;
    line_begin_ = ElementForm::nowhere;
  }
  [[nodiscard]] bool good() const { return good_; }

 private:
  const char* bytes_;
  std::size_t scanned_, begin_;
  ElementForm& form_;
  std::uint32_t items_ = 0;  ///< of the pieces so far
  std::uint32_t line_ = 0, line_begin_ = ElementForm::nowhere;
  bool good_ = true;
};

}  // namespace

void FormWatch::begin(std::size_t index, std::size_t depth, std::uint32_t ordinal) {
  on_ = true;
  begin_ = index;
  depth_ = depth;
  ordinal_ = ordinal;
  deepest_ = 0;
  elements_ = 0;
  marks_.clear();
}

void FormWatch::open(std::size_t index, std::size_t depth) {
  deepest_ = std::max(deepest_, depth + 1 - depth_);
  marks_.push_back({false, index, index, elements_++});
  on_ = marks_.size() <= map::ElementForms::most_items;
}

void FormWatch::leaf(std::size_t from, std::size_t to, std::uint32_t ordinal) {
  marks_.push_back({true, from, to, ordinal - ordinal_});
}

bool FormWatch::finish(const char* bytes, std::size_t tail, std::size_t end, ElementForm& form) {
  on_ = false;
  std::size_t texts = 0;
  for (const Mark& mark : marks_) texts += mark.to - mark.from;
  if (end - begin_ - texts > map::ElementForms::most_markup) return false;
  if (marks_.size() > map::ElementForms::most_items) return false;
  Pieces pieces(bytes, begin_, form);
  for (const Mark& mark : marks_) {
    form.items.push_back(pieces.item(mark.from, mark.leaf, mark.element));
    if (mark.leaf) pieces.end(mark.from, mark.to, bytes[mark.to]);
  }
  form.end = pieces.item(tail, false, 0);
  pieces.end(end, end, 0);
  form.markup.append(ElementForm::padding, '\0');
  form.elements = elements_;
  form.depth = static_cast<std::uint32_t>(deepest_);
  return pieces.good();
}

bool comes_again(const ElementForm& form, const char* begin, const char* end, const Position& at,
                 Again& found) {
  const char* line_begin = begin - (at.column - 1);
  const char* piece_begin = begin;
  // Part by part: a Position made apart and copied waits for its parts to reach memory.
  const auto place = [&](const ElementForm::Item& item, Position& position) {
    const char* here = piece_begin + item.at;
    if (item.line_begin != ElementForm::nowhere) line_begin = piece_begin + item.line_begin;
    position.offset = at.offset + static_cast<std::uint64_t>(here - begin);
    position.line = at.line + item.line;
    position.column = static_cast<std::uint32_t>(here - line_begin + 1);
    position.segment = at.segment + item.element;
  };
  found.values.resize(form.items.size());
  map::ElementValue* value = found.values.data();
  const ElementForm::Item* item = form.items.data();
  const ElementForm::Piece* piece = form.pieces.data();
  const char* markup = form.markup.data();
  std::uint64_t text_size = 0;
  for (;; ++piece) {
    const std::size_t size = piece->size;
    if (static_cast<std::size_t>(end - piece_begin) < size || !same(piece_begin, markup, size)) return false;
    markup += size;
    for (std::uint32_t left = piece->items; left > 0; --left) {
      value->text = {};
      place(*item++, (value++)->at);
    }
    if (piece->stop == 0) break;
    const char* from = piece_begin + size;
    const char* to = hole_end(from, piece->stop);
    if (*to != piece->stop || to == from || to >= end) return false;
    const std::string_view text(from, static_cast<std::size_t>(to - from));
    if (is_space(text.front()) && std::ranges::all_of(text, is_space)) return false;
    value[-1].text = text;
    if (piece->stop == '<') text_size += text.size();
    piece_begin = to;
  }
  place(form.end, found.tail);
  found.size = static_cast<std::size_t>(piece_begin - begin) + piece->size;
  found.text = text_size;
  return true;
}

}  // namespace purser::xml
