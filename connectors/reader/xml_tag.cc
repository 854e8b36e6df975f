#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "connectors/reader/xml_parser.h"
#include "connectors/reader/xml_text.h"

namespace purser::xml {
namespace {

// The usual case, of bytes that are name characters: a name that begins well, with one colon at most.
bool is_plain_name(std::string_view name) {
  if (name.empty() || (class_of(name[0]) & name_start) == 0 || name[0] == ':') return false;
  const auto* colon = static_cast<const char*>(std::memchr(name.data(), ':', name.size()));
  if (colon == nullptr) return true;
  const std::string_view local = name.substr(static_cast<std::size_t>(colon - name.data()) + 1);
  return !local.empty() && (class_of(local[0]) & name_start) != 0 && !local.contains(':');
}

}  // namespace

// Looks at a start tag without changing anything, so that it can begin again when the window is refilled.
// True: it is whole.
Parser::More Parser::scan_start_tag() {
  std::size_t i = 1;
  attributes_.clear();
  if (const More name = scan_name(i, "element"); !name || !*name) return name;
  name_end_ = i;
  for (;;) {
    const std::size_t before = i;
    while (is_space(window_.data()[at_ + i])) ++i;
    if (at_ + i >= window_.size()) return false;
    const char c = window_.data()[at_ + i];
    if (c == '>') {
      empty_ = false;
      tag_end_ = i + 1;
      return true;
    }
    if (c == '/') {
      if (at_ + i + 1 >= window_.size()) return false;
      if (window_.data()[at_ + i + 1] != '>')
        return std::unexpected(fail("XML-0020", at_ + i, "a '/' stands inside a tag", "/>"));
      empty_ = true;
      tag_end_ = i + 2;
      return true;
    }
    if (i == before) {
      return std::unexpected(
          fail("XML-0020", at_ + i, "a name or attribute is not followed by a blank, '/' or '>'"));
    }
    if (attributes_.size() >= options_.limits.max_attributes) {
      return std::unexpected(
          fail("XML-0030", at_,
               fmt::format("an element has more than {} attributes", options_.limits.max_attributes)));
    }
    if (const More attribute = scan_attribute(i); !attribute || !*attribute) return attribute;
  }
}

// False: the window ends before the name does.
Parser::More Parser::scan_name(std::size_t& i, std::string_view what) {
  const char* bytes = window_.data() + at_;
  const std::size_t begin = i;
  std::uint8_t classes = 0;
  while ((class_of(bytes[i]) & name_char) != 0) classes |= class_of(bytes[i++]);
  if (i - begin > options_.limits.max_name) {
    return std::unexpected(fail("XML-0030", at_ + begin,
                                fmt::format("a name is longer than {} bytes", options_.limits.max_name)));
  }
  if (at_ + i >= window_.size()) return false;
  const std::string_view name = part(begin, i);
  if (!((classes & other_byte) == 0 && is_plain_name(name)) && !is_qualified_name(name)) {
    return std::unexpected(
        fail("XML-0020", at_ + begin,
             fmt::format("\"{}\" is no {} name", name.substr(0, Finding::max_value_shown), what)));
  }
  return true;
}

Parser::More Parser::scan_attribute(std::size_t& i) {
  Attribute attribute{};
  attribute.name = static_cast<std::uint32_t>(i);
  if (const More name = scan_name(i, "attribute"); !name || !*name) return name;
  attribute.name_end = static_cast<std::uint32_t>(i);
  const char* bytes = window_.data() + at_;
  const auto out = [&] { return at_ + i >= window_.size(); };
  while (is_space(bytes[i])) ++i;
  if (out()) return false;
  if (bytes[i] != '=')
    return std::unexpected(fail("XML-0020", at_ + i, "an attribute has no value", "=\"…\""));
  ++i;
  while (is_space(bytes[i])) ++i;
  if (out()) return false;
  const char quote = bytes[i];
  if (quote != '"' && quote != '\'')
    return std::unexpected(fail("XML-0020", at_ + i, "an attribute value is not quoted"));
  attribute.value = static_cast<std::uint32_t>(++i);
  attribute.plain = true;
  for (;; ++i) {
    while ((class_of(bytes[i]) & value_stop) == 0) ++i;
    if (out()) return false;
    if (bytes[i] == quote) break;
    if (bytes[i] == '<')
      return std::unexpected(fail("XML-0020", at_ + i, "an attribute value contains '<'", "&lt;"));
    if (bytes[i] != '"' && bytes[i] != '\'') attribute.plain = false;
  }
  attribute.value_end = static_cast<std::uint32_t>(i++);
  if (attribute.value_end - attribute.value > options_.limits.max_attribute_value) {
    return std::unexpected(
        fail("XML-0030", at_ + attribute.value,
             fmt::format("an attribute value is longer than {} bytes", options_.limits.max_attribute_value)));
  }
  attributes_.push_back(attribute);
  return true;
}

Outcome Parser::start_tag() {
  if (!stack_.empty()) {
    const More known = known_element();
    if (!known) return std::unexpected(known.error());
    if (*known) return {};
  }
  for (;;) {
    const More whole = scan_start_tag();
    if (!whole) return std::unexpected(whole.error());
    if (*whole) break;
    if (window_.size() - at_ > options_.limits.max_tag) {
      return std::unexpected(
          fail("XML-0030", at_, fmt::format("a start tag is longer than {} bytes", options_.limits.max_tag)));
    }
    const More more = refill(at_);
    if (!more) return std::unexpected(more.error());
    if (!*more) return std::unexpected(broken_off());
  }
  if (stack_.empty() && rooted_)
    return std::unexpected(fail("XML-0024", at_, "there is a second root element"));
  if (stack_.size() >= options_.limits.max_depth) {
    return std::unexpected(
        fail("XML-0030", at_, fmt::format("elements are nested deeper than {}", options_.limits.max_depth)));
  }
  if (elements_ >= options_.limits.max_elements) {
    return std::unexpected(
        fail("XML-0030", at_, fmt::format("there are more than {} elements", options_.limits.max_elements)));
  }
  rooted_ = true;
  return open_element(empty_, tag_end_);
}

// Decodes the attribute values and takes up the namespace declarations.
Outcome Parser::declare_namespaces() {
  for (Attribute& attribute : attributes_) {
    if (!attribute.plain) {
      watch_.stop();
      const Decoded decoded = decode_in_place(window_.data() + at_ + attribute.value,
                                              attribute.value_end - attribute.value, true);
      if (!decoded.error_code.empty()) {
        return std::unexpected(
            fail(decoded.error_code, at_ + attribute.value + decoded.error_at, "a reference is not valid"));
      }
      attribute.value_end = attribute.value + static_cast<std::uint32_t>(decoded.length);
    }
    const std::string_view name = part(attribute.name, attribute.name_end);
    if (!name.starts_with("xmlns") || (name.size() > 5 && name[5] != ':')) continue;
    const std::string_view prefix = name.size() > 5 ? name.substr(6) : std::string_view();
    const std::string_view uri = part(attribute.value, attribute.value_end);
    watch_.stop();
    if (!scope_.declare(prefix, uri)) {
      return std::unexpected(
          fail("XML-0027", at_ + attribute.name,
               fmt::format("{}=\"{}\" is not allowed", name, uri.substr(0, Finding::max_value_shown))));
    }
    if (scope_.depth() > options_.limits.max_namespaces) {
      return std::unexpected(
          fail("XML-0030", at_,
               fmt::format("more than {} namespace declarations", options_.limits.max_namespaces)));
    }
  }
  return {};
}

Outcome Parser::open_element(bool empty, std::size_t length) {
  Open open{static_cast<std::uint32_t>(names_.size()), static_cast<std::uint32_t>(scope_.depth()),
            window_.place(at_)};
  open.at.segment = ++elements_;
  const std::string_view name = part(1, name_end_);
  if (!attributes_.empty()) {
    if (auto declared = declare_namespaces(); !declared) return declared;
  }
  const std::string_view resolved = scope_.resolve(name, false, scratch_);
  if (resolved.empty())
    return std::unexpected(fail("XML-0023", at_, fmt::format("the prefix of <{}> is not declared", name)));
  if (watch_.on()) watch_.open(at_, stack_.size());
  names_.append(name);
  stack_.push_back(open);
  if (auto done = sink_.open(resolved, open.at); !done) return done;
  if (!attributes_.empty()) {
    if (auto done = give_attributes(open.at); !done) return done;
  }
  at_ += length;
  if (!empty) return {};
  Position at = window_.place(at_ - 2);
  at.segment = open.at.segment;
  return close_element(at, at_ - 2);
}

Outcome Parser::give_attributes(const Position& element) {
  if (resolved_.size() < attributes_.size()) resolved_.resize(attributes_.size());
  for (std::size_t i = 0; i < attributes_.size(); ++i) {
    const Attribute& attribute = attributes_[i];
    const std::string_view raw = part(attribute.name, attribute.name_end);
    const bool declaration = raw.starts_with("xmlns") && (raw.size() == 5 || raw[5] == ':');
    const std::string_view name = declaration ? raw : scope_.resolve(raw, true, scratch_);
    if (name.empty()) {
      return std::unexpected(
          fail("XML-0023", at_ + attribute.name, fmt::format("the prefix of {} is not declared", raw)));
    }
    resolved_[i].assign(name);
    for (std::size_t other = 0; other < i; ++other) {
      if (resolved_[other] == name) {
        return std::unexpected(
            fail("XML-0022", at_ + attribute.name, fmt::format("the attribute {} stands twice", raw)));
      }
    }
    // Where a schema lies is a hint for validators, no value of the document.
    const bool hint = name.starts_with('{') && name.substr(1).starts_with(schema_instance) &&
                      (name.ends_with("}schemaLocation") || name.ends_with("}noNamespaceSchemaLocation"));
    if (declaration || hint) continue;
    Position at = window_.place(at_ + attribute.value);
    at.segment = element.segment;
    map::LeafAddress where;
    where.name = name;
    if (watch_.on()) watch_.leaf(at_ + attribute.value, at_ + attribute.value_end, element.segment);
    if (auto done = sink_.leaf(where, part(attribute.value, attribute.value_end), at); !done) return done;
  }
  return {};
}

Outcome Parser::end_tag() {
  if (stack_.empty())
    return std::unexpected(fail("XML-0024", at_, "an end tag stands outside the root element"));
  const std::string_view open = open_name();
  const char* tag = window_.data() + at_;
  // Nearly always the very name and '>' follow.
  if (window_.size() - at_ > open.size() + 2 && std::memcmp(tag + 2, open.data(), open.size()) == 0 &&
      tag[2 + open.size()] == '>') {
    Position at = window_.place(at_);
    at.segment = stack_.back().at.segment;
    at_ += open.size() + 3;
    return close_element(at, at_ - open.size() - 3);
  }
  std::size_t i = 2;
  for (;;) {
    i = 2;
    const More name = scan_name(i, "element");
    if (!name) return std::unexpected(name.error());
    while (is_space(window_.data()[at_ + i])) ++i;
    if (at_ + i < window_.size()) break;
    if (i > options_.limits.max_tag) {
      return std::unexpected(
          fail("XML-0030", at_, fmt::format("an end tag is longer than {} bytes", options_.limits.max_tag)));
    }
    const More more = refill(at_);
    if (!more) return std::unexpected(more.error());
    if (!*more) return std::unexpected(broken_off());
  }
  std::size_t end = 2;
  while ((class_of(window_.data()[at_ + end]) & name_char) != 0) ++end;
  if (part(2, end) != open) {
    return std::unexpected(fail("XML-0021", at_,
                                fmt::format("</{}> closes <{}> of line {}, column {}",
                                            part(2, end).substr(0, Finding::max_value_shown), open,
                                            stack_.back().at.line, stack_.back().at.column),
                                fmt::format("</{}>", open)));
  }
  if (window_.data()[at_ + i] != '>')
    return std::unexpected(fail("XML-0020", at_ + i, "an end tag is not closed", ">"));
  Position at = window_.place(at_);
  at.segment = stack_.back().at.segment;
  at_ += i + 1;
  return close_element(at, at_ - i - 1);
}

Outcome Parser::close_element(const Position& at, std::size_t tail) {
  scope_.leave(stack_.back().bindings);
  names_.resize(stack_.back().name);
  stack_.pop_back();
  const Outcome done = sink_.close(at);
  if (done && watch_.ends(stack_.size())) keep_form(tail);
  return done;
}

}  // namespace purser::xml
