// Cuts EDIFACT and X12 into segments and their values. Internal to the readers.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "canonical/map/syntax.h"
#include "connectors/reader/edi_known.h"
#include "connectors/reader/edi_limits.h"
#include "connectors/reader/finding_handler.h"
#include "connectors/reader/window.h"

namespace purser::edi {

/// The characters with a meaning; 0 where there is none.
struct Delimiters {
  char element = 0, component = 0, repetition = 0, release = 0, segment = 0;
  /// What follows `segment` where the terminator is one UTF-8 character of several bytes.
  std::string segment_rest = {};
};

/// What the format calls the findings that every segment may give.
struct Codes {
  std::string_view not_ascii, not_in_charset, control, released, limit;
  bool utf_8_is_told = true;  ///< not_ascii also where the bytes are UTF-8, not only where they are guessed
  std::string_view encoding = {};  ///< a byte order mark, or UTF-16 without one; empty: not told
  std::string_view windows = {};   ///< Windows-1252 bytes under ISO 8859-1; empty: taken as controls
};

/// One value of a segment; indexes count from the segment's first byte.
struct Value {
  std::uint32_t begin;  ///< of its bytes, release characters and line breaks taken out
  std::uint32_t length;
  std::uint32_t place;  ///< where it began in the input
  std::uint16_t element;
  std::uint16_t repetition;
  std::uint16_t component;
  bool high;  ///< has bytes above 0x7F: to be decoded
};

/// A service segment that is given to every message of its interchange or group.
struct KeptSegment {
  struct KeptValue {
    map::LeafAddress where;
    std::string text;
    Position at;
  };
  std::string tag;
  Position at;
  std::vector<KeptValue> values;
  Outcome give(map::SyntaxSink& sink) const;
};

/// What may stand between segments: blanks, line breaks, and the padding of mainframe and DOS files.
inline bool is_blank(char c) {
  if (static_cast<unsigned char>(c) > ' ') return false;
  return c == ' ' || c == '\r' || c == '\n' || c == '\t' || c == '\x1A' || c == '\0';
}

/// A byte as a message shows it.
std::string shown_byte(unsigned char c);

/// Reads segment after segment; what it returns lives until the next one. A format's own tokenizer says where
/// a segment begins and what the characters mean. [serial]
class Tokenizer {
 public:
  enum class Next : std::uint8_t { segment, service, end, broken };  ///< service: UNA

  Tokenizer(reader::ByteSource& source, reader::FindingHandler findings, const Limits& limits,
            const Codes& codes)
      : window_(source), findings_(std::move(findings)), limits_(limits), codes_(codes) {
    use(Delimiters{});
  }
  Outcome start();
  /// What the header says. A byte order mark, or UTF-16, has said it already.
  void use(reader::Charset charset) {
    if (!marked_) charset_ = charset;
  }

  [[nodiscard]] std::string_view tag() const;
  [[nodiscard]] const std::vector<Value>& values() {
    if (known_ != nullptr) spell_out();
    return values_;
  }
  /// The value in UTF-8; bad bytes are a finding. Valid until the next call of text() or next().
  std::string_view text(const Value& value) {
    return value.high ? decoded_text(value)
                      : std::string_view(window_.data() + start_ + value.begin, value.length);
  }
  /// The first value at this place of the segment, empty if there is none.
  std::string text(unsigned element, unsigned component = 1);
  [[nodiscard]] Position at();  ///< of the tag
  [[nodiscard]] Position at(const Value& value) {
    Position position = window_.place(start_ + value.place);
    position.segment = ordinal_;
    position.element = value.element;
    position.component = value.component;
    return position;
  }
  [[nodiscard]] Position place_of(unsigned element);  ///< of its first value, of the tag if there is none
  /// Hands the segment to a sink.
  Outcome give(map::SyntaxSink& sink);
  [[nodiscard]] KeptSegment keep();
  /// Makes the finding with the segment's name and hands it on; severity from the catalogue or `severity`.
  void report(std::string_view code, const Position& where, std::string source, std::string message,
              std::string expected = {}, std::optional<Severity> severity = {});
  Status fail(std::string_view code, const Position& where, std::string message);

 protected:
  void use(const Delimiters& delimiters);
  /// To be asked before anything else: was the next segment taken, because it comes as one that is known?
  /// None that begins with `never` is.
  bool comes_again(char never = '\0') {
    candidate_ = known_ = nullptr;
    values_.clear();
    const char* bytes = window_.data();
    for (start_ = behind_; start_ < window_.size() && is_blank(bytes[start_]);) ++start_;
    if (start_ >= window_.size() || bytes[start_] == never || !limits_.remember_shapes) return false;
    ++ordinal_;
    if (take_known()) return true;
    --ordinal_;
    return false;
  }
  /// Passes over what may stand between segments. False: the input has ended.
  std::expected<bool, Status> begin();
  /// The segment that begins here; `broken` if the input ends inside it, whose values so far are there.
  std::expected<Next, Status> read_segment();
  /// True if that many bytes stand behind the segment's begin.
  std::expected<bool, Status> have(std::size_t bytes);
  /// The bytes behind the segment's begin that are in memory.
  [[nodiscard]] std::string_view ahead() const { return {window_.data() + start_, window_.size() - start_}; }
  /// Ends the segment at hand `length` bytes behind its begin.
  void end_at(std::size_t length) { behind_ = start_ + length; }
  /// Begins a segment that the format cuts itself.
  void begin_own(std::uint32_t tag_length);
  void add(const Value& value) { values_.push_back(value); }

 private:
  enum Class : std::uint8_t {
    ordinary,
    element,
    component,
    repetition,
    terminator,
    release,
    line_break,
    high,
    control
  };

  std::expected<bool, Status> refill();
  std::expected<bool, Status> at_terminator();
  static constexpr std::uint32_t block_size =
      32;  ///< most segments are one; bytes behind the window: padding
  [[nodiscard]] std::uint32_t special_bytes(const unsigned char* block) const;
  bool scan_plain_values();
  bool take_known();
  void keep_known(std::uint32_t length);
  void spell_out();
  std::string_view decoded_text(const Value& value);
  void decode(const Value& value);
  std::string_view decode_values();
  void end_run(std::uint32_t run_end);
  Outcome end_value(Class separator);
  void end_component();
  std::expected<bool, Status> read_released();

  reader::Window window_;
  reader::FindingHandler findings_;
  Limits limits_;
  Codes codes_;
  std::string segment_rest_;
  reader::Charset charset_ = reader::Charset::iso_8859_1;
  bool marked_ = false;  ///< the input itself told its encoding: the view is UTF-8
  std::array<std::uint8_t, 256> classes_{};
  static constexpr std::size_t marks = 5;            ///< characters with a meaning
  std::array<std::array<char, 16>, marks> marks_{};  ///< each sixteen times, for comparing in one go
  std::vector<Value> values_;                        ///< empty while known_ has them
  std::vector<map::SegmentValue> given_;
  KnownSegments segments_;
  KnownSegment* known_ = nullptr;      ///< what the segment at hand was seen to be
  KnownSegment* candidate_ = nullptr;  ///< what it might have been; null if that was not asked
  Position known_at_;
  std::string decoded_;
  std::vector<std::size_t> decoded_ends_;
  std::size_t start_ = 0;   ///< of the segment in the window
  std::size_t behind_ = 0;  ///< the segment's end in the window
  std::uint32_t tag_length_ = 0;
  std::uint32_t ordinal_ = 0;
  // The scan of the current segment; indexes count from start_, so they outlive a refill.
  std::uint32_t read_ = 0, run_ = 0, write_ = 0;
  Value value_{};
};

}  // namespace purser::edi
