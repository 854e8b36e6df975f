#include "connectors/mapped/tables.h"

#include <algorithm>

#include "connectors/reader/delimited_reader.h"
#include "connectors/reader/xml_reader.h"

namespace purser::mapped {
namespace {

constexpr std::uint32_t certain_root = 95;     // a root element with its namespace leaves no doubt
constexpr std::uint32_t certain_heading = 90;  // all headings there; another table might have them, too
constexpr std::uint32_t least_heading = 50;    // fewer than about half of the headings are an accident

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

Tables::Tables(std::vector<sdk::TableText> configured) : library_(std::move(configured), {}) {
  report_ = library_.check();
  for (const table::Head& head : library_.heads()) {
    if (head.syntax != "xml" && head.syntax != "delimited") continue;
    if (const auto program = library_.find(head.message, head.version))
      plain_.emplace(head.message, *program);
  }
}

table::ProgramResult Tables::find(std::string_view name, std::span<const std::string> overlays) {
  return library_.find(name, {}, overlays);
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
