// N1 names a party by N102 or N103; documents of other formats often have neither.
#pragma once

#include <span>
#include <vector>

#include "canonical/event/event.h"

namespace purser::x12 {

/// A document's events up to its streamed list or further, with
///  - a party's trading name as its name where it has no other (UBL's PartyName is all that many parties
///  have);
///  - the buyer's name where goods go that names nobody: BT-70 is told only where that is another party.
/// What is in the streamed list stays as it is. Values are borrowed from `events`. [any]
std::vector<Event> with_party_names(std::span<const Event> events, const GroupDescriptor& root);

}  // namespace purser::x12
