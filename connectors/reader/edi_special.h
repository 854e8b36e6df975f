// Where a segment may have to be cut, many bytes at a time. For the tokenizer's own loops.
#pragma once

#include "connectors/reader/edi_tokenizer.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace purser::edi {

// The bytes of the block that may not be ordinary, a bit each: controls, those above 0x7F and the marks.
inline std::uint32_t Tokenizer::special_bytes(const unsigned char* block) const {
  std::uint32_t special = 0;
#ifdef __SSE2__
  for (std::uint32_t half = 0; half < block_size; half += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + half));
    __m128i found = _mm_cmplt_epi8(bytes, _mm_set1_epi8(' '));  // signed: 0x80 and above count as below
    for (const auto& mark : marks_)
      found = _mm_or_si128(
          found, _mm_cmpeq_epi8(bytes, _mm_loadu_si128(reinterpret_cast<const __m128i*>(mark.data()))));
    special |= static_cast<std::uint32_t>(_mm_movemask_epi8(found)) << half;
  }
#else
  for (std::uint32_t i = 0; i < block_size; ++i) special |= (classes_[block[i]] == ordinary ? 0U : 1U) << i;
#endif
  return special;
}

}  // namespace purser::edi
