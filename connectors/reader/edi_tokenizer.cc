#include "connectors/reader/edi_tokenizer.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "connectors/reader/edi_special.h"

namespace purser::edi {
namespace {

/// The encoding that the first bytes tell: by a mark, or by the zeros beside ASCII characters.
reader::ByteOrderMark encoding_of(std::string_view head) {
  if (const auto mark = reader::find_byte_order_mark(head); mark.present) return mark;
  const bool wide = head.size() >= 4 && ((head[0] != 0 && head[1] == 0 && head[2] != 0 && head[3] == 0) ||
                                         (head[0] == 0 && head[1] != 0 && head[2] == 0 && head[3] != 0));
  if (!wide) return {};
  return {head[0] == 0 ? reader::Charset::utf_16be : reader::Charset::utf_16le, 0, true};
}

}  // namespace

std::string shown_byte(unsigned char c) {
  return c > 0x20 && c < 0x7F ? std::string(1, static_cast<char>(c)) : fmt::format("0x{:02X}", c);
}

Outcome Tokenizer::start() {
  if (auto prepared = window_.prepare(); !prepared) return prepared;
  const reader::ByteOrderMark mark = encoding_of(window_.head());
  const bool wide = mark.charset != reader::Charset::utf_8;
  const auto check = wide ? reader::Window::Check::text : reader::Window::Check::raw;
  if (auto started = window_.start(check, mark.charset, mark.length); !started) return started;
  if (mark.present) {
    charset_ = reader::Charset::utf_8;
    marked_ = true;
    Position first;
    first.line = first.column = 1;
    if (!codes_.encoding.empty()) {
      report(codes_.encoding, first, {}, fmt::format("the input is {}", reader::charset_name(mark.charset)));
    }
  }
  values_.reserve(64);
  return {};
}

void Tokenizer::use(const Delimiters& delimiters) {
  segment_rest_ = delimiters.segment_rest;
  classes_.fill(ordinary);
  for (std::size_t c = 0; c < 0x20; ++c) classes_[c] = control;
  for (std::size_t c = 0x80; c < 0x100; ++c) classes_[c] = high;
  classes_['\t'] = ordinary;
  classes_['\r'] = classes_['\n'] = line_break;
  const auto set = [&](char c, Class what) {
    if (c != 0) classes_[static_cast<unsigned char>(c)] = what;
  };
  const char all[marks] = {delimiters.component, delimiters.element, delimiters.repetition,
                           delimiters.release, delimiters.segment};
  for (std::size_t i = 0; i < marks; ++i) marks_[i].fill(all[i]);  // 0, where there is none, is a mark anyway
  set(delimiters.component, component);
  set(delimiters.element, element);
  set(delimiters.repetition, repetition);
  set(delimiters.release, release);
  set(delimiters.segment, terminator);
  segments_.clear();
}

void Tokenizer::report(std::string_view code, const Position& where, std::string source, std::string message,
                       std::string expected, std::optional<Severity> severity) {
  Finding finding = make_finding(code, where, std::move(message));
  finding.source = std::move(source);
  finding.expected = std::move(expected);
  if (severity) finding.severity = *severity;
  findings_(std::move(finding));
}

Status Tokenizer::fail(std::string_view code, const Position& where, std::string message) {
  report(code, where, {}, message, {}, Severity::fatal);
  return Status{StatusClass::invalid, std::string(code), std::move(message)};
}

// True if that many bytes stand behind start_.
std::expected<bool, Status> Tokenizer::have(std::size_t bytes) {
  while (window_.size() - start_ < bytes) {
    const auto more = window_.more(start_);
    start_ = 0;
    if (!more || !*more) return more;
  }
  return true;
}

std::expected<bool, Status> Tokenizer::begin() {
  start_ = behind_;
  known_ = nullptr;
  values_.clear();
  tag_length_ = 0;
  if (start_ < window_.size() && !is_blank(window_.data()[start_])) return true;
  for (;;) {
    const auto there = have(1);
    if (!there) return there;
    if (!*there || !is_blank(window_.data()[start_])) {
      behind_ = start_;
      return there;
    }
    ++start_;
  }
}

void Tokenizer::begin_own(std::uint32_t tag_length) {
  ++ordinal_;
  tag_length_ = tag_length;
}

std::expected<bool, Status> Tokenizer::refill() {
  const std::size_t length = window_.size() - start_;
  if (length > limits_.max_segment) {
    return std::unexpected(
        fail(codes_.limit, at(), fmt::format("a segment is longer than {} bytes", limits_.max_segment)));
  }
  const auto more = window_.more(start_);
  start_ = 0;
  return more;
}

// A terminator of several bytes may be another character that begins alike.
std::expected<bool, Status> Tokenizer::at_terminator() {
  if (segment_rest_.empty()) return true;
  const auto there = have(read_ + 1 + segment_rest_.size());
  if (!there || !*there) return there;
  return ahead().substr(read_ + 1, segment_rest_.size()) == segment_rest_;
}

// Moves the ordinary bytes since run_ to the end of the value, where something was taken out before them.
void Tokenizer::end_run(std::uint32_t run_end) {
  const std::uint32_t length = run_end - run_;
  if (write_ != run_) std::memmove(window_.data() + start_ + write_, window_.data() + start_ + run_, length);
  write_ += length;
}

void Tokenizer::end_component() {
  value_.length = write_ - value_.begin;
  if (value_.element == 0) {
    if (value_.component == 1) tag_length_ = value_.length;
  } else if (value_.length != 0) {
    values_.push_back(value_);
  }
}

Outcome Tokenizer::end_value(Class separator) {
  end_component();
  switch (separator) {
    case component:
      ++value_.component;
      break;
    case repetition:
      ++value_.repetition;
      value_.component = 1;
      break;
    default:
      ++value_.element;
      value_.repetition = value_.component = 1;
  }
  if (value_.element > limits_.max_elements || value_.component > limits_.max_components ||
      value_.repetition > limits_.max_repetitions) {
    return std::unexpected(
        fail(codes_.limit, at(), "a segment has too many elements, components or repetitions"));
  }
  value_.begin = value_.place = run_ = write_ = ++read_;
  value_.high = false;
  return {};
}

// A character behind a release character stands for itself; a line break between the two is none of them.
// False: the input ended.
std::expected<bool, Status> Tokenizer::read_released() {
  end_run(read_);
  const Position where = window_.place(start_ + read_);
  ++read_;
  for (;;) {
    if (start_ + read_ >= window_.size()) {
      const auto more = refill();
      if (!more || !*more) return more;
      continue;
    }
    const auto c = static_cast<unsigned char>(window_.data()[start_ + read_]);
    const std::uint8_t what = classes_[c];
    if (what == line_break) {
      ++read_;
      continue;
    }
    if (what == ordinary || what == high) {
      report(codes_.released, where, std::string(tag()),
             fmt::format("the release character stands before {}", shown_byte(c)),
             "a separator or another release character");
    }
    if (what == high) value_.high = true;
    run_ = read_++;
    return true;
  }
}

// Takes values that need no change, up to the first byte that asks for more. Nearly all of an interchange
// goes this way, so it works on copies of what changes. True: that byte, at read_, ends the segment.
bool Tokenizer::scan_plain_values() {
  const auto* bytes = reinterpret_cast<const unsigned char*>(window_.data() + start_);
  Value value = value_;
  std::uint32_t block = read_;
  std::uint32_t read = read_;
  // The padding behind the window is zero, which is no ordinary byte, and as long as a block.
  for (std::uint32_t special = special_bytes(bytes + block);; special &= special - 1) {
    while (special == 0) special = special_bytes(bytes + (block += block_size));
    read = block + static_cast<std::uint32_t>(std::countr_zero(special));
    const std::uint8_t what = classes_[bytes[read]];
    if (what == ordinary) continue;  // a tabulator
    const bool next_element = what == element;
    const bool ends = what == terminator && segment_rest_.empty();
    if (!next_element && !ends && what != component) break;
    if (value.element >= limits_.max_elements || value.component >= limits_.max_components) break;
    value.length = read - value.begin;
    if (value.element == 0) {
      if (value.component == 1) tag_length_ = value.length;
    } else if (value.length != 0) {
      values_.push_back(value);
    }
    if (ends) {
      read_ = read;
      return true;
    }
    value.element = static_cast<std::uint16_t>(value.element + (next_element ? 1 : 0));
    value.component = static_cast<std::uint16_t>(next_element ? 1 : value.component + 1);
    if (next_element) value.repetition = 1;
    value.begin = value.place = read + 1;
  }
  value_ = value;
  read_ = read;
  run_ = write_ = value.begin;
  return false;
}

std::expected<Tokenizer::Next, Status> Tokenizer::read_segment() {
  ++ordinal_;
  if (limits_.remember_shapes && candidate_ == nullptr && take_known()) return Next::segment;
  read_ = run_ = write_ = 0;
  value_ = Value{0, 0, 0, 0, 1, 1, false};
  for (;;) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(window_.data() + start_);
    const bool untouched = run_ == value_.begin && write_ == run_ && !value_.high;
    const bool all = read_ == 0;
    if (untouched && scan_plain_values()) {
      behind_ = start_ + read_ + 1;
      if (all && limits_.remember_shapes) keep_known(read_ + 1);
      return Next::segment;
    }
    while (classes_[bytes[read_]] == ordinary) ++read_;
    if (start_ + read_ >= window_.size()) {
      read_ = static_cast<std::uint32_t>(window_.size() - start_);
      const auto more = refill();
      if (!more) return std::unexpected(more.error());
      if (*more) continue;
      end_run(read_);
      run_ = read_;
      end_component();
      behind_ = start_ + read_;
      return Next::broken;
    }
    const auto what = static_cast<Class>(classes_[bytes[read_]]);
    switch (what) {
      case high:
        value_.high = true;
        ++read_;
        break;
      case terminator: {
        const auto whole = at_terminator();
        if (!whole) return std::unexpected(whole.error());
        if (!*whole) {
          value_.high = true;
          ++read_;
          break;
        }
        end_run(read_);
        end_component();
        behind_ = start_ + read_ + 1 + segment_rest_.size();
        return Next::segment;
      }
      case release: {
        const auto there = read_released();
        if (!there) return std::unexpected(there.error());
        break;
      }
      case line_break:
      case control:
        end_run(read_);
        if (what == control) {
          report(codes_.control, window_.place(start_ + read_), std::string(tag()),
                 fmt::format("a value has the control character {}", shown_byte(bytes[read_])));
        }
        run_ = ++read_;
        if (write_ == value_.begin) value_.begin = value_.place = write_ = run_;
        break;
      default:
        end_run(read_);
        if (auto ended = end_value(what); !ended) return std::unexpected(ended.error());
    }
  }
}

std::string_view Tokenizer::tag() const { return {window_.data() + start_, tag_length_}; }

Position Tokenizer::at() {
  Position position = window_.place(start_);
  position.segment = ordinal_;
  return position;
}

Position Tokenizer::place_of(unsigned wanted_element) {
  for (const Value& value : values()) {
    if (value.element == wanted_element) return at(value);
  }
  return at();
}

}  // namespace purser::edi
