#include "tests/canonical/event/random_document.h"

#include <array>
#include <string>

#include "canonical/spec/code_list.h"

namespace purser::test {
namespace {

/// splitmix64: the same numbers on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }
  std::uint64_t below(std::uint64_t limit) { return next() % limit; }

 private:
  std::uint64_t state_;
};

class Maker {
 public:
  Maker(RecordedEvents& out, std::uint64_t seed, unsigned sparse)
      : out_(out), random_(seed), sparse_(sparse) {}

  void emit(EventKind kind, std::uint16_t number, const Scalar& value = {}) {
    Event event;
    event.kind = kind;
    event.number = number;
    event.value = value;
    static_cast<void>(out_.push({&event, 1}));
  }

  void group(const GroupDescriptor& group, unsigned depth) {
    for (const FieldDescriptor& field : group.fields) {
      bool wanted = field.required || random_.below(sparse_ << depth) == 0;
      if (!wanted || (field.group != nullptr && depth > 5 && !field.required)) continue;
      std::uint64_t count = field.repeated ? 1 + random_.below(3) : 1;
      for (std::uint64_t i = 0; i < count; ++i) {
        if (field.group == nullptr) {
          emit(EventKind::field, field.number, value(field));
          continue;
        }
        emit(EventKind::begin_group, field.number);
        this->group(*field.group, depth + 1);
        emit(EventKind::end_group, 0);
      }
    }
  }

 private:
  Scalar value(const FieldDescriptor& field) {
    constexpr std::array<std::string_view, 6> texts = {"plain",
                                                       "Grüße \xF0\x9F\x9A\x9A",
                                                       "\"quoted\" \\ back",
                                                       "line\nline\r\n\ttab",
                                                       "a longer text that runs over the end",
                                                       "</xml> & + ' : ?"};
    Scalar value;
    value.type = field.type;
    switch (field.type) {
      case ScalarType::text:
        value.bytes = texts[random_.below(texts.size())];
        break;
      case ScalarType::code:
        value.bytes = field.codes == nullptr
                          ? std::string_view("X1")
                          : field.codes->entries()[random_.below(field.codes->entries().size())].code;
        break;
      case ScalarType::decimal: {
        auto coefficient = static_cast<std::int64_t>(random_.below(1'000'000'000'000'000'000U));
        value.decimal =
            Decimal(random_.below(2) == 0 ? coefficient : -coefficient, static_cast<int>(random_.below(19)));
        break;
      }
      case ScalarType::integer:
        value.integer = static_cast<std::int64_t>(random_.next());
        break;
      case ScalarType::boolean:
        value.boolean = random_.below(2) == 0;
        break;
      case ScalarType::date:
        value.when = {date(), {}};
        break;
      case ScalarType::time:
        value.when = {{}, time()};
        break;
      case ScalarType::date_time:
        value.when = {date(), time()};
        break;
      case ScalarType::binary:
        binary_.clear();
        for (std::uint64_t i = random_.below(40); i > 0; --i)
          binary_ += static_cast<char>(random_.below(256));
        value.bytes = binary_;
        break;
    }
    return value;
  }

  Date date() {
    return {static_cast<std::int16_t>(1 + random_.below(9999)),
            static_cast<std::uint8_t>(1 + random_.below(12)),
            static_cast<std::uint8_t>(1 + random_.below(28))};
  }

  Time time() {
    Time time{static_cast<std::uint8_t>(random_.below(24)), static_cast<std::uint8_t>(random_.below(60)),
              static_cast<std::uint8_t>(random_.below(60)), 0, Time::no_offset};
    if (random_.below(2) == 0) time.nanosecond = static_cast<std::uint32_t>(random_.below(1'000'000'000));
    if (random_.below(2) == 0)
      time.offset_minutes = static_cast<std::int16_t>(static_cast<int>(random_.below(1681)) - 840);
    return time;
  }

  RecordedEvents& out_;
  Random random_;
  std::uint64_t sparse_;
  std::string binary_;
};

}  // namespace

RecordedEvents random_document(const DocumentDescriptor& document, std::uint64_t seed, unsigned sparse) {
  RecordedEvents events;
  Maker maker(events, seed, sparse);
  maker.emit(EventKind::begin_document, static_cast<std::uint16_t>(document.type));
  maker.group(*document.root, 0);
  maker.emit(EventKind::end_document, 0);
  return events;
}

}  // namespace purser::test
