// Moving all parked work that fits a query, page by page.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <span>
#include <string>

#include "gateway/journal/journal.h"

namespace purser::gateway {

/// What is done to the work that fits, by whom, and why.
struct Chosen {
  ParkedQuery query;
  ActionKind kind = ActionKind::release;
  std::string who;
  std::string why;
};

/// Items of one commit: others wait meanwhile.
inline constexpr std::uint32_t moved_at_once = 500;

/// Told what is about to be done, item by item, with what it came to: the results are empty in a dry run.
using EachMoved = std::function<void(std::span<const ParkedItem> items, std::span<const ActionResult> results)>;

/// Moves up to `most` items in order, and tells them page by page; each page is durable when it is told. A
/// dry run changes nothing. Gives the number of items; what was moved before an error stays moved. Work that
/// parks again meanwhile is not taken a second time. [any]
std::expected<std::uint64_t, Status> move_chosen(Journal& journal, const Chosen& chosen, std::uint64_t most,
                                                 bool dry_run, const EachMoved& each);

}  // namespace purser::gateway
