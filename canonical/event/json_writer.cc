#include "canonical/event/json_writer.h"

#include <array>
#include <bit>
#include <charconv>
#include <cstring>

#include "canonical/value/text.h"

namespace purser {
namespace {

constexpr std::size_t buffer_size = 64 * 1024;
constexpr std::size_t longest_number = 40;  // any decimal, integer, date or time with its quotes

/// What a byte becomes in a JSON string: 0 itself, 'u' \u00xx, else backslash and this character.
constexpr std::array<char, 256> make_escapes() {
  std::array<char, 256> escapes{};
  for (std::size_t c = 0; c < 0x20; ++c) escapes[c] = 'u';
  escapes['"'] = '"';
  escapes['\\'] = '\\';
  escapes['\n'] = 'n';
  escapes['\r'] = 'r';
  escapes['\t'] = 't';
  return escapes;
}
constexpr std::array<char, 256> escapes = make_escapes();

/// Length of the prefix that needs no escape.
std::size_t plain_prefix(std::string_view text) {
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + i, 8);
    constexpr std::uint64_t ones = 0x0101010101010101U;
    constexpr std::uint64_t high = 0x8080808080808080U;
    std::uint64_t control = word - ones * 0x20;
    std::uint64_t quote = (word ^ ones * '"') - ones;
    std::uint64_t slash = (word ^ ones * '\\') - ones;
    std::uint64_t hit = (control | quote | slash) & ~word & high;  // the lowest bit set is exact
    if (hit != 0) return i + static_cast<std::size_t>(std::countr_zero(hit)) / 8;
  }
  while (i < text.size() && escapes[static_cast<unsigned char>(text[i])] == 0) ++i;
  return i;
}

}  // namespace

/// Fixed storage in front of the output; remembers the first failure and then takes nothing more.
class JsonWriter::Buffer {
 public:
  explicit Buffer(TextOutput output) : output_(std::move(output)) {}

  void put(char c) {
    if (used_ == buffer_size) flush();
    storage_[used_++] = c;
  }

  void put(std::string_view text) {
    if (text.size() > buffer_size - used_) {
      flush();
      if (text.size() > buffer_size) {
        hand_over(text);
        return;
      }
    }
    std::memcpy(storage_.data() + used_, text.data(), text.size());
    used_ += text.size();
  }

  /// A place for up to `size` bytes; take() says how many were used.
  char* room(std::size_t size) {
    if (buffer_size - used_ < size) flush();
    return storage_.data() + used_;
  }
  void take(std::size_t size) { used_ += size; }

  void string(std::string_view text) {
    put('"');
    while (!text.empty()) {
      std::size_t plain = plain_prefix(text);
      put(text.substr(0, plain));
      if (plain == text.size()) break;
      auto c = static_cast<unsigned char>(text[plain]);
      if (escapes[c] == 'u') {
        constexpr char hex[] = "0123456789abcdef";
        put("\\u00");
        put(hex[c >> 4]);
        put(hex[c & 15]);
      } else {
        put('\\');
        put(escapes[c]);
      }
      text.remove_prefix(plain + 1);
    }
    put('"');
  }

  void flush() {
    hand_over({storage_.data(), used_});
    used_ = 0;
  }
  [[nodiscard]] const Outcome& outcome() const { return outcome_; }

 private:
  void hand_over(std::string_view text) {
    if (outcome_ && !text.empty()) outcome_ = output_(text);
  }

  TextOutput output_;
  Outcome outcome_;
  std::size_t used_ = 0;
  std::array<char, buffer_size> storage_;
};

TextOutput append_to_text(std::string& text) {
  return [&text](std::string_view piece) -> Outcome {
    text += piece;
    return {};
  };
}

JsonWriter::JsonWriter(TextOutput output, JsonStyle style)
    : buffer_(std::make_unique<Buffer>(std::move(output))), style_(style) {}
JsonWriter::~JsonWriter() = default;

Outcome JsonWriter::push(std::span<const Event> batch) {
  for (const Event& event : batch) write(event);
  return buffer_->outcome();
}

Outcome JsonWriter::flush() {
  buffer_->flush();
  return buffer_->outcome();
}

void JsonWriter::new_line() {
  if (style_ == JsonStyle::compact) return;
  buffer_->put('\n');
  for (std::size_t i = 0; i < indent_; ++i) buffer_->put("  ");
}

void JsonWriter::close_list() {
  Frame& frame = frames_.back();
  if (frame.open_list == 0) return;
  frame.open_list = 0;
  --indent_;
  new_line();
  buffer_->put(']');
}

/// Everything before a value: the comma, the key, the bracket of a list's first element.
void JsonWriter::begin_member(const FieldDescriptor& field) {
  Frame& frame = frames_.back();
  if (field.repeated && frame.open_list == field.number) {
    buffer_->put(',');
    new_line();
    return;
  }
  close_list();
  if (!frame.empty) buffer_->put(',');
  frame.empty = false;
  new_line();
  char* at = buffer_->room(field.name.size() + 4);
  *at = '"';
  std::memcpy(at + 1, field.name.data(), field.name.size());
  at += field.name.size() + 1;
  *at++ = '"';
  *at++ = ':';
  buffer_->take(field.name.size() + 3);
  if (style_ == JsonStyle::indented) buffer_->put(' ');
  if (field.repeated) {
    frame.open_list = field.number;
    buffer_->put('[');
    ++indent_;
    new_line();
  }
}

void JsonWriter::value(const Scalar& value) {
  std::string text;  // short: stays within the string's own storage
  switch (value.type) {
    case ScalarType::text:
    case ScalarType::code:
      buffer_->string(value.bytes);
      return;
    case ScalarType::boolean:
      buffer_->put(value.boolean ? "true" : "false");
      return;
    case ScalarType::integer: {
      char* at = buffer_->room(longest_number);
      buffer_->take(static_cast<std::size_t>(std::to_chars(at, at + longest_number, value.integer).ptr - at));
      return;
    }
    case ScalarType::binary: {
      buffer_->put('"');
      constexpr std::size_t piece = 3 * 4096;  // a multiple of three, so that only the last piece is padded
      for (std::size_t i = 0; i < value.bytes.size(); i += piece) {
        text.clear();
        append_base64(text, value.bytes.substr(i, piece));
        buffer_->put(text);
      }
      buffer_->put('"');
      return;
    }
    case ScalarType::decimal:
      value.decimal.append_to(text);
      break;
    case ScalarType::date:
      append_to(text, value.when.date);
      break;
    case ScalarType::time:
      append_to(text, value.when.time);
      break;
    case ScalarType::date_time:
      text = purser::text(value.when);
      break;
  }
  buffer_->put('"');
  buffer_->put(text);
  buffer_->put('"');
}

void JsonWriter::write(const Event& event) {
  switch (event.kind) {
    case EventKind::begin_document: {
      const DocumentDescriptor* document = find_document(static_cast<DocumentType>(event.number));
      if (document == nullptr) return;
      frames_.push_back({document->root, 0, false});
      std::string_view blank = style_ == JsonStyle::indented ? " " : "";
      buffer_->put('{');
      ++indent_;
      new_line();
      buffer_->put("\"document\":");
      buffer_->put(blank);
      buffer_->string(document->name);
      buffer_->put(',');
      new_line();
      buffer_->put("\"model\":");
      buffer_->put(blank);
      buffer_->string(model_version());
      return;
    }
    case EventKind::begin_group:
    case EventKind::field: {
      const FieldDescriptor* field = frames_.empty() ? nullptr : frames_.back().group->find(event.number);
      if (field == nullptr) return;
      begin_member(*field);
      if (event.kind == EventKind::field) {
        value(event.value);
      } else if (field->group != nullptr) {
        frames_.push_back({field->group, 0, true});
        buffer_->put('{');
        ++indent_;
      }
      return;
    }
    case EventKind::end_group:
    case EventKind::end_document: {
      if (frames_.empty()) return;
      close_list();
      bool empty = frames_.back().empty;
      frames_.pop_back();
      --indent_;
      if (!empty) new_line();
      buffer_->put('}');
      if (event.kind == EventKind::end_document) {
        buffer_->put('\n');
        buffer_->flush();
      }
      return;
    }
  }
}

}  // namespace purser
