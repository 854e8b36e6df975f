#include "connectors/table/library.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace purser::table {
namespace {

constexpr std::string_view every_version = "*";

/// The words of a text's first statement; a head has at most six, a layout names its versions.
std::vector<std::string_view> first_statement(std::string_view text) {
  constexpr std::size_t most_words = 16;
  std::vector<std::string_view> words;
  while (words.empty() && !text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (words.size() < most_words) {
      line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
      if (line.empty() || line.front() == '#') break;
      const std::string_view word = line.substr(0, line.find_first_of(" \t\r"));
      words.push_back(word);
      line.remove_prefix(word.size());
    }
  }
  return words;
}

std::optional<Head> head_of(std::string_view text) {
  const auto words = first_statement(text);
  if (words.size() < 5 || words[0] != "map") return std::nullopt;
  const auto arrow = std::ranges::find_if(
      words, [](std::string_view word) { return word == "<->" || word == "->" || word == "<-"; });
  const auto at = static_cast<std::size_t>(arrow - words.begin());
  if ((at != 3 && at != 4) || words.size() <= at + 1) return std::nullopt;
  Head head;
  head.syntax = words[1];
  head.message = words[2];
  if (at == 4) head.version = words[3];
  head.document = words[at + 1];
  head.reads = *arrow != "<-";
  head.writes = *arrow != "->";
  return head;
}

ProgramResult refuse(std::string_view code, std::string message) {
  Report report;
  report.add(make_finding(code, {}, std::move(message)));
  return std::unexpected(std::move(report));
}

}  // namespace

Library::Library(std::vector<sdk::TableText> configured, std::span<const sdk::EmbeddedFile> embedded,
                 map::CallTable calls)
    : texts_(std::move(configured)), calls_(std::move(calls)) {
  const std::size_t brought = texts_.size();
  for (const sdk::EmbeddedFile& file : embedded) texts_.push_back({file.name, file.text});
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    files_.push_back({std::string(texts_[i].name), texts_[i].text});
    auto head = head_of(texts_[i].text);
    if (!head) continue;
    head->text = i;
    head->configured = i < brought;
    const auto same = std::ranges::find_if(heads_, [&](const Head& other) {
      return other.syntax == head->syntax && other.message == head->message && other.version == head->version;
    });
    if (same == heads_.end()) {
      heads_.push_back(*std::move(head));
    } else if (head->configured) {
      doubles_.add(make_finding("TABLE-0003", {},
                                fmt::format("{} and {} are both for {} {}", texts_[same->text].name,
                                            texts_[i].name, head->message, head->version)));
    }
  }
  find_versions();
}

Library::~Library() = default;

Report Library::check() {
  Report all = doubles_;
  for (const Head& head : heads_) {
    if (!head.configured) continue;
    if (const ProgramResult program = find(head.message, head.version); !program) {
      for (const Finding& finding : program.error().findings()) all.add(finding);
    }
  }
  return all;
}

const Head* Library::find_head(std::string_view message, std::string_view version) const {
  const auto find = [&](std::string_view wanted) {
    const auto found = std::ranges::find_if(heads_, [&](const Head& head) {
      return head.message == message && (version.empty() || head.version == wanted);
    });
    return found == heads_.end() ? nullptr : &*found;
  };
  const Head* found = find(version);
  return found != nullptr ? found : find(every_version);
}

const std::vector<std::string_view>& Library::versions(std::string_view message) const {
  static const std::vector<std::string_view> none;
  const auto found = versions_.find(message);
  return found == versions_.end() ? none : found->second;
}

/// Of each message: those of its tables, and of its layouts where a table serves every version. Asked for at
/// each message that is read, and always the same.
void Library::find_versions() {
  std::vector<std::vector<std::string_view>> layouts;
  for (const map::TableFile& file : files_) {
    auto words = first_statement(file.text);
    if (words.size() >= 4 && words[0] == "layout") layouts.push_back(std::move(words));
  }
  for (const Head& head : heads_) {
    auto& found = versions_[head.message];
    if (head.version != every_version) found.push_back(head.version);
    for (const auto& words : layouts) {
      if (head.version == every_version && words[1] == head.syntax && words[2] == head.message)
        found.insert(found.end(), words.begin() + 3, words.end());
    }
  }
  for (auto& [message, found] : versions_) {
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
  }
}

const Head* Library::writer_of(DocumentType document) const {
  const DocumentDescriptor* descriptor = find_document(document);
  if (descriptor == nullptr) return nullptr;
  const Head* configured = nullptr;
  for (const Head& head : heads_) {
    if (!head.writes || head.document != descriptor->name) continue;
    if (!head.configured) return find_head(head.message, head.version);
    if (configured == nullptr) configured = &head;
  }
  return configured;
}

ProgramResult Library::find(std::string_view message, std::string_view version,
                            std::span<const std::string> overlays) {
  const Head* head = find_head(message, version);
  if (head == nullptr)
    return refuse("TABLE-0002", fmt::format("there is no table for {} {}", message, version));
  const bool several = head->version == every_version;
  std::tuple wanted(head->text, std::string(several ? version : std::string_view{}),
                    std::vector<std::string>(overlays.begin(), overlays.end()));
  const std::lock_guard lock(mutex_);
  if (const auto kept = programs_.find(wanted); kept != programs_.end()) return kept->second;
  return programs_.emplace(std::move(wanted), load(*head, version, overlays)).first->second;
}

ProgramResult Library::load(const Head& head, std::string_view version,
                            std::span<const std::string> overlays) const {
  std::vector<map::TableFile> over;
  for (const std::string& name : overlays) {
    const auto found = std::ranges::find_if(files_, [&](const map::TableFile& file) {
      return file.name == name || file.name == name + ".overlay";
    });
    if (found == files_.end()) return refuse("TABLE-0001", fmt::format("there is no overlay \"{}\"", name));
    over.push_back(*found);
  }
  return map::Program::load(files_[head.text], files_, over, calls_, version);
}

}  // namespace purser::table
