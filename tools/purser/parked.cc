// parked, release, replay, park, cancel: what stands still, and how a person moves it.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "gateway/api/attention_json.h"
#include "gateway/attention/chosen.h"
#include "tools/purser/commands.h"
#include "tools/purser/journal_access.h"
#include "tools/purser/outlook.h"
#include "tools/purser/parked_query.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {

using nlohmann::ordered_json;

namespace {

// Lines shown of a large group; --json gives all of it.
constexpr std::size_t most_lines = 50;

// The messages and deliveries a person named.
std::expected<std::vector<gateway::Action>, std::string> actions_of(const Arguments& arguments,
                                                                    gateway::ActionKind kind) {
  gateway::Action action;
  action.kind = kind;
  action.who = person();
  action.why = arguments.get("--why");
  std::vector<gateway::Action> actions;
  for (const std::string& operand : arguments.operands()) {
    action.message = {};
    action.delivery = {};
    if (const auto message = gateway::parse_message_id(operand)) {
      action.message = *message;
    } else if (const auto delivery = gateway::parse_delivery_id(operand)) {
      action.delivery = *delivery;
    } else {
      return std::unexpected(fmt::format("\"{}\" is neither a message id (m…) nor a delivery id (d…)", operand));
    }
    actions.push_back(action);
  }
  return actions;
}

void print_result(const gateway::ActionResult& result, std::string_view verb) {
  std::string deliveries;
  for (const gateway::DeliveryId id : result.deliveries) deliveries += " " + gateway::text(id);
  const std::string id = gateway::text(result.message);
  print_line(result.said.empty()
                 ? fmt::format("{} {}: {}{}", id, verb, gateway::name(result.state), deliveries)
                 : fmt::format("{} nothing done, {}", id, result.said));
}

ordered_json to_json(const gateway::ActionResult& result) {
  ordered_json out{{"message", gateway::text(result.message)}, {"state", gateway::name(result.state)}};
  out["deliveries"] = ordered_json::array();
  for (const gateway::DeliveryId id : result.deliveries) out["deliveries"].push_back(gateway::text(id));
  if (!result.said.empty()) out["said"] = result.said;
  return out;
}

// By id.
int act(const Arguments& arguments, JournalAccess& access, gateway::ActionKind kind, std::string_view verb) {
  const bool dry = arguments.has("--dry-run");
  const auto actions = actions_of(arguments, kind);
  if (!actions) return fail(exit_usage, actions.error());
  if (actions->empty()) {
    return fail(exit_usage, "name messages or deliveries by id, or parked work by --code, --target, --key …, or --all");
  }
  const auto results = dry ? access.journal().would(*actions) : access.journal().act(*actions);
  if (!results) return fail(results.error());
  Outlook outlook(arguments, access);
  bool refused = false;
  ordered_json out = ordered_json::array();
  for (std::size_t i = 0; i < results->size(); ++i) {
    const gateway::ActionResult& result = (*results)[i];
    refused |= !result.said.empty();
    ordered_json one = to_json(result);
    if (!arguments.json()) print_result(result, dry ? fmt::format("would be {}", verb) : std::string(verb));
    if (dry && result.said.empty() && kind == gateway::ActionKind::release) outlook.show(result, one);
    out.push_back(std::move(one));
  }
  if (arguments.json()) print_json(out);
  return refused ? exit_findings : exit_ok;
}

std::string item_line(const gateway::ParkedItem& item) {
  const std::string what =
      item.number.empty() ? item.file_name : fmt::format("{} {}", type_name(item.type), item.number);
  return fmt::format(
      "{}{}{}{}", gateway::text(item.message), what.empty() ? "" : " ", what,
      item.delivery.is_set() ? fmt::format(" to {} ({})", item.target, gateway::text(item.delivery)) : "");
}

// By what it has in common.
int act_on_chosen(const Arguments& arguments, JournalAccess& access, gateway::Chosen chosen, std::string_view verb) {
  const bool dry = arguments.has("--dry-run");
  Outlook outlook(arguments, access);
  ordered_json out = ordered_json::array();
  std::size_t lines = 0;
  std::uint64_t refused = 0;
  const auto each = [&](std::span<const gateway::ParkedItem> items, std::span<const gateway::ActionResult> results) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      ordered_json one = gateway::to_json(items[i]);
      one.erase("finding");
      const bool shown = !arguments.json() && ++lines <= most_lines;
      if (shown) print_line(fmt::format("{}{}", dry ? "would be " + std::string(verb) + ": " : "", item_line(items[i])));
      if (i < results.size()) {
        one["state"] = gateway::name(results[i].state);
        if (!results[i].said.empty()) {
          ++refused;
          one["said"] = results[i].said;
          if (shown) print_line("    nothing done, " + results[i].said);
        }
      } else if (dry && chosen.kind == gateway::ActionKind::release && (shown || arguments.json())) {
        outlook.show(items[i], one);
      }
      if (arguments.json()) out.push_back(std::move(one));
    }
  };
  const auto moved = gateway::move_chosen(access.journal(), chosen, UINT64_MAX, dry, each);
  if (arguments.json()) print_json(out);
  if (!moved) return fail(moved.error());
  if (!arguments.json()) {
    if (lines > most_lines) print_line(fmt::format("… and {} more", lines - most_lines));
    print_line(*moved == 0 ? "nothing parked fits"
                           : fmt::format("{} {}{}", *moved - refused, dry ? "would be " : "", verb));
  }
  return refused > 0 ? exit_findings : exit_ok;
}

int move(const Arguments& arguments, gateway::ActionKind kind, std::string_view verb) {
  gateway::Chosen chosen{{}, kind, person(), arguments.get("--why")};
  const auto names = read_parked_query(arguments, chosen.query);
  if (!names) return fail(exit_usage, names.error());
  const bool by_query = *names || arguments.has("--all");
  if (by_query && !arguments.operands().empty()) {
    return fail(exit_usage, "either ids or what parked work has in common, not both");
  }
  const auto access = open_journal(arguments, !arguments.has("--dry-run"));
  if (access == nullptr) return exit_environment;
  return by_query ? act_on_chosen(arguments, *access, std::move(chosen), verb) : act(arguments, *access, kind, verb);
}

int list_items(const Arguments& arguments, gateway::Journal& journal, gateway::ParkedQuery query) {
  query.limit = gateway::ParkedQuery::max_limit;
  ordered_json out = ordered_json::array();
  Table table({"message", "delivery", "parked (UTC)", "document", "number", "partner", "target", "cause"});
  while (true) {
    const auto items = journal.parked_items(query);
    if (!items) return fail(items.error());
    for (const gateway::ParkedItem& item : *items) {
      if (arguments.json()) {
        out.push_back(gateway::to_json(item));
      } else {
        table.add({gateway::text(item.message), item.delivery.is_set() ? gateway::text(item.delivery) : "",
                   short_time(item.parked), type_name(item.type), item.number, item.partner, item.target,
                   with_title(item.code)});
      }
    }
    if (items->size() < query.limit) break;
    query.after = items->back().message;
    query.after_delivery = items->back().delivery;
  }
  if (arguments.json()) {
    print_json(out);
  } else {
    print(table.empty() ? "nothing parked fits\n" : table.text());
  }
  return exit_ok;
}

void print_group(const gateway::ParkedGroup& g) {
  print_line(fmt::format("{} x {}{}  from {} to {}", g.count, g.code, g.target.empty() ? "" : " at " + g.target,
                         short_time(g.oldest), short_time(g.newest)));
  if (!g.finding.message.empty()) print_line("    " + g.finding.message);
  if (!g.finding.remedy.empty()) print_line("    what to do: " + g.finding.remedy);
  print_line(fmt::format("    for example: purser show {}", gateway::text(g.example)));
  if (g.target.empty())
    print_line(fmt::format("    or mend it:  purser resubmit {} --edit", gateway::text(g.example)));
  print_line(fmt::format("    then:        purser release --code {}{} --dry-run", g.code,
                         g.target.empty() ? "" : " --target " + g.target));
}

}  // namespace

int parked_command(const Arguments& arguments) {
  gateway::ParkedQuery query;
  if (const auto names = read_parked_query(arguments, query); !names) return fail(exit_usage, names.error());
  const auto access = open_journal(arguments, false);
  if (access == nullptr) return exit_environment;
  if (arguments.has("--list")) return list_items(arguments, access->journal(), std::move(query));
  const auto groups = access->journal().parked(query);
  if (!groups) return fail(groups.error());
  if (arguments.json()) {
    ordered_json out = ordered_json::array();
    for (const auto& group : *groups) out.push_back(gateway::to_json(group));
    print_json(out);
    return exit_ok;
  }
  if (groups->empty()) print_line("nothing is parked");
  for (const auto& group : *groups) print_group(group);
  return exit_ok;
}

int release_command(const Arguments& arguments) {
  return move(arguments, gateway::ActionKind::release, "released");
}
int replay_command(const Arguments& arguments) { return move(arguments, gateway::ActionKind::replay, "replayed"); }
int park_command(const Arguments& arguments) {
  const auto access = open_journal(arguments, !arguments.has("--dry-run"));
  return access == nullptr ? exit_environment : act(arguments, *access, gateway::ActionKind::park, "parked");
}
int cancel_command(const Arguments& arguments) { return move(arguments, gateway::ActionKind::cancel, "cancelled"); }

}  // namespace purser::cli
