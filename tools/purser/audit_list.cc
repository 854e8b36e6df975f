// audit list: who did what, newest first; also who was refused at the door, of which no document tells.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "gateway/attention/moment.h"
#include "tools/purser/commands.h"
#include "tools/purser/journal_access.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {
namespace {

using gateway::TrailEntry;
using gateway::TrailQuery;
using nlohmann::ordered_json;

constexpr std::uint32_t at_once = 1000;  // entries read with one question
constexpr std::size_t default_lines = 50;

/// Which entries; empty members do not restrict.
struct Wanted {
  std::string what, who, tenant;
  std::optional<gateway::Instant> since, until;
  std::size_t limit = default_lines;

  [[nodiscard]] bool fits(const gateway::Step& step) const {
    return (what.empty() || step.what == what) && step.who.find(who) != std::string::npos &&
           (!since || step.at >= *since) && (!until || step.at < *until);
  }
};

// Fills `wanted`, or says what is wrong with an option.
std::string read_options(const Arguments& arguments, gateway::Instant now, Wanted& wanted) {
  wanted.what = arguments.get("--what");
  wanted.who = arguments.get("--who");
  wanted.tenant = arguments.get("--tenant");
  for (const char* option : {"--since", "--until"}) {
    const std::string typed = arguments.get(option);
    if (typed.empty()) continue;
    const auto moment = gateway::parse_moment(typed, now);
    if (!moment) return fmt::format("{} \"{}\" is not {}", option, typed, gateway::moment_forms);
    (std::string_view(option) == "--since" ? wanted.since : wanted.until) = *moment;
  }
  if (const std::string limit = arguments.get("--limit"); !limit.empty()) {
    const auto [end, error] = std::from_chars(limit.data(), limit.data() + limit.size(), wanted.limit);
    if (error != std::errc() || *end != '\0' || wanted.limit == 0) return "--limit is a number from 1 on";
  }
  return {};
}

/// The newest entries of one chain that fit, at most one more than are wanted.
Outcome read_chain(gateway::Journal& journal, const Wanted& wanted, const gateway::TrailChain& chain,
                   std::vector<TrailEntry>& into) {
  std::size_t found = 0;
  for (std::int64_t before = chain.last + 1; before > 1;) {
    const auto page = journal.trail({wanted.tenant, chain.chain, 0, before, at_once});
    if (!page) return std::unexpected(page.error());
    for (const TrailEntry& entry : *page) {
      if (!wanted.fits(entry.step)) continue;
      into.push_back(entry);
      if (++found > wanted.limit) return {};
    }
    const bool past = !page->empty() && wanted.since && page->back().step.at < *wanted.since;
    if (past) return {};
    before = page->size() < at_once ? before - TrailQuery::most_looked_at : page->back().sequence;
  }
  return {};
}

}  // namespace

int audit_list_command(const Arguments& arguments) {
  const gateway::SystemClock clock;
  Wanted wanted;
  if (const std::string wrong = read_options(arguments, clock.now(), wanted); !wrong.empty()) {
    return fail(exit_usage, wrong);
  }
  const auto access = open_journal(arguments, false);
  if (access == nullptr) return exit_environment;
  const auto chains = access->journal().trail_chains();
  if (!chains) return fail(chains.error());
  std::vector<TrailEntry> entries;
  for (const gateway::TrailChain& chain : *chains) {
    if (const Outcome read = read_chain(access->journal(), wanted, chain, entries); !read)
      return fail(read.error());
  }
  std::ranges::stable_sort(entries,
                           [](const TrailEntry& a, const TrailEntry& b) { return a.step.at > b.step.at; });
  const bool more = entries.size() > wanted.limit;
  entries.resize(std::min(entries.size(), wanted.limit));

  ordered_json out = ordered_json::array();
  Table table({"time (UTC)", "who", "what", "message", "delivery", "why"});
  for (const TrailEntry& entry : entries) {
    const gateway::Step& step = entry.step;
    ordered_json one{{"id", fmt::format("{}.{}", entry.chain, entry.sequence)}};
    one.update(to_json(step));
    out.push_back(std::move(one));
    table.add({short_time(step.at), step.who, step.what,
               step.message.is_set() ? gateway::text(step.message) : "",
               step.delivery.is_set() ? gateway::text(step.delivery) : "", with_title(step.why)});
  }
  if (arguments.json()) {
    print_json(out);
  } else {
    print(table.empty() ? "nothing here\n" : table.text());
    if (more) print_line(fmt::format("there is more: the same with --limit {}", wanted.limit * 10));
  }
  return exit_ok;
}

}  // namespace purser::cli
