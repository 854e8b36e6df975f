#include "tools/layout/dtd.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace purser::layout {
namespace {

constexpr std::string_view blanks = " \t\r\n";

/// Entities inside entities: cXML nests them twice.
constexpr int max_expansions = 16;

std::string_view next_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  const auto word = text.substr(0, text.find_first_of(blanks));
  text.remove_prefix(word.size());
  return word;
}

/// Cuts comments out: a comment may hold anything that looks like a declaration.
std::string without_comments(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto open = text.find("<!--", at);
    out += text.substr(at, open - at);
    if (open == std::string::npos) break;
    const auto close = text.find("-->", open + 4);
    if (close == std::string::npos) break;
    at = close + 3;
  }
  return out;
}

/// A content model, read by recursive descent; models are a few levels deep.
class Model {
 public:
  explicit Model(DtdElement& into) : into_(into) {}

  void group(std::string_view& text, bool required, bool many) {
    text.remove_prefix(1);  // the parenthesis
    const bool choice = is_choice(text);
    const auto inner = end_of(text);
    const char sign = inner + 1 < text.size() ? text[inner + 1] : ' ';
    const bool needed = required && !choice && sign != '?' && sign != '*';
    const bool repeated = many || sign == '*' || sign == '+';
    auto body = text.substr(0, inner);
    text.remove_prefix(
        std::min(inner + 1 + (sign == '?' || sign == '*' || sign == '+' ? 1 : 0), text.size()));
    while (skip(body), !body.empty()) {
      if (body.front() == '(') {
        group(body, needed, repeated);
      } else {
        member(body, needed, repeated);
      }
    }
  }

 private:
  static void skip(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n,|"), text.size()));
  }

  /// Where the group's closing parenthesis stands.
  static std::size_t end_of(std::string_view text) {
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '(') ++depth;
      if (text[i] == ')' && depth-- == 0) return i;
    }
    return text.size();
  }

  static bool is_choice(std::string_view text) {
    int depth = 0;
    for (const char c : text) {
      if (c == '(') ++depth;
      if (c == ')' && depth-- == 0) return false;
      if (c == '|' && depth == 0) return true;
    }
    return false;
  }

  void member(std::string_view& text, bool required, bool many) {
    const auto name = text.substr(0, text.find_first_of(" \t\r\n,|()?*+"));
    text.remove_prefix(name.size());
    const char sign = text.empty() ? ' ' : text.front();
    if (sign == '?' || sign == '*' || sign == '+') text.remove_prefix(1);
    if (name == "#PCDATA") {
      into_.text = true;
      return;
    }
    const DtdChild child{std::string(name), required && sign != '?' && sign != '*',
                         many || sign == '*' || sign == '+'};
    const auto known = std::ranges::find(into_.children, child.name, &DtdChild::name);
    if (known == into_.children.end()) {
      into_.children.push_back(child);
    } else {  // in several branches
      known->required = known->required && child.required;
      known->many = known->many || child.many;
    }
  }

  DtdElement& into_;
};

}  // namespace

std::optional<std::string> Dtd::read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return "cannot read " + path;
  std::ostringstream all;
  all << file.rdbuf();
  const std::string text = without_comments(all.str());
  for (std::size_t at = text.find("<!"); at != std::string::npos; at = text.find("<!", at)) {
    if (text.compare(at, 3, "<![") == 0) {  // a conditional section; cXML has ignored ones only
      at = text.find("]]>", at);
      continue;
    }
    std::size_t end = at;
    char quote = 0;
    for (; end < text.size() && (quote != 0 || text[end] != '>'); ++end) {
      if (quote != 0 ? text[end] == quote : text[end] == '"' || text[end] == '\'')
        quote = quote != 0 ? '\0' : text[end];
    }
    declare(std::string_view(text).substr(at + 2, end - at - 2));
    at = end;
  }
  return elements_.empty() ? std::optional(path + " declares no element") : std::nullopt;
}

const DtdElement* Dtd::find(const std::string& name) const {
  const auto found = elements_.find(name);
  return found == elements_.end() ? nullptr : &found->second;
}

void Dtd::declare(std::string_view text) {
  const auto kind = next_word(text);
  if (kind == "ENTITY") return declare_entity(text);
  if (kind != "ELEMENT" && kind != "ATTLIST") return;
  const std::string whole = expanded(std::string(text));
  std::string_view rest = whole;
  auto& element = elements_[std::string(next_word(rest))];
  if (kind == "ATTLIST") return declare_attributes(element, rest);
  rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
  element.any = rest.starts_with("ANY");
  if (rest.starts_with('(')) Model(element).group(rest, true, false);
  element.text = element.text || element.any;
}

void Dtd::declare_entity(std::string_view text) {
  if (next_word(text) != "%") return;  // a general entity: none is used in declarations
  const std::string name(next_word(text));
  const auto open = text.find_first_of("\"'");
  if (open == std::string_view::npos) return;
  const auto close = text.find(text[open], open + 1);
  entities_.emplace(name, std::string(text.substr(open + 1, close - open - 1)));  // the first one counts
}

void Dtd::declare_attributes(DtdElement& element, std::string_view text) const {
  while (true) {
    const std::string name(next_word(text));
    if (name.empty()) return;
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    std::vector<std::string> values;
    if (text.starts_with('(')) {
      const auto close = std::min(text.find(')'), text.size());
      std::string_view list = text.substr(1, close - 1);
      while (!list.empty()) {
        const auto cut = std::min(list.find('|'), list.size());
        std::string_view value = list.substr(0, cut);
        list.remove_prefix(std::min(cut + 1, list.size()));
        if (const auto word = next_word(value); !word.empty()) values.emplace_back(word);
      }
      text.remove_prefix(std::min(close + 1, text.size()));
    } else {
      next_word(text);
    }
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    bool required = false;
    bool fixed = false;
    if (text.starts_with('#')) {
      const auto word = next_word(text);
      required = word == "#REQUIRED";
      fixed = word == "#FIXED";
    }
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    if (!text.empty() && (text.front() == '"' || text.front() == '\'')) {
      const auto close = text.find(text.front(), 1);
      text.remove_prefix(std::min(close + 1, text.size()));
    }
    const bool known =
        std::ranges::find(element.attributes, name, &DtdAttribute::name) != element.attributes.end();
    if (!known && !fixed) element.attributes.push_back({name, required, std::move(values)});
  }
}

std::string Dtd::expanded(std::string text) const {
  for (int round = 0; round < max_expansions; ++round) {
    std::string out;
    std::size_t at = 0;
    for (auto sign = text.find('%'); sign != std::string::npos; sign = text.find('%', at)) {
      const auto end = text.find(';', sign);
      const auto found =
          end == std::string::npos ? entities_.end() : entities_.find(text.substr(sign + 1, end - sign - 1));
      out += text.substr(at, sign - at);
      out += found == entities_.end() ? "" : found->second;
      at = end == std::string::npos ? text.size() : end + 1;
    }
    if (at == 0) return text;
    text = out + text.substr(std::min(at, text.size()));
  }
  return text;
}

}  // namespace purser::layout
