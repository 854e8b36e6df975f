#include "connectors/cii/settlement.h"

#include <algorithm>
#include <optional>

namespace purser::cii {
namespace {

const std::uint16_t type_number = invoice_field("payment_means", "type");
const std::uint16_t remittance_number = invoice_field("payment_means", "remittance_information");
const std::uint16_t other_remittance_number = invoice_field("payment_means", "other_remittance_information");
const std::uint16_t mandate_number = invoice_field("payment_means", "mandate_id");
const std::uint16_t term_due_number = invoice_field("payment_terms", "due_date");
const std::uint16_t due_number = invoice_field("due_date");
const std::uint16_t invoice_type_number = invoice_field("preceding_invoices", "type");
constexpr std::string_view plain_invoice = "380";

using Element = std::span<const Event>;

/// The field of the element itself; null if it has none.
const Event* find(Element element, std::uint16_t number) {
  unsigned depth = 0;
  for (const Event& event : element) {
    if (event.kind == EventKind::begin_group) ++depth;
    if (event.kind == EventKind::end_group) --depth;
    if (depth == 1 && event.kind == EventKind::field && event.number == number) return &event;
  }
  return nullptr;
}

/// True if there is nothing in the element but what the table puts beside the real means.
bool is_bare(Element means) {
  return std::ranges::all_of(means.subspan(1, means.size() - 2), [](const Event& event) {
    return event.kind == EventKind::field &&
           (event.number == remittance_number || event.number == other_remittance_number ||
            event.number == mandate_number);
  });
}

/// Direct debit and SEPA direct debit (UNTDID 4461).
bool is_direct_debit(Element means) {
  const Event* type = find(means, type_number);
  return type != nullptr && (type->value.bytes == "49" || type->value.bytes == "59");
}

/// The element without some fields of its own and with others before its end.
std::vector<Event> changed(Element element, std::span<const std::uint16_t> without,
                           std::span<const Event> with) {
  std::vector<Event> made;
  unsigned depth = 0;
  for (const Event& event : element.first(element.size() - 1)) {
    if (event.kind == EventKind::begin_group) ++depth;
    const bool own = depth == 1 && event.kind == EventKind::field;
    if (event.kind == EventKind::end_group) --depth;
    if (!own || std::ranges::find(without, event.number) == without.end()) made.push_back(event);
  }
  made.insert(made.end(), with.begin(), with.end());
  made.push_back(element.back());
  return made;
}

Event group(EventKind kind, std::uint16_t number, const Position& at) {
  Event event;
  event.kind = kind;
  event.number = number;
  event.at = at;
  return event;
}

bool same_day(const Event& one, const Event& other) { return one.value.when.date == other.value.when.date; }

}  // namespace

HeldPayment::HeldPayment()
    : means_number(invoice_field("payment_means")),
      terms_number(invoice_field("payment_terms")),
      invoices_number(invoice_field("preceding_invoices")) {}

Outcome HeldPayment::take(const Event& event, bool top, bool* taken) {
  if (open == nullptr && top && event.kind == EventKind::begin_group) {
    if (event.number == means_number) open = &means;
    if (event.number == terms_number) open = &terms;
    if (event.number == invoices_number) open = &invoices;
  }
  *taken = open != nullptr;
  if (open == nullptr) return {};
  auto done = open->push({&event, 1});
  if (top && event.kind == EventKind::end_group) open = nullptr;
  return done;
}

std::vector<Element> HeldPayment::elements(const RecordedEvents& list) {
  std::vector<Element> all;
  const auto events = list.events();
  unsigned depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (events[i].kind == EventKind::begin_group && depth++ == 0) begin = i;
    if (events[i].kind == EventKind::end_group && --depth == 0)
      all.push_back(events.subspan(begin, i + 1 - begin));
  }
  return all;
}

void HeldPayment::clear() {
  means.clear();
  terms.clear();
  invoices.clear();
}

SettlementReading::SettlementReading(DocumentSink& out) : out_(out) {}

Outcome SettlementReading::push(std::span<const Event> batch) {
  std::size_t passed = 0;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const bool top = top_.step(batch[i]);
    bool taken = false;
    if (auto done = held_.take(batch[i], top, &taken); !done) return done;
    const bool ends = batch[i].kind == EventKind::end_document;
    if (!taken && !ends) continue;
    if (i > passed) {
      if (auto done = out_.push(batch.subspan(passed, i - passed)); !done) return done;
    }
    passed = taken ? i + 1 : i;
    if (!ends) continue;
    if (auto done = flush(); !done) return done;
  }
  return passed < batch.size() ? out_.push(batch.subspan(passed)) : Outcome{};
}

Outcome SettlementReading::flush() {
  if (auto done = flush_means(); !done) return done;
  if (auto done = flush_terms(); !done) return done;
  if (auto done = flush_invoices(); !done) return done;
  held_.clear();
  return {};
}

/// The type of a plain invoice says only that it stood among the additional documents.
Outcome SettlementReading::flush_invoices() {
  for (const Element invoice : HeldPayment::elements(held_.invoices)) {
    const Event* type = find(invoice, invoice_type_number);
    const bool plain = type != nullptr && type->value.bytes == plain_invoice;
    if (auto done = out_.push(plain ? changed(invoice, std::span(&invoice_type_number, 1), {})
                                    : std::vector<Event>(invoice.begin(), invoice.end()));
        !done)
      return done;
  }
  return {};
}

Outcome SettlementReading::flush_means() {
  std::vector<Event> once, mandate;  // what belongs to all of them, and what to direct debits
  std::vector<Element> real;
  for (const Element means : HeldPayment::elements(held_.means)) {
    if (!is_bare(means)) {
      real.push_back(means);
      continue;
    }
    for (const Event& event : means.subspan(1, means.size() - 2))
      (event.number == mandate_number ? mandate : once).push_back(event);
  }
  const bool any_debit = std::ranges::any_of(real, is_direct_debit);
  for (const Element means : real) {
    std::vector<Event> with = once;
    if (!any_debit || is_direct_debit(means)) with.insert(with.end(), mandate.begin(), mandate.end());
    if (auto done = out_.push(changed(means, {}, with)); !done) return done;
  }
  if (!real.empty() || (once.empty() && mandate.empty())) return {};
  once.insert(once.end(), mandate.begin(), mandate.end());
  const Position at = once.front().at;
  once.insert(once.begin(), group(EventKind::begin_group, held_.means_number, at));
  once.push_back(group(EventKind::end_group, held_.means_number, at));
  return out_.push(once);
}

Outcome SettlementReading::flush_terms() {
  const auto all = HeldPayment::elements(held_.terms);
  const Event* due = nullptr;
  bool several = false;
  for (const Element terms : all) {
    const Event* own = find(terms, term_due_number);
    if (own == nullptr) continue;
    if (due != nullptr && !same_day(*own, *due)) several = true;
    if (due == nullptr) due = own;
  }
  const bool lifted = due != nullptr && !several;
  for (const Element terms : all) {
    const auto left = lifted ? changed(terms, std::span(&term_due_number, 1), {})
                             : std::vector<Event>(terms.begin(), terms.end());
    constexpr std::size_t begin_and_end = 2;
    if (left.size() <= begin_and_end) continue;
    if (auto done = out_.push(left); !done) return done;
  }
  if (!lifted) return {};
  Event event = *due;
  event.number = due_number;
  return out_.push({&event, 1});
}

SettlementWriting::SettlementWriting(EventSink& next) : next_(next) {}

Outcome SettlementWriting::push(std::span<const Event> batch) {
  static const std::uint16_t lines = invoice_field("lines");
  for (const Event& event : batch) {
    const bool top = top_.step(event);
    if (event.kind == EventKind::begin_document) flushed_ = false;
    const bool header_ends = event.kind == EventKind::end_document ||
                             (top && event.kind == EventKind::begin_group && event.number == lines);
    if (header_ends && !flushed_) {
      flushed_ = true;
      if (auto done = flush(); !done) return done;
    }
    bool taken = false;
    if (auto done = held_.take(event, top, &taken); !done) return done;
    if (taken) continue;
    const bool is_due = top && event.kind == EventKind::field && event.number == due_number;
    if (auto done = is_due ? due_.push({&event, 1}) : next_.push({&event, 1}); !done) return done;
  }
  return {};
}

Outcome SettlementWriting::flush() {
  const auto means = HeldPayment::elements(held_.means);
  mandate_ = std::ranges::any_of(means, [](Element each) { return find(each, mandate_number) != nullptr; });
  for (const std::uint16_t field : {remittance_number, mandate_number}) {
    if (auto done = lift(field); !done) return done;
  }
  if (auto done = next_.push(held_.means.events()); !done) return done;
  if (auto done = flush_terms(); !done) return done;
  if (auto done = flush_invoices(); !done) return done;
  held_.clear();
  due_.clear();
  return {};
}

/// The last one goes where EN 16931-3-3 has it; those before it get a type, by which the table tells them.
Outcome SettlementWriting::flush_invoices() {
  auto all = HeldPayment::elements(held_.invoices);
  for (const Element& invoice : all) {
    const bool typed = &invoice == &all.back() || find(invoice, invoice_type_number) != nullptr;
    Event type = group(EventKind::field, invoice_type_number, invoice.front().at);
    type.value.type = ScalarType::code;
    type.value.bytes = plain_invoice;
    if (auto done = next_.push(typed ? std::vector<Event>(invoice.begin(), invoice.end())
                                     : changed(invoice, {}, std::span(&type, 1)));
        !done)
      return done;
  }
  return {};
}

/// The field's value as means of its own before the others, which lose it where it is the same.
Outcome SettlementWriting::lift(std::uint16_t field) {
  const auto all = HeldPayment::elements(held_.means);
  const Event* value = nullptr;
  for (const Element means : all) {
    if (value == nullptr) value = find(means, field);
  }
  if (value == nullptr) return {};
  const Event alone[] = {group(EventKind::begin_group, held_.means_number, value->at), *value,
                         group(EventKind::end_group, held_.means_number, value->at)};
  RecordedEvents left;
  for (const Element means : all) {
    const Event* own = find(means, field);
    const bool same = own != nullptr && own->value.bytes == value->value.bytes;
    const auto rest =
        same ? changed(means, std::span(&field, 1), {}) : std::vector<Event>(means.begin(), means.end());
    if (auto done = left.push(rest); !done) return done;
  }
  if (auto done = next_.push(alone); !done) return done;
  held_.means = std::move(left);
  return {};
}

Outcome SettlementWriting::flush_terms() {
  auto all = HeldPayment::elements(held_.terms);
  const Event empty[] = {group(EventKind::begin_group, held_.terms_number, {}),
                         group(EventKind::end_group, held_.terms_number, {})};
  if (all.empty() && (mandate_ || !due_.events().empty())) all.emplace_back(empty);
  std::optional<Event> due;
  if (!due_.events().empty()) {
    due = due_.events().front();
    due->number = term_due_number;
  }
  for (const Element terms : all) {
    const bool free = due && find(terms, term_due_number) == nullptr;
    if (auto done = next_.push(free ? changed(terms, {}, std::span(&*due, 1))
                                    : std::vector<Event>(terms.begin(), terms.end()));
        !done)
      return done;
    if (free) due.reset();
  }
  return due ? next_.push(due_.events()) : Outcome{};  // all terms have their own: the encoder tells
}

}  // namespace purser::cii
