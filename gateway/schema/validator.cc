// Walks through a JSON text once and holds each value against all schemas that apply to it.
#include <re2/re2.h>

#include <algorithm>
#include <memory>

#include "canonical/event/json_scanner.h"
#include "canonical/spec/descriptor.h"
#include "gateway/schema/scalar.h"
#include "gateway/schema/schemas.h"

namespace purser::gateway {
namespace {

/// A schema that applies to the value that comes, and whom its verdict goes to.
struct Target {
  const Schema* schema;
  Verdict* verdict;
};

/// A schema applied to an object or list that is open.
struct Node {
  const Schema* schema;
  Verdict* verdict;
  std::vector<bool> seen;  ///< which of the schema's properties came
  std::size_t branches;    ///< its first one among the frame's
};

/// An object or list that is open.
struct Frame {
  bool is_object;
  Position at;
  std::size_t pointer;      ///< length of its pointer
  std::uint64_t count = 0;  ///< members or elements so far
  std::vector<Node> nodes;  ///< owners before the schemas of their alternatives
  std::vector<std::unique_ptr<Verdict>> branches;
};

class Walk {
 public:
  Walk(const Schema& root, Report& report) : verdict_{true, &report} {
    targets_.push_back({&root, &verdict_});
  }

  /// Takes the tokens of one value. True when it has ended.
  bool take(JsonToken token, std::string_view text, const Position& at) {
    switch (token) {
      case JsonToken::key:
        take_key(text, at);
        return false;
      case JsonToken::begin_object:
      case JsonToken::begin_array:
        open(token == JsonToken::begin_object, at);
        return false;
      case JsonToken::end_object:
      case JsonToken::end_array:
        close();
        break;
      default:
        begin_element();
        take_scalar(token, text, at);
    }
    pointer_.resize(frames_.empty() ? 0 : frames_.back().pointer);
    return frames_.empty();
  }

 private:
  Where where(const Position& at) const { return {pointer_, at}; }

  void step(std::string_view name) {
    pointer_ += '/';
    for (const char c : shown(name)) {
      if (c == '~') {
        pointer_ += "~0";
      } else if (c == '/') {
        pointer_ += "~1";
      } else {
        pointer_ += c;
      }
    }
  }

  // In a list the schemas of an element are known when it begins.
  void begin_element() {
    if (frames_.empty() || frames_.back().is_object) return;
    Frame& frame = frames_.back();
    step(std::to_string(frame.count));
    targets_.clear();
    for (Node& node : frame.nodes) {
      const auto& first = node.schema->first;
      const Schema* next = frame.count < first.size() ? first[frame.count] : node.schema->each;
      if (next != nullptr) targets_.push_back({next, node.verdict});
    }
    ++frame.count;
  }

  void take_scalar(JsonToken token, std::string_view text, const Position& at) {
    Scalar value;
    if (token == JsonToken::string) {
      value = {string_type, text};
    } else if (token == JsonToken::number) {
      value = {number_type, text, Number::parse(text)};
      if (value.number && value.number->is_whole()) value.type = integer_type;
    } else if (token != JsonToken::null_value) {
      value = {boolean_type, token == JsonToken::true_value ? "true" : "false"};
    }
    for (const Target& target : targets_) check_scalar(*target.schema, value, where(at), *target.verdict);
  }

  void open(bool is_object, const Position& at) {
    begin_element();
    Frame frame{is_object, at, pointer_.size(), 0, {}, {}};
    for (const Target& target : targets_) add(frame, *target.schema, *target.verdict);
    frames_.push_back(std::move(frame));
    targets_.clear();
  }

  void add(Frame& frame, const Schema& schema, Verdict& verdict) {
    const JsonType type = frame.is_object ? object_type : array_type;
    if (schema.never)
      return fail(verdict, "SCHEMA-0004", where(frame.at), "no value may stand here", "nothing");
    if ((schema.types & type) == 0) return fail_type(schema, type, where(frame.at), verdict);
    if (schema.has_constants)
      return fail(verdict, "SCHEMA-0004", where(frame.at), "this is none of the values that may stand here",
                  schema.described());
    frame.nodes.push_back(
        {&schema, &verdict, std::vector<bool>(schema.properties.size()), frame.branches.size()});
    const auto alternatives = alternatives_of(schema);
    const std::size_t first = frame.branches.size();
    for (std::size_t i = 0; i < alternatives.size(); ++i)
      frame.branches.push_back(std::make_unique<Verdict>());
    for (const Schema* part : schema.all) add(frame, *part, verdict);
    for (std::size_t i = 0; i < alternatives.size(); ++i)
      add(frame, *alternatives[i], *frame.branches[first + i]);
  }

  void take_key(std::string_view name, const Position& at) {
    Frame& frame = frames_.back();
    step(name);
    ++frame.count;
    targets_.clear();
    for (Node& node : frame.nodes) {
      if (node.schema->names != nullptr)
        check_scalar(*node.schema->names, {string_type, name}, where(at), *node.verdict);
      take_member(node, name, at);
    }
  }

  void take_member(Node& node, std::string_view name, const Position& at) {
    const Schema& schema = *node.schema;
    bool known = false;
    if (const auto found = schema.properties.find(name); found != schema.properties.end()) {
      if (node.seen[found->second.index])
        fail(*node.verdict, "SCHEMA-0009", where(at), "the member stands twice", "one " + shown(name));
      node.seen[found->second.index] = true;
      known = found->second.schema != nullptr;
      if (known) targets_.push_back({found->second.schema, node.verdict});
    }
    for (const auto& [pattern, next] : schema.patterns) {
      if (!re2::RE2::PartialMatch(name, *pattern)) continue;
      known = true;
      targets_.push_back({next, node.verdict});
    }
    if (known || schema.others == nullptr) return;
    if (schema.others->never)
      return fail(*node.verdict, "SCHEMA-0002", where(at), "there is no member " + shown(name),
                  members(schema));
    targets_.push_back({schema.others, node.verdict});
  }

  static std::string members(const Schema& schema) {
    constexpr std::size_t most = 200;  // of a document's first fields; more is a manual
    std::string out = "one of ";
    for (const auto& [name, unused] : schema.properties) {
      if (out.size() > most) return out + " …";
      out += (out.ends_with(' ') ? "" : ", ") + name;
    }
    return out;
  }

  void close() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    pointer_.resize(frame.pointer);
    // Alternatives end before their owner weighs them.
    for (auto node = frame.nodes.rbegin(); node != frame.nodes.rend(); ++node) finish(frame, *node);
  }

  void finish(const Frame& frame, const Node& node) {
    const Schema& schema = *node.schema;
    if (frame.is_object) {
      check_count(schema.members, frame.count, "members", where(frame.at), *node.verdict);
      need(frame, node, schema.required);
      for (const auto& [name, others] : schema.needs) {
        if (node.seen[schema.properties.find(name)->second.index]) need(frame, node, others);
      }
    } else {
      check_count(schema.items, frame.count, "elements", where(frame.at), *node.verdict);
    }
    if (!schema.has_alternatives()) return;
    std::vector<char> fit;
    const auto count = alternatives_of(schema).size();
    for (std::size_t i = 0; i < count; ++i) fit.push_back(frame.branches[node.branches + i]->fits ? 1 : 0);
    weigh(schema, fit, where(frame.at), *node.verdict);
  }

  void need(const Frame& frame, const Node& node, const std::vector<std::string>& names) {
    for (const auto& name : names) {
      const auto& property = node.schema->properties.find(name)->second;
      if (node.seen[property.index]) continue;
      step(name);
      fail(*node.verdict, "SCHEMA-0001", where(frame.at), "the member " + name + " is missing",
           property.schema == nullptr ? std::string() : property.schema->described());
      pointer_.resize(frame.pointer);
    }
  }

  Verdict verdict_;
  std::vector<Target> targets_;  ///< of the value that comes next
  std::vector<Frame> frames_;
  std::string pointer_;
};

// Says in the report where the text broke.
std::unexpected<Status> broken(const JsonScanner& scanner, const Status& status, Report& report) {
  if (find_catalogue_entry(status.code) != nullptr)
    report.add(make_finding(status.code, scanner.at(), status.message));
  return std::unexpected(status);
}

// Reads what is left of a value; true when the report has as much as anybody wants.
std::expected<bool, Status> read_on(JsonScanner& scanner, Walk& walk, Report& report) {
  while (report.findings().size() < max_schema_findings) {
    const auto token = scanner.next();
    if (!token) return broken(scanner, token.error(), report);
    if (walk.take(*token, scanner.text(), scanner.at())) return false;
  }
  return true;
}

}  // namespace

Outcome validate(const TextInput& input, const Schema& schema, const JsonLimits& limits, Report& report) {
  JsonScanner scanner(input, limits);
  Walk walk(schema, report);
  auto enough = read_on(scanner, walk, report);
  if (!enough) return std::unexpected(enough.error());
  if (*enough) return {};
  const auto end = scanner.next();
  if (!end) return broken(scanner, end.error(), report);
  if (*end != JsonToken::end)
    return broken(scanner, {StatusClass::invalid, "JSON-0001", "something follows the value"}, report);
  return {};
}

Outcome validate_documents(const TextInput& input, const Schemas& schemas, const JsonLimits& limits,
                           Report& report) {
  JsonScanner scanner(input, limits);
  const auto none = [&] {
    return broken(scanner, {StatusClass::invalid, "JSON-0007", "the first member is not the document's name"},
                  report);
  };
  for (bool first = true;; first = false) {
    auto token = scanner.next();
    if (!token) return broken(scanner, token.error(), report);
    if (*token == JsonToken::end && !first) return {};
    if (*token != JsonToken::begin_object) return none();
    const Position begin = scanner.at();
    if (token = scanner.next(); !token) return broken(scanner, token.error(), report);
    if (*token != JsonToken::key || scanner.text() != "document") return none();
    const Position key = scanner.at();
    if (token = scanner.next(); !token) return broken(scanner, token.error(), report);
    const Schema* schema = *token == JsonToken::string && find_document(scanner.text()) != nullptr
                               ? schemas.find(scanner.text())
                               : nullptr;
    if (schema == nullptr) return none();
    Walk walk(*schema, report);
    walk.take(JsonToken::begin_object, {}, begin);
    walk.take(JsonToken::key, "document", key);
    walk.take(JsonToken::string, scanner.text(), scanner.at());
    const auto enough = read_on(scanner, walk, report);
    if (!enough) return std::unexpected(enough.error());
    if (*enough) return {};
  }
}

}  // namespace purser::gateway
