#include "tests/canonical/rule/cases.h"

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

#include "canonical/event/events_only.h"
#include "canonical/event/header_first.h"
#include "canonical/event/json_reader.h"
#include "canonical/rule/judge.h"
#include "canonical/rule/packs.h"

namespace purser::rule::testing {
namespace {

using json = nlohmann::ordered_json;  // the document's kind comes first

std::string folder() {
  const char* source = std::getenv("PURSER_SOURCE");
  return std::string(source == nullptr ? "." : source) + "/tests/canonical/rule/";
}

std::string trimmed(const std::string& text) {
  const auto start = text.find_first_not_of(" \t");
  return start == std::string::npos ? "" : text.substr(start, text.find_last_not_of(" \t") - start + 1);
}

std::vector<std::string> split(const std::string& text, const std::string& mark) {
  std::vector<std::string> all;
  std::size_t at = 0;
  for (std::size_t end = 0; end != std::string::npos; at = end + mark.size()) {
    end = text.find(mark, at);
    if (const auto part = trimmed(text.substr(at, end == std::string::npos ? end : end - at)); !part.empty())
      all.push_back(part);
  }
  return all;
}

void replace_all(std::string& text, const std::string& what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
}

/// `/path = JSON` or `-/path`.
void change(json& document, const std::string& what) {
  if (what.starts_with("-")) {
    const json::json_pointer path(what.substr(1));
    json& parent = document.at(path.parent_pointer());
    if (parent.is_array())
      parent.erase(std::stoul(path.back()));
    else if (parent.erase(path.back()) == 0)
      throw std::runtime_error("nothing to take away: " + what);
    return;
  }
  const auto equals = what.find(" = ");
  document[json::json_pointer(what.substr(0, equals))] = json::parse(what.substr(equals + 3));
}

class Table {
 public:
  CaseTable read(const std::string& name) {
    std::ifstream file(folder() + name);
    if (!file) throw std::runtime_error("no " + folder() + name);
    std::vector<std::pair<int, std::string>> lines;
    int number = 0;
    for (std::string line; std::getline(file, line);) {
      ++number;
      if (!trimmed(line).empty() && line[0] != '#') lines.emplace_back(number, trimmed(line));
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (!lines[i].second.starts_with("each ")) {
        row(lines[i].first, lines[i].second);
        continue;
      }
      std::size_t end = i + 1;
      while (lines.at(end).second != "end") ++end;
      const auto halves = split(lines[i].second.substr(5), " = ");
      const auto names = split(halves.at(0), " ");
      for (const auto& group : split(halves.at(1), ",")) {
        const auto values = split(group, " ");
        for (std::size_t line = i + 1; line < end; ++line) {
          std::string text = lines[line].second;
          for (std::size_t n = 0; n < names.size(); ++n)
            replace_all(text, "{" + names[n] + "}", values.at(n));
          row(lines[line].first, text);
        }
      }
      i = end;
    }
    return std::move(table_);
  }

 private:
  void row(int line, const std::string& text) {
    const auto colon = text.find(" :");
    const auto words = split(text.substr(0, colon), " ");
    const auto changes =
        colon == std::string::npos ? std::vector<std::string>() : split(text.substr(colon + 2), " ; ");
    if (words[0] == "pack") table_.pack = words.at(1);
    if (words[0] == "base") {
      std::ifstream base(folder() + words.at(1));
      variants_[""] = json::parse(base);
    }
    if (words[0] == "pack" || words[0] == "base") return;
    json document = variants_.at(words[0] == "variant" ? (words.size() > 2 ? words[2] : "") : words.at(2));
    try {
      for (const auto& each : changes) change(document, each);
    } catch (const std::exception& error) {
      throw std::runtime_error("line " + std::to_string(line) + ": " + error.what());
    }
    if (words[0] == "variant") {
      variants_[words.at(1)] = document;
      table_.variants.emplace_back(words[1], std::move(document));
      return;
    }
    const Verdict verdict = words[1] == "+"   ? Verdict::holds
                            : words[1] == "-" ? Verdict::fails
                                              : Verdict::fails_for_invoices;
    table_.cases.push_back({words[0], verdict, text, line, std::move(document)});
  }

  CaseTable table_;
  std::map<std::string, json> variants_;
};

}  // namespace

CaseTable read_cases(const std::string& name) { return Table().read(name); }

std::vector<std::string> findings_of(const json& document, const std::string& pack) {
  const std::vector<std::string> packs = {pack};
  const auto* type = find_document(std::string_view(document.at("document").get_ref<const std::string&>()));
  const auto program = program_for(packs, type->type);
  std::vector<std::string> codes;
  if (!program) return codes;
  Judge judge(*program, [&](const Finding& finding) { codes.push_back(finding.code); });
  HeaderFirst ordered(judge);
  EventsOnly events(ordered);
  const std::string text = document.dump();
  if (const auto read = read_json(text, events); !read) throw std::runtime_error(read.error().message);
  return codes;
}

}  // namespace purser::rule::testing
