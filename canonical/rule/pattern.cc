#include "canonical/rule/pattern.h"

#include <algorithm>
#include <charconv>

namespace purser::rule {
namespace {

constexpr std::size_t longest = 300;  // of a text: no identifier is longer, and it bounds the work
constexpr std::uint32_t most_repetitions = 1000;

std::size_t byte(char c) { return static_cast<unsigned char>(c); }

/// The class at `at`, which stands behind its '['; moves behind the ']'.
bool read_class(std::string_view text, std::size_t& at, std::bitset<256>& bytes) {
  const bool negative = at < text.size() && text[at] == '^';
  if (negative) ++at;
  for (; at < text.size() && text[at] != ']'; ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    std::size_t last = byte(text[at]);
    const std::size_t first = last;
    if (at + 2 < text.size() && text[at + 1] == '-' && text[at + 2] != ']') {
      last = byte(text[at + 2]);
      at += 2;
    }
    for (std::size_t b = first; b <= last; ++b) bytes.set(b);
  }
  if (at >= text.size()) return false;
  ++at;
  if (negative) bytes.flip();
  return true;
}

/// `{n}` or `{n,m}` behind its '{'.
bool read_count(std::string_view text, std::size_t& at, std::uint32_t& least, std::uint32_t& most) {
  const auto number = [&](std::uint32_t& into) {
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), into);
    at = static_cast<std::size_t>(end - text.data());
    return error == std::errc() && into <= most_repetitions;
  };
  if (!number(least)) return false;
  most = least;
  if (at < text.size() && text[at] == ',') {
    ++at;
    if (!number(most)) return false;
  }
  return at < text.size() && text[at++] == '}' && least <= most;
}

}  // namespace

std::expected<Pattern, std::string> Pattern::compile(std::string_view text) {
  Pattern out;
  for (std::size_t at = 0; at < text.size();) {
    Atom atom;
    const char c = text[at++];
    if (c == '[') {
      if (!read_class(text, at, atom.bytes)) return std::unexpected("a class without ']'");
    } else if (c == '.') {
      atom.bytes.set();
    } else if (c == '\\' && at < text.size()) {
      atom.bytes.set(byte(text[at++]));
    } else {
      atom.bytes.set(byte(c));
    }
    if (at < text.size()) {
      switch (text[at]) {
        case '?':
          atom.least = 0;
          ++at;
          break;
        case '*':
          atom.least = 0;
          atom.most = unbounded;
          ++at;
          break;
        case '+':
          atom.most = unbounded;
          ++at;
          break;
        case '{':
          if (!read_count(text, ++at, atom.least, atom.most)) return std::unexpected("a count that is none");
          break;
        default:
          break;
      }
    }
    out.atoms_.push_back(atom);
  }
  return out;
}

bool Pattern::matches(std::string_view text) const {
  if (text.size() > longest) return false;
  // reached[i]: the atoms so far can end before byte i. Each atom takes one walk over the text.
  std::vector<bool> reached(text.size() + 1, false);
  reached[0] = true;
  for (const Atom& atom : atoms_) {
    std::vector<bool> next(text.size() + 1, false);
    for (std::size_t start = 0; start <= text.size(); ++start) {
      if (!reached[start]) continue;
      std::uint32_t taken = 0;
      for (std::size_t at = start;; ++at) {
        if (taken >= atom.least) next[at] = true;
        if (at == text.size() || taken == atom.most || !atom.bytes[byte(text[at])]) break;
        ++taken;
      }
    }
    reached.swap(next);
  }
  return reached[text.size()];
}

}  // namespace purser::rule
