#include "connectors/reader/edi_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace purser::edi {
namespace {

Status refused(std::string_view code, std::string message) {
  return Status{StatusClass::invalid, std::string(code), std::move(message)};
}

}  // namespace

std::size_t character_length(std::string_view text) {
  std::size_t length = 1;
  if (static_cast<unsigned char>(text[0]) < 0x80) return length;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) ++length;
  return length;
}

SegmentWriter::SegmentWriter(reader::ByteSink& out, const WriterCodes& codes) : out_(out), codes_(codes) {
  buffer_.reserve(flush_size * 2);
}

void SegmentWriter::use(const Delimiters& delimiters, bool line_breaks) {
  delimiters_ = delimiters;
  line_breaks_ = line_breaks;
}

bool SegmentWriter::is_delimiter(char c) const {
  const Delimiters& d = delimiters_;
  return c != 0 &&
         (c == d.component || c == d.element || c == d.release || c == d.repetition || c == d.segment);
}

Outcome SegmentWriter::open(std::string_view name, const Position&) {
  if (in_segment_) {
    return std::unexpected(
        refused(codes_.placeless, fmt::format("the segment {} is opened inside another", name)));
  }
  tag_ = name;
  texts_.clear();
  leaves_.clear();
  in_segment_ = true;
  return {};
}

Outcome SegmentWriter::leaf(const map::LeafAddress& where, std::string_view text, const Position& at) {
  if (!in_segment_ || where.element == 0) {
    return std::unexpected(refused(codes_.placeless, fmt::format("a value of {} has no place", tag_)));
  }
  if (text.empty()) return {};
  leaves_.push_back({where.element, std::max<std::uint16_t>(where.repetition, 1),
                     std::max<std::uint16_t>(where.component, 1), static_cast<std::uint32_t>(texts_.size()),
                     static_cast<std::uint32_t>(text.size()), at});
  texts_.append(text);
  return {};
}

Outcome SegmentWriter::close(const Position&) {
  in_segment_ = false;
  const auto place = [](const Leaf& leaf) {
    return std::tuple(leaf.element, leaf.repetition, leaf.component);
  };
  if (!std::ranges::is_sorted(leaves_, {}, place)) std::ranges::sort(leaves_, {}, place);
  const auto twice = std::ranges::adjacent_find(leaves_, {}, place);
  if (twice != leaves_.end()) {
    return std::unexpected(refused(
        codes_.twice, fmt::format("two values for {}.{}.{}", tag_, twice->element, twice->component)));
  }
  return write();
}

/// Bytes that are enough for a segment whose values stand in order, if they hold nothing but plain
/// characters; 0 for any other.
std::size_t SegmentWriter::plain_size(const map::Segment& whole) const {
  std::uint64_t before = 0;
  std::size_t size = whole.tag.size() + 2;
  for (const map::SegmentValue& value : whole.values) {
    const auto& [name, element, component, repetition] = value.where;
    const std::uint64_t place = std::uint64_t{element} << 32 | std::uint64_t{repetition} << 16 | component;
    if (place <= before || component == 0 || repetition > 1 || repetition == 0 || value.text.empty())
      return 0;
    size += value.text.size() + component + (element - (before >> 32));
    before = place;
  }
  return size;
}

/// Where the segment ends; null if a character is not plain.
char* SegmentWriter::write_plain(const map::Segment& whole, char* into) const {
  bool plain = true;
  into = std::ranges::copy(whole.tag, into).out;
  std::uint16_t element = 0, component = 1;
  for (const map::SegmentValue& value : whole.values) {
    for (; element < value.where.element; ++element, component = 1) *into++ = delimiters_.element;
    for (; component < value.where.component; ++component) *into++ = delimiters_.component;
    for (const char c : value.text) {
      plain &= plain_[static_cast<unsigned char>(c)];
      *into++ = c;
    }
  }
  *into++ = delimiters_.segment;
  if (line_breaks_) *into++ = '\n';
  return plain ? into : nullptr;
}

Outcome SegmentWriter::segment(const map::Segment& whole) {
  const std::size_t most = in_segment_ || !is_ordinary(whole.tag) ? 0 : plain_size(whole);
  if (most == 0) return SyntaxSink::segment(whole);
  const std::size_t before = buffer_.size();
  buffer_.resize_and_overwrite(before + most, [&](char* bytes, std::size_t) {
    const char* end = write_plain(whole, bytes + before);
    return end == nullptr ? before : static_cast<std::size_t>(end - bytes);
  });
  if (buffer_.size() == before) return SyntaxSink::segment(whole);
  ++segments_;
  return flush();
}

std::string_view SegmentWriter::value(std::uint16_t element, std::uint16_t component) const {
  for (const Leaf& leaf : leaves_) {
    if (leaf.element == element && leaf.component == component) {
      return std::string_view(texts_).substr(leaf.begin, leaf.length);
    }
  }
  return {};
}

void SegmentWriter::add(std::uint16_t element, std::uint16_t component, std::string_view text) {
  if (text.empty()) return;
  leaves_.push_back({element,
                     1,
                     component,
                     static_cast<std::uint32_t>(texts_.size()),
                     static_cast<std::uint32_t>(text.size()),
                     {}});
  texts_.append(text);
}

Outcome SegmentWriter::write_segment() {
  ++segments_;
  buffer_.append(tag_);
  std::uint16_t element = 0, repetition = 1, component = 1;
  for (const Leaf& leaf : leaves_) {
    if (leaf.element > element) {
      buffer_.append(static_cast<std::size_t>(leaf.element - element), delimiters_.element);
      element = leaf.element;
      repetition = component = 1;
    }
    if (leaf.repetition > repetition) {
      if (delimiters_.repetition == 0) {
        return std::unexpected(refused(
            codes_.twice, fmt::format("{}.{} repeats, for which there is no separator", tag_, element)));
      }
      buffer_.append(static_cast<std::size_t>(leaf.repetition - repetition), delimiters_.repetition);
      repetition = leaf.repetition;
      component = 1;
    }
    buffer_.append(static_cast<std::size_t>(leaf.component - component), delimiters_.component);
    component = leaf.component;
    write_text(std::string_view(texts_).substr(leaf.begin, leaf.length), leaf);
  }
  end_segment();
  return flush();
}

void SegmentWriter::end_segment() {
  buffer_ += delimiters_.segment;
  if (line_breaks_) buffer_ += '\n';
}

void SegmentWriter::write_text(std::string_view text, const Leaf& leaf) {
  std::size_t run = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (plain_[static_cast<unsigned char>(text[i])]) continue;
    buffer_.append(text.substr(run, i - run));
    i += write_special(text.substr(i), leaf) - 1;
    run = i + 1;
  }
  buffer_.append(text.substr(run));
}

Outcome SegmentWriter::flush(std::size_t threshold) {
  if (buffer_.size() < threshold) return {};
  const Outcome done = out_.write(buffer_);
  buffer_.clear();
  return done;
}

}  // namespace purser::edi
