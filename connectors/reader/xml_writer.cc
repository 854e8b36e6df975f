#include "connectors/reader/xml_writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "connectors/reader/xml_text.h"

namespace purser::xml {
namespace {

constexpr std::size_t flush_size =
    64 * 1024;  // large enough that writing costs little, small enough for the cache

Status refused(std::string_view code, std::string message) {
  return Status{StatusClass::invalid, std::string(code), std::move(message)};
}

// Bytes that are not copied as they are.
struct Escapes {
  bool of[256] = {};
  constexpr Escapes() {
    for (unsigned c = 0; c < 0x20; ++c) of[c] = true;
    for (unsigned c = 0x80; c < 0x100; ++c) of[c] = true;
    for (const char c : {'&', '<', '>', '"'}) of[static_cast<unsigned char>(c)] = true;
  }
};
constexpr Escapes escapes;

// True if the bytes above ASCII are UTF-8 and no U+FFFE or U+FFFF among them.
bool is_clean(std::string_view text) {
  return reader::valid_utf8_prefix(text) == text.size() && !text.contains("\xEF\xBF\xBE") &&
         !text.contains("\xEF\xBF\xBF");
}

}  // namespace

Writer::Writer(reader::ByteSink& out, const WriteOptions& options) : out_(out), options_(options) {
  buffer_.reserve(flush_size * 2);
}

Writer::~Writer() = default;

Outcome Writer::check_name(std::string_view name, bool attribute) const {
  const std::size_t colon = name.find(':');
  if (!is_qualified_name(name)) {
    return std::unexpected(
        refused("XML-0041", fmt::format("\"{}\" is no {} name", name, attribute ? "attribute" : "element")));
  }
  if (colon == std::string_view::npos) return {};
  const std::string_view prefix = name.substr(0, colon);
  if (prefix == "xml" ||
      std::ranges::find(options_.namespaces, prefix, &Namespace::prefix) != options_.namespaces.end()) {
    return {};
  }
  return std::unexpected(refused("XML-0041", fmt::format("the prefix of \"{}\" is not declared", name)));
}

void Writer::start_root() {
  started_ = true;
  const std::string_view line_end = options_.indent != 0 ? "\n" : "";
  if (options_.declaration) buffer_.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").append(line_end);
  if (!options_.doctype.empty()) buffer_.append(options_.doctype).append(line_end);
}

void Writer::end_start_tag() {
  if (in_start_tag_) buffer_ += '>';
  in_start_tag_ = false;
}

void Writer::break_line() {
  if (options_.indent == 0 || stack_.empty() || stack_.back().text) return;
  buffer_ += '\n';
  buffer_.append(stack_.size() * options_.indent, ' ');
}

Outcome Writer::open(std::string_view name, const Position&) {
  if (stack_.empty() && started_) {
    return std::unexpected(refused("XML-0042", fmt::format("<{}> would be a second root element", name)));
  }
  if (auto checked = check_name(name, false); !checked) return checked;
  const bool root = !started_;
  if (root) start_root();
  end_start_tag();
  break_line();
  if (!stack_.empty()) stack_.back().child = true;
  buffer_.append("<").append(name);
  stack_.push_back({names_.size()});
  names_.append(name);
  in_start_tag_ = true;
  if (root) {
    for (const Namespace& space : options_.namespaces) {
      buffer_.append(space.prefix.empty() ? " xmlns" : " xmlns:").append(space.prefix).append("=\"");
      if (auto done = append_escaped(space.uri, true); !done) return done;
      buffer_ += '"';
    }
  }
  return flush(flush_size);
}

Outcome Writer::leaf(const map::LeafAddress& where, std::string_view text, const Position&) {
  if (stack_.empty()) return std::unexpected(refused("XML-0042", "a value stands outside the root element"));
  if (!where.name.empty()) {
    if (!in_start_tag_) {
      return std::unexpected(
          refused("XML-0042", fmt::format("the attribute {} comes after text or children", where.name)));
    }
    if (auto checked = check_name(where.name, true); !checked) return checked;
    buffer_.append(" ").append(where.name).append("=\"");
    if (auto done = append_escaped(text, true); !done) return done;
    buffer_ += '"';
    return {};
  }
  if (text.empty()) return {};
  end_start_tag();
  stack_.back().text = true;
  // Text of white space alone is only kept by readers if it was not written as such.
  if (std::ranges::all_of(text, is_space)) {
    fmt::format_to(std::back_inserter(buffer_), "&#{};", static_cast<int>(text[0]));
    text.remove_prefix(1);
  }
  if (auto done = append_escaped(text, false); !done) return done;
  return flush(flush_size);
}

Outcome Writer::append_escaped(std::string_view text, bool attribute) {
  bool clean = false;
  std::size_t run = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (!escapes.of[c]) continue;
    if (c >= 0x80) {
      if (!clean && !is_clean(text)) return std::unexpected(refused("XML-0040", "a text is not valid UTF-8"));
      clean = true;
      continue;
    }
    std::string_view replacement;
    switch (c) {
      case '&':
        replacement = "&amp;";
        break;
      case '<':
        replacement = "&lt;";
        break;
      case '>':
        replacement = "&gt;";
        break;
      case '"':
        replacement = attribute ? "&quot;" : "\"";
        break;
      case '\r':
        replacement = "&#13;";
        break;
      case '\n':
        replacement = attribute ? "&#10;" : "\n";
        break;
      case '\t':
        replacement = attribute ? "&#9;" : "\t";
        break;
      default:
        return std::unexpected(
            refused("XML-0040", fmt::format("a text has the control character 0x{:02X}", c)));
    }
    buffer_.append(text.substr(run, at - run)).append(replacement);
    run = at + 1;
  }
  buffer_.append(text.substr(run));
  return {};
}

Outcome Writer::close(const Position&) {
  if (stack_.empty()) return std::unexpected(refused("XML-0042", "more elements are closed than opened"));
  const Open open = stack_.back();
  stack_.pop_back();
  if (in_start_tag_) {
    buffer_ += "/>";
    in_start_tag_ = false;
  } else {
    if (open.child && !open.text && options_.indent != 0) {
      buffer_ += '\n';
      buffer_.append(stack_.size() * options_.indent, ' ');
    }
    buffer_.append("</").append(std::string_view(names_).substr(open.name)).append(">");
  }
  names_.resize(open.name);
  return flush(flush_size);
}

Outcome Writer::flush(std::size_t threshold) {
  if (buffer_.size() < threshold) return {};
  const Outcome done = out_.write(buffer_);
  buffer_.clear();
  return done;
}

Outcome Writer::finish() {
  if (!stack_.empty()) {
    return std::unexpected(refused(
        "XML-0042", fmt::format("<{}> is still open", std::string_view(names_).substr(stack_.back().name))));
  }
  if (!started_) return std::unexpected(refused("XML-0042", "there is no root element"));
  if (options_.indent != 0) buffer_ += '\n';
  return flush(0);
}

}  // namespace purser::xml
