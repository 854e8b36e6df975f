#include "gateway/attention/chosen.h"

#include <algorithm>

namespace purser::gateway {
namespace {

Action action_of(const Chosen& chosen, const ParkedItem& item) {
  Action action;
  action.kind = chosen.kind;
  action.message = item.message;
  // A message is read again, or cancelled, as a whole; a delivery is sent or cancelled by itself.
  if (chosen.kind != ActionKind::replay) action.delivery = item.delivery;
  action.without_parked = !item.delivery.is_set();
  action.who = chosen.who;
  action.why = chosen.why;
  return action;
}

}  // namespace

std::expected<std::uint64_t, Status> move_chosen(Journal& journal, const Chosen& chosen, std::uint64_t most,
                                                 bool dry_run, const EachMoved& each) {
  ParkedQuery query = chosen.query;
  std::uint64_t moved = 0;
  while (moved < most) {
    query.limit = static_cast<std::uint32_t>(std::min<std::uint64_t>(moved_at_once, most - moved));
    const auto items = journal.parked_items(query);
    if (!items) return std::unexpected(items.error());
    if (items->empty()) break;
    std::vector<ActionResult> results;
    if (!dry_run) {
      std::vector<Action> actions;
      for (const ParkedItem& item : *items) actions.push_back(action_of(chosen, item));
      auto done = journal.act(actions);
      if (!done) return std::unexpected(done.error());
      results = std::move(*done);
    }
    each(*items, results);
    moved += items->size();
    if (items->size() < query.limit) break;
    query.after = items->back().message;
    query.after_delivery = items->back().delivery;
  }
  return moved;
}

}  // namespace purser::gateway
