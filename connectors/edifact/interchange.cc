#include "connectors/edifact/interchange.h"

#include <chrono>
#include <cstdio>

namespace purser::edifact {
namespace {

constexpr std::size_t max_reference = 14;          ///< 0062: an..14
constexpr std::size_t max_remembered = 1'000'000;  ///< message references; more are not compared, only counted

bool same(const Party& a, const Party& b) {
  return a.id == b.id && a.qualifier == b.qualifier && a.internal == b.internal;
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

Outcome InterchangeSink::open(std::string_view name, const Position& at) {
  in_header_ = name == "UNH";
  if (in_header_) {
    if (auto done = begin_interchange(at); !done) return done;
  }
  return writer_.open(name, at);
}

Outcome InterchangeSink::leaf(const map::LeafAddress& where, std::string_view text, const Position& at) {
  if (in_header_ && where.element == 2 && where.component == 1) subset_ = text != "CONTRL";
  const bool association = in_header_ && where.element == 2 && where.component == 5;
  if (association && subset_ && !settings_.association.empty()) return {};
  return writer_.leaf(where, text, at);
}

Outcome InterchangeSink::close(const Position& at) {
  if (in_header_ && subset_ && !settings_.association.empty()) {
    if (auto done = writer_.leaf({{}, 2, 5, 1}, settings_.association, at); !done) return done;
  }
  in_header_ = false;
  return writer_.close(at);
}

Outcome InterchangeSink::refuse(const Position& at, std::string message) {
  notes_.finding(make_finding("EDIFACT-0052", at, message));
  return std::unexpected(Status{StatusClass::invalid, "EDIFACT-0052", std::move(message)});
}

Outcome InterchangeSink::begin_interchange(const Position& at) {
  Interchange next = told_;
  if (!settings_.sender.id.empty()) next.sender = settings_.sender;
  if (!settings_.recipient.id.empty()) next.recipient = settings_.recipient;
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
  if (next.reference.empty()) next.reference = "1";
  next.separators = settings_.write.separators;
  next.syntax = settings_.syntax;
  next.version = settings_.syntax_version;
  set_time(next, preparation_.now, settings_.syntax_version);
  if (!settings_.application.empty()) next.application = settings_.application;
  if (!settings_.agreement.empty()) next.agreement = settings_.agreement;
  if (settings_.acknowledgement) next.acknowledgement = "1";
  if (settings_.test) next.test = "1";
  open_ = true;
  open_sender_ = next.sender;
  open_recipient_ = next.recipient;
  return writer_.begin_interchange(next);
}

std::string InterchangeSink::message_reference(const std::string& own) {
  ++messages_;
  std::string reference = own;
  if (reference.empty() || reference.size() > max_reference || references_.contains(reference)) {
    reference = std::to_string(messages_);
    while (references_.contains(reference)) reference = std::to_string(++messages_);
  }
  if (references_.size() < max_remembered) references_.insert(reference);
  return reference;
}

}  // namespace purser::edifact
