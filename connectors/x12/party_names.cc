#include "connectors/x12/party_names.h"

#include <utility>

namespace purser::x12 {
namespace {

constexpr std::string_view party = "party";

/// One group that is open.
struct Open {
  const FieldDescriptor* field;  ///< in its parent; null for the document
  const GroupDescriptor* group;
  std::size_t trading_name = 0;  ///< place of that event, 0 while there is none
  bool named = false;            ///< a party by its name; where goods go, by a party or a place
  bool addressed = false;        ///< where goods go
};

class Naming {
 public:
  /// `buyer` is the event of its name, where known.
  Naming(const GroupDescriptor& root, const Event& buyer) : buyer_(buyer) {
    open_.push_back({nullptr, &root});
  }

  void take(const Event& event) {
    if (event.kind == EventKind::end_group) end();
    made_.push_back(event);
    if (event.kind == EventKind::begin_group) begin(event.number);
    if (event.kind == EventKind::field) see(event);
  }
  std::vector<Event> made() && { return std::move(made_); }
  [[nodiscard]] const Event& buyer() const { return buyer_; }

 private:
  [[nodiscard]] bool goods_go_here() const {
    return open_.size() == 2 && open_.back().field != nullptr && open_.back().field->name == "delivery";
  }

  void begin(std::uint16_t number) {
    const GroupDescriptor* group = open_.back().group;
    const FieldDescriptor* field = group == nullptr ? nullptr : group->find(number);
    if (field != nullptr && goods_go_here()) {
      Open& delivery = open_.back();
      delivery.named = delivery.named || field->name == party || field->name == "location";
      delivery.addressed = delivery.addressed || field->name == "address";
    }
    open_.push_back({field, field == nullptr ? nullptr : field->group});
  }

  void see(const Event& event) {
    Open& open = open_.back();
    if (open.group == nullptr || open.group->name != party) return;
    const FieldDescriptor* field = open.group->find(event.number);
    if (field == nullptr) return;
    if (field->name == "trading_name") open.trading_name = made_.size() - 1;
    if (field->name != "name") return;
    open.named = true;
    if (open_.size() == 2 && open.field->name == "buyer") buyer_ = event;
  }

  void end() {
    if (open_.size() < 2) return;
    const Open open = open_.back();
    if (open.group != nullptr) {
      if (open.group->name == party && !open.named && open.trading_name != 0) {
        Event& name = made_[open.trading_name];
        name.number = open.group->find("name")->number;
        if (open_.size() == 2 && open.field->name == "buyer") buyer_ = name;
      }
      const FieldDescriptor* inner = goods_go_here() ? open.group->find(party) : nullptr;
      if (inner != nullptr && open.addressed && !open.named && buyer_.number != 0) {
        Event group = buyer_;
        group.value = {};
        group.number = inner->number;
        for (const EventKind kind : {EventKind::begin_group, EventKind::field, EventKind::end_group}) {
          group.kind = kind;
          made_.push_back(kind == EventKind::field ? buyer_ : group);
        }
      }
    }
    open_.pop_back();
  }

  std::vector<Open> open_;
  std::vector<Event> made_;
  Event buyer_;  ///< its name; number 0 while there is none
};

/// How many events stand before the streamed list.
std::size_t header_size(std::span<const Event> events, const GroupDescriptor& root) {
  std::size_t depth = 0;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (events[i].kind == EventKind::end_group && depth > 0) --depth;
    if (events[i].kind != EventKind::begin_group) continue;
    const FieldDescriptor* field = depth == 0 ? root.find(events[i].number) : nullptr;
    if (field != nullptr && field->streamed) return i;
    ++depth;
  }
  return events.size();
}

}  // namespace

std::vector<Event> with_party_names(std::span<const Event> events, const GroupDescriptor& root) {
  const std::size_t size = header_size(events, root);
  const auto header = events.first(size), rest = events.subspan(size);
  Naming first(root, {});  // the buyer may stand behind where the goods go
  for (const Event& event : header) first.take(event);
  Naming naming(root, first.buyer());
  for (const Event& event : header) naming.take(event);
  std::vector<Event> made = std::move(naming).made();
  made.insert(made.end(), rest.begin(), rest.end());
  return made;
}

}  // namespace purser::x12
