#include "connectors/ubl/calls.h"

#include <algorithm>
#include <string>

namespace purser::ubl {
namespace {

constexpr std::size_t subject_length = 3;  ///< codes of UNTDID 4451 have three characters

bool is_code_character(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

/// True if `text` begins with a subject code between two #.
bool has_subject(std::string_view text) {
  if (text.size() < subject_length + 2 || text[0] != '#' || text[subject_length + 1] != '#') return false;
  return std::ranges::all_of(text.substr(1, subject_length), is_code_character);
}

void read_note(const map::NodeView& from, map::GroupEditor& to) {
  const auto text = from.text(".");
  const bool subject = has_subject(text);
  if (subject) to.set("subject", text.substr(1, subject_length));
  to.set("text", subject ? text.substr(subject_length + 2) : text);
  from.used(".");
  if (const auto language = from.text("@languageID"); !language.empty()) {
    to.set("language", language);
    from.used("@languageID");
  }
}

void write_note(const map::GroupEditor& from, map::NodeEditor& to) {
  if (const auto language = from.get("language"); !language.empty()) to.set("@languageID", language);
  const auto subject = from.get("subject");
  to.set(".", subject.empty() ? from.get("text") : "#" + subject + "#" + from.get("text"));
}

}  // namespace

map::CallTable calls() {
  map::CallTable table;
  table.add("note_with_subject", {read_note, write_note});
  return table;
}

}  // namespace purser::ubl
