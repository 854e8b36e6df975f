#include "connectors/reader/edi_known.h"

#include <atomic>
#include <bit>
#include <cstring>

#include "connectors/reader/edi_special.h"

namespace purser::edi {

std::uint64_t KnownSegments::new_arrangement() {
  static std::atomic<std::uint64_t> last{0};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

void KnownSegments::clear() {
  for (KnownSegment& segment : segments_) {
    segment.context = segment.arrangement = 0;
    segment.patience = 1;
  }
}

// Cuts the segment by comparing it with the one that came in its place before. False: it is another one, and
// to be cut as any segment is.
bool Tokenizer::take_known() {
  const char* bytes = window_.data() + start_;  // a block of padding stands behind the last byte
  std::uint64_t head = 0;
  std::memcpy(&head, bytes, sizeof head);
  candidate_ = &segments_.next(head);
  KnownSegment& known = *candidate_;
  if (known.arrangement == 0 || (head & known.mask) != known.head) return false;
  known_at_ = window_.place(start_);
  known_at_.segment = ordinal_;
  const KnownSegment::Cut* cut = known.cuts.data();
  const KnownSegment::Cut* const last = cut + known.cuts.size() - 1;
  map::SegmentValue* value = known.values.data();
  std::uint32_t begin = 0, block = 0;
  const auto* unsigned_bytes = reinterpret_cast<const unsigned char*>(bytes);
  for (std::uint32_t special = special_bytes(unsigned_bytes);; special &= special - 1, ++cut) {
    while (special == 0) special = special_bytes(unsigned_bytes + (block += block_size));
    const std::uint32_t read = block + static_cast<std::uint32_t>(std::countr_zero(special));
    if (bytes[read] != cut->separator || (read != begin) != cut->filled) return false;
    if (cut->value) {
      value->text = {bytes + begin, read - begin};
      value->at.offset = known_at_.offset + begin;
      value->at.line = known_at_.line;
      value->at.column = known_at_.column + begin;
      value->at.segment = known_at_.segment;
      ++value;
    }
    begin = read + 1;
    if (cut == last) break;
  }
  // Bytes of a decoded view are not those of the input.
  if (!window_.on_one_line(start_, start_ + begin)) return false;
  behind_ = start_ + begin;
  tag_length_ = known.tag_length;
  known.patience = 1;
  known_ = &known;
  return true;
}

// Keeps how the segment at hand, `length` plain bytes with its terminator, was cut.
void Tokenizer::keep_known(std::uint32_t length) {
  KnownSegment& known = *candidate_;
  if (known.patience != 0) {
    --known.patience;
    return;
  }
  known.patience = 1;
  known.arrangement = 0;
  known.context = segments_.context();
  if (tag_length_ > KnownSegments::most_tag) return;
  const char* bytes = window_.data() + start_;
  known.cuts.clear();
  bool in_tag = true;
  for (std::uint32_t read = 0, begin = 0; read < length; ++read) {
    const std::uint8_t what = classes_[static_cast<unsigned char>(bytes[read])];
    if (what == ordinary) continue;
    if (known.cuts.size() == KnownSegments::most_cuts) return;
    known.cuts.push_back({bytes[read], read != begin, read != begin && !in_tag});
    in_tag = in_tag && what != element;
    begin = read + 1;
  }
  known.values.clear();
  for (const Value& value : values_)
    known.values.push_back({{{}, value.element, value.component, value.repetition}, {}, at(value)});
  known.mask = 0;
  std::memset(&known.mask, 0xFF, tag_length_ + std::size_t{1});
  std::memcpy(&known.head, bytes, sizeof known.head);
  known.head &= known.mask;
  known.tag_length = tag_length_;
  known.arrangement = KnownSegments::new_arrangement();
}

// Makes the values of a known segment those of any other.
void Tokenizer::spell_out() {
  for (const map::SegmentValue& value : known_->values) {
    const auto begin = static_cast<std::uint32_t>(value.text.data() - window_.data() - start_);
    values_.push_back({begin, static_cast<std::uint32_t>(value.text.size()), begin, value.where.element,
                       value.where.repetition, value.where.component, false});
  }
  known_ = nullptr;
}

}  // namespace purser::edi
