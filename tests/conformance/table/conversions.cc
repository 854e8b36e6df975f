#include "tests/conformance/table/conversions.h"

#include <fmt/format.h>

namespace purser::conformance {

std::map<std::string, Converted> judge_conversions(const std::filesystem::path& corpus,
                                                   const std::vector<Conversion>& conversions,
                                                   std::string* tell) {
  std::vector<std::string> texts, complaints;
  for (const Conversion& each : conversions) texts.push_back(each.refused ? std::string() : each.written);
  const auto verdicts = valid_texts(corpus, texts, tell == nullptr ? nullptr : &complaints);
  std::map<std::string, Converted> rows;
  for (std::size_t i = 0; i < conversions.size(); ++i) {
    const Conversion& each = conversions[i];
    Converted& row = rows[each.message];
    ++row.documents;
    const bool bad = !each.refused && (!each.noticed.empty() || !verdicts[i].value_or(true));
    row.refused += each.refused ? 1 : 0;
    row.invalid += bad ? 1 : 0;
    row.valid += each.refused || bad ? 0 : 1;
    if (tell == nullptr || (!each.refused && !bad)) continue;
    *tell += fmt::format("{}: {} {}: {}\n", each.message, each.refused ? "refused" : "INVALID", each.from,
                         each.refused ? each.why : each.noticed + " " + complaints[i]);
  }
  return rows;
}

std::string conversion_table(const std::map<std::string, Converted>& rows) {
  std::string text =
      "| written as | documents of other formats | valid | not valid | refused |\n|---|---|---|---|---|\n";
  for (const auto& [message, row] : rows) {
    const auto cut = message.find(' ');
    text += fmt::format("| {} {} | {} | {} | {} | {} |\n", message.substr(0, cut), message.substr(cut + 1),
                        row.documents, row.valid, row.invalid, row.refused);
  }
  return text;
}

}  // namespace purser::conformance
