#include <algorithm>
#include <string>
#include <vector>

#include "connectors/reader/delimited_reader.h"

namespace purser::delimited {
namespace {

constexpr std::size_t sample_records = 50;  // enough to tell a column from a comma in a text

// Counts the fields of the first records and keeps the first record.
class Shape : public map::SyntaxSink {
 public:
  Outcome open(std::string_view, const Position&) override {
    last_ = 0;
    return {};
  }
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position&) override {
    last_ = where.element;
    if (widths.empty()) first.emplace_back(text);
    return {};
  }
  Outcome close(const Position&) override {
    widths.push_back(last_);
    if (widths.size() < sample_records) return {};
    return std::unexpected(Status{StatusClass::invalid, {}, "enough"});
  }

  std::vector<std::uint16_t> widths;
  std::vector<std::string> first;

 private:
  std::uint16_t last_ = 0;
};

// Names of columns are no numbers, all there and all different.
bool is_heading(const Shape& shape) {
  if (shape.first.size() != shape.widths.front()) return false;
  std::vector<std::string> names = shape.first;
  std::ranges::sort(names);
  return std::ranges::adjacent_find(names) == names.end() &&
         std::ranges::none_of(names, [](const std::string& name) {
           return name.find_first_not_of("0123456789.,-+/: ") == std::string::npos;
         });
}

bool is_other_format(std::string_view head) {
  const std::size_t begin = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (begin == std::string_view::npos) return true;
  const std::string_view text = head.substr(begin);
  return text.starts_with('<') || text.starts_with('{') || text.starts_with('[') || text.starts_with("UNA") ||
         text.starts_with("UNB+") || text.starts_with("ISA*");
}

}  // namespace

std::optional<Format> detect(std::string_view head) {
  if (is_other_format(head)) return std::nullopt;
  Format format;
  const auto mark = reader::find_byte_order_mark(head);
  // The last line may be cut; without it the rest ends well.
  const bool wide = mark.charset != reader::Charset::utf_8;
  const std::size_t last = head.rfind('\n');
  if (!wide && last != std::string_view::npos && head.size() >= detect_bytes) head = head.substr(0, last + 1);
  const bool utf_8 = reader::valid_utf8_prefix(head) == head.size();
  format.charset = mark.present ? mark.charset
                   : utf_8      ? reader::Charset::utf_8
                                : reader::Charset::windows_1252;
  format.heading = false;
  std::size_t best = 0;
  std::optional<Format> found;
  for (const char separator : {';', '\t', '|', ','}) {
    format.separator = separator;
    reader::MemorySource source(head);
    Shape shape;
    ReadOptions options;
    options.format = format;
    // An unclosed quote at the end of a cut head does not matter: what came before tells.
    static_cast<void>(read(
        source, shape, [](const Finding&) {}, options));
    if (shape.widths.empty()) continue;
    const std::uint16_t width = shape.widths.front();
    // Trailing empty fields make a record look shorter; one that is longer than the first speaks against.
    const auto even = static_cast<std::size_t>(
        std::ranges::count_if(shape.widths, [&](std::uint16_t other) { return other <= width; }));
    const bool splits = width >= 2 && even * 4 >= shape.widths.size() * 3;
    const auto exact = static_cast<std::size_t>(std::ranges::count(shape.widths, width));
    const std::size_t score = splits ? (even + exact) * width : 0;
    if (score <= best) continue;
    best = score;
    found = format;
    found->heading = is_heading(shape);
  }
  return found;
}

}  // namespace purser::delimited
