#include "connectors/table/derived.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "canonical/event/recorded_events.h"
#include "connectors/table/derived_from.h"

namespace purser::table {
namespace {

using derived::Place;
using derived::Said;

constexpr int money_decimals = 2;  // EN 16931, BR-DEC-23
using Amount = std::optional<Decimal>;

/// The result, or nothing where it would need more digits than there are.
Amount sum(const Amount& a, const Amount& b) {
  if (!a || !b) return std::nullopt;
  const auto result = add(*a, *b);
  return result ? Amount(*result) : std::nullopt;
}

Amount difference(const Amount& a, const Amount& b) { return b ? sum(a, b->negated()) : std::nullopt; }

/// What is known of the line in hand.
struct Line {
  Amount quantity, price, gross_price, base, net;
  Amount extra = Decimal();  ///< charges - allowances
  bool discount = false;     ///< the price says it

  /// Quantity × price ÷ base + extra.
  [[nodiscard]] Amount amount() const {
    if (net || !quantity || !price) return net;
    if (!base) {
      const auto product = multiply(*quantity, *price, money_decimals, Rounding::half_up);
      return product ? sum(*product, extra) : std::nullopt;
    }
    const auto product = multiply(*quantity, *price);
    const auto share = product ? divide(*product, *base, money_decimals, Rounding::half_up) : product;
    return share ? sum(*share, extra) : std::nullopt;
  }
};

struct Totals {
  Amount line_net, tax, gross, payable;
  Amount prepaid = Decimal(), rounding = Decimal();
  bool withheld = false;  ///< then gross and payable differ by it, too
};

/// The group `totals` waits until what it may be computed from has passed: the header, or with sum_in_front
/// the whole document. Everything else passes as it comes.
class Filler : public EventSink {
 public:
  Filler(EventSink& next, Demand demand) : next_(next), demand_(demand) {}

  Outcome push(std::span<const Event> batch) override {
    if (passes(batch)) return next_.push(batch);
    batch_ = batch;
    from_ = 0;
    for (at_ = 0; at_ < batch.size(); ++at_) {
      if (auto done = take(batch[at_]); !done) return done;
    }
    auto done = flush();
    batch_ = {};
    from_ = at_ = 0;
    return done;
  }

 private:
  /// Is there nothing to be done in the batch? Lines come last, and mostly nothing is demanded of them.
  [[nodiscard]] bool passes(std::span<const Event> batch) const {
    if (active_ && (!given_ || demand_.line_amounts || demand_.discounts)) return false;
    return std::ranges::find(batch, EventKind::begin_document, &Event::kind) == batch.end();
  }

  Outcome take(const Event& event) {
    switch (event.kind) {
      case EventKind::begin_document:
        begin(static_cast<DocumentType>(event.number));
        break;
      case EventKind::begin_group:
        open_.push_back(active_ ? numbers_.place(open_.back(), event.number) : Place::elsewhere);
        if (active_ && open_.size() == 2) {
          if (auto done = begin_group(); !done) return done;
        }
        break;
      case EventKind::field:
        if (active_ && open_.back() != Place::elsewhere) note(event);
        break;
      case EventKind::end_group: {
        end_group(event);
        auto done = pass(event);
        in_totals_ = in_totals_ && open_.size() > 1;
        return done;
      }
      case EventKind::end_document:
        if (auto done = end_document(); !done) return done;
    }
    return pass(event);
  }

  /// To the totals that wait; otherwise it goes onward with those around it.
  Outcome pass(const Event& event) {
    if (!in_totals_) return {};
    spill();
    from_ = at_ + 1;
    return totals_events_.push({&event, 1});
  }

  void begin(DocumentType type) {
    const auto* document = find_document(type);
    root_ = document == nullptr ? nullptr : document->root;
    invoice_ = type == DocumentType::invoice;
    const bool order = type == DocumentType::purchase_order || type == DocumentType::order_change;
    active_ = root_ != nullptr && (invoice_ || (order && demand_.sum_in_front));
    if (active_) numbers_.find(root_);
    open_.assign(1, Place::root);
    totals_ = {};
    line_sum_ = tax_ = std::nullopt;
    given_ = holding_ = in_totals_ = false;
  }

  /// One of the document itself.
  Outcome begin_group() {
    in_totals_ = open_.back() == Place::totals;
    if (open_.back() != Place::line) return {};
    line_ = {};
    if (given_ || holding_) return {};
    line_sum_ = Decimal();
    if (!demand_.sum_in_front || totals_.line_net) return give_totals();
    if (auto done = flush(); !done) return done;
    holding_ = true;
    return {};
  }

  void end_group(const Event& event) {
    const Place place = open_.back();
    if (invoice_ && demand_.discounts && place == Place::price && !line_.discount)
      put(place, "discount", difference(line_.gross_price, line_.price), event.at);
    if (place == Place::line) {
      if (invoice_ && demand_.line_amounts && !line_.net) put(place, "net_amount", line_.amount(), event.at);
      if (demand_.sum_in_front) line_sum_ = sum(line_sum_, line_.amount());
    }
    open_.pop_back();
  }

  /// What the field says that something is computed from.
  void note(const Event& event) {
    const auto said = numbers_.value(open_.back(), event.number);
    if (!said) return;
    const Decimal value = event.value.decimal;
    switch (*said) {
      case Said::line_net:
        totals_.line_net = value;
        break;
      case Said::tax:
        totals_.tax = value;
        break;
      case Said::gross:
        totals_.gross = value;
        break;
      case Said::payable:
        totals_.payable = value;
        break;
      case Said::prepaid:
        totals_.prepaid = value;
        break;
      case Said::rounding:
        totals_.rounding = value;
        break;
      case Said::withheld:
        totals_.withheld = true;
        break;
      case Said::subtotal_tax:
        tax_ = tax_ ? sum(tax_, value) : Amount(value);
        break;
      default:
        note_line(*said, value);
    }
  }

  void note_line(Said said, Decimal value) {
    switch (said) {
      case Said::net:
        line_.net = value;
        break;
      case Said::quantity:
        line_.quantity = value;
        break;
      case Said::price:
        line_.price = value;
        break;
      case Said::gross_price:
        line_.gross_price = value;
        break;
      case Said::discount:
        line_.discount = true;
        break;
      case Said::base:
        line_.base = value;
        break;
      case Said::charge:
        line_.extra = sum(line_.extra, value);
        break;
      default:
        line_.extra = difference(line_.extra, value);
    }
  }

  /// A field of a group, if its value is known, before the event at hand.
  void put(Place place, std::string_view name, const Amount& value, const Position& at) {
    const auto* field = numbers_.field_of(place, name);
    if (!value || field == nullptr) return;
    Event event{EventKind::field, field->number, {}, at};
    event.value.type = ScalarType::decimal;
    event.value.decimal = *value;
    spill();
    ready_.push_back(event);
  }

  /// The events of the batch that go onward as they are, up to the one at hand.
  std::span<const Event> run() {
    const auto events = batch_.subspan(from_, at_ - from_);
    from_ = at_;
    return events;
  }

  /// They go behind those that are ready.
  void spill() {
    const auto events = run();
    ready_.insert(ready_.end(), events.begin(), events.end());
  }

  /// The totals as they came, with what follows from the others.
  Outcome give_totals() {
    if (auto done = flush(); !done) return done;
    given_ = true;
    const auto* totals = root_->find("totals");
    const auto add = [this](std::string_view name, const Amount& value) {
      put(Place::totals, name, value, {});
    };
    if (demand_.sum_in_front && !totals_.line_net) add("line_net", line_sum_);
    if (invoice_ && demand_.tax && !totals_.tax) add("tax", tax_);
    if (invoice_ && !totals_.withheld) {
      const Amount paid = difference(totals_.prepaid, totals_.rounding);
      if (demand_.payable && !totals_.payable) add("payable", difference(totals_.gross, paid));
      if (demand_.gross && !totals_.gross) add("gross", sum(totals_.payable, paid));
    }
    const std::vector<Event> more = std::exchange(ready_, {});
    const auto came = totals_events_.events();  // begin, what is in it, end
    if (came.empty() && more.empty()) return {};
    const Event begin{EventKind::begin_group, totals->number, {}, {}};
    const Event end{EventKind::end_group, totals->number, {}, {}};
    auto done = came.empty() ? next_.push({&begin, 1}) : replay(came.first(came.size() - 1), next_);
    if (done && !more.empty()) done = next_.push(more);
    if (done) done = next_.push({came.empty() ? &end : &came.back(), 1});
    totals_events_.clear();
    return done;
  }

  Outcome end_document() {
    if (!active_) return {};
    if (holding_) return release();
    return given_ ? Outcome{} : give_totals();
  }

  /// The sum is known, or will not be: what was held goes on behind the totals.
  Outcome release() {
    if (auto done = hold_ready(); !done) return done;
    holding_ = false;
    if (auto done = give_totals(); !done) return done;
    auto done = replay(held_.events(), next_);
    held_.clear();
    return done;
  }

  Outcome hold_ready() {
    auto done = held_.push(ready_);
    if (done) done = held_.push(run());
    ready_.clear();
    return done;
  }

  /// All before the event at hand goes onward.
  Outcome flush() {
    if (ready_.empty() && from_ == at_) return {};
    if (!holding_) {
      if (ready_.empty()) return next_.push(run());
      spill();
      auto done = next_.push(ready_);
      ready_.clear();
      return done;
    }
    if (auto done = hold_ready(); !done || held_.events().size() <= max_held_events) return done;
    line_sum_.reset();
    return release();
  }

  EventSink& next_;
  Demand demand_;
  const GroupDescriptor* root_ = nullptr;
  bool invoice_ = false, active_ = false;
  derived::Numbers numbers_;
  std::vector<Place> open_{Place::elsewhere};  ///< groups, the root first
  Line line_;
  Totals totals_;
  Amount line_sum_;         ///< of the lines so far; nothing without lines, or once one of them is not known
  Amount tax_;              ///< of the subtotals
  bool in_totals_ = false;  ///< the group is open, and waits
  bool given_ = false;      ///< it has been passed on
  bool holding_ = false;    ///< lines wait for it
  std::span<const Event> batch_;
  std::size_t at_ = 0, from_ = 0;  ///< of the batch: the event at hand, and the first that has not gone on
  std::vector<Event> ready_;       ///< those before it, where something was put between
  RecordedEvents totals_events_, held_;
};

}  // namespace

std::unique_ptr<EventSink> fill_derived(EventSink& next, Demand demand) {
  return std::make_unique<Filler>(next, demand);
}

}  // namespace purser::table
