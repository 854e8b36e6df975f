#include "connectors/reader/delimited_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace purser::delimited {
namespace {

constexpr std::size_t flush_size =
    64 * 1024;  // large enough that writing costs little, small enough for the cache

Status refused(std::string_view code, std::string message) {
  return Status{StatusClass::invalid, std::string(code), std::move(message)};
}

}  // namespace

Writer::Writer(reader::ByteSink& out, reader::FindingHandler findings, WriteOptions options)
    : out_(out), findings_(std::move(findings)), options_(std::move(options)) {
  fields_.resize(options_.columns.size());
  places_.resize(options_.columns.size());
}

Writer::~Writer() = default;

Outcome Writer::open(std::string_view, const Position&) {
  if (!started_) {
    if (auto done = write_heading(); !done) return done;
  }
  for (std::string& field : fields_) field.clear();
  return {};
}

Outcome Writer::leaf(const map::LeafAddress& where, std::string_view text, const Position& at) {
  std::size_t column = where.element;
  if (!where.name.empty()) {
    const auto found = std::ranges::find(options_.columns, where.name);
    column =
        found == options_.columns.end() ? 0 : static_cast<std::size_t>(found - options_.columns.begin()) + 1;
  }
  if (column == 0 || (column > fields_.size() && !options_.columns.empty())) {
    return std::unexpected(refused("CSV-0021", fmt::format("there is no column \"{}\"", where.name)));
  }
  if (column > fields_.size()) {
    fields_.resize(column);
    places_.resize(column);
  }
  fields_[column - 1] = text;
  places_[column - 1] = at;
  return {};
}

Outcome Writer::close(const Position&) {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (i != 0) buffer_ += options_.format.separator;
    if (auto done = append(fields_[i], places_[i]); !done) return done;
  }
  // A line without anything would be passed over by readers.
  if (fields_.size() == 1 && fields_[0].empty() && options_.format.quote != 0) {
    buffer_.append(2, options_.format.quote);
  }
  buffer_.append(options_.line_end);
  return flush(flush_size);
}

Outcome Writer::write_heading() {
  started_ = true;
  if (!options_.format.heading) return {};
  for (std::size_t i = 0; i < options_.columns.size(); ++i) {
    if (i != 0) buffer_ += options_.format.separator;
    if (auto done = append(options_.columns[i], {}); !done) return done;
  }
  buffer_.append(options_.line_end);
  return {};
}

Outcome Writer::append(std::string_view text, const Position& at) {
  const Format& format = options_.format;
  const char stops[] = {format.separator, '\r', '\n', format.quote};
  const std::size_t count = format.quote == 0 ? 3 : 4;
  const bool special = text.find_first_of(std::string_view(stops, count)) != std::string_view::npos;
  if (special && format.quote == 0) {
    return std::unexpected(
        refused("CSV-0022", "a value has a separator or line end, and the format has no quote"));
  }
  if (format.charset != reader::Charset::utf_8) {
    encoded_.clear();
    if (reader::encode(format.charset, text, encoded_) != std::string_view::npos) {
      findings_(make_finding("CSV-0020", at,
                             fmt::format("{} cannot hold \"{}\"", reader::charset_name(format.charset),
                                         text.substr(0, Finding::max_value_shown))));
    }
    text = encoded_;
  }
  // Some readers strip blanks, and a byte order mark at a file's start is no text.
  const bool stripped = text.starts_with(' ') || text.ends_with(' ') || text.starts_with("\xEF\xBB\xBF");
  if (!special && (!stripped || format.quote == 0)) {
    buffer_.append(text);
    return {};
  }
  buffer_ += format.quote;
  for (const char c : text) {
    if (c == format.quote || c == format.escape) buffer_ += format.escape;
    buffer_ += c;
  }
  buffer_ += format.quote;
  return {};
}

Outcome Writer::flush(std::size_t threshold) {
  if (buffer_.size() < threshold) return {};
  const Outcome done = out_.write(buffer_);
  buffer_.clear();
  return done;
}

Outcome Writer::finish() {
  if (!started_) {
    if (auto done = write_heading(); !done) return done;
  }
  return flush(0);
}

}  // namespace purser::delimited
