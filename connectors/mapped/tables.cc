#include "connectors/mapped/tables.h"

#include <fmt/format.h>

#include <algorithm>

#include "canonical/map/call.h"
#include "connectors/reader/delimited_reader.h"
#include "connectors/reader/xml_reader.h"

namespace purser::mapped {
namespace {

constexpr std::uint32_t certain_root = 95;     // a root element with its namespace leaves no doubt
constexpr std::uint32_t certain_heading = 90;  // all headings there; another table might have them, too
constexpr std::uint32_t least_heading = 50;    // fewer than about half of the headings are an accident

// The name in "map delimited NAME …" or "map xml NAME …", the first statement; empty if it is no such table.
std::string name_of(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < line.size() && words.size() < 3;) {
      const std::size_t begin = line.find_first_not_of(" \t\r", at);
      if (begin == std::string_view::npos) break;
      at = std::min(line.find_first_of(" \t\r", begin), line.size());
      words.push_back(line.substr(begin, at - begin));
    }
    if (words.empty() || words[0].starts_with('#')) continue;
    const bool mine =
        words.size() == 3 && words[0] == "map" && (words[1] == "delimited" || words[1] == "xml");
    return mine && words[2] != "common" ? std::string(words[2]) : std::string();
  }
  return {};
}

ProgramResult refuse(std::string message) {
  Report report;
  report.add(make_finding("CSV-0033", {}, std::move(message)));
  return std::unexpected(std::move(report));
}

// The headings of a file, as far as the head goes.
std::vector<std::string> headings_of(std::string_view head) {
  class First : public map::SyntaxSink {
   public:
    Outcome open(std::string_view, const Position&) override { return {}; }
    Outcome leaf(const map::LeafAddress&, std::string_view text, const Position&) override {
      const std::size_t begin = text.find_first_not_of(" \t");
      if (begin != std::string_view::npos)
        names.emplace_back(text.substr(begin, text.find_last_not_of(" \t") + 1 - begin));
      return {};
    }
    Outcome close(const Position&) override {
      return std::unexpected(Status{StatusClass::invalid, {}, "enough"});
    }
    std::vector<std::string> names;
  };
  const auto format = delimited::detect(head);
  if (!format) return {};
  delimited::ReadOptions options;
  options.format = *format;
  options.format.heading = false;
  reader::MemorySource source(head);
  First first;
  // It ends behind the first record, by the sink's refusal.
  static_cast<void>(delimited::read(
      source, first, [](const Finding&) {}, options));
  return first.names;
}

bool same_ignoring_case(std::string_view one, std::string_view other) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(one, other, {}, lower, lower);
}

}  // namespace

Tables::Tables(std::vector<sdk::TableText> configured) : texts_(std::move(configured)) {
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    const std::string name = name_of(texts_[i].text);
    if (name.empty()) continue;
    if (!main_.emplace(name, i).second) {
      report_.add(make_finding("CSV-0033", {}, fmt::format("two tables are named \"{}\"", name)));
      continue;
    }
    ProgramResult program = load(i, {});
    if (program) {
      plain_.emplace(name, *program);
    } else {
      for (const Finding& finding : program.error().findings()) report_.add(finding);
    }
  }
}

ProgramResult Tables::load(std::size_t main, std::span<const std::string> overlays) const {
  static const map::CallTable no_calls;
  std::vector<map::TableFile> library;
  for (const sdk::TableText& text : texts_) library.push_back({std::string(text.name), text.text});
  std::vector<map::TableFile> over;
  for (const std::string& name : overlays) {
    const auto found = std::ranges::find_if(texts_, [&](const sdk::TableText& text) {
      return text.name == name || text.name == name + ".overlay";
    });
    if (found == texts_.end()) return refuse(fmt::format("there is no overlay \"{}\"", name));
    over.push_back({std::string(found->name), found->text});
  }
  return map::Program::load(library[main], library, over, no_calls);
}

ProgramResult Tables::find(std::string_view name, std::span<const std::string> overlays) {
  const auto main = main_.find(name);
  if (main == main_.end()) return refuse(fmt::format("there is no table \"{}\"", name));
  const auto plain = plain_.find(name);
  if (plain == plain_.end()) return refuse(fmt::format("the table \"{}\" does not compile", name));
  if (overlays.empty()) return plain->second;
  const std::pair wanted(std::string(name), std::vector<std::string>(overlays.begin(), overlays.end()));
  const std::lock_guard lock(mutex_);
  const auto kept = overlaid_.find(wanted);
  if (kept != overlaid_.end()) return kept->second;
  return overlaid_.emplace(wanted, load(main->second, overlays)).first->second;
}

Tables::Match Tables::match(std::string_view head) const {
  Match best;
  const auto root = xml::peek(head);
  const std::vector<std::string> headings = root ? std::vector<std::string>() : headings_of(head);
  for (const auto& [name, program] : plain_) {
    if (!program->reads()) continue;
    std::uint32_t confidence = 0;
    if (program->syntax() == "xml" && root) {
      const auto spaces = program->namespaces();
      const auto own = std::ranges::find(spaces, std::string_view(), &map::NamespaceName::prefix);
      const std::string_view uri = own == spaces.end() ? std::string_view() : own->uri;
      if (root->local == program->message() && root->uri == uri) confidence = certain_root;
    } else if (program->syntax() == "delimited" && !headings.empty()) {
      const auto columns = program->delimited().columns;
      const auto known = std::ranges::count_if(columns, [&](const std::string& column) {
        return std::ranges::any_of(
            headings, [&](const std::string& heading) { return same_ignoring_case(heading, column); });
      });
      if (!columns.empty())
        confidence =
            static_cast<std::uint32_t>(known) * certain_heading / static_cast<std::uint32_t>(columns.size());
      if (confidence < least_heading) confidence = 0;
    }
    if (confidence > best.confidence) best = {program.get(), confidence};
  }
  return best;
}

std::string_view Tables::writer_of(DocumentType document, std::string_view syntax) const {
  std::string_view found;
  for (const auto& [name, program] : plain_) {
    if (!program->writes() || program->document() != document ||
        (!syntax.empty() && program->syntax() != syntax))
      continue;
    if (!found.empty()) return {};
    found = name;
  }
  return found;
}

}  // namespace purser::mapped
