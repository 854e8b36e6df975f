#include "gateway/route/acknowledges.h"

#include <algorithm>
#include <array>

#include "gateway/route/json_path.h"

namespace purser::gateway {
namespace {

constexpr char separator = '\x1f';

std::string first(const std::string& canonical, std::string_view path) {
  const auto values = values_at(canonical, path);
  return values.empty() ? std::string() : values.front();
}

std::string key(std::string_view kind, std::string_view value) {
  return std::string(kind) + separator + std::string(value);
}
std::string key(std::string_view kind, std::string_view whose, std::string_view value) {
  return key(kind, whose) + separator + std::string(value);
}

// "rejected" is the model's word; RE and 4 are what passes through of UNTDID 4343 and 0083, R of X12.
bool is_refusal(const std::string& status) {
  constexpr std::array<std::string_view, 4> words = {"rejected", "RE", "4", "R"};
  return std::ranges::find(words, status) != words.end();
}

void add_interchange(const Document& document, Acknowledges& out) {
  const std::string& json = document.canonical;
  // Who acknowledges is whom we sent to.
  std::string whose = first(json, "interchange_recipient.id");
  if (whose.empty()) whose = document.origin.sender;
  if (const auto reference = first(json, "interchange"); !reference.empty())
    out.keys.push_back(key("interchange", whose, reference));
  if (const auto group = first(json, "group"); !group.empty()) out.keys.push_back(key("group", whose, group));
}

}  // namespace

Acknowledges acknowledged_by(const Document& document) {
  Acknowledges out;
  if (document.type != DocumentType::acknowledgement) {
    out.as = {{document.type, Awaited::Sort::any}};
  } else {
    if (first(document.canonical, "outgoing") == "true") return out;
    const bool technical = first(document.canonical, "technical") == "true";
    out.as = {{document.type, Awaited::Sort::any},
              {document.type, technical ? Awaited::Sort::technical : Awaited::Sort::content}};
    out.refuses = is_refusal(first(document.canonical, "status"));
    add_interchange(document, out);
  }
  // Its own number names nothing that was sent before it.
  const DocumentDescriptor* descriptor = find_document(document.type);
  const std::string_view own =
      descriptor == nullptr || descriptor->keys.empty() ? std::string_view() : descriptor->keys.front().kind;
  for (const Key& one : document.keys) {
    if (one.kind == "interchange" || (one.kind == own && one.value == document.number)) continue;
    out.keys.push_back(key(one.kind, one.value));
  }
  return out;
}

std::vector<std::string> keys_of_sent(DocumentType type, const std::string& number, const Document* sent) {
  std::vector<std::string> out;
  const DocumentDescriptor* descriptor = find_document(type);
  if (descriptor != nullptr && !descriptor->keys.empty() && !number.empty()) {
    out.push_back(key(descriptor->keys.front().kind, number));
    out.push_back(key("document", number));
  }
  if (sent == nullptr) return out;
  const Origin& origin = sent->origin;
  if (!origin.reference.empty()) out.push_back(key("interchange", origin.recipient, origin.reference));
  if (const auto group = first(sent->canonical, "envelope.group_reference"); !group.empty())
    out.push_back(key("group", origin.recipient, group));
  return out;
}

}  // namespace purser::gateway
