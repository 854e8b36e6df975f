#include "connectors/cxml/portions.h"

#include <algorithm>
#include <string>
#include <utility>

#include "connectors/table/held_syntax.h"

namespace purser::cxml {
namespace {

using Names = std::string_view;

constexpr Names order_heads[] = {"InvoiceDetailOrderInfo", "InvoiceDetailReceiptInfo",
                                 "InvoiceDetailShipNoticeInfo"};
constexpr Names order_items[] = {"InvoiceDetailItem", "InvoiceDetailServiceItem"};
constexpr Names header_order_items[] = {"InvoiceDetailOrderSummary"};
constexpr Names notice_heads[] = {"OrderReference"};
constexpr Names notice_items[] = {"ShipNoticeItem"};
constexpr Names receipt_heads[] = {"ReceiptOrderInfo"};
constexpr Names receipt_items[] = {"ReceiptItem"};

constexpr Portion all[] = {
    {"InvoiceDetailRequest", "InvoiceDetailOrder", order_heads, order_items},
    {"InvoiceDetailRequest", "InvoiceDetailHeaderOrder", order_heads, header_order_items},
    {"ShipNoticeRequest", "ShipNoticePortion", notice_heads, notice_items},
    {"ReceiptRequest", "ReceiptOrder", receipt_heads, receipt_items},
};

bool holds(std::span<const Names> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

const Portion* portion_named(std::string_view name) {
  const auto found = std::ranges::find(all, name, &Portion::name);
  return found == std::end(all) ? nullptr : &*found;
}

bool is_head(std::string_view message, std::string_view name) {
  return std::ranges::any_of(
      all, [&](const Portion& each) { return each.message == message && holds(each.heads, name); });
}

const Portion* portion_of_item(std::string_view name) {
  const auto found = std::ranges::find_if(all, [&](const Portion& each) { return holds(each.items, name); });
  return found == std::end(all) ? nullptr : &*found;
}

class Opening : public map::SyntaxSink {
 public:
  Opening(map::SyntaxSink& next, DocumentSink& notes) : next_(next), heads_(notes), rest_(notes) {}

  Outcome open(std::string_view name, const Position& at) override {
    ++depth_;
    if (portion_ == nullptr) {
      portion_ = portion_named(name);
      if (portion_ == nullptr) return next_.open(name, at);
      inside_ = depth_;
      as_they_are_ = false;
      return rest_.open(name, at);
    }
    if (depth_ == inside_ + 1) where_ = holds(portion_->heads, name) ? Where::head : Where::rest;
    if (depth_ == inside_ + 1 && holds(portion_->items, name)) {
      where_ = Where::item;
      pending_ = any_ = true;
      return next_.open(name, at);
    }
    if (where_ == Where::item) {
      if (auto done = give_heads(); !done) return done;
      return next_.open(name, at);
    }
    return (where_ == Where::head ? heads_ : rest_).open(name, at);
  }

  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override {
    if (portion_ == nullptr) return next_.leaf(where, text, at);
    if (depth_ > inside_ && where_ == Where::item) {
      if (where.name.empty()) {
        if (auto done = give_heads(); !done) return done;
      }
      return next_.leaf(where, text, at);
    }
    return (depth_ > inside_ && where_ == Where::head ? heads_ : rest_).leaf(where, text, at);
  }

  Outcome close(const Position& at) override {
    const unsigned depth = depth_--;
    if (portion_ == nullptr) return next_.close(at);
    if (depth == inside_) return end_portion(at);
    if (where_ == Where::item) {
      if (auto done = give_heads(); !done) return done;
      return next_.close(at);
    }
    return (where_ == Where::head ? heads_ : rest_).close(at);
  }

  map::ElementSink* whole_elements() override { return as_they_are_ ? next_.whole_elements() : nullptr; }

 private:
  enum class Where { head, rest, item };

  Outcome give_heads() {
    if (!pending_) return {};
    pending_ = false;
    return heads_.replay(next_);
  }

  /// What belongs to no item passes in a portion of its own.
  Outcome end_portion(const Position& at) {
    portion_ = nullptr;
    Outcome done;
    if (!any_ || rest_.size() > 1) {
      done = rest_.replay(next_);
      if (done && !any_) done = heads_.replay(next_);
      if (done) done = next_.close(at);
    }
    heads_.clear();
    rest_.clear();
    any_ = false;
    return done;
  }

  map::SyntaxSink& next_;
  const Portion* portion_ = nullptr;
  table::HeldSyntax heads_, rest_;
  unsigned depth_ = 0, inside_ = 0;
  Where where_ = Where::rest;
  bool pending_ = false;     ///< an item has begun and has not got the heads yet
  bool any_ = false;         ///< the portion has items
  bool as_they_are_ = true;  ///< no portion has come: elements pass unchanged
};

class Closing : public map::SyntaxSink {
 public:
  Closing(map::SyntaxSink& next, DocumentSink& notes)
      : next_(next), notes_(notes), heads_(notes), open_heads_(notes), item_(notes), common_heads_(notes) {}

  Outcome open(std::string_view name, const Position& at) override {
    ++depth_;
    if (state_ == State::common_head) return common_heads_.open(name, at);
    if (depth_ + 1 == head_depth) message_ = name;
    if (state_ == State::outside) {
      if (depth_ == head_depth && is_head(message_, name)) {
        state_ = State::common_head;
        return common_heads_.open(name, at);
      }
      const auto* portion = portion_of_item(name);
      if (portion != nullptr) return begin_item(*portion, name, at);
      if (depth_ == inside_) {
        if (auto done = end_portion(at); !done) return done;
      }
      return next_.open(name, at);
    }
    if (state_ == State::item_begun && depth_ == inside_ + 1 && holds(current_->heads, name))
      state_ = State::head;
    if (state_ == State::head) {
      return heads_.open(name, at);
    }
    if (auto done = give_item(at); !done) return done;
    return next_.open(name, at);
  }

  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override {
    if (state_ == State::outside) return next_.leaf(where, text, at);
    if (state_ == State::common_head) return common_heads_.leaf(where, text, at);
    if (state_ == State::head) {
      return heads_.leaf(where, text, at);
    }
    if (state_ == State::item_begun && !where.name.empty()) {
      return item_.leaf(where, text, at);
    }
    if (auto done = give_item(at); !done) return done;
    return next_.leaf(where, text, at);
  }

  Outcome close(const Position& at) override {
    const unsigned depth = depth_--;
    if (state_ == State::common_head) {
      if (depth == head_depth) state_ = State::outside;
      return common_heads_.close(at);
    }
    if (state_ == State::head) {
      if (depth == inside_ + 1) state_ = State::item_begun;
      return heads_.close(at);
    }
    if (state_ != State::outside) {
      if (auto done = give_item(at); !done) return done;
      if (depth == inside_) state_ = State::outside;
    } else if (depth + 1 == inside_) {
      if (auto done = end_portion(at); !done) return done;
    }
    return next_.close(at);
  }

 private:
  enum class State { outside, common_head, item_begun, head, item };
  static constexpr unsigned head_depth = 4;  ///< cXML, Request, the message, its children

  Outcome begin_item(const Portion& portion, std::string_view name, const Position& at) {
    if (current_ != nullptr && current_ != &portion) {
      if (auto done = end_portion(at); !done) return done;
    }
    current_ = &portion;
    inside_ = depth_;
    state_ = State::item_begun;
    heads_.clear();
    item_.clear();
    return item_.open(name, at);
  }

  /// The item's first content after its heads: now it is known whether it goes on in the open portion.
  Outcome give_item(const Position& at) {
    if (state_ == State::item) return {};
    state_ = State::item;
    if (heads_.empty()) heads_.copy(common_heads_);
    if (heads_.empty() && !std::exchange(told_, true))
      notes_.finding(
          make_finding("CXML-0003", at, "an item of " + std::string(current_->name) + " names no order"));
    if (!opened_ || !heads_.same_as(open_heads_)) {
      if (auto done = end_portion(at); !done) return done;
      if (auto done = next_.open(current_->name, at); !done) return done;
      if (auto done = heads_.replay(next_); !done) return done;
      opened_ = true;
      open_heads_.copy(heads_);
    }
    return item_.replay(next_);
  }

  Outcome end_portion(const Position& at) {
    if (!opened_) return {};
    opened_ = false;
    return next_.close(at);
  }

  map::SyntaxSink& next_;
  DocumentSink& notes_;
  const Portion* current_ = nullptr;
  table::HeldSyntax heads_, open_heads_, item_;
  table::HeldSyntax common_heads_;  ///< of items that have none of their own
  std::string message_;             ///< the element below Request
  unsigned depth_ = 0, inside_ = 0;
  State state_ = State::outside;
  bool opened_ = false;
  bool told_ = false;  ///< that an item names no order
};

}  // namespace

std::span<const Portion> portions() { return all; }

std::unique_ptr<map::SyntaxSink> open_portions(map::SyntaxSink& next, DocumentSink& notes) {
  return std::make_unique<Opening>(next, notes);
}

std::unique_ptr<map::SyntaxSink> close_portions(map::SyntaxSink& next, DocumentSink& notes) {
  return std::make_unique<Closing>(next, notes);
}

}  // namespace purser::cxml
