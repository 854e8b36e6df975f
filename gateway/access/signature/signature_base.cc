#include "gateway/access/signature/signature_base.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "gateway/settings/encoding.h"

namespace purser::gateway {
namespace {

using Value = std::expected<std::string, std::string>;
constexpr std::array known_parameters = {"sf", "key", "bs", "tr", "req", "name"};

// A component identifier taken apart.
struct Component {
  std::string name;
  const structured::Parameters* parameters = nullptr;
  [[nodiscard]] bool has(std::string_view parameter) const {
    return structured::find(*parameters, parameter) != nullptr;
  }
  [[nodiscard]] const std::string* text(std::string_view parameter) const {
    const auto* value = structured::find(*parameters, parameter);
    return value != nullptr ? std::get_if<std::string>(value) : nullptr;
  }
};

std::unexpected<std::string> refused(const Component& component, std::string_view why) {
  return std::unexpected(fmt::format("component \"{}\" {}", component.name.substr(0, 64), why));
}

// The bytes of a form value: percent escapes and plus signs resolved (URL Standard, form parser).
std::string form_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto byte = text[i] == '%' && i + 2 < text.size() ? hex_decoded(text.substr(i + 1, 2)) : std::nullopt;
    if (byte) {
      out += *byte;
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

// The other way: all but letters, digits and *-._ escaped (URL Standard, percent-encode after encoding).
std::string form_encoded(std::string_view text) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '*' ||
                 c == '-' || c == '.' || c == '_';
    if (plain) {
      out += c;
    } else {
      out += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
  }
  return out;
}

// Section 2.2.8: of the parameter whose encoded name is asked for, the value decoded and encoded again.
Value query_parameter(const HttpMessage& message, const Component& component) {
  const std::string* wanted = component.text("name");
  if (wanted == nullptr) return refused(component, "has no name");
  std::string query = message.query();
  std::string_view rest = std::string_view(query).substr(1);
  std::string value;
  std::size_t found = 0;
  while (!rest.empty()) {
    auto end = std::min(rest.find('&'), rest.size());
    auto pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    auto equals = std::min(pair.find('='), pair.size());
    if (pair.empty() || form_encoded(form_decoded(pair.substr(0, equals))) != *wanted) continue;
    value = form_encoded(form_decoded(pair.substr(std::min(equals + 1, pair.size()))));
    ++found;
  }
  if (found == 1) return value;
  return refused(component, found == 0 ? "is not in the query" : "is in the query several times");
}

Value derived(const HttpMessage& message, const Component& component) {
  struct Derived {
    std::string_view name;
    std::string (*value)(const HttpMessage&);
  };
  static constexpr std::array of_requests = {
      Derived{"@method", [](const HttpMessage& m) { return m.method; }},
      Derived{"@target-uri", [](const HttpMessage& m) { return m.target_uri(); }},
      Derived{"@authority", [](const HttpMessage& m) { return m.normal_authority(); }},
      Derived{"@scheme",
              [](const HttpMessage& m) { return std::string(m.scheme == "http" ? "http" : "https"); }},
      Derived{"@request-target", [](const HttpMessage& m) { return m.request_target; }},
      Derived{"@path", [](const HttpMessage& m) { return m.path(); }},
      Derived{"@query", [](const HttpMessage& m) { return m.query(); }}};
  for (const char* parameter : {"sf", "key", "bs", "tr"}) {
    if (component.has(parameter)) return refused(component, "is no field and takes no such parameter");
  }
  if (component.name == "@status") {
    if (message.is_request()) return refused(component, "stands in responses only");
    return std::to_string(message.status);
  }
  if (!message.is_request()) return refused(component, "stands in requests only");
  if (component.name == "@query-param") return query_parameter(message, component);
  for (const auto& one : of_requests) {
    if (one.name == component.name) return one.value(message);
  }
  return refused(component, "is not known");
}

// A field whose kind of structure is not known reads the same as a list and as a dictionary unless a key
// comes twice.
Value strict(const Component& component, const std::string& joined) {
  if (auto list = structured::parse_list(joined)) return structured::serialized(*list);
  if (auto dictionary = structured::parse_dictionary(joined)) return structured::serialized(*dictionary);
  return refused(component, "is no structured field");
}

Value member_of(const Component& component, const std::string& joined) {
  const std::string* key = component.text("key");
  if (key == nullptr) return refused(component, "has a key that is no text");
  auto dictionary = structured::parse_dictionary(joined);
  if (!dictionary) return refused(component, "is no dictionary");
  const auto* member = structured::find(*dictionary, *key);
  if (member == nullptr) return refused(component, "has no such member");
  return structured::serialized(*member);
}

Value field(const HttpMessage& message, const Component& component) {
  auto lines = message.lines(component.name, component.has("tr"));
  if (lines.empty()) return refused(component, "is not in the message");
  if (component.has("bs")) {
    if (component.has("sf") || component.has("key"))
      return refused(component, "has parameters that exclude each other");
    std::string value;
    for (auto line : lines) value += (value.empty() ? ":" : ", :") + base64_encoded(line) + ":";
    return value;
  }
  std::string joined;
  for (std::size_t i = 0; i < lines.size(); ++i) joined += (i == 0 ? "" : ", ") + std::string(lines[i]);
  if (component.has("key")) return member_of(component, joined);
  if (component.has("sf")) return strict(component, joined);
  return joined;
}

Value value_of(const HttpMessage& message, const Component& component) {
  for (const auto& [name, value] : *component.parameters) {
    if (std::find(known_parameters.begin(), known_parameters.end(), name) == known_parameters.end())
      return refused(component, "has a parameter that is not known");
    const bool* flag = std::get_if<bool>(&value);
    bool wants_text = name == "key" || name == "name";
    if (!wants_text && (flag == nullptr || !*flag)) return refused(component, "has a flag with a value");
  }
  const HttpMessage* of = &message;
  if (component.has("req")) {
    if (message.is_request() || message.request == nullptr)
      return refused(component, "asks for another request");
    of = message.request;
  }
  if (component.name.starts_with('@')) return derived(*of, component);
  if (component.has("name")) return refused(component, "is a field and takes no name");
  return field(*of, component);
}

bool is_lower_case(std::string_view name) {
  return !name.empty() && std::none_of(name.begin(), name.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || c <= ' ' || c == '"' || static_cast<unsigned char>(c) >= 0x7f;
  });
}

}  // namespace

std::expected<std::string, std::string> signature_base(const HttpMessage& message,
                                                       const structured::InnerList& covered) {
  if (covered.items.size() > max_components) return std::unexpected("more components than 64");
  std::string base;
  std::set<std::string> seen;
  for (const auto& item : covered.items) {
    const auto* name = std::get_if<std::string>(&item.value);
    if (name == nullptr) return std::unexpected("a component is no text");
    Component component{*name, &item.parameters};
    if (!is_lower_case(*name)) return refused(component, "is not in lower case");
    auto identifier = structured::serialized(item);
    auto sorted = item.parameters;  // the order of parameters does not make another component
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    if (!seen.insert(*name + structured::serialized(sorted)).second)
      return refused(component, "is covered twice");
    auto value = value_of(message, component);
    if (!value) return value;
    if (value->find_first_of("\r\n") != std::string::npos) return refused(component, "holds a line end");
    base += identifier + ": " + *value + "\n";
  }
  return base + "\"@signature-params\": " + structured::serialized(covered);
}

}  // namespace purser::gateway
