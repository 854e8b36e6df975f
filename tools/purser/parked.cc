// parked, release, replay, park, cancel: what stands still, and how a person moves it.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "tools/purser/commands.h"
#include "tools/purser/journal_access.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {

using nlohmann::ordered_json;

namespace {

int fail(const Status& status) { return cli::fail(exit_environment, fmt::format("{} ({})", status.message, status.code)); }

// The messages and deliveries a person named: ids, or a parked group by --code and --target.
std::expected<std::vector<gateway::Action>, std::string> actions_of(const Arguments& arguments,
                                                                    gateway::ActionKind kind,
                                                                    gateway::Journal& journal) {
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
  const std::string code = arguments.get("--code");
  const std::string target = arguments.get("--target");
  if (code.empty() && target.empty()) return actions;
  constexpr std::uint32_t one_go = 10'000;  // a person who releases more does it in several goes
  const auto parked = journal.parked_messages(code, target, one_go);
  if (!parked) return std::unexpected(parked.error().message);
  for (const gateway::MessageId id : *parked) {
    action.message = id;
    action.delivery = {};
    actions.push_back(action);
  }
  return actions;
}

void print_result(const gateway::ActionResult& result, std::string_view verb) {
  std::string deliveries;
  for (const gateway::DeliveryId id : result.deliveries) deliveries += " " + gateway::text(id);
  print_line(fmt::format("{} {}: {}{}", gateway::text(result.message),
                         result.said.empty() ? std::string(verb) : "nothing done, " + result.said,
                         gateway::name(result.state), deliveries));
}

ordered_json to_json(const gateway::ActionResult& result) {
  ordered_json out{{"message", gateway::text(result.message)}, {"state", gateway::name(result.state)}};
  out["deliveries"] = ordered_json::array();
  for (const gateway::DeliveryId id : result.deliveries) out["deliveries"].push_back(gateway::text(id));
  if (!result.said.empty()) out["said"] = result.said;
  return out;
}

int act(const Arguments& arguments, gateway::ActionKind kind, std::string_view verb) {
  const bool dry = arguments.has("--dry-run");
  const auto access = open_journal(arguments, !dry);
  if (access == nullptr) return exit_environment;
  const auto actions = actions_of(arguments, kind, access->journal());
  if (!actions) return cli::fail(exit_usage, actions.error());
  if (actions->empty()) return cli::fail(exit_usage, "name messages or deliveries by id, or a group by --code and --target");
  const auto results = dry ? access->journal().would(*actions) : access->journal().act(*actions);
  if (!results) return fail(results.error());
  bool refused = false;
  ordered_json out = ordered_json::array();
  for (const gateway::ActionResult& result : *results) {
    refused |= !result.said.empty();
    if (arguments.json()) {
      out.push_back(to_json(result));
    } else {
      print_result(result, dry ? fmt::format("would be {}", verb) : std::string(verb));
    }
  }
  if (arguments.json()) print_json(out);
  return refused ? exit_findings : exit_ok;
}

}  // namespace

int parked_command(const Arguments& arguments) {
  const auto access = open_journal(arguments, false);
  if (access == nullptr) return exit_environment;
  const auto groups = access->journal().parked();
  if (!groups) return fail(groups.error());
  if (arguments.json()) {
    ordered_json out = ordered_json::array();
    for (const auto& g : *groups) {
      out.push_back({{"code", g.code},
                     {"target", g.target},
                     {"count", g.count},
                     {"oldest", gateway::text(g.oldest)},
                     {"example", gateway::text(g.example)},
                     {"finding", cli::to_json(g.finding)}});
    }
    print_json(out);
    return exit_ok;
  }
  if (groups->empty()) print_line("nothing is parked");
  for (const auto& g : *groups) {
    print_line(fmt::format("{} x {}{}  oldest {}  for example {}", g.count, g.code,
                           g.target.empty() ? "" : " at " + g.target, short_time(g.oldest), gateway::text(g.example)));
    if (!g.finding.message.empty()) print_line("    " + g.finding.message);
    if (!g.finding.remedy.empty()) print_line("    what to do: " + g.finding.remedy);
  }
  return exit_ok;
}

int release_command(const Arguments& arguments) {
  return act(arguments, gateway::ActionKind::release, "released");
}
int replay_command(const Arguments& arguments) { return act(arguments, gateway::ActionKind::replay, "replayed"); }
int park_command(const Arguments& arguments) { return act(arguments, gateway::ActionKind::park, "parked"); }
int cancel_command(const Arguments& arguments) { return act(arguments, gateway::ActionKind::cancel, "cancelled"); }

}  // namespace purser::cli
