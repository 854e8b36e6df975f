// Lines that look like one before: what out_trace.h promises, done.
#include <charconv>

#include "canonical/map/tape.h"
#include "canonical/map/writing.h"

namespace purser::map {
namespace {

/// A text of no more bytes fits the row. Numbers are written as numbers.
std::uint32_t free_bytes(const Row& row, ScalarType type) {
  const bool number = (type == ScalarType::decimal || type == ScalarType::integer) &&
                      row.conversion.codes == 0 && row.conversion.prefix.empty();
  if (!number || row.form.least > 1) return map::free_bytes(row.form);
  return row.form.most != 0 ? row.form.most : UINT32_MAX;
}

}  // namespace

/// The line that begins or goes on at the front of the batch, which loses what was taken.
Outcome Encoder::State::take_line(std::span<const Event>& batch) {
  std::size_t size = 0;
  bool whole = false, broken = false;
  while (size < batch.size() && !whole && !broken && line_.size() + size < OutTraceStore::most_events) {
    const EventKind kind = batch[size].kind;
    if (kind == EventKind::begin_group) ++line_depth_;
    broken = kind < EventKind::begin_group || kind > EventKind::end_group;
    whole = kind == EventKind::end_group && --line_depth_ == 0;
    if (!broken) ++size;
  }
  const std::span<const Event> part = batch.first(size);
  batch = batch.subspan(size);
  const bool cut = !whole && !broken && batch.empty();
  if (cut || !line_.empty()) {
    hold_line(part);
    if (cut) return {};
  }
  line_depth_ = 0;
  const std::span<const Event> line = line_.empty() ? part : std::span<const Event>(line_);
  // What is too long to be kept, or no line at all, goes on event by event.
  auto done = whole ? write_line(line) : ask_rows(line);
  line_.clear();
  line_texts_.reset();
  return done;
}

/// Copies the texts: the batch goes, the line goes on.
void Encoder::State::hold_line(std::span<const Event> part) {
  for (const Event& event : part) {
    line_.push_back(event);
    line_.back().value.bytes = line_texts_.copy(event.value.bytes);
  }
}

Outcome Encoder::State::ask_rows(std::span<const Event> line) {
  for (const Event& event : line) {
    if (auto good = take(event); !good) return good;
  }
  return {};
}

Outcome Encoder::State::write_line(std::span<const Event> line) {
  here_ = line.front().at;
  if (auto good = begin_list(*begun_list(line.front())); !good) return good;
  const auto holds = [this](OutTrace& trace) { return header_fits(trace); };
  if (const OutTrace* trace = traces_.find(list_, line, holds)) {
    const auto written = write_as_before(*trace, line);
    if (!written) return std::unexpected(written.error());
    if (*written) return {};
  }
  const std::uint64_t hash = OutTraceStore::hash(list_, line);
  irregular_ = false;
  if (traces_.wants(hash)) noted_ = std::make_unique<OutTrace>();
  auto done = ask_rows(line);
  if (done && noted_ && !irregular_) keep_line(hash, line);
  noted_.reset();
  return done;
}

/// Has the header what it had when the line was noted? It does not change once lines have begun.
bool Encoder::State::header_fits(OutTrace& trace) {
  if (trace.document == document_) return true;
  for (const OutTrace::Asked& each : trace.asked) {
    if ((header_.find(CanonicalTree::root, *each.path) != no_node) != each.there) return false;
  }
  trace.document = document_;
  return true;
}

/// False: nothing was written, because a value does not fit; the rows tell why.
std::expected<bool, Status> Encoder::State::write_as_before(const OutTrace& trace,
                                                            std::span<const Event> line) {
  here_ = line.back().at;
  tree_.texts().reset();
  ++list_index_;
  if (!convert(trace, line)) {
    --list_index_;
    return false;
  }
  ++lines_;
  for (const OutTrace::Step& step : trace.steps) {
    if (auto good = give(trace, step); !good) return std::unexpected(std::move(good.error()));
  }
  for (const OutTrace::StandIn& each : trace.stand_ins) stand_in(each);
  if (!trace.losses.empty()) lose(trace, line);
  return true;
}

bool Encoder::State::convert(const OutTrace& trace, std::span<const Event> line) {
  converted_.clear();
  for (const OutTrace::Value& value : trace.values) {
    if (!convert(value, line)) return false;
  }
  return true;
}

bool Encoder::State::convert(const OutTrace::Value& value, std::span<const Event> line) {
  const Row& row = plan_.rows[value.row];
  const Scalar* scalar = nullptr;
  Text& made = converted_.emplace_back();
  if (value.path == nullptr) {
    scalar = &line[value.event].value;
    made.at = line[value.event].at;
  } else {
    CanonicalNode& node = header_[header_.find(CanonicalTree::root, *value.path)];
    node.written = true;
    scalar = &node.value;
    made.at = node.at;
  }
  if (value.as_it_stands) {
    made.text = scalar->bytes;
  } else if (value.translated && value.key.size <= ShortText::most && ShortText(scalar->bytes) == value.key) {
    made.text = value.code;
    return true;
  } else if (value.plain_decimal) {
    scratch_.clear();
    const char mark = row.conversion.mark;
    scalar->decimal.append_to(scratch_, mark != '.' ? mark : mark_);
    made.text = tree_.texts().copy(scratch_);
  } else {
    const auto other = [&](std::uint32_t event) {
      return event == OutTrace::none ? nullptr : &line[event].value;
    };
    scratch_.clear();
    format_.clear();
    const Written written =
        map::write_value(plan_, row, *scalar, other(value.time), other(value.end), mark_, scratch_, format_);
    if (!written.good || written.other) return false;
    made.text = tree_.texts().copy(scratch_);
    made.format = tree_.texts().copy(format_);
  }
  if (made.text.empty() != value.empty) return false;
  const bool good =
      made.text.size() <= value.free ||
      (row.conversion.join > 1 ? is_one_piece(row.conversion, made.text) : fits(row, made.text, mark_));
  if (!good) return false;
  if (value.translated) {
    value.key = ShortText(scalar->bytes);
    value.code = made.text;
  }
  return true;
}

std::string_view Encoder::State::text_of(const OutTrace::Leaf& leaf) {
  if (leaf.variable) return variable(leaf.text);
  switch (leaf.origin.from) {
    case TextOrigin::From::constant:
    case TextOrigin::From::function:
      return leaf.text;
    case TextOrigin::From::value:
      return converted_[leaf.origin.value - 1].text;
    case TextOrigin::From::format:
      return converted_[leaf.origin.value - 1].format;
    case TextOrigin::From::header: {
      CanonicalNode& node = header_[header_.find(CanonicalTree::root, *leaf.origin.path)];
      node.written = node.written || leaf.origin.value != 0 || leaf.here;
      const bool textual = node.value.type == ScalarType::text || node.value.type == ScalarType::code;
      if (textual) return node.value.bytes;
      scratch_.clear();
      append_plain(scratch_, node.value);
      return tree_.texts().copy(scratch_);
    }
    case TextOrigin::From::index:
      scratch_ = std::to_string(list_index_);
      return tree_.texts().copy(scratch_);
  }
  return {};
}

Outcome Encoder::State::give(const OutTrace& trace, const OutTrace::Step& step) {
  const std::span leaves = std::span(trace.leaves).subspan(step.first, step.count);
  const auto place = [&](const OutTrace::Leaf& leaf) {
    return leaf.here ? here_ : leaf.origin.value != 0 ? converted_[leaf.origin.value - 1].at : Position{};
  };
  switch (step.kind) {
    case OutTrace::Step::Kind::open:
      return out_->open(step.tag, here_);
    case OutTrace::Step::Kind::close:
      return out_->close(here_);
    case OutTrace::Step::Kind::lack: {
      const OutTrace::Lack& lack = trace.lacks[step.first];
      finding(lack.code, nullptr, here_, lack.message, lack.expected);
      return {};
    }
    case OutTrace::Step::Kind::leaf: {
      const OutTrace::Leaf& leaf = leaves.front();
      const std::string_view text = text_of(leaf);
      return leaf.variable && text.empty() ? Outcome{} : out_->leaf(leaf.where, text, place(leaf));
    }
    case OutTrace::Step::Kind::segment:
      break;
  }
  segment_.resize(leaves.size());
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    SegmentValue& value = segment_[i];
    const OutTrace::Leaf& leaf = leaves[i];
    value.where = leaf.where;
    value.text = text_of(leaf);
    if (leaf.here)
      copy_place(value.at, here_);
    else if (leaf.origin.value != 0)
      copy_place(value.at, converted_[leaf.origin.value - 1].at);
    else
      value.at = {};
  }
  return out_->segment({step.tag, segment_, {}, here_});
}

void Encoder::State::lose(const OutTrace& trace, std::span<const Event> line) {
  const std::string prefix = std::string(list_->name) + '[' + std::to_string(list_index_) + "].";
  for (const OutTrace::Lost& each : trace.losses)
    tell_loss(line[each.event].value, line[each.event].at, prefix + each.path);
}

/// The line was written and its tree is still there: what it came to is kept, in terms of its events.
void Encoder::State::keep_line(std::uint64_t hash, std::span<const Event> line) {
  std::vector<std::uint32_t> events(1, 0);  // by node of the tree
  for (std::uint32_t i = 1; i < line.size(); ++i) {
    if (line[i].kind != EventKind::end_group) events.push_back(i);
  }
  if (events.size() != element_.size()) return;  // it had fields that are none
  const auto event = [&](std::uint32_t& node) {
    if (node != OutTrace::none) node = events[node];
  };
  noted_->list = list_;
  noted_->document = document_;
  for (const Event& each : line) noted_->shape.push_back(shape_of(each));
  for (OutTrace::Compared& each : noted_->compared) event(each.event);
  for (OutTrace::Value& each : noted_->values) {
    event(each.event);
    event(each.time);
    event(each.end);
  }
  each_loss(element_, CanonicalTree::root, {}, [&](NodeIndex node, std::string path) {
    noted_->losses.push_back({events[node], std::move(path)});
  });
  traces_.keep(hash, std::move(noted_));
}

void Encoder::State::note_asked(const FieldPath& path) {
  if (noted_) noted_->asked.push_back({&path, header_.find(CanonicalTree::root, path) != no_node});
}

void Encoder::State::note_compared(const CanonicalTree& tree, NodeIndex node, std::string_view with,
                                   bool equal) {
  if (!noted_) return;
  irregular_ = irregular_ || &tree != &element_;
  noted_->compared.push_back({node, std::string(with), equal});
}

TextOrigin Encoder::State::note_value(const Row& row, const CanonicalNode& node, const CanonicalNode* time,
                                      const CanonicalNode* end, bool empty) {
  if (!noted_) return {};
  OutTrace::Value value;
  const auto place = [&](const CanonicalNode* it) {
    if (it == nullptr) return OutTrace::none;
    irregular_ = irregular_ || !element_.holds(*it);
    return element_.holds(*it) ? element_.index_of(*it) : OutTrace::none;
  };
  if (header_.holds(node))
    value.path = &row.path;
  else if (element_.holds(node))
    value.event = element_.index_of(node);
  else
    return {};  // a default: a constant
  value.row = static_cast<std::uint32_t>(&row - plan_.rows.data());
  value.time = place(time);
  value.end = place(end);
  value.empty = empty;
  const Conversion& conversion = row.conversion;
  const bool textual = node.value.type == ScalarType::text || node.value.type == ScalarType::code;
  value.as_it_stands = textual && conversion.codes == 0 && conversion.prefix.empty();
  value.plain_decimal = node.value.type == ScalarType::decimal && conversion.codes == 0 &&
                        conversion.prefix.empty() && !conversion.negate && !conversion.whole;
  if (conversion.join <= 1 && row.values.empty()) value.free = free_bytes(row, node.value.type);
  value.translated = textual && conversion.codes != 0 && time == nullptr && end == nullptr;
  noted_->values.push_back(value);
  return {.from = TextOrigin::From::value, .value = static_cast<std::uint32_t>(noted_->values.size())};
}

TextOrigin Encoder::State::note_header(const FieldPath& path, std::uint32_t value) {
  return {.from = TextOrigin::From::header, .value = value, .path = &path};
}

void Encoder::State::note_leaf(OutIndex index, const LeafAddress& where) {
  const OutLeaf& leaf = tree_.leaf(index);
  const bool here = leaf.row != nullptr && leaf.origin.value == 0;  // of the line as a whole
  const bool constant = leaf.origin.from == TextOrigin::From::constant;
  noted_->leaves.push_back({where, leaf.origin, leaf.variable, here, std::string(constant ? leaf.text : "")});
}

}  // namespace purser::map
