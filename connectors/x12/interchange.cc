#include "connectors/x12/interchange.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "connectors/x12/version.h"

namespace purser::x12 {
namespace {

constexpr std::uint64_t last_control = 999'999'999;  ///< I12, 28 and 329 have nine digits
constexpr std::string_view interchange_acknowledgement = "TA1";

/// A tag as a number, which is compared in one go.
constexpr std::uint32_t code_of(std::string_view tag) {
  std::uint32_t code = 0;
  for (const char c : tag.substr(0, 4)) code = code << 8 | static_cast<unsigned char>(c);
  return code;
}

/// Where a value may stand without saying whose code it is, X12 demands the qualifier (P notes).
struct Completion {
  std::uint32_t tag;
  std::uint16_t value, qualifier;
  std::string_view code;
};
constexpr Completion completions[] = {
    {code_of("ACK"), 5, 4, "067"}, {code_of("CAD"), 8, 7, "BM"}, {code_of("N1"), 4, 3, "ZZ"},
    {code_of("NM1"), 9, 8, "ZZ"},  {code_of("TD5"), 3, 2, "ZZ"}, {code_of("TXI"), 5, 4, "VD"},
    {code_of("TD1"), 7, 6, "G"},   {code_of("SAC"), 7, 6, "Z"},  {code_of("FOB"), 5, 4, "01"}};

bool lacks_qualifier(const map::Segment& whole) {
  const std::uint32_t tag = code_of(whole.tag);
  for (const Completion& each : completions) {
    if (each.tag != tag) continue;
    const auto there = [&](std::uint16_t element) {
      return std::ranges::any_of(whole.values, [element](const map::SegmentValue& value) {
        return value.where.element == element && !value.text.empty();
      });
    };
    return there(each.value) && !there(each.qualifier);
  }
  return false;
}

constexpr std::uint16_t advice_text = 2;    ///< TED02
constexpr std::size_t longest_advice = 60;  ///< element 3
constexpr std::size_t longest_note = 80;    ///< element 352

/// Bytes of the text up to `most`, no character cut in two; at least one character.
std::size_t characters_within(std::string_view text, std::size_t most) {
  std::size_t end = std::min(text.size(), most);
  while (end > 1 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return end;
}

bool same(const Party& a, const Party& b) { return a.id == b.id && a.qualifier == b.qualifier; }

struct Stamp {
  std::string date, time;  ///< CCYYMMDD, HHMM
};

Stamp stamp(std::int64_t now) {
  const std::chrono::sys_time<std::chrono::nanoseconds> at{std::chrono::nanoseconds(now)};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(at - day).count();
  return {fmt::format("{:04}{:02}{:02}", static_cast<int>(date.year()), unsigned(date.month()),
                      unsigned(date.day())),
          fmt::format("{:02}{:02}", minutes / 60, minutes % 60)};
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 9 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The number a document came under, where there is one and it is not the second of its kind.
std::string own_number(const std::string& told, std::uint64_t count) {
  return count == 1 && is_number(told) ? told : std::to_string(count);
}

}  // namespace

void InterchangeSink::begin(std::string type, std::string version, const HeaderFields& header) {
  type_ = std::move(type);
  version_ = std::move(version);
  header_ = &header;
  opened_ = false;
}

Outcome InterchangeSink::open(std::string_view name, const Position& at) {
  if (!opened_) {
    if (auto done = open_document(at); !done) return done;
    opened_ = true;
  }
  tag_ = name;
  there_ = 0;
  return writer_.open(name, at);
}

/// Most segments are written as they come.
Outcome InterchangeSink::segment(const map::Segment& whole) {
  const bool changes = !opened_ || whole.tag == "TED" || lacks_qualifier(whole);
  return changes ? SyntaxSink::segment(whole) : writer_.segment(whole);
}

Outcome InterchangeSink::leaf(const map::LeafAddress& where, std::string_view text, const Position& at) {
  if (where.element < 32 && !text.empty()) there_ |= 1U << where.element;
  if (tag_ == "TED" && where.element == advice_text && text.size() > longest_advice) {
    const std::size_t cut = characters_within(text, longest_advice);
    rest_ = text.substr(cut);
    text = text.substr(0, cut);
  }
  return writer_.leaf(where, text, at);
}

Outcome InterchangeSink::close(const Position& at) {
  for (const Completion& each : completions) {
    const bool wanted = (there_ >> each.value & 1U) != 0 && (there_ >> each.qualifier & 1U) == 0;
    if (each.tag != code_of(tag_) || !wanted) continue;
    if (auto done = writer_.leaf({{}, each.qualifier, 1, 1}, each.code, at); !done) return done;
  }
  return rest_.empty() ? writer_.close(at) : close_with_rest(at);
}

/// TED02 holds 60 characters; what is left stands in NTE behind it.
Outcome InterchangeSink::close_with_rest(const Position& at) {
  if (auto done = writer_.close(at); !done) return done;
  std::string_view left = rest_;
  while (!left.empty()) {
    const std::size_t cut = characters_within(left, longest_note);
    if (auto done = writer_.open("NTE", at); !done) return done;
    if (auto done = writer_.leaf({{}, 2, 1, 1}, left.substr(0, cut), at); !done) return done;
    if (auto done = writer_.close(at); !done) return done;
    left.remove_prefix(cut);
  }
  rest_.clear();
  return {};
}

Outcome InterchangeSink::refuse(const Position& at, std::string message) {
  notes_.finding(make_finding("X12-0052", at, message));
  return std::unexpected(Status{StatusClass::invalid, "X12-0052", std::move(message)});
}

std::expected<std::string, Status> InterchangeSink::number(const std::string& sequence, std::uint64_t last,
                                                           std::string otherwise) {
  const auto next = preparation_.next(sequence, last);
  if (!next) return std::unexpected(next.error());
  return *next == 0 ? std::move(otherwise) : std::to_string(*next);
}

Outcome InterchangeSink::open_document(const Position& at) {
  const Addressing told = header_->addressing();
  if (auto done = open_interchange(told, at); !done) return done;
  // TA1 stands in the interchange itself.
  if (type_ == interchange_acknowledgement) return {};
  if (auto done = open_group(told); !done) return done;
  return open_transaction(told);
}

Outcome InterchangeSink::open_interchange(const Addressing& told, const Position& at) {
  Interchange next;
  next.sender = settings_.sender.id.empty() ? told.sender : settings_.sender;
  next.recipient = settings_.recipient.id.empty() ? told.recipient : settings_.recipient;
  if (next.sender.id.empty()) return refuse(at, "nothing tells the sender of the interchange");
  if (next.recipient.id.empty()) return refuse(at, "nothing tells the recipient of the interchange");
  if (interchange_open_ && same(next.sender, sender_) && same(next.recipient, recipient_)) return {};
  std::string own = !settings_.control_number.empty() ? settings_.control_number
                    : is_number(told.control)         ? told.control
                                                      : "1";
  const auto control = number("interchange/" + next.recipient.id, last_control, std::move(own));
  if (!control) return std::unexpected(control.error());
  const Stamp now = stamp(preparation_.now);
  next.control = *control;
  if (!told.password.empty()) {
    next.security_qualifier = "01";
    next.security = told.password;
  }
  next.date = now.date.substr(2);
  next.time = now.time;
  next.version = interchange_version(version_);
  next.acknowledgement = settings_.acknowledgement_requested;
  next.usage = settings_.test || told.test ? "T" : "P";
  interchange_open_ = true;
  group_open_ = false;
  sender_ = next.sender;
  recipient_ = next.recipient;
  return writer_.begin_interchange(next);
}

Outcome InterchangeSink::open_group(const Addressing& told) {
  const auto first = [](std::initializer_list<std::string_view> names) {
    const auto* found = std::ranges::find_if_not(names, &std::string_view::empty);
    return std::string(found == names.end() ? std::string_view{} : *found);
  };
  const std::string sender = first({settings_.group_sender, told.group_sender, sender_.id});
  const std::string recipient = first({settings_.group_recipient, told.group_recipient, recipient_.id});
  const std::string type(group_of(type_));
  if (group_open_ && type == group_type_ && version_ == group_version_ && sender == group_sender_ &&
      recipient == group_recipient_) {
    return {};
  }
  const auto control = number("group/" + recipient_.id, last_control, own_number(told.group, ++groups_));
  if (!control) return std::unexpected(control.error());
  const Stamp now = stamp(preparation_.now);
  Group next;
  next.type = group_type_ = type;
  next.sender.id = group_sender_ = sender;
  next.recipient.id = group_recipient_ = recipient;
  next.date = told.issued.empty() ? now.date : told.issued;
  next.time = now.time;
  next.control = *control;
  next.version = group_version_ = version_;
  group_open_ = true;
  transactions_ = 0;
  return writer_.begin_group(next);
}

Outcome InterchangeSink::open_transaction(const Addressing& told) {
  const auto control =
      number("transaction/" + recipient_.id, last_control, own_number(told.transaction, ++transactions_));
  if (!control) return std::unexpected(control.error());
  Transaction next;
  next.type = type_;
  next.control = fmt::format("{:0>4}", *control);
  // From 005010 on the convention stands in ST, too.
  if (version_.size() > 6 && version_ >= "005010") next.convention = version_;
  return writer_.begin_transaction(next);
}

}  // namespace purser::x12
