#include "gateway/message/expectation.h"

#include <algorithm>
#include <array>
#include <utility>

#include "canonical/value/text.h"

namespace purser::gateway {
namespace {

using Sort = Awaited::Sort;

// Acknowledgements by sort, first the name that is shown, then what people call the messages.
constexpr std::array<std::pair<std::string_view, Sort>, 8> sorts = {
    {{"technical_acknowledgement", Sort::technical},
     {"content_acknowledgement", Sort::content},
     {"contrl", Sort::technical},
     {"997", Sort::technical},
     {"999", Sort::technical},
     {"ta1", Sort::technical},
     {"aperak", Sort::content},
     {"824", Sort::content}}};

constexpr std::array<std::string_view, 6> states = {"",        "waiting", "answered",
                                                    "overdue", "refused", "waived"};

}  // namespace

std::optional<Awaited> parse_awaited(std::string_view typed) {
  const std::string wanted = lowered(typed);
  for (const auto& [known, sort] : sorts) {
    if (known == wanted) return Awaited{DocumentType::acknowledgement, sort};
  }
  const DocumentDescriptor* document = find_document(std::string_view(wanted));
  return document == nullptr ? std::nullopt : std::optional(Awaited{document->type, Sort::any});
}

std::string name(const Awaited& awaited) {
  if (awaited.sort != Sort::any)
    return std::string(
        std::ranges::find(sorts, awaited.sort, [](const auto& one) { return one.second; })->first);
  const DocumentDescriptor* document = find_document(awaited.type);
  return document == nullptr ? "document" : std::string(document->name);
}

std::vector<std::string> awaited_names() {
  std::vector<std::string> out;
  for (const auto& [known, sort] : sorts) out.emplace_back(known);
  for (const auto& document : documents()) out.emplace_back(document.name);
  return out;
}

std::string_view name(ExpectationState state) { return states[static_cast<std::size_t>(state)]; }

std::optional<ExpectationState> parse_expectation_state(std::string_view name) {
  const auto found = std::ranges::find(states, name);
  if (name.empty() || found == states.end()) return std::nullopt;
  return static_cast<ExpectationState>(found - states.begin());
}

}  // namespace purser::gateway
