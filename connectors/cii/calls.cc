#include "connectors/cii/calls.h"

#include <string>

namespace purser::cii {
namespace {

constexpr std::string_view project_name = "Project reference";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

void read_account(const map::NodeView& from, map::GroupEditor& to) {
  const auto iban = from.text("ram:IBANID"), own = from.text("ram:ProprietaryID");
  if (!iban.empty() && to.set("id", iban)) from.used("ram:IBANID");
  if (!own.empty() && to.set(iban.empty() ? "id" : "alias", own)) from.used("ram:ProprietaryID");
  for (const std::string_view leaf : {"ram:IBANID/@schemeID", "ram:ProprietaryID/@schemeID"}) {
    const auto scheme = from.text(leaf);
    if (!scheme.empty() && to.set("scheme", scheme)) from.used(leaf);
  }
}

void write_account(const map::GroupEditor& from, map::NodeEditor& to) {
  const auto number = from.get("id"), alias = from.get("alias"), scheme = from.get("scheme");
  if (number.empty()) return;
  const bool iban = is_iban(number) || !alias.empty();
  to.set(iban ? "ram:IBANID" : "ram:ProprietaryID", number);
  if (!alias.empty()) to.set("ram:ProprietaryID", alias);
  if (!scheme.empty()) to.set(iban ? "ram:IBANID/@schemeID" : "ram:ProprietaryID/@schemeID", scheme);
}

void read_project(const map::NodeView& from, map::GroupEditor& to) {
  to.set("number", from.text("ram:ID"));
  from.used("ram:ID");
  const auto name = from.text("ram:Name");
  if (name == project_name || name.empty() || to.set("description", name)) from.used("ram:Name");
}

void write_project(const map::GroupEditor& from, map::NodeEditor& to) {
  to.set("ram:ID", from.get("number"));
  const auto name = from.get("description");
  to.set("ram:Name", name.empty() ? project_name : name);
}

}  // namespace

bool is_iban(std::string_view number) {
  std::size_t at = 0;
  for (const char c : number) {
    if (c == ' ') continue;
    const bool good = at < 2 ? is_letter(c) : at < 4 ? is_digit(c) : is_letter(c) || is_digit(c);
    if (!good) return false;
    ++at;
  }
  constexpr std::size_t shortest = 15, longest = 34;
  return at >= shortest && at <= longest;
}

map::CallTable calls() {
  map::CallTable table;
  table.add("account_number", {read_account, write_account});
  table.add("project", {read_project, write_project});
  return table;
}

}  // namespace purser::cii
