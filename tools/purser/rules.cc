// rules: what Purser judges documents by.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "canonical/rule/packs.h"
#include "connectors/ubl/rules/syntax_rule.h"
#include "tools/purser/commands.h"
#include "tools/purser/packs_option.h"
#include "tools/purser/terminal.h"

namespace purser::cli {
namespace {

using Json = nlohmann::ordered_json;

/// A rule as it is listed, whether the canonical document or the XML is judged by it.
struct Listed {
  std::string pack, file, title, source, document, id, terms, context, statement, check, mend;
  Severity severity;
};

std::vector<Listed> all_rules() {
  std::vector<Listed> all;
  for (const rule::RuleFile& file : rule::rule_files()) {
    const std::string document(find_document(file.document)->name);
    for (const rule::Rule& each : file.rules) {
      all.push_back({file.pack, file.name, file.title, file.source, document, each.id, each.terms,
                     each.context, each.statement, each.check,
                     each.mend.empty() ? rule::remedy_of(each) : each.mend, each.severity});
    }
  }
  for (const ubl::SyntaxRule& each : ubl::syntax_rules()) {
    all.push_back({each.pack, "connectors/ubl/rules",
                   each.about_orders() ? "UBL: what only the XML can tell of orders"
                                       : "UBL: what only the XML can tell",
                   each.pack == "en16931"
                       ? "EN 16931-3-2; verdicts as the published UBL validation artefacts give them"
                   : each.about_orders() ? "OpenPEPPOL BIS Order, Ordering and Order Agreement 3"
                                         : "OpenPEPPOL BIS Billing 3.0",
                   each.root == "Order"           ? "purchase_order"
                   : each.root == "OrderResponse" ? "order_response"
                                                  : "invoice",
                   each.id, "", "UBL", each.statement, each.what, "", each.severity});
  }
  return all;
}

std::string_view severity_name(Severity severity) {
  return severity == Severity::error ? "fatal" : "warning";
}

Json json_of(const Listed& rule) {
  Json json;
  json["id"] = rule.id;
  json["pack"] = rule.pack;
  json["severity"] = severity_name(rule.severity);
  json["document"] = rule.document;
  json["terms"] = rule.terms;
  json["in"] = rule.context;
  json["statement"] = rule.statement;
  json["check"] = rule.check;
  if (!rule.mend.empty()) json["mend"] = rule.mend;
  json["file"] = rule.file;
  return json;
}

std::string cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2)
    text.replace(at, 1, "\\|");
  return text;
}

/// docs/reference/rules.md
void print_page(const std::vector<Listed>& rules) {
  print(
      "# Business rules\n\n"
      "Made by `purser rules --markdown`. Partners, sources and routes switch packs on (`rules: [en16931]`), "
      "`purser "
      "check --pack`\n"
      "tries them out. A fatal rule that does not hold parks or refuses the document, a warning does not. "
      "The grammar of\n"
      "checks is in [canonical/rule](../../canonical/rule/README.md), that of UBL's rows in\n"
      "[connectors/ubl/rules](../../connectors/ubl/rules/README.md). Where a verdict can differ from the "
      "published\n"
      "artefacts': [EN 16931: whose verdict](../en16931-verdicts.md).\n");
  std::string title;
  for (const Listed& rule : rules) {
    if (rule.pack + rule.file + rule.title != title) {
      title = rule.pack + rule.file + rule.title;
      print(
          fmt::format("\n## {}: {}\n\nFrom {}.\n\n| rule | terms | what must hold | judged for | check "
                      "|\n|---|---|---|---|---|\n",
                      rule.pack, rule.title, rule.source));
    }
    print(fmt::format("| {}{} | {} | {} | {} | `{}` |\n", rule.id,
                      rule.severity == Severity::error ? "" : " (warning)", rule.terms, cell(rule.statement),
                      cell(rule.context), cell(rule.check)));
  }
}

}  // namespace

bool is_rule(std::string_view id) {
  return std::ranges::any_of(all_rules(), [&](const Listed& rule) { return rule.id == id; });
}

int rules_command(const Arguments& arguments) {
  const auto packs = packs_of(arguments);
  if (!packs) return fail(exit_usage, packs.error());
  std::vector<Listed> rules = all_rules();
  std::erase_if(rules, [&](const Listed& rule) {
    const auto& wanted = arguments.operands();
    if (!packs->empty() && std::ranges::find(*packs, rule.pack) == packs->end()) return true;
    return !wanted.empty() && std::ranges::find(wanted, rule.id) == wanted.end();
  });
  if (rules.empty()) return fail(exit_findings, "there is no such rule");
  if (arguments.has("--markdown")) {
    print_page(rules);
  } else if (arguments.json()) {
    Json json = Json::array();
    for (const Listed& rule : rules) json.push_back(json_of(rule));
    print_line(json.dump(1));
  } else if (!arguments.operands().empty()) {
    for (const Listed& rule : rules) {
      print_line(fmt::format("{} ({}, {}) {}\n  {}\n  for each:  {}\n  check:     {}{}\n  from:      {}, {}",
                             rule.id, rule.pack, severity_name(rule.severity), rule.terms, rule.statement,
                             rule.context, rule.check, rule.mend.empty() ? "" : "\n  mend:      " + rule.mend,
                             rule.source, rule.file));
    }
  } else {
    Table table({"rule", "pack", "", "what must hold"});
    for (const Listed& rule : rules)
      table.add({rule.id, rule.pack, std::string(severity_name(rule.severity)), rule.statement});
    print(table.text());
  }
  return exit_ok;
}

}  // namespace purser::cli
