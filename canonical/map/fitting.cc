// Values that are too long for their place: refused, left out, cut, or carried on in further nodes.
#include "canonical/map/fitting.h"

#include <fmt/format.h>

#include "canonical/map/writing.h"

namespace purser::map {

/// `text` as its place takes it; false if it must not be written.
bool Encoder::State::fit(const Row& row, CanonicalNode& node, std::string_view& text) {
  if (fits(row, text)) return true;
  irregular_ = true;
  if (!row.values.empty() && std::ranges::find(row.values, text) == row.values.end()) {
    misfit(row, node, fmt::format("{} cannot be '{}'", row.element, shown(text)),
           fmt::format("{}", fmt::join(row.values, ", ")));
    return row.conversion.misfit == Misfit::refuse;
  }
  const std::size_t most = row.form.most;
  std::size_t length = counted_length(row, text);
  if (node.value.type == ScalarType::decimal && text.find(mark_) != std::string_view::npos) {
    const std::size_t last = text.find_last_not_of('0');  // 30.000 is 30
    const std::size_t end = text[last] == mark_ ? last : last + 1;
    length -= text.size() - end;
    text = text.substr(0, end);
    if (length <= most) return true;
  }
  if (row.conversion.misfit == Misfit::refuse || row.conversion.misfit == Misfit::omit) {
    const bool written =
        misfit(row, node, fmt::format("{} has {} characters in '{}'", row.element, length, shown(text)),
               fmt::format("at most {}", most));
    return written || row.conversion.misfit == Misfit::refuse;
  }
  std::size_t end = bytes_of(text, most), next = end;
  if (row.conversion.misfit == Misfit::split) {  // between words where there are some
    const std::size_t blank = text.substr(0, end + 1).rfind(' ');
    if (blank != std::string_view::npos && blank > 0) {
      end = blank;
      next = blank + 1;
    }
  }
  left_over(row, node, text.substr(next));
  text = text.substr(0, end);
  return true;
}

/// `gather`: the text goes behind the one that stands there.
bool Encoder::State::add_behind(const Row& row, OutIndex node, LeafKey key, std::string_view text) {
  irregular_ = true;
  OutLeaf& leaf = tree_.leaf(tree_.find_leaf(node, key));
  std::string both(leaf.text);
  both += row.conversion.gather;
  both += text;
  leaf.text = tree_.texts().copy(both);
  return true;
}

/// An error, or where the row says `omit` a value that is left out. Always false.
bool Encoder::State::misfit(const Row& row, CanonicalNode& node, std::string message, std::string expected) {
  const bool omit = row.conversion.misfit == Misfit::omit;
  if (omit) node.written = false;  // and told as a loss
  finding(omit ? "MAP-0032" : "MAP-0021", &row, node.at, std::move(message), std::move(expected));
  return false;
}

/// What of a text did not fit: the rest for a further node, a loss, or an error.
void Encoder::State::left_over(const Row& row, CanonicalNode& node, std::string_view rest) {
  if (row.conversion.misfit == Misfit::split) {
    node.value.bytes = rest;
    split_ = true;
    return;
  }
  const std::size_t room = row.conversion.piece * row.keys.size();
  finding(row.conversion.misfit == Misfit::cut ? "MAP-0029" : "MAP-0021", &row, node.at,
          fmt::format("{} is full, '{}' is left", row.element, shown(rest)),
          fmt::format("at most {} characters", room));
  if (row.conversion.misfit == Misfit::cut)
    notes_->loss(
        {node.at, row.target, std::string(rest.substr(0, bytes_of(rest, Finding::max_value_shown)))});
}

/// A long text over several occurrences: cut at the separator where there is one, else at the length.
void Encoder::State::write_pieces(const OutItem& item, Frame& frame, const Row& row, CanonicalNode& node,
                                  std::string_view text, const TextOrigin& origin) {
  irregular_ = irregular_ || !is_one_piece(row.conversion, text);
  const std::string& separator = row.conversion.separator;
  const std::size_t most = row.conversion.piece == 0 ? text.size() : row.conversion.piece;
  Frame used{&frame, &item.path, 0, 0, no_out};
  if (tree_.find_leaf(materialise(used), row.keys[0]) != no_out && item.repeats != 0)
    used = Frame{&frame, &item.path, 0, item.repeats, no_out};
  for (const LeafKey key : row.keys) {
    if (text.empty()) return;
    std::size_t end = bytes_of(text, most);
    std::size_t next = end;
    // Line ends are kept as they are; a blank is a place to cut only where the text is too long.
    const bool lines = separator.find('\n') != std::string::npos;
    if (!separator.empty() && (lines || end < text.size())) {
      const std::string_view window = text.substr(0, std::min(text.size(), end + separator.size()));
      const std::size_t cut = lines ? window.find(separator) : window.rfind(separator);
      if (cut != std::string_view::npos && cut > 0) {
        end = cut;
        next = cut + separator.size();
      }
    }
    set_leaf(used, &row, key, text.substr(0, end), origin, node.at);
    text.remove_prefix(next);
  }
  if (!text.empty()) left_over(row, node, text);
}

}  // namespace purser::map
