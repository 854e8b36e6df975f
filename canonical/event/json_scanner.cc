#include "canonical/event/json_scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "canonical/value/text.h"

namespace purser {
namespace {

constexpr std::size_t window_size = 64 * 1024;

bool is_blank(int c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(int c) { return c >= '0' && c <= '9'; }

void append_utf8(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    out += static_cast<char>(0x80 | (code >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

/// Bytes of a string before the next quote, backslash or control character.
std::size_t plain_length(const char* from, const char* to) {
  const char* at = from;
  while (to - at >= 8) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    constexpr std::uint64_t ones = 0x0101010101010101U;
    std::uint64_t hit = (word - ones * 0x20) | ((word ^ ones * '"') - ones) | ((word ^ ones * '\\') - ones);
    hit &= ~word & ones * 0x80;  // the lowest bit set is exact; a borrow can only spoil those above it
    if (hit != 0)
      return static_cast<std::size_t>(at - from) + static_cast<std::size_t>(std::countr_zero(hit)) / 8;
    at += 8;
  }
  while (at < to && *at != '"' && *at != '\\' && static_cast<unsigned char>(*at) >= 0x20) ++at;
  return static_cast<std::size_t>(at - from);
}

}  // namespace

JsonScanner::JsonScanner(const TextInput& input, const JsonLimits& limits)
    : input_(input), limits_(limits), window_(window_size) {}

Position JsonScanner::here() const {
  Position at;
  at.offset = before_ + next_;
  at.line = line_;
  at.column = static_cast<std::uint32_t>(std::min<std::uint64_t>(at.offset - line_start_ + 1, UINT32_MAX));
  return at;
}

void JsonScanner::mark() { at_ = here(); }

std::unexpected<Status> JsonScanner::fail(std::string_view what) {
  if (!failure_) return std::unexpected(failure_.error());  // the input itself failed
  at_ = here();
  return std::unexpected(Status{StatusClass::invalid, "JSON-0001", std::string(what)});
}

std::unexpected<Status> JsonScanner::beyond(std::string_view what) {
  at_ = here();
  return std::unexpected(Status{StatusClass::invalid, "JSON-0005", std::string(what)});
}

bool JsonScanner::fill() {
  if (next_ < filled_) return true;
  if (ended_) return false;
  before_ += filled_;
  next_ = filled_ = 0;
  if (before_ >= limits_.max_size) {
    failure_ = beyond("the text is longer than allowed");
    ended_ = true;
    return false;
  }
  auto count = input_(std::span(window_));
  if (!count) failure_ = std::unexpected(count.error());
  filled_ = count ? std::min(*count, window_.size()) : 0;
  ended_ = filled_ == 0;
  return !ended_;
}

int JsonScanner::peek() {
  if (next_ == filled_ && !fill()) return -1;
  return static_cast<unsigned char>(window_[next_]);
}

void JsonScanner::skip_blanks() {
  for (int c = peek(); is_blank(c); c = peek()) {
    ++next_;
    bool line_feed = c == '\n';
    if (c == '\r') line_feed = peek() != '\n';  // CR LF counts once, at its LF
    if (line_feed) {
      ++line_;
      line_start_ = before_ + next_;
    }
  }
}

void JsonScanner::after_value() { expect_ = open_.empty() ? Expect::value : Expect::after_value; }

/// A byte order mark at the very start is not part of the text (RFC 8259, 8.1).
Outcome JsonScanner::skip_mark() {
  if (peek() != 0xEF) return {};
  for (int byte : {0xEF, 0xBB, 0xBF}) {
    if (peek() != byte) return fail("not a value of JSON");
    ++next_;
  }
  line_start_ = 3;
  return {};
}

std::expected<JsonToken, Status> JsonScanner::next() {
  if (before_ + next_ == 0)
    if (Outcome good = skip_mark(); !good) return std::unexpected(good.error());
  skip_blanks();
  mark();
  text_ = {};
  int c = peek();
  if (c < 0) {
    if (!failure_) return std::unexpected(failure_.error());
    if (open_.empty() && expect_ == Expect::value) return JsonToken::end;
    return fail("the text ends too early");
  }
  if (expect_ == Expect::after_value) {
    if (c == (open_.back() == '{' ? '}' : ']'))
      return close(open_.back() == '{' ? JsonToken::end_object : JsonToken::end_array, open_.back());
    if (c != ',') return fail(open_.back() == '{' ? "a comma or } is missing" : "a comma or ] is missing");
    ++next_;
    expect_ = open_.back() == '{' ? Expect::member : Expect::value;
    skip_blanks();
    mark();
    c = peek();
  }
  switch (expect_) {
    case Expect::first_member:
      if (c == '}') return close(JsonToken::end_object, '{');
      [[fallthrough]];
    case Expect::member:
      if (c != '"') return fail("a member's name is missing");
      expect_ = Expect::colon;
      return string(JsonToken::key);
    case Expect::first_element:
      if (c == ']') return close(JsonToken::end_array, '[');
      break;
    case Expect::colon: {
      if (c != ':') return fail("a colon is missing");
      ++next_;
      skip_blanks();
      mark();
      c = peek();
      break;
    }
    case Expect::value:
    case Expect::after_value:
      break;
  }
  if (c < 0) return fail("a value is missing");
  return value(static_cast<char>(c));
}

std::expected<JsonToken, Status> JsonScanner::value(char c) {
  switch (c) {
    case '{':
      return open(JsonToken::begin_object, '{');
    case '[':
      return open(JsonToken::begin_array, '[');
    case '"':
      return string(JsonToken::string);
    case 't':
      return word("true", JsonToken::true_value);
    case 'f':
      return word("false", JsonToken::false_value);
    case 'n':
      return word("null", JsonToken::null_value);
    default:
      break;
  }
  if (c == '-' || is_digit(c)) return number();
  return fail("a value is missing");
}

std::expected<JsonToken, Status> JsonScanner::open(JsonToken token, char bracket) {
  if (open_.size() >= limits_.max_depth) return beyond("objects and arrays are nested too deep");
  ++next_;
  open_ += bracket;
  expect_ = bracket == '{' ? Expect::first_member : Expect::first_element;
  return token;
}

std::expected<JsonToken, Status> JsonScanner::close(JsonToken token, char bracket) {
  if (open_.empty() || open_.back() != bracket) return fail("a bracket closes what was not opened");
  ++next_;
  open_.pop_back();
  after_value();
  return token;
}

std::expected<JsonToken, Status> JsonScanner::word(std::string_view word, JsonToken token) {
  for (char c : word) {
    if (peek() != c) return fail("not a value of JSON");
    ++next_;
  }
  after_value();
  return token;
}

std::expected<JsonToken, Status> JsonScanner::number() {
  scratch_.clear();
  bool good = true;
  auto take = [&] {
    if (scratch_.size() <= max_number) scratch_ += window_[next_];
    ++next_;
  };
  auto digits = [&] {
    if (!is_digit(peek())) good = false;
    while (is_digit(peek())) take();
  };
  if (peek() == '-') take();
  if (peek() == '0') {
    take();
    if (is_digit(peek())) return fail("a number must not begin with 0");
  } else {
    digits();
  }
  if (good && peek() == '.') {
    take();
    digits();
  }
  if (good && (peek() == 'e' || peek() == 'E')) {
    take();
    if (peek() == '+' || peek() == '-') take();
    digits();
  }
  if (!good) return fail("a digit is missing");
  int c = peek();
  if (!failure_) return std::unexpected(failure_.error());
  if (c >= 0 && !is_blank(c) && c != ',' && c != ']' && c != '}') return fail("not a number of JSON");
  text_ = scratch_;
  after_value();
  return JsonToken::number;
}

std::expected<JsonToken, Status> JsonScanner::string(JsonToken token) {
  ++next_;
  scratch_.clear();
  while (true) {
    if (peek() < 0) return fail("a string is not closed");
    const char* from = window_.data() + next_;
    std::size_t length = plain_length(from, window_.data() + filled_);
    next_ += length;
    if (scratch_.size() + length > limits_.max_string) return beyond("a string is longer than allowed");
    bool whole = next_ < filled_ && window_[next_] == '"';
    if (whole && scratch_.empty()) {
      text_ = {from, length};  // the usual case: no copy
      ++next_;
      break;
    }
    scratch_.append(from, length);
    if (next_ == filled_) continue;
    if (whole) {
      ++next_;
      text_ = scratch_;
      break;
    }
    if (window_[next_] != '\\') return fail("a control character must be escaped");
    ++next_;
    if (Outcome good = escape(); !good) return std::unexpected(good.error());
  }
  controls_ = false;
  for (std::string_view rest = text_; !rest.empty();) {
    std::size_t bad = find_invalid_text(rest);
    if (bad == std::string_view::npos) break;
    if (static_cast<unsigned char>(rest[bad]) >= 0x80)  // the place stays where the string begins
      return std::unexpected(Status{StatusClass::invalid, "JSON-0001", "a string is not UTF-8"});
    controls_ = true;
    rest.remove_prefix(bad + 1);
  }
  if (token == JsonToken::string) after_value();
  return token;
}

Outcome JsonScanner::escape() {
  int c = peek();
  if (c >= 0) ++next_;
  switch (c) {
    case '"':
      scratch_ += '"';
      return {};
    case '\\':
      scratch_ += '\\';
      return {};
    case '/':
      scratch_ += '/';
      return {};
    case 'b':
      scratch_ += '\b';
      return {};
    case 'f':
      scratch_ += '\f';
      return {};
    case 'n':
      scratch_ += '\n';
      return {};
    case 'r':
      scratch_ += '\r';
      return {};
    case 't':
      scratch_ += '\t';
      return {};
    case 'u':
      break;
    default:
      return fail("no such escape");
  }
  auto code = hex4();
  if (!code) return std::unexpected(code.error());
  if (*code >= 0xD800 && *code < 0xDC00) {
    if (peek() == '\\') {
      ++next_;
      if (peek() == 'u') {
        ++next_;
        auto low = hex4();
        if (!low) return std::unexpected(low.error());
        if (*low < 0xDC00 || *low > 0xDFFF) return fail("half of a surrogate pair");
        append_utf8(scratch_, 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00));
        return {};
      }
    }
    return fail("half of a surrogate pair");
  }
  if (*code >= 0xDC00 && *code <= 0xDFFF) return fail("half of a surrogate pair");
  append_utf8(scratch_, *code);
  return {};
}

std::expected<std::uint32_t, Status> JsonScanner::hex4() {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) {
    int c = peek();
    int digit = is_digit(c)            ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : -1;
    if (digit < 0) return fail("four hexadecimal digits are missing");
    value = value * 16 + static_cast<std::uint32_t>(digit);
    ++next_;
  }
  return value;
}

}  // namespace purser
