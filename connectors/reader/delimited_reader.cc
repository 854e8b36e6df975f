#include "connectors/reader/delimited_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "connectors/reader/window.h"

namespace purser::delimited {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_heading(std::string_view one, std::string_view other) {
  return std::ranges::equal(one, other, {}, lower, lower);
}

class Reader {
 public:
  Reader(reader::ByteSource& source, map::SyntaxSink& sink, const reader::FindingHandler& findings,
         const ReadOptions& options)
      : window_(source), sink_(sink), findings_(findings), options_(options) {}
  Outcome run();

 private:
  using More = std::expected<bool, Status>;
  enum Class : std::uint8_t { ordinary, separator, quote, escape, line_end, zero };

  // Indexes count from the record's first byte, so they outlive a refill.
  struct Field {
    std::uint32_t begin, length;
    std::uint32_t place;
  };

  Outcome begin();
  More record();
  More field();
  More plain_field();
  More quoted_field();
  More behind_quote();
  More end_field();
  More refill();
  void end_run(std::uint32_t run_end);
  void push_field();
  Outcome take_heading();
  Outcome give();
  void check_width();
  Position at(const Field& field, std::size_t column);
  void report(std::string_view code, const Position& where, std::string message, std::string expected = {},
              std::string column = {});
  Status fail(std::string_view code, Position where, std::string message);
  Status bad_byte();
  [[nodiscard]] std::string_view text(const Field& field) const {
    return {window_.data() + start_ + field.begin, field.length};
  }
  [[nodiscard]] unsigned char byte(std::uint32_t i) const {
    return static_cast<unsigned char>(window_.data()[start_ + i]);
  }
  [[nodiscard]] std::uint32_t there() const { return static_cast<std::uint32_t>(window_.size() - start_); }

  reader::Window window_;
  map::SyntaxSink& sink_;
  const reader::FindingHandler& findings_;
  const ReadOptions& options_;
  std::array<std::uint8_t, 256> classes_{};
  std::vector<Field> fields_;
  std::vector<std::string> headings_;
  std::size_t start_ = 0;
  std::uint32_t read_ = 0, run_ = 0, write_ = 0;
  Field field_{};
  std::uint64_t records_ = 0;
  bool record_ended_ = false;
  bool quoted_ = false;  // the record has a quoted field, so it is no empty line
};

Outcome Reader::begin() {
  const Format& format = options_.format;
  if (auto prepared = window_.prepare(); !prepared) return prepared;
  const auto mark = reader::find_byte_order_mark(window_.head());
  classes_['\0'] = zero;
  classes_['\n'] = classes_['\r'] = line_end;
  classes_[static_cast<unsigned char>(format.separator)] = separator;
  if (format.quote != 0) {
    classes_[static_cast<unsigned char>(format.escape)] = escape;
    classes_[static_cast<unsigned char>(format.quote)] = quote;
  }
  return window_.start(reader::Window::Check::text, mark.present ? mark.charset : format.charset,
                       mark.length);
}

Outcome Reader::run() {
  if (auto begun = begin(); !begun) return begun;
  for (;;) {
    const More more = record();
    if (!more) return std::unexpected(more.error());
    if (!*more) break;
    if (fields_.size() == 1 && fields_[0].length == 0 && !quoted_) continue;
    const bool heading = options_.format.heading && records_ == 0;
    if (++records_ > options_.limits.max_records) {
      return std::unexpected(fail("CSV-0009", window_.place(start_),
                                  fmt::format("more than {} records", options_.limits.max_records)));
    }
    if (auto done = heading ? take_heading() : give(); !done) return done;
  }
  if (records_ == 0)
    return std::unexpected(fail("CSV-0001", window_.place(start_), "the file has no record"));
  return {};
}

void Reader::report(std::string_view code, const Position& where, std::string message, std::string expected,
                    std::string column) {
  Finding finding = make_finding(code, where, std::move(message));
  finding.expected = std::move(expected);
  finding.source = std::move(column);
  if (code == "CSV-0004" && options_.ragged_is_error) finding.severity = Severity::error;
  findings_(std::move(finding));
}

Status Reader::fail(std::string_view code, Position where, std::string message) {
  where.segment = static_cast<std::uint32_t>(records_ + 1);
  where.element = static_cast<std::uint16_t>(fields_.size() + 1);
  const std::string column = fields_.size() < headings_.size() ? headings_[fields_.size()] : std::string();
  report(code, where, message, {}, column);
  return Status{StatusClass::invalid, std::string(code), std::move(message)};
}

Status Reader::bad_byte() {
  const bool encoding = window_.fault() == reader::Window::Fault::encoding;
  return fail(encoding ? "CSV-0002" : "CSV-0003", window_.place(window_.size()),
              encoding ? "a byte sequence is not valid in the file's charset"
                       : "a control character stands in the file");
}

Reader::More Reader::refill() {
  const Limits& limits = options_.limits;
  if (there() > limits.max_record || there() - field_.place > limits.max_field) {
    const bool record = there() > limits.max_record;
    return std::unexpected(fail("CSV-0009", window_.place(start_ + field_.place),
                                record ? fmt::format("a record is longer than {} bytes", limits.max_record)
                                       : fmt::format("a field is longer than {} bytes", limits.max_field)));
  }
  const auto more = window_.more(start_);
  start_ = 0;
  if (more && !*more && window_.fault() != reader::Window::Fault::none) return std::unexpected(bad_byte());
  return more;
}

void Reader::end_run(std::uint32_t run_end) {
  const std::uint32_t length = run_end - run_;
  if (write_ != run_) std::memmove(window_.data() + start_ + write_, window_.data() + start_ + run_, length);
  write_ += length;
}

// False: there is no more record.
Reader::More Reader::record() {
  start_ += read_;
  read_ = 0;
  fields_.clear();
  quoted_ = false;
  field_ = {};
  if (there() == 0) {
    const More more = refill();
    if (!more || !*more) return more;
  }
  record_ended_ = false;
  while (!record_ended_) {
    if (fields_.size() >= options_.limits.max_columns) {
      return std::unexpected(fail("CSV-0009", window_.place(start_ + read_),
                                  fmt::format("more than {} columns", options_.limits.max_columns)));
    }
    field_.begin = field_.place = run_ = write_ = read_;
    if (const More done = field(); !done) return done;
    push_field();
  }
  return true;
}

void Reader::push_field() {
  field_.length = write_ - field_.begin;
  fields_.push_back(field_);
}

// False: the input ended with this field.
Reader::More Reader::field() {
  if (options_.format.quote == 0) return plain_field();
  if (read_ == there()) {
    const More more = refill();
    if (!more) return more;
    if (!*more) {
      record_ended_ = true;
      return false;
    }
  }
  return classes_[byte(read_)] == quote ? quoted_field() : plain_field();
}

Reader::More Reader::plain_field() {
  for (;;) {
    while (classes_[byte(read_)] == ordinary) ++read_;
    if (read_ >= there()) {
      const More more = refill();
      if (!more) return more;
      if (*more) continue;
      end_run(read_);
      record_ended_ = true;
      return false;
    }
    const std::uint8_t what = classes_[byte(read_)];
    if (what == separator || what == line_end) {
      end_run(read_);
      return end_field();
    }
    ++read_;  // a quote or escape inside a plain field is a character like others
  }
}

// At a separator or line end: passes it. CR LF is one line end.
Reader::More Reader::end_field() {
  const unsigned char c = byte(read_++);
  if (classes_[c] == separator) return true;
  record_ended_ = true;
  if (c != '\r') return true;
  if (read_ == there()) {
    const More more = refill();
    if (!more || !*more) return more;
  }
  if (byte(read_) == '\n') ++read_;
  return true;
}

Reader::More Reader::quoted_field() {
  quoted_ = true;
  const char quote_sign = options_.format.quote;
  const char escape_sign = options_.format.escape;
  const std::uint32_t opened = read_;
  field_.begin = field_.place = run_ = write_ = ++read_;
  for (;;) {
    while (classes_[byte(read_)] != quote && classes_[byte(read_)] != escape && classes_[byte(read_)] != zero)
      ++read_;
    if (read_ + 1 >= there()) {
      const bool closed = read_ + 1 == there() && byte(read_) == static_cast<unsigned char>(quote_sign);
      const More more = refill();
      if (!more) return more;
      if (*more) continue;
      if (!closed)
        return std::unexpected(
            fail("CSV-0005", window_.place(start_ + opened), "a quoted field is not closed"));
      end_run(read_++);
      record_ended_ = true;
      return false;
    }
    const auto c = static_cast<char>(byte(read_));
    const auto next = static_cast<char>(byte(read_ + 1));
    if (c == escape_sign && (next == quote_sign || next == escape_sign)) {
      end_run(read_);
      run_ = read_ + 1;
      read_ += 2;
    } else if (c == quote_sign) {
      end_run(read_++);
      return behind_quote();
    } else {
      ++read_;
    }
  }
}

// Between the closing quote and the separator nothing should stand; blanks are passed over, a text is joined.
Reader::More Reader::behind_quote() {
  const std::uint32_t from = read_;
  run_ = read_;
  for (;;) {
    while (classes_[byte(read_)] != separator && classes_[byte(read_)] != line_end &&
           classes_[byte(read_)] != zero)
      ++read_;
    if (read_ < there()) break;
    const More more = refill();
    if (!more) return more;
    if (!*more) {
      record_ended_ = true;
      break;
    }
  }
  if (!trimmed({window_.data() + start_ + from, read_ - from}).empty()) {
    Position where = window_.place(start_ + from);
    where.segment = static_cast<std::uint32_t>(records_ + 1);
    where.element = static_cast<std::uint16_t>(fields_.size() + 1);
    report("CSV-0006", where, "there is text behind the closing quote", "a separator or the line's end",
           fields_.size() < headings_.size() ? headings_[fields_.size()] : std::string());
    end_run(read_);
  }
  return record_ended_ ? More(false) : end_field();
}

Position Reader::at(const Field& field, std::size_t column) {
  Position position = window_.place(start_ + field.place);
  position.segment = static_cast<std::uint32_t>(records_);
  position.element = static_cast<std::uint16_t>(column);
  return position;
}

Outcome Reader::take_heading() {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    std::string_view name = trimmed(text(fields_[i]));
    const auto known = std::ranges::find_if(
        options_.headings, [&](std::string_view heading) { return same_heading(trimmed(heading), name); });
    if (known != options_.headings.end()) name = *known;
    if (name.empty())
      report("CSV-0008", at(fields_[i], i + 1), fmt::format("column {} has no heading", i + 1));
    const auto twice = std::ranges::find_if(
        headings_, [&](const std::string& heading) { return !name.empty() && same_heading(heading, name); });
    if (twice != headings_.end()) {
      report("CSV-0007", at(fields_[i], i + 1),
             fmt::format("columns {} and {} have the heading \"{}\"", twice - headings_.begin() + 1, i + 1,
                         name));
    }
    headings_.emplace_back(name);
  }
  return {};
}

void Reader::check_width() {
  const std::size_t wanted = headings_.size();
  const auto expected = [&] { return fmt::format("{} fields", wanted); };
  if (fields_.size() < wanted) {
    report("CSV-0004", at(fields_.back(), fields_.size()),
           fmt::format("the record has {} fields", fields_.size()), expected(), headings_[fields_.size()]);
    return;
  }
  for (std::size_t i = wanted; i < fields_.size(); ++i) {
    if (fields_[i].length == 0) continue;
    report("CSV-0004", at(fields_[i], i + 1), fmt::format("the record has {} fields", fields_.size()),
           expected());
    return;
  }
}

Outcome Reader::give() {
  if (options_.format.heading && fields_.size() != headings_.size()) check_width();
  Position begin = window_.place(start_);
  begin.segment = static_cast<std::uint32_t>(records_);
  if (auto done = sink_.open("record", begin); !done) return done;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (fields_[i].length == 0) continue;
    map::LeafAddress where;
    where.element = static_cast<std::uint16_t>(i + 1);
    if (i < headings_.size()) where.name = headings_[i];
    if (auto done = sink_.leaf(where, text(fields_[i]), at(fields_[i], i + 1)); !done) return done;
  }
  return sink_.close(begin);
}

}  // namespace

Outcome read(reader::ByteSource& source, map::SyntaxSink& sink, const reader::FindingHandler& findings,
             const ReadOptions& options) {
  return Reader(source, sink, findings, options).run();
}

}  // namespace purser::delimited
