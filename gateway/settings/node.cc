#include "gateway/settings/node.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>
#include <nlohmann/json.hpp>

namespace purser::gateway {
namespace {

class Converter {
 public:
  Converter(std::string_view file) : file_(file) {}

  // False once there are too many nodes or levels: aliases can make a small file huge, or endless.
  bool convert(const YAML::Node& from, Node& to, std::size_t depth = 0) {
    if (++count_ > max_settings_nodes || depth > max_settings_depth) return false;
    to.file = file_;
    to.line = static_cast<std::uint32_t>(from.Mark().line + 1);
    to.column = static_cast<std::uint32_t>(from.Mark().column + 1);
    if (from.IsScalar()) {
      to.kind = NodeKind::scalar;
      to.text = from.Scalar();
      to.quoted = from.Tag() == "!";  // what yaml-cpp says of quoted scalars
    } else if (from.IsSequence()) {
      to.kind = NodeKind::list;
      for (const auto& item : from) {
        if (!convert(item, to.items.emplace_back(), depth + 1)) return false;
      }
    } else if (from.IsMap()) {
      to.kind = NodeKind::map;
      for (const auto& entry : from) {
        auto& [key, value] = to.entries.emplace_back();
        if (!convert(entry.first, key, depth + 1) || !convert(entry.second, value, depth + 1)) return false;
        // An empty value has no mark of its own.
        if (value.kind == NodeKind::null) value.line = key.line, value.column = key.column;
      }
    }
    return true;
  }

 private:
  std::string file_;
  std::size_t count_ = 0;
};

nlohmann::ordered_json json_of(const Node& node) {
  switch (node.kind) {
    case NodeKind::null:
      return nullptr;
    case NodeKind::list: {
      auto list = nlohmann::ordered_json::array();
      for (const auto& item : node.items) list.push_back(json_of(item));
      return list;
    }
    case NodeKind::map: {
      auto map = nlohmann::ordered_json::object();
      for (const auto& [key, value] : node.entries) map[key.text] = json_of(value);
      return map;
    }
    case NodeKind::scalar:
      break;
  }
  if (node.quoted) return node.text;
  if (node.text == "true" || node.text == "false") return node.text == "true";
  bool digits = !node.text.empty() && node.text.size() < 18 &&
                std::all_of(node.text.begin() + (node.text.front() == '-' ? 1 : 0), node.text.end(),
                            [](char c) { return c >= '0' && c <= '9'; });
  if (digits && node.text != "-" && (node.text.size() == 1 || node.text.front() != '0')) {
    return std::stoll(node.text);
  }
  return node.text;
}

Finding broken(std::string_view code, std::string_view file, const YAML::Mark& mark, std::string message) {
  Node place;
  place.file = file;
  place.line = static_cast<std::uint32_t>(mark.line + 1);
  place.column = static_cast<std::uint32_t>(mark.column + 1);
  return settings_finding(code, place, "", std::move(message));
}

// Sees where a document begins and nothing else.
class DocumentStart : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& mark) override { at = mark; }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
  }
  void OnMapEnd() override {}
  YAML::Mark at;
};

// Where a second document begins, if one does. Not by LoadAll: yaml-cpp 0.7 goes on for ever with some
// broken texts.
std::optional<YAML::Mark> second_document(const std::string& text) {
  std::istringstream in(text);
  YAML::Parser parser(in);
  DocumentStart start;
  if (!parser.HandleNextDocument(start) || !parser.HandleNextDocument(start)) return std::nullopt;
  return start.at;
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  for (const auto& [name, value] : entries) {
    if (name.text == key) return &value;
  }
  return nullptr;
}

std::expected<Node, Finding> parse_yaml(std::string_view text, std::string_view file) {
  if (text.size() > max_settings_bytes) {
    return std::unexpected(broken("CONFIG-0010", file, {}, "the file has more than 4 MiB"));
  }
  try {
    const std::string whole(text);
    if (auto second = second_document(whole)) {
      return std::unexpected(broken("CONFIG-0002", file, *second, "a second document begins here"));
    }
    Node root;
    root.file = file;
    root.line = root.column = 1;
    auto document = YAML::Load(whole);
    if (document.IsNull()) return root;
    if (!Converter(file).convert(document, root)) {
      return std::unexpected(
          broken("CONFIG-0010", file, {}, "the file has more than 100,000 nodes or 64 levels"));
    }
    return root;
  } catch (const YAML::Exception& error) {
    return std::unexpected(broken("CONFIG-0002", file, error.mark, error.msg));
  } catch (const std::exception& error) {  // what yaml-cpp lets through of the standard library's
    return std::unexpected(broken("CONFIG-0002", file, {}, error.what()));
  }
}

Finding settings_finding(std::string_view code, const Node& at, std::string_view path, std::string message,
                         std::string expected) {
  Position position;
  position.line = at.line;
  position.column = at.column;
  auto finding = make_finding(code, position, std::move(message));
  finding.source = at.file;
  finding.path = path;
  if (!expected.empty()) finding.expected = std::move(expected);
  return finding;
}

std::string to_json(const Node& node) {
  return json_of(node).dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace purser::gateway
