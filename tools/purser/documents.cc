// documents: what came in.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "tools/purser/commands.h"
#include "tools/purser/journal_access.h"
#include "tools/purser/page.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {

using nlohmann::ordered_json;

namespace {

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
  if (const std::string after = arguments.get("--after"); !after.empty()) {
    const auto id = message_operand(after);
    if (!id) return id.error();
    query.before = *id;
  }
  query.source = arguments.get("--source");
  query.partner = arguments.get("--partner");
  query.tenant = arguments.get("--tenant");
  return read_limit(arguments, gateway::ListQuery::max_limit, query.limit);
}

// Where the next page goes on; empty: this was the last.
std::expected<std::string, Status> next_page(gateway::Journal& journal, gateway::ListQuery query,
                                             const std::vector<gateway::MessageSummary>& page) {
  if (page.size() < query.limit) return std::string();
  query.before = page.back().id;
  query.limit = 1;
  const auto next = journal.list(query);
  if (!next) return std::unexpected(next.error());
  return next->empty() ? std::string() : gateway::text(query.before);
}

}  // namespace

int documents_command(const Arguments& arguments) {
  gateway::ListQuery query;
  if (const std::string wrong = read_filter(arguments, query); !wrong.empty()) return fail(exit_usage, wrong);
  const auto access = open_journal(arguments, false);
  if (access == nullptr) return exit_environment;
  const auto found = access->journal().list(query);
  if (!found) return fail(found.error());
  const auto next = next_page(access->journal(), query, *found);
  if (!next) return fail(next.error());
  ordered_json documents = ordered_json::array();
  Table table({"id", "received (UTC)", "state", "source", "type", "number", "file", "why"});
  for (const auto& s : *found) {
    if (arguments.json()) documents.push_back(to_json(s));
    const std::string more = s.documents > 1 ? fmt::format(" (+{})", s.documents - 1) : "";
    table.add({gateway::text(s.id), short_time(s.received), std::string(gateway::name(s.state)), s.source,
               type_name(s.type), s.number + more, s.file_name, with_title(s.why)});
  }
  if (!arguments.json()) print(table.empty() ? "nothing here\n" : table.text());
  end_page(arguments, *next, {{"documents", std::move(documents)}});
  return exit_ok;
}

}  // namespace purser::cli
