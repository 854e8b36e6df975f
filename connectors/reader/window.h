// A sliding view of the input that knows line, column and offset of every byte in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/value/position.h"
#include "connectors/reader/bytes.h"
#include "connectors/reader/charset.h"

namespace purser::reader {

/// Gives the input in pieces that a parser may look at and change in place, as UTF-8 (or raw). Bytes are
/// addressed by index into the view; more() moves what is kept to the front. [serial]
class Window {
 public:
  /// What the bytes must be.
  enum class Check : std::uint8_t {
    raw,  ///< anything; the parser decodes values itself
    text  ///< UTF-8 without control characters but TAB, LF, CR; other charsets are decoded first
  };
  /// Why the view ends before the input does. `size()` is the index of the first bad byte then.
  enum class Fault : std::uint8_t { none, encoding, character };

  static constexpr std::size_t head_size = 64 * 1024;        ///< looked at before the charset is known
  static constexpr std::size_t usual_capacity = 256 * 1024;  ///< fits the cache; doubles for a longer token

  explicit Window(ByteSource& source) : source_(source) {}
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  /// Reads the first bytes (head_size, or all there are).
  Outcome prepare();
  [[nodiscard]] std::string_view head() const { return {data_.get(), filled_}; }
  /// Starts the view behind the first `skip` bytes. Once, after prepare().
  Outcome start(Check check, Charset charset, std::size_t skip);

  [[nodiscard]] char* data() { return data_.get(); }
  [[nodiscard]] const char* data() const { return data_.get(); }
  [[nodiscard]] std::size_t size() const { return size_; }
  /// Drops everything before index `keep`, moves the rest to the front (index i becomes i - keep) and reads
  /// on. False: nothing came, the input has ended (or is faulty behind size()).
  std::expected<bool, Status> more(std::size_t keep);
  [[nodiscard]] Fault fault() const { return fault_; }
  /// UTF-8 is only what the document says: where the first byte above ASCII is none of UTF-8, the input is
  /// read as Windows-1252 from there on, unless two bytes look like a sequence of UTF-8 (damaged or forged,
  /// an encoding fault). Before start().
  void doubt_utf_8() { doubts_ = true; }
  /// True once that has happened; the place of that byte while it is in the view.
  [[nodiscard]] bool turned() const { return turned_; }
  Position turned_place() { return find_place(static_cast<std::size_t>(turned_at_ - base_)); }
  /// The place of a byte that is in the view (or of its end); line, column and offset are set. Columns and
  /// offsets count bytes of the input, also where it is decoded.
  Position place(std::size_t index) {
    const std::uint64_t at = base_ + index;
    if (at < line_begin_ || at >= line_end_) return find_place(index);
    Position position;
    position.offset = at;
    position.line = line_number_;
    position.column = static_cast<std::uint32_t>(at - line_begin_ + 1);
    return position;
  }

  /// Are the bytes those of the input, and not decoded ones?
  [[nodiscard]] bool is_input() const { return !decoded_; }
  /// True if all of [begin, end) stands on the line of the last place(), in a view that is the input itself.
  [[nodiscard]] bool on_one_line(std::size_t begin, std::size_t end) const {
    return base_ + begin >= line_begin_ && base_ + end <= line_end_;
  }

 private:
  struct Line {
    std::uint64_t begin;   ///< in the decoded stream
    std::uint64_t source;  ///< in the input
  };
  /// A character above ASCII in a decoded view. Remembered because the parser changes the view in place.
  struct Shift {
    std::uint64_t behind;  ///< offset in the decoded stream where it ends
    std::uint64_t delta;   ///< by how much offsets of the input are smaller from here on, all before included
  };
  struct Free {
    void operator()(char* memory) const { std::free(memory); }
  };

  void reserve(std::size_t capacity);
  Outcome fill();
  Outcome fill_decoded();
  Outcome read_raw();
  std::expected<std::size_t, Status> read_all(char* into, std::size_t size);
  void check_new_bytes();
  void check_bytes(std::size_t& at, std::size_t end);
  bool check_sequence(std::size_t& at);
  Outcome look_at_new_bytes();
  bool turn(std::size_t at);
  [[nodiscard]] std::size_t pair_in(std::string_view piece);
  void new_line(std::size_t index);
  Position find_place(std::size_t index);
  [[nodiscard]] std::uint64_t source_of(std::size_t index) const;

  ByteSource& source_;
  std::unique_ptr<char, Free> data_;
  std::size_t capacity_ = 0;
  std::size_t filled_ = 0;  ///< bytes in data_
  std::size_t size_ = 0;    ///< of these, checked and visible
  std::uint64_t base_ = 0;  ///< of data_[0] in the decoded stream
  std::vector<Line> lines_;
  std::size_t line_ = 0;          ///< where the last place() was, index into lines_
  std::uint32_t first_line_ = 1;  ///< number of lines_[0]
  std::string raw_;               ///< the head; where the view is decoded, input not decoded yet
  std::size_t raw_at_ = 0;
  std::size_t raw_size_ = 0;
  Check check_ = Check::raw;
  Charset charset_ = Charset::utf_8;
  Fault fault_ = Fault::none;
  bool carriage_return_ = false;  ///< the last checked byte was CR: a line begins unless LF follows
  bool source_ended_ = false;
  bool decoded_ = false;         ///< the view is another encoding than the input
  bool doubts_ = false;          ///< doubt_utf_8(), and only ASCII so far
  bool turned_ = false;          ///< from UTF-8 to Windows-1252
  std::uint64_t turned_at_ = 0;  ///< in the decoded stream
  bool after_lead_ = false;  ///< the last piece decoded since ended with what may begin a sequence of UTF-8
  bool bad_input_ = false;   ///< decoding stopped here: a fault once all before was handed out
  // The line of the last place() where the view is the input itself: nearly all places follow in the same
  // one.
  std::uint64_t line_begin_ = 1, line_end_ = 0;
  std::uint32_t line_number_ = 0;
  std::size_t skipped_ = 0;    ///< byte order mark
  std::vector<Shift> shifts_;  ///< of the view, ascending
  std::uint64_t shift_ = 0;    ///< delta before the first of shifts_
};

}  // namespace purser::reader
