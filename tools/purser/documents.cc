// documents, trace: what came in, and what happened to it.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "tools/purser/commands.h"
#include "tools/purser/journal_access.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {

using nlohmann::ordered_json;

namespace {

int fail(const Status& status) { return cli::fail(exit_environment, fmt::format("{} ({})", status.message, status.code)); }

// Fills the filter, or says what is wrong with an option.
std::string read_filter(const Arguments& arguments, gateway::ListQuery& query) {
  if (const std::string state = arguments.get("--state"); !state.empty()) {
    query.state = gateway::parse_message_state(state);
    if (!query.state) return "--state is one of admitted, delivering, delivered, parked, rejected, cancelled";
  }
  if (const std::string type = arguments.get("--type"); !type.empty()) {
    const DocumentDescriptor* document = find_document(type);
    if (document == nullptr) return fmt::format("no document type is called {}", type);
    query.type = document->type;
  }
  if (const std::string before = arguments.get("--before"); !before.empty()) {
    const auto id = message_operand(before);
    if (!id) return id.error();
    query.before = *id;
  }
  if (const std::string limit = arguments.get("--limit"); !limit.empty()) {
    const auto [end, error] = std::from_chars(limit.data(), limit.data() + limit.size(), query.limit);
    if (error != std::errc() || *end != '\0' || query.limit == 0 || query.limit > gateway::ListQuery::max_limit) {
      return fmt::format("--limit is a number from 1 to {}", gateway::ListQuery::max_limit);
    }
  }
  query.source = arguments.get("--source");
  query.partner = arguments.get("--partner");
  query.tenant = arguments.get("--tenant");
  return {};
}

// Nothing was found: where else a document may be that somebody says he sent.
void print_hint(const std::string& kind, const std::string& number) {
  cli::fail(exit_findings,
            fmt::format("no document here names {}{}", kind.empty() ? "" : kind + " ", number));
  if (!kind.empty())
    cli::fail(exit_findings, fmt::format("as another kind of number: purser trace {}", number));
  cli::fail(exit_findings, "what could not be read names nothing: purser documents --state parked");
  cli::fail(exit_findings, "what was refused at the door is in no list: purser audit list --what denied");
}

}  // namespace

int documents_command(const Arguments& arguments) {
  gateway::ListQuery query;
  if (const std::string wrong = read_filter(arguments, query); !wrong.empty()) return cli::fail(exit_usage, wrong);
  const auto access = open_journal(arguments, false);
  if (access == nullptr) return exit_environment;
  const auto found = access->journal().list(query);
  if (!found) return fail(found.error());
  if (arguments.json()) {
    ordered_json out = ordered_json::array();
    for (const auto& summary : *found) out.push_back(to_json(summary));
    print_json(out);
    return exit_ok;
  }
  Table table({"id", "received (UTC)", "state", "source", "type", "number", "file", "why"});
  for (const auto& s : *found) {
    const std::string more = s.documents > 1 ? fmt::format(" (+{})", s.documents - 1) : "";
    table.add({gateway::text(s.id), short_time(s.received), std::string(gateway::name(s.state)), s.source,
               type_name(s.type), s.number + more, s.file_name, with_title(s.why)});
  }
  print(table.empty() ? "nothing here\n" : table.text());
  return exit_ok;
}

int trace_command(const Arguments& arguments) {
  // One operand is a number of any kind; two are kind and number.
  const bool with_kind = arguments.operands().size() == 2;
  const std::string kind = with_kind ? arguments.operands()[0] : "";
  const std::string& number = arguments.operands().back();
  const auto access = open_journal(arguments, false);
  if (access == nullptr) return exit_environment;
  auto hits = access->journal().find_by_key({kind, number, {arguments.get("--tenant"), {}}, gateway::ListQuery::max_limit});
  if (!hits) return fail(hits.error());
  std::sort(hits->begin(), hits->end(), [](const auto& a, const auto& b) {
    return std::tie(a.received, a.message, a.document) < std::tie(b.received, b.message, b.document);
  });
  ordered_json out = ordered_json::array();
  for (const gateway::KeyHit& hit : *hits) {
    const auto timeline = access->journal().timeline(hit.message);
    if (!timeline) return fail(timeline.error());
    if (arguments.json()) {
      ordered_json steps = ordered_json::array();
      for (const auto& step : *timeline) steps.push_back(to_json(step));
      out.push_back({{"message", gateway::text(hit.message)},
                     {"document", hit.document},
                     {"type", type_name(hit.type)},
                     {"number", hit.number},
                     {"kind", hit.kind},
                     {"state", gateway::name(hit.state)},
                     {"received", gateway::text(hit.received)},
                     {"timeline", steps}});
      continue;
    }
    print_line(fmt::format("{} {}  {}  {}  ({} {})", type_name(hit.type), hit.number, gateway::text(hit.message),
                           gateway::name(hit.state), hit.kind, number));
    print_line(describe(*timeline));
  }
  if (arguments.json()) print_json(out);
  if (hits->empty()) {
    print_hint(kind, number);
    return exit_findings;
  }
  return exit_ok;
}

}  // namespace purser::cli
