#include "connectors/table/derived.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "canonical/event/recorded_events.h"

namespace purser::table {
namespace {

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
    ready_.clear();
    for (const Event& event : batch) {
      if (auto done = take(event); !done) return done;
    }
    return flush();
  }

 private:
  Outcome take(const Event& event) {
    switch (event.kind) {
      case EventKind::begin_document:
        begin(static_cast<DocumentType>(event.number));
        break;
      case EventKind::begin_group:
        if (auto done = begin_group(event); !done) return done;
        break;
      case EventKind::field:
        if (active_) note(event);
        break;
      case EventKind::end_group:
        return end_group(event);
      case EventKind::end_document:
        if (auto done = end_document(); !done) return done;
    }
    return pass(event);
  }

  /// To the totals that wait, or onward.
  Outcome pass(const Event& event) {
    if (in_totals_) return totals_events_.push({&event, 1});
    ready_.push_back(event);
    return {};
  }

  void begin(DocumentType type) {
    const auto* document = find_document(type);
    root_ = document == nullptr ? nullptr : document->root;
    invoice_ = type == DocumentType::invoice;
    const bool order = type == DocumentType::purchase_order || type == DocumentType::order_change;
    active_ = root_ != nullptr && (invoice_ || (order && demand_.sum_in_front));
    groups_.assign(1, root_);
    way_.clear();
    totals_ = {};
    line_sum_ = tax_ = std::nullopt;
    given_ = holding_ = in_totals_ = false;
  }

  Outcome begin_group(const Event& event) {
    const auto* group = groups_.back();
    const auto* field = group == nullptr ? nullptr : group->find(event.number);
    groups_.push_back(field == nullptr ? nullptr : field->group);
    way_.push_back(field == nullptr ? std::string_view() : field->name);
    if (!active_ || way_.size() > 1) return {};
    in_totals_ = is({"totals"});
    if (!is({"lines"})) return {};
    line_ = {};
    if (given_ || holding_) return {};
    line_sum_ = Decimal();
    if (!demand_.sum_in_front || totals_.line_net) return give_totals();
    if (auto done = flush(); !done) return done;
    holding_ = true;
    return {};
  }

  Outcome end_group(const Event& event) {
    if (active_ && invoice_ && demand_.discounts && is({"lines", "price"}) && !line_.discount)
      put("discount", difference(line_.gross_price, line_.price), event.at);
    if (active_ && is({"lines"})) {
      if (invoice_ && demand_.line_amounts && !line_.net) put("net_amount", line_.amount(), event.at);
      line_sum_ = sum(line_sum_, line_.amount());
    }
    groups_.pop_back();
    way_.pop_back();
    auto done = pass(event);
    in_totals_ = in_totals_ && !way_.empty();
    return done;
  }

  /// What the field says that something is computed from.
  void note(const Event& event) {
    const auto* group = groups_.back();
    const auto* field = group == nullptr || way_.empty() ? nullptr : group->find(event.number);
    if (field == nullptr || field->type != ScalarType::decimal) return;
    const Decimal value = event.value.decimal;
    const std::string_view name = field->name;
    if (way_.front() == "lines") return note_line(name, value);
    if (is({"tax_subtotals"}) && name == "tax_amount") tax_ = tax_ ? sum(tax_, value) : Amount(value);
    if (!is({"totals"})) return;
    if (name == "line_net") totals_.line_net = value;
    if (name == "tax") totals_.tax = value;
    if (name == "gross") totals_.gross = value;
    if (name == "payable") totals_.payable = value;
    if (name == "prepaid") totals_.prepaid = value;
    if (name == "rounding") totals_.rounding = value;
    if (name == "withheld") totals_.withheld = true;
  }

  void note_line(std::string_view name, Decimal value) {
    if (way_.size() == 1) {
      if (name == "net_amount") line_.net = value;
      return;
    }
    if (is({"lines", "quantity"}) && name == "value") line_.quantity = value;
    if (is({"lines", "price"}) && name == "amount") line_.price = value;
    if (is({"lines", "price"}) && name == "gross_amount") line_.gross_price = value;
    if (is({"lines", "price"}) && name == "discount") line_.discount = true;
    if (is({"lines", "price", "base_quantity"}) && name == "value") line_.base = value;
    if (is({"lines", "charges"}) && name == "amount") line_.extra = sum(line_.extra, value);
    if (is({"lines", "allowances"}) && name == "amount") line_.extra = difference(line_.extra, value);
  }

  [[nodiscard]] bool is(std::initializer_list<std::string_view> way) const {
    return std::ranges::equal(way_, way);
  }

  /// A field of the group in hand, if its value is known.
  void put(std::string_view name, const Amount& value, const Position& at) {
    const auto* field = groups_.back() == nullptr ? nullptr : groups_.back()->find(name);
    if (!value || field == nullptr) return;
    Event event{EventKind::field, field->number, {}, at};
    event.value.type = ScalarType::decimal;
    event.value.decimal = *value;
    ready_.push_back(event);
  }

  /// The totals as they came, with what follows from the others.
  Outcome give_totals() {
    if (auto done = flush(); !done) return done;
    given_ = true;
    const auto* totals = root_->find("totals");
    groups_.push_back(totals->group);
    if (demand_.sum_in_front && !totals_.line_net) put("line_net", line_sum_, {});
    if (invoice_ && demand_.tax && !totals_.tax) put("tax", tax_, {});
    if (invoice_ && !totals_.withheld) {
      const Amount paid = difference(totals_.prepaid, totals_.rounding);
      if (demand_.payable && !totals_.payable) put("payable", difference(totals_.gross, paid), {});
      if (demand_.gross && !totals_.gross) put("gross", sum(totals_.payable, paid), {});
    }
    groups_.pop_back();
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
    ready_.clear();
    return done;
  }

  Outcome flush() {
    if (ready_.empty()) return {};
    if (!holding_) {
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
  std::vector<const GroupDescriptor*> groups_;  ///< open ones, the root first; null where a number is unknown
  std::vector<std::string_view> way_;           ///< their fields' names, without the root
  Line line_;
  Totals totals_;
  Amount line_sum_;         ///< of the lines so far; nothing without lines, or once one of them is not known
  Amount tax_;              ///< of the subtotals
  bool in_totals_ = false;  ///< the group is open, and waits
  bool given_ = false;      ///< it has been passed on
  bool holding_ = false;    ///< lines wait for it
  std::vector<Event> ready_;  ///< of the batch in hand, with what was put between
  RecordedEvents totals_events_, held_;
};

}  // namespace

std::unique_ptr<EventSink> fill_derived(EventSink& next, Demand demand) {
  return std::make_unique<Filler>(next, demand);
}

}  // namespace purser::table
