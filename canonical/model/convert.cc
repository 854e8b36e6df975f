#include "canonical/model/convert.h"

#include <optional>
#include <string>

#include "canonical/event/event_batch.h"

namespace purser::model {
namespace {

/// Calls `work` with the member's C++ type as argument type.
template <class Work>
void with_type(ScalarType type, Work&& work) {
  switch (type) {
    case ScalarType::text:
    case ScalarType::code:
    case ScalarType::binary:
      return work(std::string());
    case ScalarType::decimal:
      return work(Decimal());
    case ScalarType::integer:
      return work(std::int64_t{});
    case ScalarType::boolean:
      return work(bool{});
    case ScalarType::date:
      return work(Date());
    case ScalarType::time:
      return work(Time());
    case ScalarType::date_time:
      return work(DateTime());
  }
}

void get(const std::string& from, Scalar& to) { to.bytes = from; }
void get(const Decimal& from, Scalar& to) { to.decimal = from; }
void get(const std::int64_t& from, Scalar& to) { to.integer = from; }
void get(const bool& from, Scalar& to) { to.boolean = from; }
void get(const Date& from, Scalar& to) { to.when = {from, {}}; }
void get(const Time& from, Scalar& to) { to.when = {{}, from}; }
void get(const DateTime& from, Scalar& to) { to.when = from; }

void set(std::string& to, const Scalar& from) { to = from.bytes; }
void set(Decimal& to, const Scalar& from) { to = from.decimal; }
void set(std::int64_t& to, const Scalar& from) { to = from.integer; }
void set(bool& to, const Scalar& from) { to = from.boolean; }
void set(Date& to, const Scalar& from) { to = from.when.date; }
void set(Time& to, const Scalar& from) { to = from.when.time; }
void set(DateTime& to, const Scalar& from) { to = from.when; }

class Writer {
 public:
  explicit Writer(EventSink& sink) : batch_(sink) {}

  void emit(EventKind kind, std::uint16_t number, const Scalar& value = {}) {
    Event event;
    event.kind = kind;
    event.number = number;
    event.value = value;
    if (good_) good_ = batch_.add(event);
  }

  void group(const GroupDescriptor& group, std::span<const FieldAccess> access, const void* at) {
    for (int streamed = 0; streamed < 2; ++streamed)
      for (std::size_t i = 0; i < access.size() && good_; ++i)
        if (group.fields[i].streamed == (streamed == 1)) field(group.fields[i], access[i], at);
  }

  Outcome finish() { return good_ ? batch_.flush() : good_; }

 private:
  void field(const FieldDescriptor& field, const FieldAccess& access, const void* at) {
    const void* member = static_cast<const std::byte*>(at) + access.offset;
    if (access.group == nullptr) {
      with_type(field.type, [&](auto sample) { scalar<decltype(sample)>(field, member); });
    } else if (field.repeated) {
      for (std::size_t i = 0; i < access.group->size(member); ++i)
        nested(field, *access.group, access.group->at(member, i));
    } else if (const void* value = access.group->get(member); value != nullptr) {
      nested(field, *access.group, value);
    }
  }

  void nested(const FieldDescriptor& field, const GroupAccess& access, const void* at) {
    emit(EventKind::begin_group, field.number);
    group(*access.descriptor, access.fields, at);
    emit(EventKind::end_group, 0);
  }

  template <class T>
  void scalar(const FieldDescriptor& field, const void* member) {
    auto one = [&](const T& from) {
      Scalar value;
      value.type = field.type;
      get(from, value);
      emit(EventKind::field, field.number, value);
    };
    if (!field.repeated) {
      const auto& value = *static_cast<const std::optional<T>*>(member);
      if (value) one(*value);
    } else {
      for (const T& value : *static_cast<const std::vector<T>*>(member)) one(value);
    }
  }

  EventBatch batch_;
  Outcome good_;
};

std::unexpected<Status> defect(std::string_view code, std::string message) {
  return std::unexpected(Status{StatusClass::defect, std::string(code), std::move(message)});
}

}  // namespace

Outcome to_events(const DocumentAccess& tables, const void* document, EventSink& sink) {
  Writer writer(sink);
  writer.emit(EventKind::begin_document, static_cast<std::uint16_t>(tables.type));
  writer.group(*find_document(tables.type)->root, tables.fields, document);
  writer.emit(EventKind::end_document, 0);
  return writer.finish();
}

Outcome StructBuilder::push(std::span<const Event> batch) {
  for (const Event& event : batch)
    if (Outcome good = take(event); !good) return good;
  return {};
}

Outcome StructBuilder::take(const Event& event) {
  switch (event.kind) {
    case EventKind::begin_document:
      if (event.number != static_cast<std::uint16_t>(tables_.type))
        return std::unexpected(Status{StatusClass::invalid, "MODEL-0005", "a document of another type"});
      frames_.assign(1,
                     {find_document(tables_.type)->root, tables_.fields, static_cast<std::byte*>(target_)});
      return {};
    case EventKind::end_document:
      frames_.clear();
      complete_ = true;
      return {};
    case EventKind::end_group:
      if (frames_.size() < 2) return defect("MODEL-0101", "end of a group that was not begun");
      frames_.pop_back();
      return {};
    case EventKind::begin_group:
    case EventKind::field:
      break;
  }
  if (frames_.empty()) return defect("MODEL-0101", "a value or group outside a document");
  const Frame& frame = frames_.back();
  const FieldDescriptor* field = frame.group->find(event.number);
  if (field == nullptr) return defect("MODEL-0102", "unknown field number");
  const FieldAccess& access = frame.fields[static_cast<std::size_t>(field - frame.group->fields.data())];
  std::byte* member = frame.at + access.offset;
  if (event.kind == EventKind::begin_group) {
    if (access.group == nullptr) return defect("MODEL-0103", "a group where a value belongs");
    void* inner = field->repeated ? access.group->append(member) : access.group->emplace(member);
    frames_.push_back({access.group->descriptor, access.group->fields, static_cast<std::byte*>(inner)});
    return {};
  }
  if (access.group != nullptr || event.value.type != field->type)
    return defect("MODEL-0103", "a value of another type");
  with_type(field->type, [&](auto value) {
    set(value, event.value);
    using T = decltype(value);
    if (field->repeated)
      reinterpret_cast<std::vector<T>*>(member)->push_back(std::move(value));
    else
      *reinterpret_cast<std::optional<T>*>(member) = std::move(value);
  });
  return {};
}

}  // namespace purser::model
