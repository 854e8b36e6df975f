// webhook …: subscriptions to what happens.
#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/attention/moment.h"
#include "gateway/notify/position.h"
#include "gateway/notify/sending.h"
#include "gateway/settings/quantity.h"
#include "tools/purser/administer.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {
namespace {

using gateway::Subscription;
using nlohmann::ordered_json;

int said(const Status& status) {
  return fail(exit_environment, fmt::format("{} ({})", status.message, status.code));
}

/// Opens, finds the subscription of the first operand, does `work` with it.
template <typename Work>
int with_subscription(const Arguments& arguments, Work work) {
  auto in = open_for_change(arguments);
  if (!in) return exit_environment;
  const auto found =
      gateway::find_subscription(in->access->journal(), in->tenant, arguments.operands().front());
  if (!found) return said(found.error());
  if (!*found)
    return fail(exit_findings, fmt::format("there is no subscription {}", arguments.operands().front()));
  auto progress = gateway::progress_of(in->access->journal(), in->tenant, arguments.operands().front());
  if (!progress) return said(progress.error());
  return work(*in, **found, *progress);
}

int put(Administering& in, const Subscription& next, std::string_view what, const std::string& content) {
  const gateway::AuditNote note{"person:" + person(), fmt::format("subscription {}", what), next.name,
                                next.tenant};
  const auto version = in.access->journal().put_record(
      {std::string(gateway::subscription_kind), next.tenant, next.name, next.version, content}, note);
  if (!version) return said(version.error());
  if (!*version) return fail(exit_findings, "the subscription is there, or was changed meanwhile");
  return exit_ok;
}

void show_secret(const Arguments& arguments, const Administering& in, const Subscription& subscription) {
  const auto secret = gateway::signing_secret(in.settings->hash_key, subscription);
  if (arguments.json())
    print_json({{"name", subscription.name}, {"secret", secret}});
  else
    print_line(
        fmt::format("{} tells {}; it is signed with\n\n  {}", subscription.name, subscription.url, secret));
}

}  // namespace

int webhook_list_command(const Arguments& arguments) {
  auto in = open_for_change(arguments);
  if (!in) return exit_environment;
  const auto records =
      in->access->journal().records(std::string(gateway::subscription_kind), arguments.get("--tenant"));
  if (!records) return said(records.error());
  ordered_json out = ordered_json::array();
  Table table({"tenant", "name", "state", "address", "events"});
  for (const auto& record : *records) {
    const auto one = gateway::read_subscription(record);
    if (!one) continue;
    out.push_back({{"tenant", one->tenant},
                   {"name", one->name},
                   {"enabled", one->enabled},
                   {"url", one->url},
                   {"events", one->events},
                   {"why", one->why}});
    table.add({one->tenant, one->name, one->enabled ? "on" : "off " + one->why, one->url,
               one->events.empty() ? "all" : fmt::format("{}", fmt::join(one->events, " "))});
  }
  if (arguments.json())
    print_json(out);
  else
    print(table.empty() ? "nobody is told of anything\n" : table.text());
  return exit_ok;
}

int webhook_new_command(const Arguments& arguments) {
  auto in = open_for_change(arguments);
  if (!in) return exit_environment;
  if (in->settings->hash_key.empty())
    return fail(exit_environment, "the configuration has no access.hash_key to sign with");
  Subscription next;
  next.tenant = in->tenant;
  next.name = arguments.operands()[0];
  next.url = arguments.operands()[1];
  const std::string wanted = arguments.get("--events");
  for (std::size_t at = 0; at < wanted.size();) {
    const std::size_t comma = std::min(wanted.find(',', at), wanted.size());
    if (comma > at) next.events.push_back(wanted.substr(at, comma - at));
    at = comma + 1;
  }
  if (const char* expected = gateway::form_expected("name", next.name))
    return fail(exit_usage, fmt::format("a name has {}", expected));
  const auto fault =
      gateway::address_fault(next.url, in->settings->find_tenant(in->tenant)->private_addresses);
  if (!fault.empty()) return fail(exit_usage, fault);
  auto& journal = in->access->journal();
  const auto end = gateway::trail_end(journal);
  auto progress = gateway::progress_of(journal, next.tenant, next.name);
  if (!end || !progress) return said(!end ? end.error() : progress.error());
  if (const auto there = gateway::find_subscription(journal, next.tenant, next.name); there && *there)
    return fail(exit_findings, fmt::format("{} is there already", next.name));
  progress->at = *end;
  if (const auto stored = gateway::store(journal, next, *progress); !stored || !*stored)
    return fail(exit_findings, "the subscription was changed meanwhile");
  if (const int code = put(*in, next, "made", gateway::to_content(next)); code != exit_ok) return code;
  show_secret(arguments, *in, next);
  return exit_ok;
}

int webhook_remove_command(const Arguments& arguments) {
  return with_subscription(
      arguments, [&](Administering& in, const Subscription& one, const gateway::Progress& progress) {
        if (const int code = put(in, one, "removed", {}); code != exit_ok) return code;
        static_cast<void>(in.access->journal().put_record(
            {std::string(gateway::progress_kind), one.tenant, one.name, progress.version, {}}, {}));
        print_line(one.name + " is told nothing more");
        return static_cast<int>(exit_ok);
      });
}

int webhook_enable_command(const Arguments& arguments) {
  return with_subscription(arguments, [&](Administering& in, Subscription one, gateway::Progress progress) {
    one.enabled = true;
    one.why.clear();
    if (const int code = put(in, one, "changed", gateway::to_content(one)); code != exit_ok) return code;
    progress.failing_since = progress.due = 0;
    progress.failures = 0;
    static_cast<void>(gateway::store(in.access->journal(), one, progress));
    print_line(one.name + " goes on where it stopped");
    return static_cast<int>(exit_ok);
  });
}

int webhook_rotate_command(const Arguments& arguments) {
  const auto overlap = gateway::parse_duration(arguments.get("--overlap", "24 h"));
  if (!overlap) return fail(exit_usage, "--overlap takes a duration such as 24 h or 7 d");
  return with_subscription(arguments, [&](Administering& in, Subscription one, const gateway::Progress&) {
    ++one.generation;
    one.both_until = std::chrono::floor<std::chrono::seconds>(in.access->clock.now() + *overlap)
                         .time_since_epoch()
                         .count();
    if (const int code = put(in, one, "secret rotated", gateway::to_content(one)); code != exit_ok)
      return code;
    show_secret(arguments, in, one);
    return static_cast<int>(exit_ok);
  });
}

int webhook_test_command(const Arguments& arguments) {
  return with_subscription(
      arguments, [&](Administering& in, const Subscription& one, const gateway::Progress&) {
        const auto transport = gateway::make_network_transport();
        const auto now = in.access->clock.now();
        const auto& tenant = *in.settings->find_tenant(one.tenant);
        const auto source = gateway::event_source(tenant);
        const gateway::Sending sending{one, gateway::test_event(one, now, source), in.settings->hash_key,
                                       tenant.private_addresses, source.sender};
        const auto attempt = gateway::send_event_and_wait(*transport, sending, now);
        transport->close();
        if (arguments.json())
          print_json({{"arrived", attempt.arrived}, {"answer", attempt.answer}, {"detail", attempt.detail}});
        else
          print_line(fmt::format("{}: {}", attempt.arrived ? "arrived" : "did not arrive", attempt.detail));
        return static_cast<int>(attempt.arrived ? exit_ok : exit_findings);
      });
}

int webhook_recover_command(const Arguments& arguments) {
  const std::string& typed = arguments.operands()[1];
  const auto since = gateway::parse_moment(typed, gateway::SystemClock().now());
  if (!since)
    return fail(exit_usage, fmt::format("from when? \"{}\" is not {}", typed, gateway::moment_forms));
  return with_subscription(
      arguments, [&](Administering& in, const Subscription& one, gateway::Progress progress) {
        const auto at = gateway::trail_since(in.access->journal(), *since);
        if (!at) return said(at.error());
        progress.at = *at;
        progress.due = 0;
        const auto stored = gateway::store(in.access->journal(), one, progress);
        if (!stored || !*stored) return fail(exit_findings, "it was sending at this moment: once more");
        print_line(fmt::format("{} is told again of everything since {}", one.name, arguments.operands()[1]));
        return static_cast<int>(exit_ok);
      });
}

int webhook_history_command(const Arguments& arguments) {
  return with_subscription(
      arguments, [&](Administering&, const Subscription&, const gateway::Progress& progress) {
        ordered_json out = ordered_json::array();
        Table table({"at (UTC)", "event", "type", "answer", "detail"});
        for (const auto& one : progress.attempts) {
          out.push_back({{"at", gateway::text(one.at)},
                         {"event", one.event},
                         {"type", one.type},
                         {"answer", one.answer},
                         {"arrived", one.arrived},
                         {"detail", one.detail}});
          table.add({short_time(one.at), one.event, one.type, std::to_string(one.answer), one.detail});
        }
        if (arguments.json())
          print_json(out);
        else
          print(table.empty() ? "nothing was sent yet\n" : table.text());
        return static_cast<int>(exit_ok);
      });
}

}  // namespace purser::cli
