// The grammar of JSON (RFC 8259) as a stream of tokens with exact positions; knows nothing of the model.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/json_reader.h"

namespace purser {

enum class JsonToken : std::uint8_t {
  begin_object,
  end_object,
  begin_array,
  end_array,
  key,     ///< text() is the member's name
  string,  ///< text() is the value, escapes resolved
  number,  ///< text() is the number as written
  true_value,
  false_value,
  null_value,
  end  ///< end of the input, between values
};

/// Pulls tokens from an input. Checks everything: grammar, UTF-8, escapes, surrogate pairs, depth, sizes.
/// [serial]
class JsonScanner {
 public:
  static constexpr std::size_t max_number = 64;  ///< text() of a longer number is cut after one byte more
  JsonScanner(const TextInput& input, const JsonLimits& limits);
  /// The next token. After a value at the outermost level another value or the end may follow. An error has
  /// StatusClass::invalid and code JSON-0001 (grammar) or JSON-0005 (limit), or is the input's own.
  std::expected<JsonToken, Status> next();
  [[nodiscard]] std::string_view text() const { return text_; }  ///< until the next call
  /// The string holds escaped control characters other than TAB, LF, CR: good JSON, but not a good text.
  [[nodiscard]] bool has_controls() const { return controls_; }
  [[nodiscard]] const Position& at() const { return at_; }  ///< where the token begins, or the error is
  [[nodiscard]] std::size_t depth() const { return open_.size(); }

 private:
  enum class Expect : std::uint8_t { value, first_member, first_element, member, colon, after_value };
  std::expected<JsonToken, Status> value(char c);
  std::expected<JsonToken, Status> open(JsonToken token, char bracket);
  std::expected<JsonToken, Status> close(JsonToken token, char bracket);
  std::expected<JsonToken, Status> word(std::string_view word, JsonToken token);
  std::expected<JsonToken, Status> number();
  std::expected<JsonToken, Status> string(JsonToken token);
  Outcome escape();
  std::expected<std::uint32_t, Status> hex4();
  void skip_blanks();
  Outcome skip_mark();
  bool fill();  ///< makes at least one byte available; false at the end or on failure
  int peek();   ///< the next byte, -1 at the end
  void mark();  ///< the token begins here
  [[nodiscard]] Position here() const;
  std::unexpected<Status> fail(std::string_view what);
  std::unexpected<Status> beyond(std::string_view what);
  void after_value();

  const TextInput& input_;
  JsonLimits limits_;
  std::vector<char> window_;
  std::size_t next_ = 0;  ///< first byte not yet taken
  std::size_t filled_ = 0;
  std::uint64_t before_ = 0;      ///< bytes of the input before the window
  std::uint64_t line_start_ = 0;  ///< offset of the current line's first byte
  std::uint32_t line_ = 1;
  bool ended_ = false;
  Outcome failure_;
  std::string open_;  ///< stack of '{' and '['
  Expect expect_ = Expect::value;
  std::string_view text_;
  bool controls_ = false;
  std::string scratch_;  ///< a string with escapes, or one that crosses the window's end
  Position at_;
};

}  // namespace purser
