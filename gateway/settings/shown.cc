#include "gateway/settings/shown.h"

#include <nlohmann/json.hpp>

#include <algorithm>

#include "gateway/settings/load.h"
#include "gateway/settings/schema_check.h"
#include "gateway/settings/secret.h"

namespace purser::gateway {
namespace {

using Json = nlohmann::json;

constexpr std::string_view masked = "(not shown)";

void mask(Node& node) {
  if (!node.is_scalar() || is_secret_reference(node.text)) return;
  node.text = masked;
  node.quoted = true;
}

/// Goes down a file beside its schema, and masks what that calls a secret.
class Masking {
 public:
  explicit Masking(const Json& schema) : schema_(schema) {}

  void operator()(Node& node, const Json& referring) const {
    const Json& rule = followed(schema_, referring);
    // What any of them calls a secret is one.
    for (const Json& choice : rule.value("oneOf", Json::array())) (*this)(node, choice);
    if (rule.value("format", "") == "secret") mask(node);
    if (const auto items = rule.find("items"); items != rule.end()) {
      for (Node& item : node.items) (*this)(item, *items);
    }
    const Json properties = rule.value("properties", Json::object());
    const Json others = rule.value("additionalProperties", Json(false));
    for (NodeEntry& entry : node.entries) {
      if (const auto known = properties.find(entry.key.text); known != properties.end()) {
        (*this)(entry.value, *known);
        // Whose header says who calls, and whose a colour, nobody knows.
        if (entry.key.text == "headers") std::ranges::for_each(entry.value.entries, mask, &NodeEntry::value);
      } else if (others.is_object()) {
        (*this)(entry.value, others);
      }
    }
  }

 private:
  const Json& schema_;
};

void add_to(Node& into, Node&& from) {
  for (NodeEntry& entry : from.entries) {
    const auto there =
        std::ranges::find(into.entries, entry.key.text, [](const NodeEntry& e) { return e.key.text; });
    if (there == into.entries.end()) {
      into.entries.push_back(std::move(entry));
    } else {
      std::ranges::move(entry.value.entries, std::back_inserter(there->value.entries));
    }
  }
}

}  // namespace

std::string show_settings(const std::string& folder, Report& report) {
  const Json schema = Json::parse(settings_schema());
  SettingsFiles files = read_settings_files(folder, {}, report);
  Node all;
  all.kind = NodeKind::map;
  for (SettingsFile& file : files.files) {
    Masking{schema}(file.root, schema);
    add_to(all, std::move(file.root));
  }
  return to_json(all);
}

}  // namespace purser::gateway
