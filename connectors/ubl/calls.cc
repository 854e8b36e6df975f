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

/// Peppol: Authority iso6523-actorid-upis and 0088:7300010000001 are a GLN. The agency's code is the scheme.
constexpr std::string_view peppol_authority = "iso6523-actorid-upis";
constexpr std::size_t icd_length = 4;  ///< of an International Code Designator, ISO 6523

bool has_icd(std::string_view text) {
  return text.size() > icd_length + 1 && text[icd_length] == ':' &&
         std::ranges::all_of(text.substr(0, icd_length), [](char c) { return c >= '0' && c <= '9'; });
}

void read_participant(const map::NodeView& from, map::GroupEditor& to) {
  const auto text = from.text(".");
  const auto authority = from.text("@Authority");
  const bool split = authority == peppol_authority && has_icd(text);
  to.set("id", split ? text.substr(icd_length + 1) : text);
  to.set("scheme", split ? text.substr(0, icd_length) : authority);
  if (split) to.set("name", authority);
  from.used_all();
}

void write_participant(const map::GroupEditor& from, map::NodeEditor& to) {
  const auto scheme = from.get("scheme");
  const auto id = from.get("id");
  const bool designator = has_icd(scheme + ":" + id);
  const auto name = from.get("name");
  to.set("@Authority", !designator ? scheme : name.empty() ? std::string(peppol_authority) : name);
  to.set(".", designator ? scheme + ":" + id : id);
}

}  // namespace

map::CallTable calls() {
  map::CallTable table;
  table.add("note_with_subject", {read_note, write_note});
  table.add("participant", {read_participant, write_participant});
  return table;
}

}  // namespace purser::ubl
