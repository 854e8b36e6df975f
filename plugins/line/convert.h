// C structs of the line to and from the C++ types of canonical. Header only: this runs for every event.
#pragma once

#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "canonical/event/event.h"
#include "canonical/finding/finding.h"
#include "canonical/finding/loss.h"
#include "plugins/abi/purser.h"
#include "plugins/line/request.h"

namespace purser::plugin {

inline purser_text to_abi(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view from_abi(purser_text text) {
  return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.size);
}

inline purser_position to_abi(const Position& at) {
  return {at.offset, at.line, at.column, at.segment, at.element, at.component, at.table, at.row, 0};
}
inline Position from_abi(const purser_position& at) {
  return {at.offset, at.line, at.column, at.segment, at.element, at.component, at.table, at.row};
}

inline purser_date_time to_abi(const DateTime& when) {
  const auto& [date, time] = when;
  return {date.year,   date.month, date.day,        time.hour,           time.minute,
          time.second, 0,          time.nanosecond, time.offset_minutes, 0};
}
inline DateTime from_abi(const purser_date_time& when) {
  return {{when.year, when.month, when.day},
          {when.hour, when.minute, when.second, when.nanosecond, when.offset_minutes}};
}

inline void to_abi(const Event& from, purser_event& to) {
  to.number = from.number;
  to.kind = static_cast<std::uint8_t>(from.kind);
  to.scale = 0;
  std::memset(to.reserved, 0, sizeof to.reserved);
  to.at = to_abi(from.at);
  if (from.kind != EventKind::field) {
    to.type = 0;
    to.value.bytes = {nullptr, 0};
    return;
  }
  const ScalarType type = from.value.type;
  to.type = static_cast<std::uint8_t>(type);
  // Nearly all values are texts, codes and decimals: told by comparing, which a processor foresees better.
  if (type == ScalarType::text || type == ScalarType::code) {
    to.value.bytes = to_abi(from.value.bytes);
    return;
  }
  switch (type) {
    case ScalarType::decimal:
      to.value.integer = from.value.decimal.coefficient();
      to.scale = static_cast<std::uint8_t>(from.value.decimal.scale());
      break;
    case ScalarType::integer:
      to.value.integer = from.value.integer;
      break;
    case ScalarType::boolean:
      to.value.integer = from.value.boolean ? 1 : 0;
      break;
    case ScalarType::date:
    case ScalarType::time:
    case ScalarType::date_time:
      to.value.when = to_abi(from.value.when);
      break;
    case ScalarType::text:
    case ScalarType::code:
    case ScalarType::binary:
      to.value.bytes = to_abi(from.value.bytes);
      break;
  }
}

/// Whether a coefficient and a scale make a Decimal.
inline bool is_decimal(std::int64_t coefficient, unsigned scale) {
  constexpr std::int64_t limit = 1'000'000'000'000'000'000;  // 10^Decimal::max_digits
  return coefficient > -limit && coefficient < limit && scale <= static_cast<unsigned>(Decimal::max_scale);
}

/// False if the event is none: unknown kind or type, a decimal out of bounds, a boolean that is neither.
/// What the numbers and texts mean is EventChecker's to judge.
inline bool from_abi(const purser_event& from, Event& to) {
  to.kind = static_cast<EventKind>(from.kind);
  to.number = from.number;
  to.at = from_abi(from.at);
  to.value.bytes = {};  // always a valid view, whatever the type: consumers may copy it unasked
  if (from.kind != PURSER_FIELD)
    return from.kind >= PURSER_BEGIN_DOCUMENT && from.kind <= PURSER_END_DOCUMENT;
  to.value.type = static_cast<ScalarType>(from.type);
  if (from.type == PURSER_TYPE_TEXT || from.type == PURSER_TYPE_CODE) {
    to.value.bytes = from_abi(from.value.bytes);
    return from.value.bytes.data != nullptr || from.value.bytes.size == 0;
  }
  switch (from.type) {
    case PURSER_TYPE_DECIMAL:
      if (!is_decimal(from.value.integer, from.scale)) return false;
      to.value.decimal = Decimal(from.value.integer, from.scale);
      return true;
    case PURSER_TYPE_INTEGER:
      to.value.integer = from.value.integer;
      return true;
    case PURSER_TYPE_BOOLEAN:
      to.value.boolean = from.value.integer == 1;
      return (from.value.integer >> 1) == 0;
    case PURSER_TYPE_DATE:
    case PURSER_TYPE_TIME:
    case PURSER_TYPE_DATE_TIME:
      to.value.when = from_abi(from.value.when);
      return true;
    case PURSER_TYPE_BINARY:
      to.value.bytes = from_abi(from.value.bytes);
      return from.value.bytes.data != nullptr || from.value.bytes.size == 0;
    default:
      return false;
  }
}

inline purser_finding to_abi(const Finding& finding) {
  return {sizeof(purser_finding),  static_cast<std::uint32_t>(finding.severity),
          to_abi(finding.at),      to_abi(finding.code),
          to_abi(finding.source),  to_abi(finding.path),
          to_abi(finding.message), to_abi(finding.expected),
          to_abi(finding.remedy)};
}
inline Finding from_abi(const purser_finding& finding) {
  const auto severity = finding.severity >= PURSER_INFO && finding.severity <= PURSER_FATAL
                            ? static_cast<Severity>(finding.severity)
                            : Severity::error;
  return {std::string(from_abi(finding.code)),
          severity,
          from_abi(finding.at),
          std::string(from_abi(finding.source)),
          std::string(from_abi(finding.path)),
          std::string(from_abi(finding.message)),
          std::string(from_abi(finding.expected)),
          std::string(from_abi(finding.remedy))};
}

inline purser_loss to_abi(const Loss& loss) {
  return {sizeof(purser_loss), 0, to_abi(loss.at), to_abi(loss.source), to_abi(loss.value)};
}
inline Loss from_abi(const purser_loss& loss) {
  return {from_abi(loss.at), std::string(from_abi(loss.source)), std::string(from_abi(loss.value))};
}

inline StatusClass class_of(purser_status status) {
  return status >= PURSER_INVALID && status <= PURSER_DEFECT ? static_cast<StatusClass>(status)
                                                             : StatusClass::defect;
}
inline purser_status to_abi(StatusClass what) { return static_cast<purser_status>(what); }

/// A request in the C form; borrows everything from `request`, which must outlive it.
class AbiRequest {
 public:
  explicit AbiRequest(const Request& request) {
    overlays_.reserve(request.overlays.size());
    for (const std::string& overlay : request.overlays) overlays_.push_back(to_abi(overlay));
    abi_ = {sizeof(purser_request),    request.strict ? PURSER_STRICT : 0U,
            to_abi(request.format),    to_abi(request.message),
            to_abi(request.version),   to_abi(request.media_type),
            to_abi(request.file_name), to_abi(request.tenant),
            to_abi(request.partner),   to_abi(request.settings),
            overlays_.data(),          overlays_.size()};
  }
  AbiRequest(const AbiRequest&) = delete;
  AbiRequest& operator=(const AbiRequest&) = delete;
  [[nodiscard]] const purser_request* get() const { return &abi_; }

 private:
  std::vector<purser_text> overlays_;
  purser_request abi_;
};

inline Request from_abi(const purser_request& abi) {
  Request request;
  request.format = from_abi(abi.format);
  request.message = from_abi(abi.message);
  request.version = from_abi(abi.version);
  request.media_type = from_abi(abi.media_type);
  request.file_name = from_abi(abi.file_name);
  request.tenant = from_abi(abi.tenant);
  request.partner = from_abi(abi.partner);
  request.settings = from_abi(abi.settings);
  for (std::size_t i = 0; i < abi.overlay_count; ++i)
    request.overlays.emplace_back(from_abi(abi.overlays[i]));
  request.strict = (abi.options & PURSER_STRICT) != 0;
  return request;
}

/// Whether a member lies inside what the writer of a struct knew of it.
#define PURSER_HAS(table, member) \
  ((table)->size >= offsetof(std::remove_cvref_t<decltype(*(table))>, member) + sizeof((table)->member))

}  // namespace purser::plugin
