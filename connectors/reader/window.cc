#include "connectors/reader/window.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <new>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace purser::reader {
namespace {

constexpr std::size_t padding =
    64;  // parsers look at blocks, so they may read (not use) bytes behind the end

constexpr std::size_t smallest_piece = 64;  // of input to decode at a time; more than any one character

constexpr bool is_allowed_control(unsigned char c) { return c == '\t' || c == '\n' || c == '\r'; }

constexpr bool is_lead(char c) { return static_cast<unsigned char>(c) >= 0xC0; }
constexpr bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Bytes of the input for an ASCII character.
constexpr std::uint64_t unit(Charset charset) {
  return charset == Charset::utf_8 || is_single_byte(charset) ? 1 : 2;
}

}  // namespace

std::expected<std::size_t, Status> Window::read_all(char* into, std::size_t size) {
  std::size_t got = 0;
  while (got < size && !source_ended_) {
    const auto piece = source_.read({into + got, size - got});
    if (!piece) return std::unexpected(piece.error());
    if (*piece == 0) source_ended_ = true;
    got += *piece;
  }
  return got;
}

Outcome Window::prepare() {
  reserve(head_size);
  const auto got = read_all(data_.get(), head_size);
  if (!got) return std::unexpected(got.error());
  filled_ = *got;
  return {};
}

Outcome Window::start(Check check, Charset charset, std::size_t skip) {
  check_ = check;
  charset_ = charset;
  decoded_ = check == Check::text && charset != Charset::utf_8;
  base_ = decoded_ ? 0 : skip;
  skipped_ = decoded_ ? skip : 0;
  lines_.push_back({base_, skip});
  filled_ -= skip;
  std::memmove(data_.get(), data_.get() + skip, filled_);
  if (!decoded_) {
    // A small document is whole by now: no more memory than the head is ever taken.
    std::memset(data_.get() + filled_, 0, padding);
    return look_at_new_bytes();
  }
  raw_.assign(data_.get(), filled_);
  raw_size_ = filled_;
  filled_ = 0;
  reserve(usual_capacity);
  return fill();
}

void Window::reserve(std::size_t capacity) {
  void* memory = std::realloc(data_.get(), capacity + padding);
  if (memory == nullptr) throw std::bad_alloc();
  static_cast<void>(data_.release());
  data_.reset(static_cast<char*>(memory));
  capacity_ = capacity;
  std::memset(data_.get() + filled_, 0, padding);
}

std::expected<bool, Status> Window::more(std::size_t keep) {
  find_place(keep);
  lines_.erase(lines_.begin(), lines_.begin() + static_cast<std::ptrdiff_t>(line_));
  first_line_ += static_cast<std::uint32_t>(line_);
  line_ = 0;
  const auto kept = std::ranges::upper_bound(shifts_, base_ + keep, {}, &Shift::behind);
  if (kept != shifts_.begin()) shift_ = std::prev(kept)->delta;
  shifts_.erase(shifts_.begin(), kept);
  std::memmove(data_.get(), data_.get() + keep, filled_ - keep);
  filled_ -= keep;
  size_ -= keep;
  base_ += keep;
  if (fault_ != Fault::none) return false;
  if (capacity_ < usual_capacity) reserve(usual_capacity);
  if (capacity_ - filled_ < capacity_ / 2) reserve(capacity_ * 2);
  const std::size_t before = size_;
  if (auto filled = fill(); !filled) return std::unexpected(filled.error());
  return size_ > before;
}

Outcome Window::fill() {
  if (decoded_) {
    if (auto decoded = fill_decoded(); !decoded) return decoded;
  } else {
    const auto got = read_all(data_.get() + filled_, capacity_ - filled_);
    if (!got) return std::unexpected(got.error());
    filled_ += *got;
  }
  std::memset(data_.get() + filled_, 0, padding);
  if (auto looked = look_at_new_bytes(); !looked) return looked;
  if (fault_ == Fault::none && bad_input_ && size_ == filled_) fault_ = Fault::encoding;
  return {};
}

Outcome Window::read_raw() {
  raw_.erase(0, raw_at_);
  raw_size_ -= raw_at_;
  raw_at_ = 0;
  raw_.resize(head_size);
  const auto got = read_all(raw_.data() + raw_size_, raw_.size() - raw_size_);
  if (!got) return std::unexpected(got.error());
  raw_size_ += *got;
  return {};
}

// A character of one byte or two becomes three at most, so a third of the free space is read at a time.
Outcome Window::fill_decoded() {
  std::string text;
  while (!bad_input_ && capacity_ - filled_ >= 3 * smallest_piece) {
    if (raw_size_ - raw_at_ < smallest_piece) {
      if (auto read = read_raw(); !read) return read;
    }
    const std::size_t there = raw_size_ - raw_at_;
    std::string_view piece(raw_.data() + raw_at_, std::min(there, (capacity_ - filled_) / 3));
    if (piece.empty()) break;
    if (!is_single_byte(charset_) && (piece.size() < there || !source_ended_)) {
      // A surrogate pair may be cut by the end of the piece; its first half waits for the rest.
      piece = piece.substr(0, piece.size() / 2 * 2);
      const std::size_t high = charset_ == Charset::utf_16le ? piece.size() - 1 : piece.size() - 2;
      if ((static_cast<unsigned char>(piece[high]) & 0xFC) == 0xD8) piece.remove_suffix(2);
    }
    text.clear();
    std::size_t bad = decode(charset_, piece, text);
    if (turned_) bad = std::min(bad, pair_in(piece));
    if (bad != std::string_view::npos) {
      text.clear();
      decode(charset_, piece.substr(0, bad), text);
      bad_input_ = true;
    }
    std::memcpy(data_.get() + filled_, text.data(), text.size());
    filled_ += text.size();
    raw_at_ += piece.size();
  }
  return {};
}

// The first byte of the two that look like a sequence of UTF-8, npos if there is none.
std::size_t Window::pair_in(std::string_view piece) {
  if (after_lead_ && is_continuation(piece[0])) return 0;
  after_lead_ = is_lead(piece.back());
  for (std::size_t i = 0; i + 1 < piece.size(); ++i) {
    if (is_lead(piece[i]) && is_continuation(piece[i + 1])) return i;
  }
  return std::string_view::npos;
}

// The byte at `at` is the first above ASCII, and no UTF-8. From here on the view is decoded.
bool Window::turn(std::size_t at) {
  const std::string_view rest(data_.get() + at, filled_ - at);
  if (!doubts_ || upper_half(Charset::windows_1252)[static_cast<unsigned char>(rest[0]) - 0x80U] == 0)
    return false;
  if (rest.size() > 1 && is_lead(rest[0]) && is_continuation(rest[1])) return false;
  doubts_ = false;
  turned_ = decoded_ = true;
  turned_at_ = base_ + at;
  charset_ = Charset::windows_1252;
  raw_.assign(rest);
  raw_at_ = 0;
  raw_size_ = rest.size();
  filled_ = at;
  return true;
}

Outcome Window::look_at_new_bytes() {
  const bool before = turned_;
  check_new_bytes();
  if (turned_ == before) return {};
  if (auto decoded = fill_decoded(); !decoded) return decoded;
  std::memset(data_.get() + filled_, 0, padding);
  check_new_bytes();
  return {};
}

std::uint64_t Window::source_of(std::size_t index) const {
  const std::uint64_t at = base_ + index;
  if (shifts_.empty()) return skipped_ + at * unit(charset_) - shift_;
  const auto next = std::ranges::upper_bound(shifts_, at, {}, &Shift::behind);
  return skipped_ + at * unit(charset_) - (next == shifts_.begin() ? shift_ : std::prev(next)->delta);
}

void Window::new_line(std::size_t index) { lines_.push_back({base_ + index, source_of(index)}); }

Position Window::find_place(std::size_t index) {
  const std::uint64_t at = base_ + index;
  while (line_ + 1 < lines_.size() && lines_[line_ + 1].begin <= at) ++line_;
  while (line_ > 0 && lines_[line_].begin > at) --line_;
  Position position;
  position.offset = source_of(index);
  position.line = first_line_ + static_cast<std::uint32_t>(line_);
  position.column = static_cast<std::uint32_t>(position.offset - lines_[line_].source + 1);
  if (!decoded_) {
    line_begin_ = lines_[line_].begin;
    line_end_ = line_ + 1 < lines_.size() ? lines_[line_ + 1].begin : base_ + size_;
    line_number_ = position.line;
  }
  return position;
}

// True if a whole valid UTF-8 sequence stands at `at`, which is moved behind it. False: stop here for now, or
// for good when a fault was set.
bool Window::check_sequence(std::size_t& at) {
  const auto lead = static_cast<unsigned char>(data_.get()[at]);
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  const std::size_t there = std::min(length, filled_ - at);
  const bool whole = valid_utf8_prefix({data_.get() + at, there}) == length;
  if (!whole) {
    if (there < length && !source_ended_) return false;
    if (!turn(at)) fault_ = Fault::encoding;
    return false;
  }
  // U+FFFE and U+FFFF are no characters.
  const auto* bytes = reinterpret_cast<const unsigned char*>(data_.get() + at);
  if (lead == 0xEF && bytes[1] == 0xBF && bytes[2] >= 0xBE) {
    fault_ = Fault::character;
    return false;
  }
  at += length;
  doubts_ = false;
  if (charset_ != Charset::utf_8) {
    const std::uint64_t input = is_single_byte(charset_) ? 1 : length == 4 ? 4 : 2;
    const std::uint64_t before = shifts_.empty() ? shift_ : shifts_.back().delta;
    shifts_.push_back({base_ + at, before + length * unit(charset_) - input});
  }
  return true;
}

// Looks at bytes one by one up to `end`, maybe a few more to finish a character. Stops early at a fault or a
// character that is not whole yet.
void Window::check_bytes(std::size_t& at, std::size_t end) {
  while (at < end) {
    const auto c = static_cast<unsigned char>(data_.get()[at]);
    if (carriage_return_) {
      carriage_return_ = false;
      if (c != '\n') new_line(at);
    }
    if (c == '\n') new_line(at + 1);
    if (c == '\r') carriage_return_ = true;
    if (check_ == Check::text) {
      if (c < 0x20 && !is_allowed_control(c)) {
        fault_ = Fault::character;
        return;
      }
      if (c >= 0x80) {
        if (!check_sequence(at)) return;
        continue;
      }
    }
    ++at;
  }
}

void Window::check_new_bytes() {
  std::size_t at = size_;
#ifdef __SSE2__
  const __m128i line_feed = _mm_set1_epi8('\n');
  const __m128i carriage_return = _mm_set1_epi8('\r');
  const __m128i blank = _mm_set1_epi8(' ');
  while (at + 16 <= filled_) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(data_.get() + at));
    auto feeds = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(block, line_feed)));
    // Signed: bytes from 0x80 count as below the blank, too.
    const __m128i watch =
        check_ == Check::text ? _mm_cmplt_epi8(block, blank) : _mm_cmpeq_epi8(block, carriage_return);
    const auto watched = static_cast<unsigned>(_mm_movemask_epi8(watch));
    if (carriage_return_ || (watched & ~feeds) != 0) {
      const std::size_t begin = at;
      check_bytes(at, at + 16);
      if (at < begin + 16) break;
      continue;
    }
    for (; feeds != 0; feeds &= feeds - 1)
      new_line(at + static_cast<std::size_t>(std::countr_zero(feeds)) + 1);
    at += 16;
  }
#endif
  if (fault_ == Fault::none) check_bytes(at, filled_);
  if (carriage_return_ && source_ended_ && at == filled_) {
    carriage_return_ = false;
    new_line(at);
  }
  size_ = at;
}

}  // namespace purser::reader
