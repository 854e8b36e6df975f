#include "connectors/edifact/interchange.h"

#include <chrono>
#include <cstdio>

namespace purser::edifact {
namespace {

constexpr std::size_t max_reference = 14;          ///< 0020 and 0062: an..14
constexpr std::size_t max_remembered = 1'000'000;  ///< message references; more are not compared, only counted

bool same(const Party& a, const Party& b) {
  return a.id == b.id && a.qualifier == b.qualifier && a.internal == b.internal;
}

/// The first that says who.
const Party& first(const Party& a, const Party& b, const Party& c) {
  if (!a.id.empty()) return a;
  return b.id.empty() ? c : b;
}

void set_time(Interchange& interchange, std::int64_t now, unsigned version) {
  const std::chrono::sys_time<std::chrono::nanoseconds> at{std::chrono::nanoseconds(now)};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(at - day).count();
  const int year = static_cast<int>(date.year());
  char text[32];
  if (version >= 4) {
    std::snprintf(text, sizeof text, "%04d%02u%02u", year, unsigned(date.month()), unsigned(date.day()));
  } else {
    std::snprintf(text, sizeof text, "%02d%02u%02u", year % 100, unsigned(date.month()), unsigned(date.day()));
  }
  interchange.date = text;
  std::snprintf(text, sizeof text, "%02d%02d", static_cast<int>(minutes / 60), static_cast<int>(minutes % 60));
  interchange.time = text;
}

}  // namespace

void InterchangeSink::parties(Party sender, Party recipient) {
  sender_ = std::move(sender);
  recipient_ = std::move(recipient);
  given_ = Interchange{};
  given_message_.clear();
}

Outcome InterchangeSink::open(std::string_view name, const Position& at) {
  segment_ = name == "UNB" ? Segment::interchange : name == "UNH" ? Segment::message : Segment::other;
  if (segment_ == Segment::interchange) return {};
  if (segment_ == Segment::message) {
    given_message_.clear();
    if (auto done = begin_interchange(at); !done) return done;
  }
  return writer_.open(name, at);
}

Outcome InterchangeSink::leaf(const map::LeafAddress& where, std::string_view text, const Position& at) {
  if (segment_ == Segment::message) {
    if (where.element == 1) {
      given_message_ = text;
      return {};
    }
    if (where.element == 2 && where.component == 5 && !settings_.association.empty()) return {};
  }
  if (segment_ != Segment::interchange) return writer_.leaf(where, text, at);
  const auto party = [&](Party& into) {
    (where.component == 1 ? into.id : where.component == 2 ? into.qualifier : into.internal) = text;
  };
  switch (where.element) {
    case 2: party(given_.sender); break;
    case 3: party(given_.recipient); break;
    case 5: given_.reference = text; break;
    case 6: given_.password = text; break;
    case 7: given_.application = text; break;
    case 8: given_.priority = text; break;
    case 9: given_.acknowledgement = text; break;
    case 10: given_.agreement = text; break;
    case 11: given_.test = text; break;
    default: break;
  }
  return {};
}

Outcome InterchangeSink::close(const Position& at) {
  if (segment_ == Segment::interchange) return {};
  if (segment_ == Segment::message) {
    if (auto done = writer_.leaf({{}, 1, 1, 1}, message_reference(), at); !done) return done;
    if (!settings_.association.empty()) {
      if (auto done = writer_.leaf({{}, 2, 5, 1}, settings_.association, at); !done) return done;
    }
  }
  return writer_.close(at);
}

Outcome InterchangeSink::refuse(const Position& at, std::string message) {
  notes_.finding(make_finding("EDIFACT-0052", at, message));
  return std::unexpected(Status{StatusClass::invalid, "EDIFACT-0052", std::move(message)});
}

Outcome InterchangeSink::begin_interchange(const Position& at) {
  Interchange next = given_;
  next.sender = first(settings_.sender, given_.sender, sender_);
  next.recipient = first(settings_.recipient, given_.recipient, recipient_);
  if (next.sender.id.empty()) return refuse(at, "nothing tells the sender of the interchange");
  if (next.recipient.id.empty()) return refuse(at, "nothing tells the recipient of the interchange");
  if (open_ && same(next.sender, open_sender_) && same(next.recipient, open_recipient_)) return {};
  if (open_) {
    if (auto done = writer_.end_interchange(); !done) return done;
  }
  auto fresh = preparation_.next_reference(next.recipient);
  if (!fresh) return std::unexpected(fresh.error());
  if (!fresh->empty()) next.reference = *fresh;
  else if (!settings_.control_reference.empty()) next.reference = settings_.control_reference;
  if (next.reference.empty() || next.reference.size() > max_reference) next.reference = "1";
  next.separators = settings_.write.separators;
  next.syntax = settings_.syntax;
  next.version = settings_.syntax_version;
  set_time(next, preparation_.now, settings_.syntax_version);
  if (!settings_.application.empty()) next.application = settings_.application;
  if (!settings_.agreement.empty()) next.agreement = settings_.agreement;
  // "1" is the only value of these two.
  next.acknowledgement = settings_.acknowledgement || next.acknowledgement == "1" ? "1" : "";
  next.test = settings_.test || next.test == "1" ? "1" : "";
  open_ = true;
  open_sender_ = next.sender;
  open_recipient_ = next.recipient;
  references_.clear();
  messages_ = 0;
  return writer_.begin_interchange(next);
}

std::string InterchangeSink::message_reference() {
  ++messages_;
  std::string reference = given_message_;
  if (reference.empty() || reference.size() > max_reference || references_.contains(reference)) {
    reference = std::to_string(messages_);
    while (references_.contains(reference)) reference = std::to_string(++messages_);
  }
  if (references_.size() < max_remembered) references_.insert(reference);
  return reference;
}

}  // namespace purser::edifact
