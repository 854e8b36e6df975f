// Cuts EDIFACT into segments and their values. Internal to the reader.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/reader/edifact_reader.h"
#include "connectors/reader/window.h"

namespace purser::edifact {

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

/// Reads segment after segment. What it returns lives until the next call of next(). [serial]
class Tokenizer {
 public:
  enum class Next : std::uint8_t { segment, una, end, broken };

  Tokenizer(reader::ByteSource& source, InterchangeHandler& handler, const Limits& limits)
      : window_(source), handler_(handler), limits_(limits) {
    use(Separators{});
  }
  Outcome start();
  /// The next segment; `una` if UNA was read (separators() are in force then); `broken` if the input ended
  /// inside a segment, whose values so far are there.
  std::expected<Next, Status> next();

  void use(const Separators& separators);
  void use(reader::Charset charset) { charset_ = charset; }
  [[nodiscard]] const Separators& separators() const { return separators_; }

  [[nodiscard]] std::string_view tag() const;
  [[nodiscard]] const std::vector<Value>& values() const { return values_; }
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
  /// Makes the finding with the segment's name and hands it on; severity from the catalogue or `severity`.
  void report(std::string_view code, const Position& where, std::string source, std::string message,
              std::string expected = {}, std::optional<Severity> severity = {});
  Status fail(std::string_view code, const Position& where, std::string message);

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

  std::expected<bool, Status> have(std::size_t bytes);
  std::expected<bool, Status> skip_blanks();
  std::expected<Next, Status> read_una();
  std::expected<Next, Status> read_segment();
  std::expected<bool, Status> refill();
  void scan_plain_values();
  std::string_view decoded_text(const Value& value);
  void end_run(std::uint32_t run_end);
  Outcome end_value(Class separator);
  void end_component();
  std::expected<bool, Status> read_released();

  reader::Window window_;
  InterchangeHandler& handler_;
  Limits limits_;
  Separators separators_;
  reader::Charset charset_ = reader::Charset::iso_8859_1;
  std::array<std::uint8_t, 256> classes_{};
  std::vector<Value> values_;
  std::string decoded_;
  std::size_t start_ = 0;   ///< of the segment in the window
  std::size_t behind_ = 0;  ///< the segment's end in the window
  std::uint32_t tag_length_ = 0;
  std::uint32_t ordinal_ = 0;
  // The scan of the current segment; indexes count from start_, so they outlive a refill.
  std::uint32_t read_ = 0, run_ = 0, write_ = 0;
  Value value_{};
};

}  // namespace purser::edifact
