// expected: acknowledgements that are awaited, and those that did not come.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "gateway/api/attention_json.h"
#include "tools/purser/commands.h"
#include "tools/purser/journal_access.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {
namespace {

int waive(const Arguments& arguments) {
  const auto delivery = gateway::parse_delivery_id(arguments.get("--waive"));
  if (!delivery) return fail(exit_usage, "--waive wants a delivery id (d…)");
  const auto access = open_journal(arguments, true);
  if (access == nullptr) return exit_environment;
  const auto waived = access->journal().waive(*delivery, {}, person(), arguments.get("--why"));
  if (!waived) return fail(waived.error());
  if (!*waived) return fail(exit_findings, "nothing is awaited for this delivery");
  if (arguments.json()) {
    print_json({{"delivery", gateway::text(*delivery)}, {"state", "waived"}});
  } else {
    print_line(gateway::text(*delivery) + ": nothing has to come any more");
  }
  return exit_ok;
}

void add(Table& table, const gateway::ExpectationView& one) {
  table.add({std::string(gateway::name(one.state)), one.due ? short_time(*one.due) : "not arrived",
             gateway::name(one.awaited), fmt::format("{} {}", type_name(one.type), one.number), one.target,
             gateway::text(one.message), gateway::text(one.delivery),
             one.answer.is_set() ? gateway::text(one.answer) : ""});
}

}  // namespace

int expected_command(const Arguments& arguments) {
  if (arguments.has("--waive")) return waive(arguments);
  gateway::ExpectationQuery query;
  query.limit = gateway::ExpectationQuery::max_limit;
  query.target = arguments.get("--target");
  const std::string state = arguments.get("--state", "open");
  query.open = state == "open";
  if (!query.open && state != "all") {
    query.state = gateway::parse_expectation_state(state);
    if (!query.state) return fail(exit_usage, "--state is one of open, waiting, answered, overdue, refused, waived, all");
  }
  const auto access = open_journal(arguments, false);
  if (access == nullptr) return exit_environment;
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  Table table({"state", "due (UTC)", "awaited", "for", "target", "message", "delivery", "answer"});
  bool alarm = false;
  while (true) {
    const auto found = access->journal().expectations(query);
    if (!found) return fail(found.error());
    for (const gateway::ExpectationView& one : *found) {
      alarm |= one.state == gateway::ExpectationState::overdue || one.state == gateway::ExpectationState::refused;
      if (arguments.json()) {
        out.push_back(gateway::to_json(one));
      } else {
        add(table, one);
      }
    }
    if (found->size() < query.limit) break;
    query.after = found->back().delivery;
  }
  if (arguments.json()) {
    print_json(out);
  } else {
    print(table.empty() ? "nothing is awaited\n" : table.text());
  }
  return alarm ? exit_findings : exit_ok;
}

}  // namespace purser::cli
