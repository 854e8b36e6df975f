// Which packs of business rules a document is judged by: its partner's, its source's and its routes'.
#pragma once

#include <string>
#include <vector>

#include "gateway/route/route.h"

namespace purser::gateway {

/// The packs for documents of a partner that come by a source; either may be empty. Sorted. [any]
std::vector<std::string> rules_for(const RouteTable& table, const std::string& partner,
                                   const std::string& source);

/// The packs a connector judges the source itself by while it reads, as UBL's syntax rules do: those, and
/// those of every route that takes what this partner sends by this source whatever stands in it. Sorted.
/// [any]
std::vector<std::string> rules_for_reading(const RouteTable& table, const Incoming& incoming);

/// Judges a document by the packs of these routes that it was not judged by yet, and adds what they find to
/// its findings. They have the document's path, but no place in the source: that is known only while it is
/// read. [any]
void judge_by_routes(const RouteTable& table, const Incoming& incoming,
                     const std::vector<const Route*>& routes, Document& document);

}  // namespace purser::gateway
