#include "canonical/event/json_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <utility>

#include "canonical/event/event_batch.h"
#include "canonical/event/json_scanner.h"
#include "canonical/value/text.h"

namespace purser {
namespace {

std::string_view expected_form(ScalarType type) {
  switch (type) {
    case ScalarType::text:
      return "a string";
    case ScalarType::code:
      return "a code as a string";
    case ScalarType::decimal:
      return "a decimal of up to 18 digits, as a string (\"12.50\") or a number";
    case ScalarType::integer:
      return "a whole number";
    case ScalarType::boolean:
      return "true or false";
    case ScalarType::date:
      return "a date as \"2026-11-20\"";
    case ScalarType::time:
      return "a time as \"12:30:05\", with Z or +01:00 where the zone is known";
    case ScalarType::date_time:
      return "a date and time as \"2026-11-20T12:30:05Z\"";
    case ScalarType::binary:
      return "base64 as a string";
  }
  return "a value";
}

class Reader {
 public:
  Reader(const TextInput& input, DocumentSink& out, const JsonLimits& limits)
      : scanner_(input, limits), out_(out), batch_(out) {}

  Outcome run() {
    Outcome good = documents();
    if (good) return batch_.flush();
    if (good.error().what == StatusClass::invalid) {
      if (Outcome passed = batch_.flush(); !passed) return passed;
      Finding finding = make_finding(good.error().code, scanner_.at(), good.error().message);
      finding.path = path();
      out_.finding(std::move(finding));
    }
    return good;
  }

 private:
  struct Step {
    const FieldDescriptor* field;
    std::uint32_t index;
  };

  Outcome next() {
    auto token = scanner_.next();
    if (!token) return std::unexpected(token.error());
    token_ = *token;
    return {};
  }

  static std::unexpected<Status> invalid(std::string_view code, std::string message) {
    return std::unexpected(Status{StatusClass::invalid, std::string(code), std::move(message)});
  }

  Outcome documents() {
    for (bool first = true;; first = false) {
      if (Outcome good = next(); !good) return good;
      if (token_ == JsonToken::end)
        return first ? Outcome(invalid("JSON-0007", "there is no document")) : Outcome{};
      if (Outcome good = document(); !good) return good;
    }
  }

  Outcome document() {
    if (token_ != JsonToken::begin_object) return invalid("JSON-0007", "a document is an object");
    Position begin = scanner_.at();
    if (Outcome good = next(); !good) return good;
    if (token_ != JsonToken::key || scanner_.text() != "document")
      return invalid("JSON-0007", "the first member must be \"document\"");
    if (Outcome good = next(); !good) return good;
    const DocumentDescriptor* found = token_ == JsonToken::string ? find_document(scanner_.text()) : nullptr;
    if (found == nullptr)
      return invalid("JSON-0007", fmt::format("no document '{}'", shown(scanner_.text())));
    if (Outcome good = emit(EventKind::begin_document, static_cast<std::uint16_t>(found->type), begin); !good)
      return good;
    root_ = true;
    if (Outcome good = members(*found->root); !good) return good;
    return emit(EventKind::end_document, 0, scanner_.at());
  }

  /// The members up to and including the closing brace.
  Outcome members(const GroupDescriptor& group) {
    FieldSet seen;
    const bool root = std::exchange(root_, false);
    while (true) {
      if (Outcome good = next(); !good) return good;
      if (token_ == JsonToken::end_object) return {};
      std::string_view name = scanner_.text();
      Position at = scanner_.at();
      if (root && name == "model") {
        if (Outcome good = version(); !good) return good;
        continue;
      }
      const FieldDescriptor* field = find(group, name);
      if (field == nullptr || seen.has(field->number)) {
        if (Outcome good = refuse(group, field, name, at); !good) return good;
        continue;
      }
      seen.insert(field->number);
      path_.push_back({field, 0});
      if (Outcome good = member(*field); !good) return good;
      path_.pop_back();
    }
  }

  /// The field of this name. Lines repeat the same few members, so the last answers are kept by a cheap hash.
  const FieldDescriptor* find(const GroupDescriptor& group, std::string_view name) {
    if (name.empty()) return nullptr;
    std::size_t hash = (reinterpret_cast<std::uintptr_t>(&group) >> 4) + name.size() * 37 +
                       static_cast<unsigned char>(name.front()) * 5U +
                       static_cast<unsigned char>(name.back()) * 11U;
    Known& known = known_[hash % known_.size()];
    if (known.group != &group || known.field->name != name) {
      const FieldDescriptor* found = group.find(name);
      if (found == nullptr) return nullptr;
      known = {&group, found};
    }
    return known.field;
  }

  Outcome refuse(const GroupDescriptor& group, const FieldDescriptor* field, std::string_view name,
                 const Position& at) {
    if (field != nullptr) {
      note("JSON-0004", at, fmt::format("'{}' is given twice", name), "each member once");
    } else {
      std::string_view near = nearest_field(group, name);
      note("JSON-0002", at, fmt::format("'{}' has no field '{}'", group.name, shown(name)),
           near.empty() ? "" : fmt::format("perhaps '{}'", near));
    }
    if (Outcome good = next(); !good) return good;
    return skip();
  }

  Outcome version() {
    if (Outcome good = next(); !good) return good;
    std::string_view major = model_version().substr(0, model_version().find('.') + 1);
    if (token_ != JsonToken::string || !scanner_.text().starts_with(major))
      note("JSON-0006", scanner_.at(), fmt::format("model version '{}'", shown(scanner_.text())),
           fmt::format("version {}x", major));
    return skip();
  }

  Outcome member(const FieldDescriptor& field) {
    if (Outcome good = next(); !good) return good;
    if (token_ == JsonToken::null_value) return {};
    if (!field.repeated) return element(field);
    if (token_ != JsonToken::begin_array) {
      note("JSON-0003", scanner_.at(), fmt::format("'{}' is a list", field.name), "an array");
      return skip();
    }
    while (true) {
      if (Outcome good = next(); !good) return good;
      if (token_ == JsonToken::end_array) return {};
      ++path_.back().index;
      if (Outcome good = element(field); !good) return good;
    }
  }

  /// One value or group; its first token is the current one.
  Outcome element(const FieldDescriptor& field) {
    if (field.group == nullptr) {
      if (value(field)) return emit_value(field);
      note("JSON-0003", scanner_.at(),
           fmt::format("'{}' is not a value of '{}'", shown(scanner_.text()), field.name),
           expected_form(field.type));
      return skip();
    }
    if (token_ != JsonToken::begin_object) {
      note("JSON-0003", scanner_.at(), fmt::format("'{}' is a group", field.name), "an object");
      return skip();
    }
    if (Outcome good = emit(EventKind::begin_group, field.number, scanner_.at()); !good) return good;
    if (Outcome good = members(*field.group); !good) return good;
    return emit(EventKind::end_group, 0, scanner_.at());
  }

  /// Fills value_ from the current token; false if it is not of the field's type.
  bool value(const FieldDescriptor& field) {
    std::string_view text = scanner_.text();
    value_.type = field.type;
    value_.bytes = {};
    if (field.type == ScalarType::boolean) {
      value_.boolean = token_ == JsonToken::true_value;
      return value_.boolean || token_ == JsonToken::false_value;
    }
    if (field.type == ScalarType::integer) {
      if (token_ != JsonToken::number) return false;
      auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value_.integer);
      return error == std::errc() && end == text.data() + text.size();
    }
    if (field.type == ScalarType::decimal) {
      if (token_ == JsonToken::number && text.size() > JsonScanner::max_number) return false;
      if (token_ != JsonToken::number && token_ != JsonToken::string) return false;
      auto number = token_ == JsonToken::number ? Decimal::parse_scientific(text) : Decimal::parse(text);
      if (number) value_.decimal = *number;
      return number.has_value();
    }
    if (token_ != JsonToken::string) return false;
    switch (field.type) {
      case ScalarType::date:
        return take(parse_date(text), value_.when.date);
      case ScalarType::time:
        return take(parse_time(text), value_.when.time);
      case ScalarType::date_time:
        return take(parse_date_time(text), value_.when);
      case ScalarType::binary:
        binary_.clear();
        value_.bytes = {};
        if (!decode_base64(text, binary_)) return false;
        value_.bytes = binary_;
        return true;
      default:
        break;
    }
    value_.bytes = text;
    return !scanner_.has_controls();  // UTF-8 has been checked
  }

  template <class Found, class Target>
  bool take(const Found& found, Target& target) {
    value_.when = {};
    if (found) target = *found;
    return found.has_value();
  }

  Outcome emit_value(const FieldDescriptor& field) {
    Event event;
    event.kind = EventKind::field;
    event.number = field.number;
    event.value = value_;
    event.at = scanner_.at();
    return batch_.add(event);
  }

  Outcome emit(EventKind kind, std::uint16_t number, const Position& at) {
    Event event;
    event.kind = kind;
    event.number = number;
    event.at = at;
    return batch_.add(event);
  }

  /// Leaves the value out whose first token is the current one.
  Outcome skip() {
    if (token_ != JsonToken::begin_object && token_ != JsonToken::begin_array) return {};
    for (std::size_t depth = scanner_.depth() - 1; scanner_.depth() > depth;)
      if (Outcome good = next(); !good) return good;
    return {};
  }

  void note(std::string_view code, const Position& at, std::string message, std::string_view expected) {
    Finding finding = make_finding(code, at, std::move(message));
    finding.path = path();
    finding.expected = expected;
    if (batch_.flush()) out_.finding(std::move(finding));
  }

  [[nodiscard]] std::string path() const {
    std::string path;
    for (const Step& step : path_) {
      if (!path.empty()) path += '.';
      path += step.field->name;
      if (step.index != 0) path += fmt::format("[{}]", step.index);
    }
    return path;
  }

  struct Known {
    const GroupDescriptor* group = nullptr;
    const FieldDescriptor* field = nullptr;
  };

  JsonScanner scanner_;
  DocumentSink& out_;
  EventBatch batch_;
  JsonToken token_ = JsonToken::end;
  Scalar value_;
  std::string binary_;
  std::vector<Step> path_;
  std::array<Known, 256> known_;
  bool root_ = false;  ///< the next object is a document, where "model" may stand
};

}  // namespace

TextInput input_from_text(std::string_view text) {
  return [text](std::span<char> into) mutable -> std::expected<std::size_t, Status> {
    std::size_t count = std::min(into.size(), text.size());
    std::memcpy(into.data(), text.data(), count);
    text.remove_prefix(count);
    return count;
  };
}

Outcome read_json(const TextInput& input, DocumentSink& out, const JsonLimits& limits) {
  return Reader(input, out, limits).run();
}

Outcome read_json(std::string_view text, DocumentSink& out, const JsonLimits& limits) {
  return read_json(input_from_text(text), out, limits);
}

}  // namespace purser
