#include "gateway/attention/lookout.h"

namespace purser::gateway {
namespace {

constexpr std::uint32_t at_once = 100;  // raised by one commit: others wait meanwhile

Outcome raise(Journal& journal, const std::function<void(const Notice&)>& notify) {
  while (true) {
    const auto overdue = journal.raise_overdue(at_once);
    if (!overdue) return std::unexpected(overdue.error());
    for (const ExpectationView& one : *overdue) notify({one.message, one.delivery, one.finding});
    if (overdue->size() < at_once) return {};
  }
}

Outcome expire(Journal& journal, const Target& target, const std::function<void(const Notice&)>& notify) {
  while (true) {
    const auto expired = journal.expire({target.name, target.expires, at_once});
    if (!expired) return std::unexpected(expired.error());
    for (const ExpiredDelivery& one : *expired) notify({one.message, one.delivery, one.finding});
    if (expired->empty()) return {};
  }
}

}  // namespace

Outcome look_out(Journal& journal, const RouteTable& table, const std::function<void(const Notice&)>& notify) {
  if (auto raised = raise(journal, notify); !raised) return raised;
  for (const Target& target : table.targets) {
    if (target.expires.count() == 0) continue;
    if (auto expired = expire(journal, target, notify); !expired) return expired;
  }
  return {};
}

}  // namespace purser::gateway
