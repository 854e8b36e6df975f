#include "gateway/access/signature/structured_field.h"

#include <algorithm>

#include <fmt/format.h>

#include "gateway/settings/encoding.h"

namespace purser::gateway::structured {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_alpha(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z'); }
bool is_key_char(char c) {
  return is_lower(c) || is_digit(c) || c == '_' || c == '-' || c == '.' || c == '*';
}
bool is_token_char(char c) {
  return is_alpha(c) || is_digit(c) ||
         std::string_view("!#$%&'*+-.^_`|~:/").find(c) != std::string_view::npos;
}

// Walks over the text once. Every function says false as soon as something is off.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  void skip_blanks() {
    while (rest_.starts_with(' ')) rest_.remove_prefix(1);
  }
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool key(std::string& into) {
    if (rest_.empty() || !(is_lower(rest_.front()) || rest_.front() == '*')) return false;
    into = while_true(is_key_char);
    return true;
  }

  bool bare_item(BareItem& into) {
    if (rest_.empty()) return false;
    char c = rest_.front();
    if (c == '-' || is_digit(c)) return number(into);
    if (c == '"') return string(into);
    if (c == ':') return bytes(into);
    if (c == '?') return boolean(into);
    if (c != '*' && !is_alpha(c)) return false;
    into = Token{std::string(while_true(is_token_char))};
    return true;
  }

  bool parameters(Parameters& into) {
    while (take(';')) {
      skip_blanks();
      std::string name;
      BareItem value = true;
      if (into.size() >= max_members || !key(name) || (take('=') && !bare_item(value))) return false;
      put(into, std::move(name), std::move(value));
    }
    return true;
  }

  bool item(Item& into) { return bare_item(into.value) && parameters(into.parameters); }

  bool member(Member& into) {
    if (!rest_.starts_with('(')) return item(into.emplace<Item>());
    return inner_list(into.emplace<InnerList>());
  }

  // "a, b": between members; false at the end or where something else stands.
  bool next_member() {
    skip_optional_blanks();
    if (!take(',')) return false;
    skip_optional_blanks();
    return !rest_.empty();
  }

  template <typename Entries, typename Value>
  static void put(Entries& entries, std::string name, Value value) {
    for (auto& [key, old] : entries) {
      if (key != name) continue;
      old = std::move(value);
      return;
    }
    entries.emplace_back(std::move(name), std::move(value));
  }

 private:
  template <typename Test>
  std::string_view while_true(Test test) {
    auto end = std::find_if_not(rest_.begin(), rest_.end(), test);
    auto taken = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  void skip_optional_blanks() {
    while (rest_.starts_with(' ') || rest_.starts_with('\t')) rest_.remove_prefix(1);
  }

  bool inner_list(InnerList& into) {
    rest_.remove_prefix(1);
    while (true) {
      skip_blanks();
      if (take(')')) return parameters(into.parameters);
      Item one;
      if (into.items.size() >= max_members || !item(one)) return false;
      if (!rest_.starts_with(' ') && !rest_.starts_with(')')) return false;
      into.items.push_back(std::move(one));
    }
  }

  bool number(BareItem& into) {
    bool negative = take('-');
    auto whole = while_true(is_digit);
    if (whole.empty()) return false;
    bool decimal = take('.');
    auto broken = decimal ? while_true(is_digit) : std::string_view();
    if (decimal ? whole.size() > 12 || broken.empty() || broken.size() > 3 : whole.size() > 15) return false;
    std::int64_t value = 0;
    for (char c : whole) value = value * 10 + (c - '0');
    if (!decimal) {
      into = negative ? -value : value;
      return true;
    }
    for (std::size_t i = 0; i < 3; ++i) value = value * 10 + (i < broken.size() ? broken[i] - '0' : 0);
    into = Decimal{negative ? -value : value};
    return true;
  }

  bool string(BareItem& into) {
    rest_.remove_prefix(1);
    std::string text;
    while (!rest_.empty()) {
      char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '"') {
        into = std::move(text);
        return true;
      }
      if (c == '\\') {
        if (!rest_.starts_with('"') && !rest_.starts_with('\\')) return false;
        c = rest_.front();
        rest_.remove_prefix(1);
      } else if (c < ' ' || c > '~') {
        return false;
      }
      text += c;
    }
    return false;
  }

  bool bytes(BareItem& into) {
    rest_.remove_prefix(1);
    auto end = rest_.find(':');
    if (end == std::string_view::npos) return false;
    auto decoded = base64_decoded(rest_.substr(0, end));
    if (!decoded) return false;
    rest_.remove_prefix(end + 1);
    into = Bytes{std::move(*decoded)};
    return true;
  }

  bool boolean(BareItem& into) {
    rest_.remove_prefix(1);
    bool yes = take('1');
    if (!yes && !take('0')) return false;
    into = yes;
    return true;
  }

  std::string_view rest_;
};

template <typename Entries>
auto find_in(const Entries& entries, std::string_view key) -> decltype(&entries.front().second) {
  for (const auto& entry : entries) {
    if (entry.first == key) return &entry.second;
  }
  return nullptr;
}

struct Writer {
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(const Decimal& decimal) const {
    auto magnitude = decimal.thousandths < 0 ? -decimal.thousandths : decimal.thousandths;
    auto text =
        fmt::format("{}{}.{:03}", decimal.thousandths < 0 ? "-" : "", magnitude / 1000, magnitude % 1000);
    while (text.ends_with('0') && text[text.size() - 2] != '.') text.pop_back();
    return text;
  }
  std::string operator()(const std::string& text) const {
    std::string out = "\"";
    for (char c : text) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    return out + "\"";
  }
  std::string operator()(const Token& token) const { return token.text; }
  std::string operator()(const Bytes& bytes) const { return ":" + base64_encoded(bytes.bytes) + ":"; }
  std::string operator()(bool yes) const { return yes ? "?1" : "?0"; }
};

}  // namespace

const BareItem* find(const Parameters& parameters, std::string_view key) { return find_in(parameters, key); }
const Member* find(const Dictionary& dictionary, std::string_view key) { return find_in(dictionary, key); }

std::optional<Item> parse_item(std::string_view text) {
  if (text.size() > max_field_bytes) return std::nullopt;
  Reader in(text);
  Item item;
  in.skip_blanks();
  if (!in.item(item)) return std::nullopt;
  in.skip_blanks();
  if (!in.at_end()) return std::nullopt;
  return item;
}

std::optional<List> parse_list(std::string_view text) {
  if (text.size() > max_field_bytes) return std::nullopt;
  Reader in(text);
  List list;
  in.skip_blanks();
  if (in.at_end()) return list;
  do {
    Member member;
    if (list.size() >= max_members || !in.member(member)) return std::nullopt;
    list.push_back(std::move(member));
  } while (in.next_member());
  in.skip_blanks();
  if (!in.at_end() || text.find_last_not_of(" \t") == text.rfind(',')) return std::nullopt;
  return list;
}

std::optional<Dictionary> parse_dictionary(std::string_view text) {
  if (text.size() > max_field_bytes) return std::nullopt;
  Reader in(text);
  Dictionary dictionary;
  in.skip_blanks();
  if (in.at_end()) return dictionary;
  do {
    std::string key;
    Member member = Item{true, {}};
    if (dictionary.size() >= max_members || !in.key(key)) return std::nullopt;
    bool good = in.take('=') ? in.member(member) : in.parameters(std::get<Item>(member).parameters);
    if (!good) return std::nullopt;
    Reader::put(dictionary, std::move(key), std::move(member));
  } while (in.next_member());
  in.skip_blanks();
  if (!in.at_end() || text.find_last_not_of(" \t") == text.rfind(',')) return std::nullopt;
  return dictionary;
}

std::string serialized(const BareItem& item) { return std::visit(Writer(), item); }

std::string serialized(const Parameters& parameters) {
  std::string out;
  for (const auto& [key, value] : parameters) {
    out += ";" + key;
    const bool* flag = std::get_if<bool>(&value);
    if (flag == nullptr || !*flag) out += "=" + serialized(value);
  }
  return out;
}

std::string serialized(const Item& item) { return serialized(item.value) + serialized(item.parameters); }

std::string serialized(const InnerList& list) {
  std::string out = "(";
  for (const auto& item : list.items) out += (out.size() > 1 ? " " : "") + serialized(item);
  return out + ")" + serialized(list.parameters);
}

std::string serialized(const Member& member) {
  return std::visit([](const auto& one) { return serialized(one); }, member);
}

std::string serialized(const List& list) {
  std::string out;
  for (const auto& member : list) out += (out.empty() ? "" : ", ") + serialized(member);
  return out;
}

std::string serialized(const Dictionary& dictionary) {
  std::string out;
  for (const auto& [key, member] : dictionary) {
    out += (out.empty() ? "" : ", ") + key;
    const auto* item = std::get_if<Item>(&member);
    const bool* flag = item != nullptr ? std::get_if<bool>(&item->value) : nullptr;
    out += flag != nullptr && *flag ? serialized(item->parameters) : "=" + serialized(member);
  }
  return out;
}

}  // namespace purser::gateway::structured
