// Commands about Purser itself: completion, the manual, the catalogue of findings.
#include <fmt/format.h>

#include "canonical/finding/finding.h"
#include "gateway/api/openapi.h"
#include "tools/purser/commands.h"
#include "tools/purser/terminal.h"

namespace purser::cli {

int completion_command(const Arguments& arguments) {
  const std::string script = completion_script(commands(), arguments.operands().front());
  if (script.empty()) return fail(exit_usage, "completion is there for bash, zsh and fish");
  print(script);
  return exit_ok;
}

int manual_command(const Arguments&) {
  print(manual(commands()));
  return exit_ok;
}

int openapi_command(const Arguments&) {
  print(gateway::openapi_document());
  return exit_ok;
}

int explain_command(const Arguments& arguments) {
  const CatalogueEntry* entry = find_catalogue_entry(arguments.operands().front());
  if (entry == nullptr) {
    const std::string& code = arguments.operands().front();
    if (is_rule(code)) return rules_command(arguments);  // a broken rule has its own id as code
    return fail(exit_findings, fmt::format("no finding and no rule has the code {}", code));
  }
  if (arguments.json()) {
    print_line(fmt::format(R"({{"code":{},"title":{},"explanation":{},"remedy":{},"retired":{}}})",
                           json_string(entry->code), json_string(entry->title),
                           json_string(entry->explanation), json_string(entry->remedy), entry->retired));
  } else {
    print_line(fmt::format("{}: {}{}\n\n{}\n\nWhat to do: {}", entry->code, entry->title,
                           entry->retired ? " (retired)" : "", entry->explanation, entry->remedy));
  }
  return exit_ok;
}

}  // namespace purser::cli
