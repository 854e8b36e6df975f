#include "plugins/worker/events.h"

#include <algorithm>
#include <cstring>

#include "plugins/line/convert.h"
#include "plugins/worker/wire.h"

namespace purser::plugin::wire {
namespace {

constexpr std::size_t first_records = 512;  // an ordinary document: its memory is asked for once

bool carries_text(const purser_event& record) {
  return record.kind == PURSER_FIELD && (record.type == PURSER_TYPE_TEXT || record.type == PURSER_TYPE_CODE ||
                                         record.type == PURSER_TYPE_BINARY);
}

Status broken(const char* what) { return {StatusClass::defect, "HOST-0016", what}; }

}  // namespace

std::size_t EventWriter::size() const {
  return sizeof(std::uint32_t) + records_.size() * sizeof(purser_event) + texts_.size();
}

bool EventWriter::full() const { return size() >= good_payload; }

bool EventWriter::add(const Event& event) {
  purser_event record;
  to_abi(event, record);
  return add(record);
}

bool EventWriter::add(const purser_event& event) {
  const bool has_text = carries_text(event);
  const std::string_view text = has_text ? from_abi(event.value.bytes) : std::string_view();
  if (size() + sizeof event + text.size() > max_payload) return false;
  if (records_.capacity() == 0) records_.reserve(first_records);
  purser_event& record = records_.emplace_back(event);
  if (!has_text) return true;
  if (text.size() != event.value.bytes.size) record.kind = 0;  // no bytes: its reader will tell
  record.value.bytes = {nullptr, text.size()};                 // addresses mean nothing there
  texts_.append(text);
  return true;
}

std::array<std::string_view, 3> EventWriter::pieces() {
  count_ = static_cast<std::uint32_t>(records_.size());
  return {std::string_view(reinterpret_cast<const char*>(&count_), sizeof count_),
          std::string_view(reinterpret_cast<const char*>(records_.data()),
                           records_.size() * sizeof(purser_event)),
          std::string_view(texts_)};
}

void EventWriter::clear() {
  records_.clear();
  texts_.clear();
  if (texts_.capacity() > 4 * good_payload) texts_.shrink_to_fit();  // after one large attachment
}

Outcome EventReader::read(std::string_view payload, EventSink& sink) {
  std::uint32_t count = 0;
  if (payload.size() < sizeof count) return std::unexpected(broken("a batch without its count"));
  std::memcpy(&count, payload.data(), sizeof count);
  payload.remove_prefix(sizeof count);
  if (count > payload.size() / sizeof(purser_event))
    return std::unexpected(broken("a batch shorter than its count"));
  std::string_view texts = payload.substr(count * sizeof(purser_event));
  const char* next = payload.data();
  batch_.resize(step);
  while (count != 0) {
    const std::size_t part = std::min<std::size_t>(count, step);
    for (std::size_t i = 0; i < part; ++i, next += sizeof(purser_event)) {
      purser_event record;
      std::memcpy(&record, next, sizeof record);
      if (carries_text(record)) {
        const std::size_t size = record.value.bytes.size;
        if (size > texts.size()) return std::unexpected(broken("a text longer than its batch"));
        record.value.bytes.data = texts.data();
        texts.remove_prefix(size);
      }
      if (!from_abi(record, batch_[i]))
        return std::unexpected(
            Status{StatusClass::defect, "HOST-0013", "an event of unknown kind, type or value"});
    }
    if (Outcome done = sink.push(std::span(batch_.data(), part)); !done) return done;
    count -= static_cast<std::uint32_t>(part);
  }
  if (!texts.empty()) return std::unexpected(broken("a batch with more text than its events have"));
  return {};
}

}  // namespace purser::plugin::wire
