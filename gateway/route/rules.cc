#include "gateway/route/rules.h"

#include <algorithm>

#include "canonical/event/events_only.h"
#include "canonical/event/json_reader.h"
#include "canonical/rule/pack_judge.h"
#include "gateway/message/tenant.h"
#include "gateway/route/json_path.h"

namespace purser::gateway {
namespace {

void sort_once(std::vector<std::string>& packs) {
  std::ranges::sort(packs);
  packs.erase(std::unique(packs.begin(), packs.end()), packs.end());
}

bool takes(const std::string& pattern, std::string_view value) {
  return pattern.empty() || matches(pattern, value);
}

}  // namespace

std::vector<std::string> rules_for(const RouteTable& table, const std::string& partner,
                                   const std::string& source) {
  std::vector<std::string> packs;
  const auto add = [&](const auto& all, const std::string& name) {
    if (const auto found = all.find(name); found != all.end())
      packs.insert(packs.end(), found->second.begin(), found->second.end());
  };
  add(table.partner_rules, partner);
  add(table.source_rules, source);
  sort_once(packs);
  return packs;
}

std::vector<std::string> rules_for_reading(const RouteTable& table, const Incoming& incoming) {
  std::vector<std::string> packs = rules_for(table, incoming.partner, incoming.source);
  for (const Route& route : table.routes) {
    if (!route.enabled || route.rules.empty() || tenant_of(route.name) != incoming.tenant) continue;
    if (!takes(route.match.source, incoming.source) || !takes(route.match.partner, incoming.partner))
      continue;
    // What the document is shows only later; the rules of a source are rules of invoices.
    if (!takes(route.match.document, "invoice") || !route.match.fields.empty()) continue;
    packs.insert(packs.end(), route.rules.begin(), route.rules.end());
  }
  sort_once(packs);
  return packs;
}

void judge_by_routes(const RouteTable& table, const Incoming& incoming,
                     const std::vector<const Route*>& routes, Document& document) {
  std::vector<std::string> packs;
  for (const Route* route : routes) packs.insert(packs.end(), route->rules.begin(), route->rules.end());
  if (packs.empty()) return;
  sort_once(packs);
  const std::vector<std::string> judged = rules_for(table, incoming.partner, incoming.source);
  std::erase_if(packs, [&](const std::string& pack) { return std::ranges::binary_search(judged, pack); });
  if (packs.empty()) return;
  rule::PackJudge judge(packs, [&](Finding finding) {
    finding.at = {};
    if (document.findings.size() < Report::max_findings)
      document.findings.push_back(std::move(finding));
    else
      ++document.findings_dropped;
  });
  EventsOnly events(judge);
  (void)read_json(document.canonical, events);
}

}  // namespace purser::gateway
