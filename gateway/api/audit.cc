// The audit trail of the caller's tenant, newest first.
#include <algorithm>
#include <charconv>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/api/calls.h"
#include "gateway/api/json.h"
#include "gateway/api/problem.h"

namespace purser::gateway {
namespace {

constexpr std::uint32_t default_page = 50;

/// Before which number each chain goes on: "0.1042-3.17". A chain that is not named is read from its end.
using Places = std::map<std::int64_t, std::int64_t>;

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

std::optional<Places> parse_cursor(std::string_view text) {
  Places places;
  while (!text.empty()) {
    const auto part = text.substr(0, text.find('-'));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    const auto chain = number_of(part.substr(0, part.find('.')));
    const auto before =
        part.find('.') == std::string_view::npos ? std::nullopt : number_of(part.substr(part.find('.') + 1));
    if (!chain || !before) return std::nullopt;
    places[*chain] = *before;
  }
  return places;
}

std::string cursor_text(const Places& places) {
  std::string out;
  for (const auto& [chain, before] : places)
    out += fmt::format("{}{}.{}", out.empty() ? "" : "-", chain, before);
  return out;
}

Json to_json(const TrailEntry& entry) {
  Json json;
  json["id"] = fmt::format("{}.{}", entry.chain, entry.sequence);
  json.update(gateway::to_json(std::span(&entry.step, 1))[0]);
  return json;
}

/// The newest `limit` entries before `places`, over all chains; moves `places` behind them. False at the end.
std::expected<bool, Status> read_page(Journal& journal, const std::string& tenant, std::uint32_t limit,
                                      Places& places, std::vector<TrailEntry>& page) {
  const auto chains = journal.trail_chains();
  if (!chains) return std::unexpected(chains.error());
  for (const auto& [chain, last] : *chains) {
    auto& before = places.try_emplace(chain, last + 1).first->second;
    if (before <= 1) continue;
    const auto found = journal.trail({tenant, chain, 0, before, limit});
    if (!found) return std::unexpected(found.error());
    page.insert(page.end(), found->begin(), found->end());
    // Fewer than asked for: everything that was looked at is passed.
    if (found->size() < limit) before = std::max<std::int64_t>(1, before - TrailQuery::most_looked_at);
  }
  std::ranges::sort(page, [](const TrailEntry& a, const TrailEntry& b) {
    return std::tie(a.step.at, a.chain, a.sequence) > std::tie(b.step.at, b.chain, b.sequence);
  });
  const std::vector<TrailEntry> rest(
      page.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(limit, page.size())), page.end());
  page.resize(page.size() - rest.size());
  for (const TrailEntry& entry : page) {
    if (places[entry.chain] > entry.sequence) places[entry.chain] = entry.sequence;
  }
  for (const TrailEntry& entry : rest)
    places[entry.chain] = std::max(places[entry.chain], entry.sequence + 1);
  return std::ranges::any_of(places, [](const auto& place) { return place.second > 1; });
}

}  // namespace

void list_audit(Api& api, Call call) {
  std::uint32_t limit = default_page;
  if (const auto text = call.query("limit"); !text.empty()) {
    const auto number = number_of(text);
    if (!number || *number < 1 || *number > ListQuery::max_limit)
      return call.respond(problem(400, "INTAKE-0010", "the parameter limit is not a number from 1 to 1000"));
    limit = static_cast<std::uint32_t>(*number);
  }
  auto places = parse_cursor(call.query("cursor"));
  if (!places)
    return call.respond(problem(400, "INTAKE-0010", "the parameter cursor is not a cursor that a list gave"));
  std::vector<TrailEntry> page;
  const auto more = read_page(api.parts().journal, call.tenant(), limit, *places, page);
  if (!more) return call.respond(problem_of(more.error()));
  Json json;
  json["entries"] = Json::array();
  for (const TrailEntry& entry : page) json["entries"].push_back(to_json(entry));
  if (*more) json["cursor"] = cursor_text(*places);
  call.respond(json_response(dumped(json)));
}

}  // namespace purser::gateway
