// trace: every document that names a number, and what happened to it.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tools/purser/commands.h"
#include "tools/purser/journal_access.h"
#include "tools/purser/page.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {
namespace {

using nlohmann::ordered_json;

constexpr std::uint32_t default_page = 100;  // documents with their timelines

std::string read_query(const Arguments& arguments, gateway::KeyQuery& query) {
  // One operand is a number of any kind; two are kind and number.
  if (arguments.operands().size() == 2) query.kind = arguments.operands().front();
  query.value = arguments.operands().back();
  query.whose.tenant = arguments.get("--tenant");
  query.limit = default_page;
  if (arguments.has("--after")) {
    const auto after = gateway::parse_hit_place(arguments.get("--after"));
    if (!after) return "--after is what the page before ended with";
    query.after = *after;
  }
  return read_limit(arguments, gateway::ListQuery::max_limit, query.limit);
}

ordered_json to_json(const gateway::KeyHit& hit, const std::vector<gateway::Step>& timeline) {
  ordered_json steps = ordered_json::array();
  for (const auto& step : timeline) steps.push_back(cli::to_json(step));
  return {{"message", gateway::text(hit.message)},
          {"document", hit.document},
          {"type", type_name(hit.type)},
          {"number", hit.number},
          {"kind", hit.kind},
          {"state", gateway::name(hit.state)},
          {"received", gateway::text(hit.received)},
          {"timeline", steps}};
}

// Where the next page goes on; empty: this was the last.
std::expected<std::string, Status> next_page(gateway::Journal& journal, gateway::KeyQuery query,
                                             const std::vector<gateway::KeyHit>& page) {
  if (page.size() < query.limit) return std::string();
  query.after = page.back().place();
  query.limit = 1;
  const auto next = journal.find_by_key(query);
  if (!next) return std::unexpected(next.error());
  return next->empty() ? std::string() : gateway::text(query.after);
}

// Nothing was found: where else a document may be that somebody says he sent.
void print_hint(const std::string& kind, const std::string& number) {
  fail(exit_findings, fmt::format("no document here names {}{}", kind.empty() ? "" : kind + " ", number));
  if (!kind.empty())
    fail(exit_findings, fmt::format("as another kind of number: purser trace {}", number));
  fail(exit_findings, "what could not be read names nothing: purser documents --state parked");
  fail(exit_findings, "what was refused at the door is in no list: purser audit list --what denied");
}

}  // namespace

int trace_command(const Arguments& arguments) {
  gateway::KeyQuery query;
  if (const std::string wrong = read_query(arguments, query); !wrong.empty())
    return fail(exit_usage, wrong);
  const auto access = open_journal(arguments, false);
  if (access == nullptr) return exit_environment;
  auto hits = access->journal().find_by_key(query);
  if (!hits) return fail(hits.error());
  const auto next = next_page(access->journal(), query, *hits);
  if (!next) return fail(next.error());
  std::ranges::reverse(*hits);  // a page is told from its beginning to its end
  ordered_json documents = ordered_json::array();
  for (const gateway::KeyHit& hit : *hits) {
    const auto timeline = access->journal().timeline(hit.message);
    if (!timeline) return fail(timeline.error());
    if (arguments.json()) {
      documents.push_back(to_json(hit, *timeline));
      continue;
    }
    print_line(fmt::format("{} {}  {}  {}  ({} {})", type_name(hit.type), hit.number,
                           gateway::text(hit.message), gateway::name(hit.state), hit.kind, query.value));
    print_line(describe(*timeline));
  }
  end_page(arguments, *next, {{"documents", std::move(documents)}});
  if (!hits->empty() || query.after.message.is_set()) return exit_ok;
  print_hint(query.kind, query.value);
  return exit_findings;
}

}  // namespace purser::cli
